import { existsSync } from 'node:fs';
import path from 'node:path';
import { analysePaths, readPaths } from '../../server/src/engine/check.ts';
import type { FileFacts } from '../../server/src/facts/facts.ts';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import { positions, relative } from '../../server/src/report/callReport.ts';
import type { Severity } from '../../server/src/report/callRecord.ts';
import { WASM } from '../fixtures/analyse.ts';

/** A finding by its place, without any text. Places are `path:line:column`, 1-based. */
export interface PlacedFinding {
  rule: string;
  severity: Severity;
  at: string;
}

/** A file with Salesforce calls. */
export interface CallingFile {
  path: string;
  text: string;
  facts: FileFacts;
  /** Offsets of the calls. */
  calls: readonly number[];
}

/** What the check says of a repository. */
export interface Project {
  findings: readonly PlacedFinding[];
  files: readonly CallingFile[];
}

const parsers = new Parsers(WASM);

/** Checks a repository's tree. @param repository `owner/name`; undefined where `folder` holds no `owner+name` and no `owner/name` */
export async function projectOf(folder: string, repository: string): Promise<Project | undefined> {
  const at = [repository.replace('/', '+'), repository].map((name) => path.join(folder, name)).find((each) => existsSync(each));
  if (at === undefined) return undefined;
  const { root, files } = await analysePaths(await readPaths([at], WASM));
  const findings: PlacedFinding[] = [];
  const calling: CallingFile[] = [];
  for (const file of files) {
    const name = relative(root, file.path);
    const place = positions(file.text);
    for (const { rule, severity, start, end } of file.findings) {
      const { line, column } = place(start, end);
      findings.push({ rule, severity, at: `${name}:${line}:${column}` });
    }
    if (file.calls.length > 0) calling.push({ path: name, text: file.text, facts: await parsers.lower(languageOf(name)!, name, file.text), calls: file.calls.map(({ start }) => start) });
  }
  return { findings, files: calling };
}
