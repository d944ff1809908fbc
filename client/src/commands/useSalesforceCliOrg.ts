import type { Disposable } from 'vscode';
import type { LimitsView } from '../limits/limitsView.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { registerTrusted } from './command.ts';

/** "API Guard: Use Salesforce CLI's Default Org": resolves when its limits, or why there are none, are shown. */
export function registerUseSalesforceCliOrg(chooser: OrgChooser, view: LimitsView): Disposable {
  return registerTrusted('apiGuard.useSalesforceCliOrg', async () => {
    await chooser.useCli();
    await view.reveal();
    await view.settled();
  });
}
