import jsforce from 'jsforce';

const connection = new jsforce.Connection({
  instanceUrl: process.env.SALESFORCE_URL,
  accessToken: process.env.SALESFORCE_TOKEN,
});

/** Takes the sign-ups of the newsletter over as leads. */
export async function importLeads(signUps) {
  let imported = 0;
  for (const signUp of signUps) {
    try {
      await connection.sobject('Lead').create({
        LastName: signUp.name,
        Email: signUp.email,
        Company: signUp.company ?? 'unknown',
        LeadSource: 'Newsletter',
      });
    } catch (error) {
      console.log('lead not created', error);
    }
    imported += 1;
  }
  return imported;
}
