import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts, ValueId } from '../../facts/facts.ts';
import type { Insertion } from '../../languages/writing/writer.ts';
import type { Program } from '../../resolve/program.ts';
import type { MissingPackage } from '../edit.ts';
import type { RefusalReason } from './refusals.ts';

/** The file into which a retry is put. */
export interface Site {
  path: string;
  facts: FileFacts;
  source: string;
  program: Program;
  /** The current text of a source file. */
  text(path: string): string | undefined;
}

/** How the retry helper comes into a file. */
export interface HelperFile {
  /** What imports it there; empty where the file sees it. */
  imports: Insertion[];
  /** Where it stands, with its text where it is to be made. */
  path: string;
  made?: string;
  /** The library on which the new file stands. */
  library?: string;
  /** Libraries on which the new file could stand as well, if they were installed. */
  choices?: LibraryChoice[];
}

/** The helper's file as it stands on a library that is not there yet. */
export interface LibraryChoice {
  made: string;
  library: MissingPackage;
}

/** What of a call is repeated. */
export interface Repeated {
  value: ValueId;
  /** Nothing else in the function runs before it has ended. */
  awaited: boolean;
  /** It gives something that is waited for, and not the answer itself. */
  promised: boolean;
}

/** How a request is sent. */
export interface SendOptions {
  /** It may be sent again after an unknown outcome. */
  repeatable: boolean;
  promised: boolean;
  /** A call that logs in again, where one is in reach. */
  renewal: string | undefined;
  call: CoveredCall['call'];
}

/** How retries are written in one language: its helper, and a request that is given to it. */
export interface RetryForm {
  /** Names that the helper brings into a file: nothing else may have them there. */
  names: readonly string[];
  /** Finds the helper or says what to make. */
  helper(site: Site, covered: CoveredCall): HelperFile;
  /** What is repeated at a call, or why nothing can be. */
  repeated(facts: FileFacts, source: string, covered: CoveredCall): Repeated | RefusalReason;
  /** What stands before and after the request. */
  around(options: SendOptions): { before: string; after: string };
  /** A call that logs in again before a repeat, where the form has a place for it. */
  renewal?(facts: FileFacts, covered: CoveredCall): string | undefined;
}
