import { clientsOf, modesOf } from '../../../catalog/index.ts';
import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { FunctionId, ValueId } from '../facts/facts.ts';
import { functionAround } from '../facts/positions.ts';
import type { CallRecord, ClassRecord, End, Failure, FailureClass, Retry, Upstream } from '../report/callRecord.ts';
import { FAILURE_CLASSES } from '../report/callRecord.ts';
import { httpRetry, transportRetry } from './httpRetry.ts';
import { isCallback } from '../resolve/callbacks.ts';
import { Projects } from '../resolve/projects.ts';
import { type SalesforceCall, salesforceCalls } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { afterFailure } from './afterFailure.ts';
import { Answers } from './answers.ts';
import { BeyondFunction, joined } from './beyond.ts';
import { ByMode } from './byMode.ts';
import { isConfigured } from './clientOptions.ts';
import { clauseOfItsOwn, type Handler, ignoresCallback, inRecordLoop, inRetryLoop, isAwaitedHere, isNeverStarted, isStreamed, ownerOf, passesOnItsObject, printsOnly, renewsAndSends, repeatsInHandler, triesAnotherWay } from './circumstances.ts';
import { type Followed, originOf, replacedIf } from './followed.ts';
import { contextOf, type Context } from './context.ts';
import type { CoveredCall, Outcome } from './coveredCall.ts';
import { Effects } from './effects.ts';
import type { ErrorLook } from './errorLooks.ts';
import { apiVersionOf } from './apiVersions.ts';
import { type Construction, constructionsOf, loginIsSoap } from './constructions.ts';
import { type HandlerFacts, handlerFactsOf } from './handlerFacts.ts';
import { jobEndOf } from './jobEnds.ts';
import { isMissedInList } from './missedInList.ts';
import { libraryRetrier } from './libraryRetrier.ts';
import { Mode } from './mode.ts';
import { shapeOfClient, shapeOfHttp } from './errorShape.ts';
import { judgePaging } from './paging.ts';
import { judgePartial } from './partial.ts';
import { endOf, failureOf, failureOfMode, projectClass } from './projection.ts';
import { floatingReaction, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import type { Retrier } from './retrier.ts';
import { SentLater } from './sentLater.ts';
import { Settle } from './settle.ts';
import { replacesStatus } from './statusHandlers.ts';
import { outermost } from './outermost.ts';
import { untilGood } from './untilGood.ts';
import { type VainRetry, vainRetry } from './vainRetry.ts';
import { pollLoopOf } from './pollLoop.ts';
import { missingKeyOf } from './recordKeys.ts';
import { rowScopeOf } from './rowScope.ts';
import { perRecordOf } from './perRecord.ts';
import { endlessOf } from './timeLimit.ts';
import { endsByUncaught, isWorkOfFile, leavesLoop, starterOf } from './unattendedRun.ts';
import { Ways } from './ways.ts';

/** Kinds of operations that tell whether a record is there. */
const LOOK_UPS: ReadonlySet<string> = new Set(['query', 'search', 'retrieve', 'tooling']);
/** What a session that has ended is told by. */
const SESSION = /^(?:INVALID_SESSION_ID|401|INVALID_AUTH_HEADER)$/;

/** What becomes of one call's failure, of any mode or of one. */
interface Judgement {
  failure: Failure;
  mayRepeat: boolean;
  upstream: Upstream;
  end: End;
  repeats: boolean;
  retriers: readonly Retrier[];
  looks: readonly ErrorLook[];
  undecided: boolean;
  endless: boolean;
  loses: Reaction['loses'];
  vain: VainRetry | undefined;
  asks: boolean;
  handler: Reaction['handler'] | undefined;
  unanimous: boolean;
  logged: boolean;
  goesOn: boolean;
  ignored: boolean;
  unseen: boolean;
  demanded: boolean;
}

/** Whether tests ask if the session has ended. */
function asksForSession(looks: readonly ErrorLook[]): boolean {
  return looks.some(({ wanted }) => wanted.some((word) => SESSION.test(String(word))));
}

function outcomeOf(mode: Mode, { failure, end, repeats, endless, undecided, retriers }: Judgement): Outcome {
  return { mode, failure, end, repeats, endless, undecided, retriers };
}

/** The failure modes that an operation can meet, all and by their class. */
interface OperationModes {
  modes: Mode[];
  byClass: readonly (readonly [FailureClass, Mode[]])[];
}

/** What rules ask of the function in which a handler stands. */
interface OwnerFacts {
  context: Context;
  printsOnly: boolean;
}

/** Answers, for each Salesforce call, what happens when it fails. Holds for one state of the program. */
export class Coverage {
  readonly types: Types;
  private readonly effects: Effects;
  private readonly settle: Settle;
  private readonly answers: Answers;
  private readonly sentLater: SentLater;
  private readonly beyond: BeyondFunction;
  private readonly contexts = new Map<string, Context>();
  private readonly handlers = new Map<string, HandlerFacts & OwnerFacts>();
  private readonly printing = new Map<string, boolean>();
  private readonly modes = new Map<string, OperationModes>();
  private readonly files = new Map<string, CoveredCall[]>();
  private readonly soapLogins = new Map<string, boolean>();
  private readonly found = new Map<string, SalesforceCall[]>();

  constructor(types: Types) {
    this.types = types;
    this.effects = new Effects(types);
    this.settle = new Settle(types, this.effects);
    this.answers = new Answers(types, this.effects, this.settle);
    this.sentLater = new SentLater(types, this.effects, this.settle, this.answers);
    this.beyond = new BeyondFunction(types, new Ways(types, this.settle, this.answers));
  }

  /** The covered calls of a file, in source order. */
  of(path: string): CoveredCall[] {
    let calls = this.files.get(path);
    if (!calls) {
      calls = this.rawCalls(path).map((call) => this.cover(call));
      const dead = calls.filter((each) => each.ignoredCallback);
      for (const each of calls) each.neverRuns = dead.some((outer) => outer !== each && outer.record.spanStart <= each.record.spanStart && each.record.spanEnd <= outer.record.spanEnd);
      this.files.set(path, calls);
    }
    return calls;
  }

  /** The clients of Salesforce that a file makes, in source order. */
  constructions(path: string): Construction[] {
    return constructionsOf(this.types, path);
  }

  private loginsBySoap(client: string): boolean {
    let known = this.soapLogins.get(client);
    if (known === undefined) this.soapLogins.set(client, (known = loginIsSoap(this.types, client)));
    return known;
  }

  private cover(call: SalesforceCall): CoveredCall {
    const facts = this.types.program.get(call.path)!;
    const value = facts.values[call.value]!;
    const { modes, byClass } = this.modesOf(call.operation.id);
    const byMode = new ByMode<Judgement>();
    const start = replacedIf(call.http !== undefined || resultOf(call) !== undefined, { origin: originOf(call, modes), mode: undefined });
    const whole = this.judge(call, start);
    const library = this.libraryRetry(call);
    const again = inRetryLoop(this.types, call) || (whole.handler && repeatsInHandler(this.types, call, this.rawCalls(call.path), whole.handler)) || (asksForSession(whole.looks) && renewsAndSends(this.types, call, this.rawCalls(call.path)));
    // What fails before there is an answer fails as an error, on a way of its own.
    const byValue = call.http?.byValue === true;
    const classes: Partial<Record<FailureClass, ClassRecord>> = {};
    const outcomes: Outcome[] = [];
    for (const [each, own] of byClass) {
      const judged = whole.asks || byValue ? own.map((mode) => byMode.get(mode, () => this.judge(call, { ...start, mode }))) : [whole];
      classes[each] = projectClass(judged, library, each);
      outcomes.push(...own.map((mode, index) => outcomeOf(mode, judged[index] ?? whole)));
    }
    // What repeats one of its failures repeats the call.
    const repeats = whole.repeats || again || Object.values(classes).some((each) => each.retry === 'explicit');
    const retry: Retry = repeats ? 'explicit' : library === 'none' && whole.mayRepeat ? 'unknown' : library;
    const use = judgePartial(this.types, this.effects, call, () => this.rawCalls(call.path));
    const record: CallRecord = {
      path: call.path,
      start: call.nameAt,
      end: call.nameTo,
      spanStart: value.at,
      spanEnd: value.to,
      client: call.client.id,
      operation: call.operation.id,
      kind: call.operation.kind,
      failure: whole.failure,
      ...(whole.failure === 'propagates' ? { upstream: whole.upstream } : {}),
      stops: whole.end,
      retry,
      partial: use.partial,
      paging: judgePaging(this.types, call),
      classes,
    };
    const around = whole.handler && this.around(whole.handler);
    const context = this.contextOf(call.path, value.in).waits;
    const awaitedHere = whole.failure === 'floating' && isAwaitedHere(this.types, call);
    const starter = context === 'unattended' ? starterOf(this.types, call.path, value.in) : undefined;
    return {
      call, record, modes, outcomes,
      looks: whole.looks,
      retriers: whole.retriers,
      loses: whole.loses,
      vainRetry: whole.vain,
      errorShape: call.http ? shapeOfHttp(this.types, call.path, call.http) : call.model && shapeOfClient(call.model),
      ownClause: clauseOfItsOwn(this.types, this.effects, call),
      handler: whole.handler,
      unanimous: whole.unanimous,
      ignoredError: whole.ignored,
      unseenAnswer: whole.unseen,
      demandsSuccess: whole.demanded,
      crashesCallers: record.failure === 'swallowed' && (around?.crashesCallers ?? false),
      goesOn: whole.goesOn,
      handlerContext: around?.context.waits ?? 'library',
      toldInCommand: whole.logged && (around?.context.command ?? false),
      hasFallback: around?.hasFallback ?? false,
      triesAnotherWay: whole.handler !== undefined && triesAnotherWay(this.types, call, this.rawCalls(call.path), whole.handler),
      printsOnly: around?.printsOnly ?? false,
      remarked: around?.remarked ?? false,
      createsInstead: (around?.createsInstead ?? false) && LOOK_UPS.has(call.operation.kind),
      tellsWhy: around?.tellsWhy ?? false,
      answered: record.stops === 'swallowed' && whole.handler !== undefined && ((around?.answered ?? false) || isMissedInList(this.types, call, whole.handler)),
      neverRuns: false,
      logged: whole.logged,
      context,
      inRecordLoop: inRecordLoop(this.types, call),
      passesOnItsObject: passesOnItsObject(this.types, call),
      afterFailure: afterFailure(this.types, call),
      awaitedHere,
      workOfFile: awaitedHere && isWorkOfFile(this.types, call),
      streamed: whole.failure === 'floating' && isStreamed(this.types, call),
      neverStarted: whole.failure === 'floating' && isNeverStarted(this.types, call),
      ignoredCallback: ignoresCallback(this.types, call),
      starter,
      endsProcess: whole.failure === 'propagates' && whole.end === 'process' && whole.unanimous && starter === 'timer' && endsByUncaught(this.types, call.path),
      leavesLoop: leavesLoop(this.types, call, whole.handler),
      missingKey: missingKeyOf(this.types, call),
      apiVersion: apiVersionOf(this.types, call),
      soapLogin: call.operation.id === 'soap.login' || (call.operation.id === 'oauth.login' && this.loginsBySoap(call.client.id)),
      endless: endlessOf(this.types, call),
      jobEnd: jobEndOf(this.types, call),
      pollLoop: pollLoopOf(this.types, call),
      perRecord: perRecordOf(this.types, call),
      rows: rowScopeOf(this.types, call),
      resultSeen: use.shown || (use.logged && context === 'script'),
      owner: `${ownerOf(this.types, call.path, value.in)}@${call.path}`,
    };
  }

  private modesOf(operation: string): OperationModes {
    let known = this.modes.get(operation);
    if (!known) {
      const modes = modesOf(operation).map(({ code, mode }) => new Mode(code.code, mode.class, code.http, code.message ?? mode.when?.message, mode.retry, code.family === 'client'));
      const byClass = FAILURE_CLASSES.map((each) => [each, modes.filter((mode) => mode.class === each)] as const).filter(([, own]) => own.length > 0);
      this.modes.set(operation, (known = { modes, byClass }));
    }
    return known;
  }

  /** What rules ask of a handler, found once for all calls whose failures come to it. */
  private around(handler: Handler): HandlerFacts & OwnerFacts {
    const key = `${handler.at}-${handler.to}@${handler.path}`;
    let facts = this.handlers.get(key);
    if (!facts) {
      const fn = functionAround(this.types.program.get(handler.path)!, handler.at, handler.to);
      facts = { ...handlerFactsOf(this.types, this.effects, handler, fn, (path) => this.rawCalls(path)), context: this.contextOf(handler.path, fn), printsOnly: this.printsOnly(handler.path, fn) };
      this.handlers.set(key, facts);
    }
    return facts;
  }

  /** Asked once a function: it may hold thousands of handlers. */
  private printsOnly(path: string, fn: FunctionId): boolean {
    const key = `${fn}@${path}`;
    let answer = this.printing.get(key);
    if (answer === undefined) this.printing.set(key, (answer = printsOnly(this.types, this.effects, path, fn)));
    return answer;
  }

  private contextOf(path: string, fn: FunctionId): Context {
    const key = `${fn}@${path}`;
    let context = this.contexts.get(key);
    if (!context) this.contexts.set(key, (context = contextOf(this.types, path, fn)));
    return context;
  }

  private rawCalls(path: string): SalesforceCall[] {
    let calls = this.found.get(path);
    if (!calls) this.found.set(path, (calls = salesforceCalls(this.types, path)));
    return calls;
  }

  private judge(call: SalesforceCall, followed: Followed): Judgement {
    const last = call.args.at(-1);
    const later = this.sentLater.of(call, followed);
    let reaction: Reaction;
    if (later) reaction = later.failed;
    else if (call.handed?.aside) reaction = floatingReaction();
    else if (call.variant.callback && last !== undefined && isCallback(this.types, call.path, last)) {
      reaction = call.variant.lazy ? this.settle.calledBack(call.path, call.value, last, followed) : this.settle.handler(call.path, last, true, followed, call.value);
      // Old clients give a promise besides: whoever waits for that learns of the failure too. A lazy query's promise is fulfilled with what its callback returns.
      const promised = call.variant.lazy && reaction.endings.size > 0 ? newReaction() : this.settle.promise(call.path, call.value, followed);
      if (promised.endings.size > 0) {
        if (reaction.floating) reaction = promised;
        else mergeInto(reaction, promised);
      }
    } else {
      reaction = followed.origin.atOnce && !call.variant.lazy ? this.settle.thrownBy(call.path, call.value, followed) : this.settle.promise(call.path, call.value, followed);
    }
    if ((!followed.mode || followed.mode.hasStatus()) && replacesStatus(this.types, call) && reaction.endings.delete('rethrow')) reaction.endings.add('wrap');
    const answered = later ? later.answered : this.answered(call, last, followed);
    // Whoever catches may look for a status that comes as a result.
    if (answered) {
      answered.looks.push(...reaction.looks);
      reaction = answered;
    }
    // Subscriptions tell of failures by events, and some libraries by a result of which nobody is seen to get hold.
    else if (tellsByResult(call) && !followed.mode?.network) reaction = Object.assign(newReaction(), { unknown: true });
    if (call.variant.events && reaction.floating && !isStreamed(this.types, call)) Object.assign(reaction, { floating: false, unknown: true });
    const vain = followed.mode ? undefined : vainRetry(this.types, this.effects, this.settle, call, reaction, followed);
    const { reaction: local, repeats } = this.beyond.lift(reaction, followed, new Set());
    const failure = followed.mode ? failureOfMode(local) : failureOf(local);
    let upstream: Upstream = 'unknown';
    let end = endOf(failure, local);
    let allRepeats = repeats;
    let mayRepeat = local.mayRepeat;
    let asks = local.asks;
    let retriers: readonly Retrier[] = local.retriers;
    let looks: readonly ErrorLook[] = local.looks;
    let undecided = local.undecided;
    let handler = local.handler;
    let unanimous = true;
    let logged = local.logs;
    let goesOn = local.goesOn;
    if (leaves(local)) {
      const beyond = this.beyond.of(local, followed);
      upstream = beyond.upstream;
      end = beyond.end;
      allRepeats ||= beyond.repeats;
      retriers = joined(retriers, beyond.retriers);
      if (!local.endings.has('wrap')) looks = joined(looks, beyond.looks);
      undecided ||= beyond.undecided;
      mayRepeat ||= beyond.mayRepeat;
      asks ||= beyond.asks;
      if (failure === 'propagates' || (failure === 'generic' && beyond.end === 'swallowed')) {
        handler = beyond.handler;
        unanimous = beyond.unanimous;
        logged = beyond.logged;
        goesOn = beyond.goesOn;
      }
    }
    if (call.handed?.repeated !== undefined) {
      allRepeats = true;
      retriers = joined(retriers, [libraryRetrier(this.types, call.path, call.value, call.handed.repeated)]);
    }
    const again = leaves(local) || failure === 'floating' || followed.mode ? undefined : untilGood(this.types, call.path, outermost(this.types.program.get(call.path)!, this.types.program.get(call.path)!.values[call.value]!.in));
    if (again) [allRepeats, retriers] = [true, joined(retriers, [again])];
    // An error that is returned as a value is the caller's to look at, whatever else is done with it.
    if (failure === 'generic' && local.endings.has('handed')) end = 'unknown';
    const endless = local.repeats && local.endings.size === 0 && !local.unknown && !local.floating;
    return { failure, upstream, end, repeats: allRepeats, retriers, looks, undecided, endless, loses: local.loses, vain, mayRepeat, asks, handler, unanimous, logged, goesOn, ignored: local.ignored, unseen: failure === 'swallowed' && answered?.looked === false, demanded: local.demanded };
  }

  /** What becomes of a failed status that comes as a result; undefined where it comes as an error, or nobody is seen to get it. */
  private answered(call: SalesforceCall, last: ValueId | undefined, followed: Followed): Reaction | undefined {
    // A broken connection is an error all the same.
    if (followed.mode && (call.http ? !followed.mode.hasStatus() : followed.mode.network)) return undefined;
    const model = call.http?.byValue ? call.http.answer : resultOf(call);
    if (!model) return undefined;
    const reaction = model.inPlace !== undefined && last !== undefined ? this.answers.inPlace(call.path, last, call.value, model, followed) : model.by === 'callback' && last !== undefined ? this.answers.callback(call.path, last, model, followed) : model.by === 'value' ? this.answers.at(call.path, call.value, model, followed) : this.answers.of(call.path, call.value, model, followed);
    return reaction.endings.size > 0 || reaction.repeats ? reaction : undefined;
  }

  private libraryRetry(call: SalesforceCall): Retry {
    if (call.http) return httpRetry(this.types, call.path, call.value, call.http, call.byName === undefined ? call.args : [...call.args, call.byName]);
    if (call.model && transportRetry(this.types, call.model, call.operation.http === 'unknown' ? undefined : call.operation.http)) return 'explicit';
    const projects = this.types.program.projects;
    let unknown = false;
    // A library that is built on another has versions of its own.
    const model = clientsOf(call.package, call.model?.language).find((each) => each.packages.some(({ name }) => name === call.package)) ?? call.model;
    for (const policy of model?.retries ?? []) {
      const fits = projects.fits(call.path, call.package, policy.versions);
      // The way the call is written, with a callback for example, can tell the version where no manifest does.
      if (!Projects.meets(call.variant.versions, policy.versions)) continue;
      // What happens below the library repeats nothing that the API answers.
      if (policy.statuses.length === 0 && !policy.codes && !policy.apiCodes) continue;
      if (policy.option && !isConfigured(this.types, model!, policy.option)) continue;
      if (fits === 'no' || (call.operation.http !== 'unknown' && !policy.methods.includes(call.operation.http))) continue;
      if (fits === 'yes' && call.operation.http !== 'unknown') return 'library';
      unknown = true;
    }
    return unknown ? 'unknown' : 'none';
  }
}

/** How the result of a client shows that the call has failed, where a member of it tells. */
function resultOf({ http, model, variant }: SalesforceCall): HttpAnswer | undefined {
  const channel = variant.failure ?? model?.failure;
  if (http || !model || variant.events || channel?.by !== 'result' || channel.ok === undefined) return undefined;
  return { id: 'result', by: model.waits ? 'value' : 'promise', status: model.error.status, ok: [channel.ok], body: [] };
}

/** Whether a failure of the whole call comes neither as an error nor as an answer of HTTP. */
function tellsByResult({ model, variant }: SalesforceCall): boolean {
  return !['exception', 'per-record'].includes((variant.failure ?? model?.failure)?.by ?? 'exception');
}
