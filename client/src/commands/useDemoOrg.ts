import type { Disposable } from 'vscode';
import type { LimitsView } from '../limits/limitsView.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { placingFrom, registerTrusted } from './command.ts';

/** "API Guard: Use Demo Org": starts the simulated org on this machine and shows its limits. */
export function registerUseDemoOrg(chooser: OrgChooser, view: LimitsView): Disposable {
  return registerTrusted('apiGuard.useDemoOrg', async (argument) => {
    await chooser.useDemo(placingFrom(argument));
    await view.reveal();
    await view.settled();
  });
}
