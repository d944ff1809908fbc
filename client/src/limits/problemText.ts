import * as vscode from 'vscode';
import type { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import type { LimitsAction } from './nodes/actionNode.ts';

/** What the view says of a problem: its name, what to do, and the rows that do it. */
export interface ProblemText {
  title: string;
  advice: string;
  actions: LimitsAction[];
}

/** Texts of a problem for the org it happened to. */
export function problemText(problem: LimitsProblem, source: OrgSource): ProblemText {
  const { t } = vscode.l10n;
  const again: LimitsAction = { label: t('Try Again'), icon: 'refresh', command: 'apiGuard.refreshLimits' };
  const another: LimitsAction = { label: t('Choose Another Org'), icon: 'plug', command: 'apiGuard.chooseOrg' };
  const log: LimitsAction = { label: t('Show Log'), icon: 'output', command: 'apiGuard.showLog' };
  const newToken: LimitsAction = {
    label: t('Enter a New Token'), icon: 'key', command: 'apiGuard.connectOrg', arguments: [{ instanceUrl: source.instanceUrl }],
  };
  switch (problem.kind) {
    case 'no-cli':
      return {
        title: t('Salesforce CLI not found'),
        advice: t('Install the Salesforce CLI on this machine, or tell where it is, then try again.'),
        actions: [
          { label: t('Set the CLI\'s Path'), icon: 'settings-gear', command: 'workbench.action.openSettings', arguments: ['@id:apiGuard.salesforceCliPath'] },
          {
            label: t('Get the Salesforce CLI'), icon: 'link-external', command: 'vscode.open',
            arguments: [vscode.Uri.parse('https://developer.salesforce.com/tools/salesforcecli')],
          },
          again, another,
        ],
      };
    case 'no-default-org':
      return {
        title: t('No default org'),
        advice: t('The Salesforce CLI has no default org for this folder. In a terminal, run: sf config set target-org ALIAS. The view follows by itself.'),
        actions: [again, another],
      };
    case 'not-logged-in':
      return {
        title: t('Not logged in'),
        advice: t('The Salesforce CLI has no working login for {0}. In a terminal, run: sf org login web, then try again.', source.name),
        actions: [again, another],
      };
    case 'session-expired':
      return source.kind === 'token'
        ? {
            title: t('Session expired'),
            advice: t('{0} no longer accepts the access token. Enter a new one.', source.name),
            actions: [newToken, again, another],
          }
        : {
            title: t('Session expired'),
            advice: source.kind === 'cli'
              ? t('The login for {0} has expired. In a terminal, run: sf org login web, then try again.', source.name)
              : t('{0} no longer accepts the session. Try again.', source.name),
            actions: [again, another],
          };
    case 'no-token':
      return {
        title: t('No access token'),
        advice: t('This editor holds no access token for {0}. Enter one.', source.name),
        actions: [newToken, another],
      };
    case 'no-permission':
      return {
        title: t('No permission to see limits'),
        advice: t('The user needs the permission "View Setup and Configuration" in {0}. Ask an administrator of the org, or choose another user.', source.name),
        actions: [again, another],
      };
    case 'api-disabled':
      return {
        title: t('API access is off'),
        advice: t('{0} does not let this user call the API. An administrator can turn on "API Enabled" for the user, or the edition lacks API access.', source.name),
        actions: [again, another],
      };
    case 'request-limit':
      return {
        title: t('Request limit used up'),
        advice: t('{0} refuses every API request until older ones leave the 24-hour window, this one too. Asking again soon does not help.', source.name),
        actions: [again, another],
      };
    case 'org-unavailable':
      return {
        title: t('Org not available'),
        advice: t('{0} is in maintenance or overloaded. It is asked again by itself, more and more rarely.', source.name),
        actions: [
          again,
          { label: t('Salesforce Status'), icon: 'link-external', command: 'vscode.open', arguments: [vscode.Uri.parse('https://status.salesforce.com')] },
          another,
        ],
      };
    case 'wrong-address':
      return {
        title: t('Not the address of this org'),
        advice: t('{0} answers, but not as an org does. Look up "My Domain" in Setup and connect with that address.', source.name),
        actions: [{ label: t('Connect Again'), icon: 'key', command: 'apiGuard.connectOrg' }, again, another],
      };
    case 'offline':
      return {
        title: t('No connection'),
        advice: t('{0} cannot be reached. Check the network, VPN and proxy, then try again.', source.name),
        actions: [again, another],
      };
    case 'slow':
      return {
        title: t('No answer in time'),
        advice: t('{0} did not answer in time. It is asked again by itself, more and more rarely.', source.name),
        actions: [again, another],
      };
    case 'garbage':
      return {
        title: t('Unreadable answer'),
        advice: t('What came back is no list of limits. A proxy or a login page may have answered instead of {0}. The log has the details.', source.name),
        actions: [again, log, another],
      };
    case 'unknown':
      return {
        title: t('Limits could not be read'),
        advice: t('Reading the limits of {0} failed in an unexpected way. The log has the details.', source.name),
        actions: [again, log, another],
      };
  }
}
