/** Environment variable with the absolute path of the file that gets one event a line. */
export const resultsVariable = 'API_GUARD_TEST_RESULTS';
/** Environment variable with the absolute path of Mocha's module. */
export const mochaVariable = 'API_GUARD_TEST_MOCHA';

/** What the suite inside the editor tells the process outside, one JSON text a line. */
export type SuiteEvent =
  | { event: 'start'; title: string }
  | { event: 'pass'; title: string; duration: number }
  | { event: 'fail'; title: string; reason: string }
  /** The last line; `crash` when the suite could not be loaded or run, or had failures. */
  | { event: 'end'; crash?: string };
