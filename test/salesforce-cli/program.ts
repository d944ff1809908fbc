/** Names the variable in which the tests learn where the Salesforce CLI is. */
export const programVariable = 'API_GUARD_SALESFORCE_CLI';
