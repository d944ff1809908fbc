import { createOrder, type ShopOrder } from './createOrder.js';
import { importContacts, type ShopContact } from './importContacts.js';
import { updateOrder, type OrderChange } from './updateOrder.js';

/** What the shop has for Salesforce since the last run. */
export interface Inbox {
  orders(): Promise<ShopOrder[]>;
  changes(): Promise<OrderChange[]>;
  contacts(): Promise<ShopContact[]>;
  markFailed(id: string, reason: string): Promise<void>;
}

/** Carries everything over every ten minutes; nobody watches. */
export function start(inbox: Inbox, alertOperator: (error: unknown) => void): void {
  setInterval(() => {
    run(inbox).catch(alertOperator);
  }, 600_000);
}

async function run(inbox: Inbox): Promise<void> {
  for (const order of await inbox.orders()) await createOrder(order);
  for (const change of await inbox.changes()) await updateOrder(change, inbox.markFailed);
  await importContacts(await inbox.contacts(), (reason) => inbox.markFailed('contacts', reason));
}
