import * as vscode from 'vscode';
import { CreatedHelpers } from './createdHelpers.ts';
import type { ApiGuardApi } from './api.ts';
import { registerChooseOrg } from './commands/chooseOrg.ts';
import { registerConnectOrg } from './commands/connectOrg.ts';
import { registerExplainError } from './commands/explainError.ts';
import { registerHistory } from './commands/history.ts';
import { registerInstallPackage } from './commands/installPackage.ts';
import { registerLimitCommands } from './commands/limitCommands.ts';
import { registerLogIn } from './commands/logIn.ts';
import { registerLogInWithCli } from './commands/logInWithCli.ts';
import { registerPrepareSupportCase } from './commands/prepareSupportCase.ts';
import { registerRefreshLimits } from './commands/refreshLimits.ts';
import { registerRestartServer } from './commands/restartServer.ts';
import { registerShowLog } from './commands/showLog.ts';
import { registerShowReference } from './commands/showReference.ts';
import { registerShowRule } from './commands/showRule.ts';
import { registerSignOut } from './commands/signOut.ts';
import { registerUseDemoOrg } from './commands/useDemoOrg.ts';
import { registerUseSalesforceCliOrg } from './commands/useSalesforceCliOrg.ts';
import { registerCodeHover } from './explain/codeHover.ts';
import { ExplainerLoader } from './explain/explainer.ts';
import { GeneratedDocuments } from './explain/generatedDocuments.ts';
import { LimitsView } from './limits/limitsView.ts';
import { registerLevelColours } from './limits/nodes/levelColours.ts';
import { shownOrgs } from './limits/shownOrgs.ts';
import { CliOrgKinds } from './orgs/cliOrgKinds.ts';
import { SalesforceAuthProvider } from './orgs/oauth/authProvider.ts';
import { logInByBrowser } from './orgs/oauth/browserLogin.ts';
import { Logins } from './orgs/oauth/logins.ts';
import { LoginStore } from './orgs/oauth/loginStore.ts';
import { OrgChooser } from './orgs/orgChooser.ts';
import { TokenStore } from './orgs/tokenStore.ts';
import { ServerProcess } from './serverProcess.ts';
import { ServerStatus } from './serverStatus.ts';

let stop: (() => Promise<void>) | undefined;

/** Builds the parts. The language server starts with the first document it can check, the limits are read when somebody looks at them. */
export function activate(context: vscode.ExtensionContext): ApiGuardApi {
  const log = vscode.window.createOutputChannel('API Guard', { log: true });
  const status = new ServerStatus();
  const server = new ServerProcess(context.asAbsolutePath('dist/server.cjs'), log, status);
  const view = new LimitsView({ log, memory: context.globalState, historyFolder: vscode.Uri.joinPath(context.globalStorageUri, 'history').fsPath });
  const documents = new GeneratedDocuments();
  const explainer = new ExplainerLoader(log);
  // Loopback addresses are taken for orgs only while the extension is being developed or tested.
  const allowLoopback = context.extensionMode !== vscode.ExtensionMode.Production;
  const logins = new Logins(new LoginStore(context.secrets), allowLoopback);
  const provider = new SalesforceAuthProvider(logins, () => logInByBrowser(logins, allowLoopback));
  const chooser = new OrgChooser({
    memory: context.workspaceState,
    tokens: new TokenStore(context.secrets),
    chosen: (sources, reading) => view.setOrgs(sources, reading),
    forget: (source) => view.forget(source),
    logins,
    cliKinds: new CliOrgKinds(context.globalState),
    endLogin: (id) => provider.removeSession(id),
    allowLoopback,
  });
  context.subscriptions.push(
    log, status, server, view, chooser, provider, documents, explainer, new CreatedHelpers(),
    registerCodeHover(explainer),
    registerExplainError(explainer, documents),
    registerPrepareSupportCase(explainer),
    registerShowReference(vscode.Uri.joinPath(context.extensionUri, 'catalog/reference')),
    registerShowRule(vscode.Uri.joinPath(context.extensionUri, 'server/src/rules')),
    registerRefreshLimits(view),
    registerChooseOrg(),
    registerUseSalesforceCliOrg(chooser, view),
    registerConnectOrg(chooser, view),
    registerUseDemoOrg(chooser, view),
    registerLogIn(chooser, view, provider, documents),
    provider.onDidChangeSessions(({ removed }) => removed?.forEach(({ id }) => void chooser.loginEnded(id))),
    registerSignOut(chooser),
    registerLogInWithCli(chooser),
    registerInstallPackage(log),
    registerLimitCommands(view),
    registerHistory(view),
    registerLevelColours(),
    registerRestartServer(server),
    registerShowLog(log),
    view.onDidUpdate(() => server.tellOrgs(shownOrgs(view.sessions))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => chooseFirstOrg(chooser)),
  );
  if (vscode.workspace.isTrusted) chooseFirstOrg(chooser);
  stop = async () => {
    await Promise.all([server.stop(), chooser.stop()]);
  };
  return {
    limits: { snapshot: () => view.snapshot(), settled: () => view.settled() },
    server: { state: () => status.state, pid: () => server.pid },
    demoOrg: () => chooser.demo.running,
  };
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

/** The org of the last session in this workspace, or the demo org where the extension is being shown around (`npm start`). */
function chooseFirstOrg(chooser: OrgChooser): void {
  if (process.env.API_GUARD_DEMO === '1') void chooser.useDemo();
  else chooser.restore();
}
