import { salesforce } from './connection.js';

export interface OrderChange {
  salesforceId: string;
  status: string;
  total: number;
}

/** Brings the state of an order in the shop to Salesforce. */
export async function updateOrder(change: OrderChange, markFailed: (id: string, reason: string) => Promise<void>): Promise<void> {
  const connection = salesforce();
  try {
    await connection.sobject('Order').update({
      Id: change.salesforceId,
      Status: change.status,
      TotalAmount__c: change.total,
    });
  } catch (error) {
    await markFailed(change.salesforceId, (error as Error).message);
  }
}
