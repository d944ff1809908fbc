import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, quickFixes } from './editing.ts';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

const HEAD = "import jsforce from 'jsforce';\n\nconst conn = new jsforce.Connection({});\n\n";

/** One file for each kind of fix: what stands in it, what it is called, and what the file has once it is applied. */
const KINDS: readonly { rule: string; code: string; title: RegExp; has: string }[] = [
  { rule: 'floating-call', code: "export async function f(Name) {\n  conn.sobject('Account').create({ Name });\n}\n", title: /^Await the call/, has: "  await conn.sobject('Account')" },
  { rule: 'never-sent', code: "export async function f() {\n  conn.query('SELECT Id FROM Account LIMIT 5');\n}\n", title: /^Await the call/, has: '  await conn.query' },
  { rule: 'lost-error-detail', code: "export async function f(id) {\n  try {\n    return await conn.sobject('Account').retrieve(id);\n  } catch {\n    throw new Error('not read');\n  }\n}\n", title: /^Keep the failure/, has: "catch (error) {\n    throw new Error('not read', { cause: error });" },
  { rule: 'wrong-error-field', code: "export async function f(id) {\n  try {\n    await conn.sobject('Account').destroy(id);\n  } catch (error) {\n    if (error.code === 'ENTITY_IS_DELETED') return;\n    throw error;\n  }\n}\n", title: /^Look for the code/, has: 'error.errorCode ===' },
  { rule: 'unknown-error-code', code: "export async function f(id) {\n  try {\n    await conn.sobject('Account').destroy(id);\n  } catch (error) {\n    if (error.errorCode === 'ENTITY_IS_DELETD') return;\n    throw error;\n  }\n}\n", title: /^Replace ENTITY_IS_DELETD/, has: "'ENTITY_IS_DELETED'" },
  { rule: 'retired-api', code: "export const old = new jsforce.Connection({ version: '29.0' });\n", title: /^Replace API version/, has: "version: '41.0'" },
  { rule: 'unchecked-partial-success', code: "export async function f(rows) {\n  await conn.sobject('Account').create(rows.map((Name) => ({ Name })));\n}\n", title: /^Check the result/, has: 'if (refused.length > 0) {' },
  { rule: 'truncated-query', code: "export async function f() {\n  const { records } = await conn.query('SELECT Id FROM Account');\n  return records;\n}\n", title: /^Read every page/, has: 'autoFetch: true' },
  { rule: 'swallowed-failure', code: "export async function f(Name) {\n  try {\n    await conn.sobject('Account').create({ Name });\n  } catch (error) {\n    console.log(error);\n  }\n}\n", title: /^Branch on what/, has: "case 'UNABLE_TO_LOCK_ROW':" },
];

/** Every kind of quick fix, applied by the editor to a file of the sample integration. */
describe('fixes in the editor', () => {
  const made: vscode.Uri[] = [];
  const write = async (name: string, text: string): Promise<vscode.TextDocument> => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'src', name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    made.push(uri);
    return (await vscode.window.showTextDocument(uri)).document;
  };

  before(() => api());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri);
  });

  for (const { rule, code, title, has } of KINDS) {
    it(`mend ${rule}, in one step that can be undone`, async () => {
      const before = HEAD + code;
      const document = await write(`${rule}.js`, before);
      const { range } = await eventually(rule, () => findings(document, rule)[0]);
      const fix = await eventually('the fix', async () => (await quickFixes(document, range)).find((each) => title.test(each.title)));
      assert.ok(fix.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.ok(document.getText().includes(has), document.getText());
      await eventually(`the end of ${rule}`, () => findings(document, rule).length === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await eventually(rule, () => findings(document, rule)[0]);
    });
  }

  it('that change nothing on success are applied when a file is saved, where that is wished', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    const before = HEAD + KINDS.filter(({ rule }) => ['floating-call', 'lost-error-detail', 'wrong-error-field'].includes(rule)).map(({ code }, at) => code.replace('function f', `function f${at}`)).join('\n');
    try {
      await settings.update('codeActionsOnSave', { 'source.fixAll.apiGuard': 'explicit' }, vscode.ConfigurationTarget.Workspace);
      const document = await write('saved.js', before);
      await eventually('the findings', () => findings(document, 'lost-error-detail').length > 0 && findings(document, 'wrong-error-field').length > 0);
      const editor = vscode.window.activeTextEditor;
      assert.ok(await editor?.edit((edit) => edit.insert(new vscode.Position(0, 0), '// mended when saved\n')));
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually('the mended text', () => document.getText().includes('{ cause: error }') && document.getText().includes('error.errorCode ==='));
      assert.equal(document.isDirty, false);
      assert.ok(document.getText().includes("\n  conn.sobject('Account').create"), 'what changes more is left alone');
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
