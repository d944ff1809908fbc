import type { FunctionId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { isScheduler } from './context.ts';

/** What starts a function again and again, with nobody waiting for it: a timer of the language, whose failures nothing takes, or a scheduler. */
export type Starter = 'timer' | 'scheduler' | undefined;

/** Looks outward from a function, through its callers, for a timer or scheduler. */
export function starterOf(types: Types, path: string, fn: FunctionId): Starter {
  const seen = new Set<string>();
  const work: { path: string; fn: FunctionId }[] = [{ path, fn }];
  let found: Starter;
  for (let at = work.pop(); at && seen.size < 200; at = work.pop()) {
    const key = `${at.fn}@${at.path}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const site of types.callers.callSites(at.path, at.fn)) work.push({ path: site.path, fn: types.program.get(site.path)!.values[site.value]!.in });
    for (const use of types.callers.uses(at.path, at.fn)) {
      const facts = types.program.get(use.path)!;
      const call = facts.values[use.call]!;
      if (call.k !== 'call') continue;
      if (call.protocol === 'later') return 'timer';
      if (isScheduler(facts, call.callee)) found = 'scheduler';
      else if (call.protocol !== 'event' && call.protocol !== 'aside') work.push({ path: use.path, fn: call.in });
    }
  }
  return found;
}

/** Names that only a page in a browser knows: there an error that nobody catches ends nothing. */
const PAGE = new Set(['document', 'window', 'localStorage', 'sessionStorage', 'chrome', 'navigator']);

/** Whether an error that nobody catches ends the process that runs this file. */
export function endsByUncaught(types: Types, path: string): boolean {
  if (/\.[jt]sx$/.test(path)) return false;
  const survives = types.holds('uncaught.listener', () => types.program.paths().some((each) => listensForUncaught(types, each)));
  return !survives && !types.holds(`page@${path}`, () => types.program.get(path)!.values.some((value) => value.k === 'global' && PAGE.has(value.name)));
}

/** Whether a call stands in a function that is the work of its file, called in place at the top: `(async () => { … })()` of a script, which ends with its failure. */
export function isWorkOfFile(types: Types, { path, value }: SalesforceCall): boolean {
  const facts = types.program.get(path)!;
  const around = indexOf(facts).functionValue.get(facts.values[value]!.in);
  const runs = (around === undefined ? [] : (indexOf(facts).consumers[around] ?? [])).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return call?.k === 'call' && call.callee === around && facts.functions[call.in]!.kind === 'module';
  });
  return runs && endsByUncaught(types, path);
}

function listensForUncaught(types: Types, path: string): boolean {
  const facts = types.program.get(path)!;
  return ['on', 'once', 'addListener'].flatMap((name) => indexOf(facts).callsByName.get(name) ?? []).some((id) => {
    const call = facts.values[id]!;
    const event = call.k === 'call' && call.args[0] !== undefined ? facts.values[call.args[0]] : undefined;
    return event?.k === 'literal' && (event.value === 'unhandledRejection' || event.value === 'uncaughtException');
  });
}

/** Whether a failure of a call in a loop over records leaves the loop: what handles it, if anything does, stands outside. */
export function leavesLoop(types: Types, call: SalesforceCall, handler: { path: string; at: number; to: number } | undefined): boolean {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  const fn = place && facts.functions[place.fn]!;
  for (let at = fn?.blocks[place!.block]!.loop; fn && at !== undefined; at = fn.loops[at]!.parent) {
    const loop = fn.loops[at]!;
    if (loop.kind === 'while') continue;
    const over = loop.over === undefined ? undefined : facts.values[loop.over];
    return !isShortList(over) && !(handler?.path === call.path && handler.at >= loop.at && handler.to <= loop.to);
  }
  return false;
}

/** A list that is written down is as long as it looks. */
function isShortList(over: { k: string; items?: readonly unknown[]; spreads?: readonly unknown[] } | undefined): boolean {
  return over?.k === 'array' && over.spreads?.length === 0 && (over.items?.length ?? 0) <= 10;
}
