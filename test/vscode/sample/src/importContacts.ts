import pRetry from 'p-retry';
import { salesforce } from './connection.js';

export interface ShopContact {
  lastName: string;
  email: string;
}

/** Brings the shop's new contacts to Salesforce, one by one, and answers how many were taken. */
export async function importContacts(contacts: ShopContact[], markFailed: (reason: string) => Promise<void>): Promise<number> {
  let taken = 0;
  for (const contact of contacts) {
    try {
      await pRetry(() => salesforce().sobject('Contact').create({ LastName: contact.lastName, Email: contact.email }), { retries: 3 });
      taken++;
    } catch (error) {
      await markFailed((error as Error).message);
    }
  }
  return taken;
}
