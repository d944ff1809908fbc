import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, hoverAt, quickFixes } from './editing.ts';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

interface Case {
  name: string;
  file: string;
  text: string;
  rule: string;
  /** A word of the call, for the hover, and what it says. */
  word: string;
  hover: RegExp;
  title: RegExp;
  has: string;
  /** A file that the fix makes. */
  makes?: string;
}

/** One file in each language: what is found in it, what a hover says, and what its fix writes. */
const CASES: readonly Case[] = [
  {
    name: 'Python', file: 'addAccount.py', rule: 'missing-retry', word: 'create', hover: /create/i, title: /^Insert retry/, makes: 'salesforce_retry.py',
    text: 'from simple_salesforce import Salesforce\n\n\ndef add(sf: Salesforce, row):\n    sf.Account.create(row)\n',
    has: 'with_salesforce_retry(lambda: sf.Account.create(row))',
  },
  {
    name: 'Java', file: 'Saves.java', rule: 'unchecked-partial-success', word: 'create(', hover: /create/i, title: /^Check the result/,
    text: [
      'import com.sforce.soap.partner.PartnerConnection;', 'import com.sforce.soap.partner.SaveResult;', 'import com.sforce.soap.partner.sobject.SObject;', 'import com.sforce.ws.ConnectionException;', '',
      'class Saves {', '    void add(PartnerConnection connection, SObject[] records) throws ConnectionException {', '        connection.create(records);', '    }', '}', '',
    ].join('\n'),
    has: '        SaveResult[] results = connection.create(records);',
  },
  {
    name: 'C#', file: 'Orders.cs', rule: 'missing-retry', word: 'CreateAsync', hover: /create/i, title: /^Insert retry/, makes: 'SalesforceRetry.cs',
    text: [
      'using System.Threading.Tasks;', 'using Salesforce.Force;', '', 'class Orders', '{', '    private readonly IForceClient client;', '', '    public Orders(IForceClient client) => this.client = client;', '',
      '    public async Task Add(object order)', '    {', '        await client.CreateAsync("Order", order);', '    }', '}', '',
    ].join('\n'),
    has: 'await SalesforceRetry.RunAsync(() => client.CreateAsync("Order", order));',
  },
];

/** Files of other languages in the sample integration: a squiggle, a hover and a fix. */
describe('other languages in the editor', () => {
  const made: vscode.Uri[] = [];
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'src', name);

  before(() => api());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of made.splice(0)) await vscode.workspace.fs.delete(uri);
  });

  for (const { name, file, text, rule, word, hover, title, has, makes } of CASES) {
    it(`${name}: a finding, what a hover says, and a fix that mends it`, async () => {
      const uri = uriOf(file);
      await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
      made.push(uri);
      const { document } = await vscode.window.showTextDocument(uri);
      const { range } = await eventually(rule, () => findings(document, rule)[0]);
      assert.ok(document.getText(range).includes(word.replace('(', '')), document.getText(range));
      const said = await eventually('the hover', () => hoverAt(document, word));
      assert.match(said, hover);
      const fix = await eventually('the fix', async () => (await quickFixes(document, range)).find((each) => title.test(each.title)));
      assert.ok(fix.edit);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      if (makes) {
        made.push(uriOf(makes));
        const helper = await vscode.workspace.openTextDocument(uriOf(makes));
        assert.match(helper.getText(), /yours to change/);
        await helper.save();
      }
      assert.ok(document.getText().includes(has), document.getText());
      await eventually(`the end of ${rule}`, () => findings(document, rule).length === 0);
      await document.save();
    });
  }
});
