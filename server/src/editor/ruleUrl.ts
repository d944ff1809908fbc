/** Address of a rule's page, for the link that an editor shows on the rule's id. */
export function ruleUrl(rule: string): string {
  return `https://marketplace.visualstudio.com/items?itemName=api-guard.salesforce-api-guard#${encodeURIComponent(rule)}`;
}
