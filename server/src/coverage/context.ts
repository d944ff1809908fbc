import type { CallValue, FileFacts, FunctionId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { boundaryGivenTo, boundaryOf } from '../resolve/frameworks.ts';
import type { Types } from '../resolve/types.ts';
import { isWaitedFor } from './waitedFor.ts';

/** Who waits for a call: a person behind a request, nobody (job, queue, schedule), a script's user, or code that we do not see. */
export type ExecutionContext = 'interactive' | 'unattended' | 'script' | 'library';

/** Names of a web handler's parameters. */
const REQUEST = /^(?:req|request|res|response|reply|ctx|next)$/;
const UNATTENDED = /^(?:event|job|msg|message|batch|payload)$/;
const DECORATED = /@(?:Get|Post|Put|Patch|Delete|Query|Mutation|Render)\b/;
const SCHEDULED = /@(?:Cron|Interval|Process|Processor|OnEvent|EventPattern|MessagePattern|SqsMessageHandler)\b/;

/** Names by which routers take a handler for a path. */
const ROUTES = /^(?:get|post|put|patch|delete|del|all|use|route)$/;
/** Exports of a file by which it answers requests of these methods. */
const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE)$/;

/** Who waits, and whether all of them typed a command and read what it prints. */
export interface Context {
  waits: ExecutionContext;
  command: boolean;
}

/** Looks outward from a function, through its callers, for what runs it. */
export function contextOf(types: Types, path: string, fn: FunctionId): Context {
  const found = contextsOf(types, path, fn);
  const command = found.has('command') && !found.has('interactive') && !found.has('unattended');
  if (found.has('command')) found.add('interactive');
  return { waits: (['interactive', 'unattended', 'script', 'library'] as const).find((each) => found.has(each)) ?? 'library', command };
}

function contextsOf(types: Types, path: string, fn: FunctionId): Set<ExecutionContext | 'command'> {
  const seen = new Set<string>();
  const found = new Set<ExecutionContext | 'command'>();
  const work: { path: string; fn: FunctionId; depth: number }[] = [{ path, fn, depth: 0 }];
  while (work.length > 0 && seen.size < 200) {
    const at = work.pop()!;
    const key = `${at.fn}@${at.path}`;
    if (seen.has(key) || at.depth > 12) continue;
    seen.add(key);
    const facts = types.program.get(at.path)!;
    const own = ownContext(types, at.path, facts, at.fn);
    if (own) {
      found.add(own);
      continue;
    }
    const sites = types.callers.callSites(at.path, at.fn);
    for (const site of sites) work.push({ path: site.path, fn: types.program.get(site.path)!.values[site.value]!.in, depth: at.depth + 1 });
    const uses = types.callers.uses(at.path, at.fn);
    for (const use of uses) {
      const call = types.program.get(use.path)!.values[use.call]!;
      if (call.k === 'call' && call.decorates) continue;
      if (call.k === 'call' && isRoute(types.program.get(use.path)!, call)) {
        found.add('interactive');
        continue;
      }
      const given = call.k === 'call' ? boundaryGivenTo(types.program.get(use.path)!, call) : undefined;
      if (given) {
        found.add(given.context);
        continue;
      }
      // A pool's `process` that is waited for is no queue's.
      if (call.k === 'call' && (call.protocol === 'later' || call.protocol === 'aside' || (isScheduler(types.program.get(use.path)!, call.callee) && !isWaitedFor(types.program.get(use.path)!, use.call)))) found.add('unattended');
      else work.push({ path: use.path, fn: call.in, depth: at.depth + 1 });
    }
    if (sites.length === 0 && uses.every(({ path: from, call }) => isDecoration(types.program.get(from)!, call))) {
      found.add('library');
    }
  }
  return found;
}

/** `router.post('/leads', handler)`: whatever the framework, and whatever its handlers are given. */
function isRoute(facts: FileFacts, { callee, args }: CallValue): boolean {
  const first = args[0] === undefined ? undefined : facts.values[args[0]];
  return facts.values[callee]?.k === 'member' && ROUTES.test(lastName(facts, callee) ?? '') && first?.k === 'literal' && typeof first.value === 'string' && first.value.startsWith('/');
}

/** Whether a callee is named as what runs functions by a schedule, or for each job of a queue. */
export function isScheduler(facts: FileFacts, callee: number): boolean {
  return /^(?:schedule|scheduleJob|scheduleAtFixedRate|scheduleWithFixedDelay|add_job|cron|CronJob|process|consume|subscribe|Worker|Queue)$/.test(lastName(facts, callee) ?? '');
}

function ownContext(types: Types, path: string, facts: FileFacts, fn: FunctionId): ExecutionContext | 'command' | undefined {
  const fact = facts.functions[fn]!;
  if (fact.kind === 'module') return runsOn(types, path, facts) ? 'unattended' : 'script';
  const boundary = boundaryOf(facts, fn);
  if (boundary) return boundary.context;
  const owner = indexOf(facts).ownerClass.get(fn);
  const decorators = [...fact.decorators, ...(owner ? facts.classes[owner.cls]!.decorators : [])].join(' ');
  // A command's `run` is waited for by whoever typed the command.
  if (owner && owner.name === 'run' && facts.classes[owner.cls]!.extends !== undefined && /Command$/.test(lastName(facts, facts.classes[owner.cls]!.extends!) ?? '')) return 'command';
  // So is a tool's work, by whoever the assistant that calls the tool works for.
  if (owner && /^(?:exec|execute|run|call|handler?|invoke)$/.test(owner.name) && facts.classes[owner.cls]!.extends !== undefined && /Tool$/.test(lastName(facts, facts.classes[owner.cls]!.extends!) ?? '')) return 'interactive';
  if (DECORATED.test(fact.decorators.join(' ')) || (fact.parent === 0 && METHODS.test(fact.name ?? ''))) return 'interactive';
  if (SCHEDULED.test(decorators)) return 'unattended';
  const names = fact.params.map((param) => param.name ?? '');
  if (names.filter((name) => REQUEST.test(name)).length >= 2 || names.some((name) => /^(?:req|ctx)$/.test(name))) return 'interactive';
  if (fact.name === 'handler' || (names.length > 0 && names.length <= 3 && UNATTENDED.test(names[0] ?? '') && names[1] === 'context')) return 'unattended';
  return undefined;
}

/** Whether the top level of a file belongs to a program that goes on running: it listens, or another file imports it. */
function runsOn(types: Types, path: string, facts: FileFacts): boolean {
  const listens = ['listen', 'launch', 'startPolling'].some((name) => (indexOf(facts).callsByName.get(name) ?? []).some((id) => facts.values[id]!.in === 0));
  return listens || (!facts.entry && types.program.importersOf(path).length > 0);
}

function isDecoration(facts: FileFacts, id: number): boolean {
  const call = facts.values[id];
  return call?.k === 'call' && call.decorates === true;
}
