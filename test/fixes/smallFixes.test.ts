import assert from 'node:assert/strict';
import { applied, engineOf, type Files } from './applyFix.ts';

const PACKAGE = JSON.stringify({ name: 'sync', dependencies: { jsforce: '^3.10.0', axios: '^1.7.0' } });

describe('probe', () => {
  it('x', async () => {
    const files: Files = { '/w/package.json': PACKAGE, '/w/a.js': `import jsforce from 'jsforce';
const conn = new jsforce.Connection({ version: '30.0' });
export async function remember(name) {
  conn.sobject('Account').create({ Name: name });
}
export async function q() {
  conn.query('SELECT Id FROM Account');
}
export async function lost(id) {
  try { await conn.sobject('Account').retrieve(id); } catch { throw new Error('not read'); }
}
export async function lost2(id) {
  return conn.sobject('Account').retrieve(id).catch(() => { throw new AppError('not read', 1); });
}
export async function field(id) {
  try { await conn.sobject('Account').update({ Id: id }); } catch (error) { if (error.code === 'UNABLE_TO_LOCK_ROW') return later(id); if (['DUPLICATE_DETECTED'].includes(error.errorCode)) return 1; throw error; }
}
` };
    const engine = await engineOf(files);
    const analysis = engine.analyse('/w/a.js');
    for (const f of analysis.findings) {
      const fixes = engine.fixes(f);
      console.log(f.rule, f.fixes, fixes.map((x) => x.title));
      for (const fix of fixes) {
        const after = applied(files, fix);
        console.log(after['/w/a.js']!.split('\n').filter((l, i) => l !== files['/w/a.js']!.split('\n')[i]).join('\n'));
        const e2 = await engineOf(after);
        console.log('   after:', e2.analyse('/w/a.js').findings.map((x) => x.rule + '@' + x.start).join(' '), '| before', analysis.findings.map((x) => x.rule + '@' + x.start).join(' '));
      }
    }
  });
});
