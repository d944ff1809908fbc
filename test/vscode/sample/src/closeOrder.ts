import { setTimeout as sleep } from 'node:timers/promises';
import { salesforce } from './connection.js';
import { answerTo } from './salesforceErrors.js';

/**
 * Closes an order. Setting the same status twice changes nothing, so a repeat is safe.
 * @throws the failure of Salesforce when it is not a passing one, or does not pass
 */
export async function closeOrder(salesforceId: string): Promise<void> {
  const connection = salesforce();
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.sobject('Order').update({ Id: salesforceId, Status: 'Closed' });
      return;
    } catch (error) {
      if (attempt === 5 || answerTo(error as { errorCode?: string }) !== 'again') throw error;
      await sleep(Math.random() * Math.min(30_000, 500 * 2 ** attempt));
    }
  }
}
