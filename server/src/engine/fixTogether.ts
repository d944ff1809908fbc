import type { Together } from '../fixes/together.ts';
import type { Finding } from '../report/callRecord.ts';
import type { Workspace } from './workspace.ts';

/** The fixes of one id for every finding that is told in a file, or in all files, as one change. Undefined when aborted. */
export async function fixTogether(workspace: Workspace, id: string, file: string | undefined, signal: AbortSignal): Promise<Together | undefined> {
  const findings: Finding[] = [];
  for (const each of file === undefined ? await workspace.ask((engine) => engine.paths()) : [file]) {
    const analysis = await workspace.analyse(each, signal);
    if (!analysis) return undefined;
    findings.push(...analysis.findings);
  }
  return workspace.ask((engine) => engine.fixTogether(findings, id));
}
