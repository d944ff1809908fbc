import * as vscode from 'vscode';
import { REFERENCE_COMMAND } from '../../../server/src/explain/referenceLink.ts';
import type { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import type { LimitsAction } from './nodes/actionNode.ts';

/** What the view says of a problem: its name, what to do, and the row that does it. Refreshing and choosing another org are in the view's title anyway. */
export interface ProblemText {
  title: string;
  advice: string;
  action: LimitsAction;
}

/** Texts of a problem for the org it happened to. */
export function problemText(problem: LimitsProblem, source: OrgSource): ProblemText {
  const { t } = vscode.l10n;
  const again: LimitsAction = { label: t('Try Again'), icon: 'refresh', command: 'apiGuard.refreshLimits' };
  const another: LimitsAction = { label: t('Choose Another Org'), icon: 'plug', command: 'apiGuard.chooseOrg' };
  const log: LimitsAction = { label: t('Show Log'), icon: 'output', command: 'apiGuard.showLog' };
  const logIn: LimitsAction = { label: t('Log In with the Salesforce CLI'), icon: 'terminal', command: 'apiGuard.logInWithCli', arguments: [source.id] };
  const byBrowser: LimitsAction = { label: t('Log In with the Browser'), icon: 'sign-in', command: 'apiGuard.logIn' };
  const newToken: LimitsAction = {
    label: t('Enter a New Token'), icon: 'key', command: 'apiGuard.connectOrg', arguments: [{ instanceUrl: source.instanceUrl }],
  };
  const link = (label: string, address: string): LimitsAction => ({ label, icon: 'link-external', command: 'vscode.open', arguments: [vscode.Uri.parse(address)] });
  switch (problem.kind) {
    case 'no-cli':
      return {
        title: t('Salesforce CLI not found'),
        advice: t('Install the Salesforce CLI on this machine, or say in the setting apiGuard.salesforceCliPath where it is. Then refresh.'),
        action: link(t('Get the Salesforce CLI'), 'https://developer.salesforce.com/tools/salesforcecli'),
      };
    case 'no-default-org':
      return {
        title: t('No default org'),
        advice: t('The Salesforce CLI has no default org for this folder. Choose one of its orgs here, or run in a terminal: sf config set target-org ALIAS. The view follows by itself.'),
        action: { ...another, label: t('Choose an Org') },
      };
    case 'not-logged-in':
      return {
        title: t('Not logged in'),
        advice: t('The Salesforce CLI has no working login for {0}. Log in, then refresh.', source.name),
        action: logIn,
      };
    case 'session-expired':
      return sessionExpired(source, { logIn, byBrowser, newToken, again });
    case 'no-token':
      return source.kind === 'oauth'
        ? { title: t('Not logged in'), advice: t('This editor holds no login for {0}. Log in.', source.name), action: byBrowser }
        : { title: t('No access token'), advice: t('This editor holds no access token for {0}. Enter one.', source.name), action: newToken };
    case 'no-permission':
      return {
        title: t('No permission to see limits'),
        advice: t('The user needs the permission "View Setup and Configuration" in {0}. Ask an administrator of the org, or choose another user.', source.name),
        action: another,
      };
    case 'api-disabled':
      return {
        title: t('API access is off'),
        advice: t('{0} does not let this user call the API. An administrator can turn on "API Enabled" for the user, or the edition lacks API access.', source.name),
        action: another,
      };
    case 'request-limit':
      return {
        title: t('Request limit used up'),
        advice: t('{0} refuses every API request until older ones leave the 24-hour window, this one too. It is asked again once an hour.', source.name),
        action: { label: t('What to Do About It'), icon: 'book', command: REFERENCE_COMMAND, arguments: ['rest', 'REQUEST_LIMIT_EXCEEDED'] },
      };
    case 'org-unavailable':
      return {
        title: t('Org not available'),
        advice: t('{0} is in maintenance or overloaded. It is asked again by itself, more and more rarely.', source.name),
        action: link(t('Salesforce Status'), 'https://status.salesforce.com'),
      };
    case 'wrong-address':
      return {
        title: t('Not the address of this org'),
        advice: t('{0} answers, but not as an org does. Look up "My Domain" in Setup and connect with that address.', source.name),
        action: { label: t('Connect Again'), icon: 'key', command: 'apiGuard.connectOrg' },
      };
    case 'offline':
      return { title: t('No connection'), advice: t('{0} cannot be reached. Check the network, VPN and proxy, then try again.', source.name), action: again };
    case 'slow':
      return { title: t('No answer in time'), advice: t('{0} did not answer in time. It is asked again by itself, more and more rarely.', source.name), action: again };
    case 'garbage':
      return {
        title: t('Unreadable answer'),
        advice: t('What came back is no list of limits. A proxy or a login page may have answered instead of {0}. The log has the details.', source.name),
        action: log,
      };
    case 'unknown':
      return {
        title: t('Limits could not be read'),
        advice: t('Reading the limits of {0} failed in an unexpected way. The log has the details.', source.name),
        action: log,
      };
  }
}

function sessionExpired(source: OrgSource, { logIn, byBrowser, newToken, again }: Record<'logIn' | 'byBrowser' | 'newToken' | 'again', LimitsAction>): ProblemText {
  const { t } = vscode.l10n;
  const title = t('Session expired');
  switch (source.kind) {
    case 'token': return { title, advice: t('{0} no longer accepts the access token. Enter a new one.', source.name), action: newToken };
    case 'oauth': return { title, advice: t('The login to {0} has ended. Log in again.', source.name), action: byBrowser };
    case 'cli': return { title, advice: t('The login for {0} has expired. Log in again, then refresh.', source.name), action: logIn };
    case 'demo': return { title, advice: t('{0} no longer accepts the session. Try again.', source.name), action: again };
  }
}
