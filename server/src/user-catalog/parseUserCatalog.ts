import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import type { UserEntries } from '../../../catalog/index.ts';
import { userCatalog } from '../../../catalog/schema/userCatalog.ts';
import { NO_RULE_SETTINGS, type RuleSettings } from '../report/ruleSettings.ts';
import { inWords } from './inWords.ts';
import { parseRuleSettings } from './parseRuleSettings.ts';
import type { SettableRule } from './ruleSettingsSchema.ts';

export { parseRuleSettings };

/** Something wrong in what a user wrote, at the place where it stands. Offsets are UTF-16 code units. */
export interface Problem {
  message: string;
  start: number;
  end: number;
}

/** What a file of the user's adds to the catalogue, as far as it is right. */
export interface ParsedUserCatalog {
  entries: UserEntries;
  problems: Problem[];
}

/** Whether the catalogue has an operation. Handed in, so that this part can be loaded without the catalogue's data. */
type IsOperation = (id: string) => boolean;

const NOTHING: UserEntries = { codes: [], clients: [], libraries: [] };
const PROJECT_MEMBERS = new Set(['$schema', 'catalog', 'rules', 'options', 'includeTests']);
/** A file with more problems than this is another kind of file. */
const MOST_PROBLEMS = 100;

/**
 * Reads users' entries out of a JSON text with comments. `at`: the members that lead to them (`['catalog']`); nothing there means no entries. One wrong
 * entry does not take the others down: it is left out and named.
 */
export function parseUserCatalog(text: string, at: JSONPath, isOperation: IsOperation): ParsedUserCatalog {
  const { tree, syntax } = parsed(text);
  const node = tree && findNodeAtLocation(tree, at);
  if (!tree || !node) return { entries: NOTHING, problems: syntax };
  const found = checked(getNodeValue(node) as unknown, isOperation);
  return { entries: found.entries, problems: [...syntax, ...placed(tree, found.problems.map(({ path, message }) => ({ path: [...at, ...path], message })))] };
}

/** Reads a project file: entries for the catalogue, and what the project has decided about the rules. What is wrong is left out and named with its place. */
export function parseProjectFile(text: string, isOperation: IsOperation, rules: readonly SettableRule[]): ParsedUserCatalog & { settings: RuleSettings } {
  const { tree, syntax } = parsed(text);
  if (!tree) return { entries: NOTHING, settings: NO_RULE_SETTINGS, problems: syntax };
  const value: unknown = getNodeValue(tree);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { entries: NOTHING, settings: NO_RULE_SETTINGS, problems: [...syntax, ...placed(tree, [{ path: [], message: 'This is not an object with the members "catalog", "rules", "options" and "includeTests".' }])] };
  const members = value as Record<string, unknown>;
  const strangers = Object.keys(members).filter((key) => !PROJECT_MEMBERS.has(key)).map((key) => ({ path: [key], message: `There is no "${key}" here; there are "catalog", "rules", "options" and "includeTests".` }));
  const catalog = members['catalog'] === undefined ? { entries: NOTHING, problems: [] } : checked(members['catalog'], isOperation);
  const decided = parseRuleSettings(members, rules);
  const problems = [...strangers, ...catalog.problems.map(({ path, message }) => ({ path: ['catalog', ...path], message })), ...decided.problems];
  return { entries: catalog.entries, settings: decided.settings, problems: [...syntax, ...placed(tree, problems)] };
}

function parsed(text: string): { tree: Node | undefined; syntax: Problem[] } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const syntax = errors.slice(0, MOST_PROBLEMS).map(({ error, offset, length }) => ({ message: `This is not JSON: ${spaced(printParseErrorCode(error))}.`, start: offset, end: offset + Math.max(1, length) }));
  return { tree, syntax };
}

function placed(tree: Node, problems: readonly { path: JSONPath; message: string }[]): Problem[] {
  return problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({ message, ...placeOf(tree, path) }));
}

/** Holds a value against the schema, entry by entry. */
export function checked(value: unknown, isOperation: IsOperation): { entries: UserEntries; problems: { path: JSONPath; message: string }[] } {
  const problems: { path: JSONPath; message: string }[] = [];
  const whole = userCatalog.safeParse(value);
  if (!whole.success) problems.push(...whole.error.issues.map((issue) => ({ path: issue.path as JSONPath, message: inWords(issue) })));
  const bad = new Set(problems.map(({ path }) => path.slice(0, 2).join('\0')));
  const lists = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const good = whole.success ? whole.data : userCatalog.safeParse(without(lists, bad)).data;
  const entries = { codes: good?.codes ?? [], clients: good?.clients ?? [], libraries: good?.libraries ?? [] };
  problems.push(...meaningless(lists, entries, isOperation));
  return { entries, problems };
}

/** The same lists without the entries that have a problem. */
function without(lists: Record<string, unknown>, bad: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    ['codes', 'clients', 'libraries'].flatMap((name) => {
      const list = lists[name];
      return Array.isArray(list) ? [[name, list.filter((_, index) => !bad.has(`${name}\0${index}`))]] : [];
    }),
  );
}

/** What a schema cannot see: patterns that do not compile, modes that hide others, operations that do not exist. */
function meaningless(lists: Record<string, unknown>, entries: UserEntries, isOperation: IsOperation): { path: JSONPath; message: string }[] {
  const problems: { path: JSONPath; message: string }[] = [];
  const indexOf = (name: string, key: string, id: string): number => {
    const list = lists[name];
    return Array.isArray(list) ? list.findIndex((each: unknown) => typeof each === 'object' && each !== null && (each as Record<string, unknown>)[key] === id) : -1;
  };
  for (const { code, modes } of entries.codes) {
    const path = ['codes', indexOf('codes', 'code', code), 'modes'];
    for (const [index, { when }] of modes.entries()) {
      if (when?.message !== undefined && !compiles(when.message)) problems.push({ path: [...path, index, 'when', 'message'], message: 'This is not a regular expression.' });
      if (when && index === modes.length - 1) problems.push({ path: [...path, index, 'when'], message: 'The last mode must have no condition: it takes whatever fits no other.' });
      if (!when && index < modes.length - 1) problems.push({ path: [...path, index], message: 'This mode has no condition, so those after it are never asked. Put it last.' });
    }
  }
  for (const { id, types, functions = {} } of entries.clients) {
    const path = ['clients', indexOf('clients', 'id', id)];
    const methods = [['functions', functions] as const, ...Object.entries(types).flatMap(([name, type]) => [[['types', name, 'methods'], type.methods ?? {}] as const, [['types', name, 'statics'], type.statics ?? {}] as const])];
    for (const [where, byName] of methods) {
      for (const [name, variants] of Object.entries(byName)) {
        for (const [index, { operation }] of variants.entries())
          if (operation !== undefined && !isOperation(operation)) problems.push({ path: [...path, ...[where].flat(), name, index, 'operation'], message: `There is no operation "${operation}". "api-guard explain UNABLE_TO_LOCK_ROW" names some that exist.` });
      }
    }
  }
  return problems;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'i').source !== '';
  } catch {
    return false;
  }
}

/** The node of a path, or the nearest one above it that exists: a member that is missing is told at its object. */
function placeOf(tree: Node, path: JSONPath): { start: number; end: number } {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    // An object is named by its key or its opening bracket, not underlined over forty lines.
    const shown = node.type === 'object' || node.type === 'array' ? (node.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : undefined) : node;
    return shown ? { start: shown.offset, end: shown.offset + shown.length } : { start: node.offset, end: node.offset + 1 };
  }
  return { start: tree.offset, end: tree.offset + 1 };
}

/** `ValueExpected` -> `value expected`. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
