import { salesforce } from './connection.js';

export interface ShopOrder {
  number: string;
  accountId: string;
  placedOn: string;
}

/** Creates the order in Salesforce and answers its id there. */
export async function createOrder(order: ShopOrder): Promise<string> {
  const connection = salesforce();
  const result = await connection.sobject('Order').create({
    AccountId: order.accountId,
    EffectiveDate: order.placedOn,
    OrderReferenceNumber: order.number,
    Status: 'Draft',
  });
  if (!result.success) throw new Error(`Order ${order.number} was refused: ${JSON.stringify(result.errors)}`);
  return result.id;
}

/** The account that belongs to a customer number. */
export async function findAccount(customerNumber: string): Promise<string | undefined> {
  const connection = salesforce();
  const { records } = await connection.query<{ Id: string }>(
    `SELECT Id FROM Account WHERE AccountNumber = '${customerNumber.replace(/[\\']/g, '\\$&')}' LIMIT 1`,
  );
  return records[0]?.Id;
}
