import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlacedFinding } from './project.ts';

/** What is expected of a public repository: places of findings by rule, `path:line:column`. No text of it is kept here. */
export interface ExpectedProject {
  repository: string;
  commit: string;
  findings: Readonly<Record<string, readonly string[]>>;
}

const FILE = path.join(import.meta.dirname, 'expected.json');

/** The expected findings, by repository. */
export function expectedProjects(): ExpectedProject[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as ExpectedProject[];
}

/** Keeps what was found as what is expected. */
export function keepExpected(projects: readonly ExpectedProject[]): void {
  writeFileSync(FILE, `${JSON.stringify(projects, undefined, 1)}\n`);
}

/** Findings as they are kept. */
export function byRule(findings: readonly PlacedFinding[]): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const { rule, at } of [...findings].sort((one, other) => (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0))) (out[rule] ??= []).push(at);
  return out;
}

/** What differs, a line each: `-` is no longer found, `+` is new. */
export function difference(expected: ExpectedProject['findings'], found: ExpectedProject['findings']): string[] {
  const lines = (findings: ExpectedProject['findings']): string[] => Object.entries(findings).flatMap(([rule, places]) => places.map((at) => `${rule} ${at}`));
  const [before, after] = [lines(expected), lines(found)];
  return [...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`), ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)];
}
