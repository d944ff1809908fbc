import type { CallRecord, End, Failure } from '../report/callRecord.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { ApiVersion } from './apiVersions.ts';
import type { ExecutionContext } from './context.ts';
import type { ErrorLook } from './errorLooks.ts';
import type { ErrorShape } from './errorShape.ts';
import type { JobEnd } from './jobEnds.ts';
import type { Mode } from './mode.ts';
import type { PollLoop } from './pollLoop.ts';
import type { MissingKey } from './recordKeys.ts';
import type { Retrier } from './retrier.ts';
import type { RowScope } from './rowScope.ts';
import type { Endless } from './timeLimit.ts';
import type { Starter } from './unattendedRun.ts';
import type { VainRetry } from './vainRetry.ts';

/** What becomes of a call that fails in one way. */
export interface Outcome {
  mode: Mode;
  failure: Failure;
  end: End;
  /** The call is made again. */
  repeats: boolean;
  /** It is made again until it works: no way leads out. */
  endless: boolean;
  /** A test decides whose answer for this mode is not known. */
  undecided: boolean;
  /** What makes it again. */
  retriers: readonly Retrier[];
}

/** A call with everything rules need to know of it. */
export interface CoveredCall {
  call: SalesforceCall;
  record: CallRecord;
  /** Where its failure is handled: in its own function, or in the caller that decides. */
  handler: { path: string; at: number; to: number } | undefined;
  /** Where a caller decides: whether every caller decides alike. */
  unanimous: boolean;
  context: ExecutionContext;
  /** Whether it stands in a loop over records, in its own function. */
  inRecordLoop: boolean;
  /** The object and the record are what the function around is given: it is the client under another name. */
  passesOnItsObject: boolean;
  /** It is made because another call has failed: part of the answer to that. */
  afterFailure: boolean;
  /** A function is given as last argument to a version of the client that takes no callbacks. */
  ignoredCallback: boolean;
  /** Its failure floats though its own function waits for it: nobody waits for that one. */
  awaitedHere: boolean;
  /** The same of a function that is all the work of its file: its failure ends the process, as that of a script should. */
  workOfFile: boolean;
  /** Its failure floats because it is a stream without a listener for errors. */
  streamed: boolean;
  /** It is built and dropped, and nothing sends it. */
  neverStarted: boolean;
  /** The callback is given the error and never looks at it. */
  ignoredError: boolean;
  /** A failed status comes as a result, and nothing looks at it. */
  unseenAnswer: boolean;
  /** What only a success brings is asked of a failed answer, where the language then throws. */
  demandsSuccess: boolean;
  /** The function that drops the failure then answers nothing, and every caller fails of that at once. */
  crashesCallers: boolean;
  /** The handler writes at least a log line. */
  logged: boolean;
  /** Code that was written for success runs after the failure was dropped, in the function that drops it. */
  goesOn: boolean;
  /** Who waits where the failure is handled. */
  handlerContext: ExecutionContext;
  /** The handler writes a line that whoever typed the command reads. */
  toldInCommand: boolean;
  /** The handler does the work another way, with another Salesforce call. */
  hasFallback: boolean;
  /** A read whose success returns, while its failure goes on to another read. */
  triesAnotherWay: boolean;
  /** The catch clause that drops the failure holds nothing but a comment. */
  remarked: boolean;
  /** What this look-up does not find is created: where its failure is dropped, records are created again. */
  createsInstead: boolean;
  /** The handler hands on what the error says, and not only to a log. */
  tellsWhy: boolean;
  /** The function that drops the failure does nothing but read and print. */
  printsOnly: boolean;
  /** The function that drops the failure answers nothing, and every caller looks whether it got something. */
  answered: boolean;
  /** It stands in a callback that the installed client never calls. */
  neverRuns: boolean;
  /** The whole result goes to somebody who may look at it: it is handed on to where it cannot be followed, or printed by a script. */
  resultSeen: boolean;
  /** What starts it with nobody waiting, where it runs unattended. */
  starter: Starter;
  /** A timer starts it, nothing catches its failure, and that ends the process. */
  endsProcess: boolean;
  /** It stands in a loop over records, and its failure ends the loop. */
  leavesLoop: boolean;
  /** The record that it writes does not say which one it is. */
  missingKey: MissingKey | undefined;
  /** It sends rows to a bulk job: what ends that. */
  jobEnd: JobEnd | undefined;
  /** The loop in which it asks again until some answer comes. */
  pollLoop: PollLoop | undefined;
  /** It is sent by a plain HTTP client that waits for an answer without end. */
  endless: Endless | undefined;
  /** The API version in its address. */
  apiVersion: ApiVersion | undefined;
  /** It logs in over SOAP. */
  soapLogin: boolean;
  /** The loop in which it sends one request for each record of a list. */
  perRecord: { path: string; at: number; to: number } | undefined;
  /** How many records a query can find. */
  rows: RowScope;
  /** Functions share findings: identity of the function that a person sees around the call. */
  owner: string;
  /** The failure modes it can meet. */
  modes: Mode[];
  /** What becomes of each of them. */
  outcomes: readonly Outcome[];
  /** What tests compare its error, or its answer, with: here and in callers that catch. */
  looks: readonly ErrorLook[];
  /** The retry around it that cannot fire, if there is one. */
  vainRetry: VainRetry | undefined;
  /** Where its error holds what; absent where that is not known. */
  errorShape: ErrorShape | undefined;
  /** The catch clause around it in its file, if nothing but Salesforce calls can fail into that. */
  ownClause: { at: number; to: number } | undefined;
  /** Whatever makes it again after any failure. */
  retriers: readonly Retrier[];
  /** Where another error is thrown in its place that holds nothing of it, while nothing was logged. */
  loses: { path: string; at: number; to: number } | undefined;
}
