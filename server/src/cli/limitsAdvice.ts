import type { LimitsProblemKind } from '../limits/limitsProblem.ts';

/**
 * What a person at a terminal can do about limits that could not be read.
 * @param byToken whether the org was asked with a token of the environment, not through the Salesforce CLI
 */
export function adviceOn(kind: LimitsProblemKind, byToken: boolean): string {
  switch (kind) {
    case 'no-cli': return 'Install the Salesforce CLI so that sf is on the PATH, or use --instance-url with a token.';
    case 'no-default-org': return 'Name an org with --org, or run: sf config set target-org ALIAS';
    case 'not-logged-in': return 'Run: sf org login web --alias ALIAS. For a machine without a browser: sf org login jwt';
    case 'no-token':
    case 'session-expired': return byToken ? 'Get a fresh access token; this one is no longer accepted.' : 'Log in again: sf org login web';
    case 'no-permission': return 'Give the user the permission "View Setup and Configuration" in the org.';
    case 'api-disabled': return 'Give the user the permission "API Enabled"; some editions have no API at all.';
    case 'request-limit': return 'The org refuses every request until older ones leave the 24-hour window. Asking again soon does not help.';
    case 'org-unavailable': return 'The org is in maintenance or overloaded: ask again later, see https://status.salesforce.com';
    case 'wrong-address': return 'Look up "My Domain" in Setup and use that address.';
    case 'offline': return 'Check network, VPN and proxy.';
    case 'slow': return 'Ask again later.';
    case 'garbage': return 'A proxy or a login page may have answered in place of the org.';
    case 'unknown': return 'What it reported stands above.';
  }
}
