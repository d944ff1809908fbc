import type { Disposable } from 'vscode';
import { isSafeTarget } from '../../../server/src/limits/defaultOrg.ts';
import type { LimitsView } from '../limits/limitsView.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { placingFrom, registerTrusted, textIn } from './command.ts';

/** "API Guard: Use Salesforce CLI's Default Org", or one of its other orgs by its alias: resolves when its limits, or why there are none, are shown. */
export function registerUseSalesforceCliOrg(chooser: OrgChooser, view: LimitsView): Disposable {
  return registerTrusted('apiGuard.useSalesforceCliOrg', async (argument) => {
    const target = textIn(argument, 'target');
    if (target !== undefined && !isSafeTarget(target)) return;
    await chooser.useCli(placingFrom(argument), target);
    await view.reveal();
    await view.settled();
  });
}
