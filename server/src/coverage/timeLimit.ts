import type { HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { Span } from '../facts/facts.ts';
import { indexOf, lastName, optionArguments } from '../facts/fileIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { optionValues } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

/** Options by which a request or an instance is given an end: its own, or that of what sends it. */
const ENDS = ['timeout', 'signal', 'agent', 'httpAgent', 'httpsAgent', 'dispatcher', 'cancelToken', 'adapter', 'transport', 'fetch'];

/** Names of arguments that hold options and not an address or a body. */
const OPTIONS = /opt|conf|setting|init|param|request|args/i;

/** Packages that make commands, whose user sees that one hangs and ends it. */
const COMMAND_LINES = ['@oclif/core', '@oclif/command', '@salesforce/command', '@salesforce/sf-plugins-core', 'commander', 'yargs'];

/** Members by which a request that is under way is given an end. */
const ENDED_LATER = ['timeout', 'setTimeout', 'abort', 'race'];

/** A plain HTTP client that waits for an answer as long as it takes. */
export interface Endless {
  library: { id: string; title: string };
  /** Where the instance is made that the request goes through, if one is. */
  instance: (Span & { path: string }) | undefined;
}

/** Whether nothing ends a request that gets no answer: the library's own limit is none, and neither the request, its instance nor anything in the file sets one. */
export function endlessOf(types: Types, call: SalesforceCall): Endless | undefined {
  const { http } = call;
  if (!http || COMMAND_LINES.some((name) => types.program.projects.rangeOf(call.path, name) !== undefined) || !isEndlessByItself(types, call, http.type.library)) return undefined;
  const facts = types.program.get(call.path)!;
  const { membersByName, storesByName } = indexOf(facts);
  if (ENDED_LATER.some((name) => membersByName.has(name)) || types.holds('timeout.stored', () => types.program.paths().some((path) => indexOf(types.program.get(path)!).storesByName.has('timeout')))) return undefined;
  if (storesByName.has('signal') || facts.values.some((value) => value.k === 'global' && /^Abort(?:Controller|Signal)$/.test(value.name))) return undefined;
  // An instance that only its annotation tells of is made where it cannot be seen.
  const made = http.type.instance && types.program.get(http.type.instance.path)?.values[http.type.instance.value];
  if (http.type.instance && made?.k !== 'call') return undefined;
  const given = [
    ...[...call.args, ...(call.byName === undefined ? [] : [call.byName])].map((value) => ({ path: call.path, value })),
    ...(made?.k === 'call' ? optionArguments(made).map((value) => ({ path: http.type.instance!.path, value })) : []),
  ];
  if (given.some(({ path, value }) => mayEnd(types, path, value))) return undefined;
  return { library: http.type.library, instance: made && http.type.instance ? { path: http.type.instance.path, at: made.at, to: made.to } : undefined };
}

function isEndlessByItself(types: Types, call: SalesforceCall, library: HttpLibrary): boolean {
  const limits = library.timeouts.filter(({ versions }) => types.program.projects.fits(call.path, call.package, versions) !== 'no');
  return limits.length > 0 && limits.every(({ ms }) => ms === 0);
}

/** Whether an argument names a limit, or may: options that cannot all be seen may name one. */
function mayEnd(types: Types, path: string, id: number): boolean {
  if (ENDS.some((name) => optionValues(types, path, id, name).length > 0)) return true;
  const value = types.program.get(path)!.values[id]!;
  if (['literal', 'template', 'operator', 'undefined', 'function'].includes(value.k)) return false;
  const found = types.of(path, id);
  if (found.length === 0) return value.k !== 'object' && value.k !== 'array' && OPTIONS.test(lastName(types.program.get(path)!, id) ?? '');
  return found.some((type) => {
    const object = type.k === 'object' ? types.program.get(type.path)!.values[type.value] : undefined;
    return object?.k === 'object' && object.spreads.length > 0;
  });
}
