import { reporterLibraries } from '../../../catalog/index.ts';
import type { FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Types } from '../resolve/types.ts';
import { deferredExits, fulfilsDeferred } from './deferred.ts';
import { blocksBefore, reachableBlocks } from '../facts/blocks.ts';
import type { ErrorFlow } from './errorFlow.ts';
import { isEmptyCollection, isNothing } from './nothing.ts';

/**
 * What a call does about a failure. `none`: nothing that matters (text work, clean-up). `log`: writes it down. `act`: somebody learns of it or something
 * else is tried. `pass`: hands the error itself on (callback, `next`, `reject`). `exit`: ends the program. `throw`: never returns.
 */
export type Effect = 'none' | 'log' | 'act' | 'pass' | 'exit' | 'throw';

/** Text work and look-ups: they change nothing outside. */
const PURE = new Set([
  'stringify', 'toString', 'parse', 'includes', 'startsWith', 'endsWith', 'match', 'matchAll', 'test', 'exec', 'split', 'join', 'slice', 'trim', 'replace', 'replaceAll',
  'toLowerCase', 'toUpperCase', 'now', 'toISOString', 'toLocaleString', 'toFixed', 'format', 'inspect', 'keys', 'values', 'entries', 'isArray', 'padEnd', 'padStart', 'indexOf', 'substring',
  'substr', 'at', 'get', 'has', 'concat', 'from', 'max', 'min', 'round', 'floor', 'String', 'Number', 'Boolean', 'Date', 'Array', 'Object', 'Map', 'Set', 'require', 'map', 'filter', 'find', 'reduce',
  'getTime', 'valueOf', 'getMessage', 'hrtime', 'sobject', 'is', 'of',
]);

/** Clean-up: closes what was open and tells nobody. */
const CLEAN_UP = new Set([
  'close', 'end', 'stop', 'disconnect', 'logout', 'release', 'unlock', 'cleanup', 'cleanUp', 'clearTimeout', 'clearInterval', 'hide', 'abort', 'destroy', 'unref', 'removeAllListeners',
  'removeListener', 'off', 'start', 'clear', 'flush', 'delete', 'finally',
]);

const LOG_METHODS = new Set(['log', 'error', 'warn', 'info', 'debug', 'trace', 'verbose', 'silly', 'fatal', 'notice', 'dir', 'table', 'group', 'groupEnd', 'time', 'timeEnd', 'critical', 'exception', 'write', 'warning']);

/** Receivers whose `error` or `info` a person sees. */
const TELLS = /toast|notif|message|alert|dialog|flash|snack|window|bot|slack|reply|res(?:ponse)?$|spinner|ora$|ui$|view/i;

/** Functions that are asked something. */
const ASKS = /^(?:is|has)[A-Z]/;

/** Functions that make an error and do no more. */
const MAKES_ERROR = /^(?:create|make|build|new)\w*(?:Error|Exception)$/;

/** The property that holds the code with which the program will end. */
const EXIT_CODE = /^exitCode$/i;

/** Judges calls that stand on a failure's way. */
export class Effects {
  private readonly types: Types;

  /** By file and callee, what `logOrReport` says of it: a call is looked at on every way that passes it. */
  private readonly logs = new WeakMap<FileFacts, ('log' | 'act' | 'unresolved-log' | 'none' | undefined)[]>();

  /** The same by the names alone: most calls of a file are called as others are. */
  private readonly named = new Map<string, ReturnType<typeof logByName>>();

  /** See `acting`. */
  private readonly actors = new WeakMap<FunctionFact, ReadonlySet<number>>();

  constructor(types: Types) {
    this.types = types;
  }

  /** The blocks of a function from which the normal way on comes to something that is more than text work. */
  acting(path: string, fn: FunctionFact): ReadonlySet<number> {
    let blocks = this.actors.get(fn);
    if (!blocks) {
      const acts = fn.blocks.flatMap((block, id) => (block.steps.some((step) => step.k === 'call' && this.of(path, step.value, undefined) === 'act') ? [id] : []));
      this.actors.set(fn, (blocks = blocksBefore(fn.blocks, acts)));
    }
    return blocks;
  }

  of(path: string, id: ValueId, flow: ErrorFlow | undefined): Effect {
    const facts = this.types.program.get(path)!;
    const call = facts.values[id];
    if (call?.k !== 'call') return 'none';
    if (call.protocol === 'exit') return 'exit';
    if (['then', 'catch', 'finally', 'all', 'all-settled', 'resolve', 'bind', 'map', 'inline', 'import', 'pure'].includes(call.protocol ?? '')) return 'none';
    const name = lastName(facts, call.callee) ?? '';
    const log = this.logging(facts, call.callee, name);
    if (log !== 'none' && this.setsExitCode(path, call.callee)) return 'act';
    if (log === 'act' || (log === 'log' && !this.mayThrow(path, call.callee))) return log;
    // `AppUtils.error(e)`: whatever it is, it is named as a log line is, unless the workspace says what it does.
    if (log === 'unresolved-log' && this.types.of(path, call.callee).length === 0) return 'log';
    if (call.construct) return 'none';
    const callee = facts.values[call.callee];
    if (this.isPassedOn(facts, call.callee)) {
      const first = call.args[0];
      // A hand-made promise that is fulfilled with nothing, or with the error itself, has turned the failure into a success.
      if (this.isResolver(facts, call.callee)) return first === undefined || isNothing(facts, first) || flow?.isError(first) ? 'none' : 'act';
      if (first !== undefined && flow?.isError(first)) return 'pass';
      return 'act';
    }
    if (flow && call.args[0] !== undefined && flow.isError(call.args[0]) && deferredExits(this.types, path, call.callee)) return 'pass';
    if (fulfilsDeferred(facts, call.callee) && (call.args[0] === undefined || isNothing(facts, call.args[0]) || flow?.isError(call.args[0]))) return 'none';
    if (callee?.k === 'member' && flow?.carries(callee.object) && !['emit', 'push'].includes(name)) return 'none';
    // `spinner.stop('failed')` tells somebody, `spinner.stop()` tidies up.
    const says = callee?.k === 'member' && call.args.length > 0 && TELLS.test(lastName(facts, callee.object) ?? '');
    if (PURE.has(name) || MAKES_ERROR.test(name) || (CLEAN_UP.has(name) && !says) || isEmptyCollection(facts, call)) return 'none';
    if (this.isInsideLog(path, id)) return 'none';
    const functions = this.types.of(path, call.callee).filter((type) => type.k === 'function');
    if (functions.length > 0) {
      const effects = functions.map((type) => this.ofFunction(type.path, type.fn, 0));
      if (effects.every((each) => each === 'throw')) return 'throw';
      if (effects.every((each) => each === 'exit' || each === 'throw')) return 'exit';
      if (effects.every((each) => each === 'log')) return 'log';
      if (effects.every((each) => each === 'none' || each === 'log')) return 'none';
      return 'act';
    }
    // An oclif command's `this.error()` throws; other unknown calls may tell somebody.
    return ASKS.test(name) ? 'none' : 'act';
  }

  /** Whether a function of the workspace is called that throws on some way: more than a log line, whatever its name. */
  private mayThrow(path: string, callee: ValueId): boolean {
    const functions = this.types.program.get(path)!.values[callee]?.k === 'member' ? [] : this.types.of(path, callee).filter((type) => type.k === 'function');
    return functions.some(({ path: at, fn }) => {
      const { blocks } = this.types.program.get(at)!.functions[fn]!;
      return [...reachableBlocks(blocks)].some((id) => blocks[id]!.next.k === 'throw');
    });
  }

  /** Whether a function of the workspace, or one that it calls, sets the code with which the program will end: whoever started it learns of that. */
  private setsExitCode(path: string, callee: ValueId): boolean {
    return this.types.of(path, callee).some((type) => type.k === 'function' && this.types.holds(`exit-code.${type.fn}@${type.path}`, () => {
      const facts = this.types.program.get(type.path)!;
      return facts.functions[type.fn]!.blocks.some((block) => block.steps.some((step) => {
        if (step.k === 'store') return EXIT_CODE.test(step.name);
        const inner = step.k === 'call' ? facts.values[step.value] : undefined;
        return inner?.k === 'call' && this.setsExitCode(type.path, inner.callee);
      }));
    }));
  }

  private logging(facts: FileFacts, callee: ValueId, name: string): 'log' | 'act' | 'unresolved-log' | 'none' {
    let known = this.logs.get(facts);
    if (!known) this.logs.set(facts, (known = []));
    return (known[callee] ??= this.logOrReport(facts, callee, name) ?? 'none');
  }

  /** A call of a logger or reporter by the names the catalogue lists. */
  logOrReport(facts: FileFacts, callee: ValueId, name: string): 'log' | 'act' | 'unresolved-log' | undefined {
    const value = facts.values[callee];
    const receiver = value?.k === 'member' ? (lastName(facts, value.object) ?? (facts.values[value.object]?.k === 'this' ? 'this' : '')) : undefined;
    const key = `${facts.language}\0${name}${receiver === undefined ? '' : `\0${receiver}`}`;
    if (!this.named.has(key)) this.named.set(key, logByName(facts.language, name, receiver));
    return this.named.get(key);
  }

  /** Whether the callee is a callback: a parameter of this or an enclosing function. */
  private isPassedOn(facts: FileFacts, callee: ValueId): boolean {
    const value = facts.values[callee];
    if (value?.k === 'binding') return facts.bindings[value.binding]?.kind === 'parameter';
    return false;
  }

  /** Whether the callee is the first parameter of a promise's executor. */
  isResolver(facts: FileFacts, callee: ValueId): boolean {
    const value = facts.values[callee];
    if (value?.k !== 'binding') return false;
    const fn = facts.bindings[value.binding]!.in;
    if (facts.functions[fn]!.params[0]?.binding !== value.binding) return false;
    const literal = indexOf(facts).functionValue.get(fn);
    return literal !== undefined && (indexOf(facts).consumers[literal] ?? []).some((consumer) => {
      const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return parent?.k === 'call' && parent.protocol === 'promise';
    });
  }

  /** Text made for a log line: `log(chalk.red(format(e)))`. */
  private isInsideLog(path: string, id: ValueId, depth = 0): boolean {
    const facts = this.types.program.get(path)!;
    if (depth > 6) return false;
    return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
      if (consumer.k === 'throw') return true;
      if (consumer.k !== 'value') return false;
      const parent = facts.values[consumer.value];
      if (parent?.k === 'call' && parent.callee !== id && this.logging(facts, parent.callee, lastName(facts, parent.callee) ?? '') === 'log') return true;
      return parent !== undefined && parent.k !== 'function' && this.isInsideLog(path, consumer.value, depth + 1);
    });
  }

  /** What a workspace function does as a whole when it is called in a handler. */
  private ofFunction(path: string, fn: FunctionId, depth: number): Effect {
    const key = `effect.${fn}@${path}`;
    return this.types.solve(key, () => [this.judgeFunction(path, fn, depth)])[0] ?? 'none';
  }

  /** Whether a call comes to functions of the workspace that all throw. The one that calls is left out: it may be another of the same name that is meant. */
  private neverReturns(path: string, fn: FunctionId, id: ValueId, depth: number): boolean {
    const call = this.types.program.get(path)!.values[id];
    if (call?.k !== 'call' || call.construct || call.protocol !== undefined) return false;
    const others = this.types.of(path, call.callee).filter((type) => type.k === 'function' && !(type.path === path && type.fn === fn));
    return others.length > 0 && others.every((type) => type.k === 'function' && !this.types.program.get(type.path)!.functions[type.fn]!.async && this.ofFunction(type.path, type.fn, depth + 1) === 'throw');
  }

  private judgeFunction(path: string, fn: FunctionId, depth: number): Effect {
    const facts = this.types.program.get(path)!;
    const fact = facts.functions[fn]!;
    if (depth > 4) return 'act';
    // Who only calls what never comes back does not come back either.
    const blocks = fact.blocks.map((block) => (block.steps.some((step) => step.k === 'call' && this.neverReturns(path, fn, step.value, depth)) ? { ...block, next: { k: 'throw' as const, value: 0 } } : block));
    const reachable = reachableBlocks(blocks);
    const ends = [...reachable].map((id) => blocks[id]!.next.k);
    if (!ends.includes('return') && !ends.includes('end') && ends.includes('throw')) return 'throw';
    let logs = false;
    for (const id of reachable) {
      for (const step of fact.blocks[id]!.steps) {
        if (step.k === 'store') return 'act';
        if (step.k === 'bind' && facts.bindings[step.binding]!.in !== fn) return 'act';
        if (step.k !== 'call') continue;
        const inner = this.of(path, step.value, undefined);
        if (inner === 'exit' || inner === 'act' || inner === 'pass' || inner === 'throw') return inner === 'exit' ? 'exit' : 'act';
        logs ||= inner === 'log';
      }
      const next = blocks[id]!.next;
      if (next.k === 'throw') return 'act';
      if (next.k === 'return' && next.value !== undefined && !['undefined', 'literal', 'call'].includes(facts.values[next.value]?.k ?? '')) return 'act';
    }
    return logs ? 'log' : 'none';
  }
}

/** What a call does that is called so, as far as names tell. @param receiver the last name of what it is a method of; undefined where it is no method */
function logByName(language: string, name: string, receiver: string | undefined): 'log' | 'act' | 'unresolved-log' | undefined {
  for (const each of reporterLibraries()) {
    if ((each.language ?? 'javascript') !== language) continue;
    const hit = receiver !== undefined
      ? each.receivers.some((word) => word.toLowerCase() === receiver.toLowerCase()) && (each.methods.length === 0 || each.methods.includes(name))
      : each.functions.includes(name);
    if (hit) return each.effect === 'report' ? 'act' : 'log';
  }
  if (receiver !== undefined && LOG_METHODS.has(name) && /log(?:ger)?$|console|trace|telemetry$/i.test(receiver)) return 'log';
  if (receiver !== undefined && ['error', 'warn', 'info', 'debug', 'log', 'verbose', 'silly', 'trace'].includes(name) && receiver !== 'this' && !TELLS.test(receiver)) return 'unresolved-log';
  if (receiver === undefined && /^(?:log|debug|warn|print)(?:[A-Z]\w*)?$|^(?:log|trace)(?:Error|Message|Warning)?$|^(?!(?:create|save|insert|store|persist|add|send|post)[A-Z])[a-z]+Log$/.test(name)) return 'log';
  return undefined;
}
