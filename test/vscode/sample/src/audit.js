import jsforce from 'jsforce';

const connection = new jsforce.Connection({
  instanceUrl: process.env.SALESFORCE_URL,
  accessToken: process.env.SALESFORCE_TOKEN,
});

/** Notes in Salesforce who changed an order. */
export function noteChange(orderId, person) {
  connection.sobject('Order_Audit__c').create({
    Order__c: orderId,
    Changed_By__c: person,
    Changed_At__c: new Date().toISOString(),
  });
}

/** Clears the notes of a cancelled order. */
export function clearNotes(noteIds) {
  noteIds.forEach(async (id) => {
    await connection.sobject('Order_Audit__c').destroy(id);
  });
}
