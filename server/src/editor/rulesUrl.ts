/** Address of the list of rules, for the link that an editor shows on a rule's id. */
export const RULES_URL = 'https://marketplace.visualstudio.com/items?itemName=api-guard.salesforce-api-guard#rules';
