import type { Construction } from '../coverage/constructions.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Finding } from '../report/callRecord.ts';
import type { Program } from '../resolve/program.ts';
import type { Types } from '../resolve/types.ts';
import { awaitCall, startRequest } from './await-call/awaitCall.ts';
import { checkResults } from './check-results/checkResults.ts';
import { correctErrorCode } from './correct-error-code/correctErrorCode.ts';
import { correctErrorField } from './correct-error-field/correctErrorField.ts';
import type { Fix, Refusal } from './edit.ts';
import { handleByClass } from './handle-by-class/handleByClass.ts';
import { insertRetry } from './insert-retry/insertRetry.ts';
import { readEveryPage } from './read-every-page/readEveryPage.ts';
import { replaceApiVersion } from './replace-api-version/replaceApiVersion.ts';
import { rethrowWithCause } from './rethrow-with-cause/rethrowWithCause.ts';
import { retryFunction } from './retry-function/retryFunction.ts';
import { upsertInstead } from './upsert-instead/upsertInstead.ts';

/** What a fix of a whole file is made from. */
export interface FileFixRequest {
  finding: Finding;
  /** The file of the finding. */
  path: string;
  /** All calls of that file. */
  calls: readonly CoveredCall[];
  program: Program;
  types: Types;
  /** The current text of a source file. */
  text(path: string): string | undefined;
}

/** What a fix of a call is made from. */
export interface FixRequest extends FileFixRequest {
  covered: CoveredCall;
  /** The other calls that share the finding. */
  others: readonly CoveredCall[];
}

type Subject = CoveredCall | Pick<Construction, 'record'>;

/** A request with the call or the client of which the finding speaks, and those that share it. */
export type AnyFixRequest = FileFixRequest & { about: Subject; others: readonly Subject[] };

/** Makes a fix or a choice of them, or says why it is not safe; undefined where it has nothing to do with the place. */
type Maker<Request> = (request: Request) => Fix | readonly Fix[] | Refusal | undefined;

/** Fixes that need the call of the finding. */
const AT_CALLS: Readonly<Record<string, Maker<FixRequest>>> = {
  'await-call': awaitCall,
  'check-results': checkResults,
  'correct-error-code': correctErrorCode,
  'correct-error-field': correctErrorField,
  'handle-by-class': handleByClass,
  'insert-retry': insertRetry,
  'read-every-page': readEveryPage,
  'rethrow-with-cause': rethrowWithCause,
  'retry-function': retryFunction,
  'start-request': startRequest,
  'upsert-instead': upsertInstead,
};

/** Fixes that are about clients as well. */
const IN_FILES: Readonly<Record<string, Maker<FileFixRequest>>> = {
  'replace-api-version': replaceApiVersion,
};

/** Whether there is a fix of this name. */
export function isFix(id: string): boolean {
  return Object.hasOwn(AT_CALLS, id) || Object.hasOwn(IN_FILES, id);
}

/** The fixes that a finding really has, in the order of its list. */
export function fixesOf(request: AnyFixRequest): Fix[] {
  return answers(request).filter((each): each is Fix => 'edits' in each);
}

/** Why fixes in the list of a finding are not safe at its place. */
export function refusalsOf(request: AnyFixRequest): Refusal[] {
  return answers(request).filter((each): each is Refusal => 'reason' in each);
}

function answers({ about, others, ...request }: AnyFixRequest): (Fix | Refusal)[] {
  const calls = others.filter((each) => 'call' in each);
  return request.finding.fixes.flatMap((id) => {
    const atCall = Object.hasOwn(AT_CALLS, id) && 'call' in about ? AT_CALLS[id]!({ ...request, covered: about, others: calls }) : undefined;
    return atCall ?? (Object.hasOwn(IN_FILES, id) ? IN_FILES[id]!(request) : undefined) ?? [];
  });
}
