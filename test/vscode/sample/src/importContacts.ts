import { salesforce } from './connection.js';

export interface ShopContact {
  lastName: string;
  email: string;
}

/** Brings a day's new contacts to Salesforce and answers how many were taken. */
export async function importContacts(contacts: ShopContact[], markFailed: (reason: string) => Promise<void>): Promise<number> {
  const rows = contacts.map((contact) => ({ LastName: contact.lastName, Email: contact.email }));
  try {
    const results = await salesforce().sobject('Contact').create(rows);
    return results.filter((result) => result.success).length;
  } catch (error) {
    await markFailed((error as Error).message);
    return 0;
  }
}
