/** A library that a helper can stand on. */
export type RetryPackage = 'p-retry' | 'async-retry' | 'exponential-backoff' | 'cockatiel';

/** How the helper is written. */
interface LoopForm {
  typed: boolean;
  module: 'es' | 'commonjs';
  library?: RetryPackage | undefined;
}

/** The part of the helper that repeats: by itself or with a library. */
export interface HelperLoop {
  /** Lines that import the library. */
  imports: string;
  /** The end of the helper's function. */
  body: string;
  /** Whether it reckons its waits by `delayAfter`. */
  reckons: boolean;
  /** How the waits are spread, for the comment. */
  jitter: string;
}

/** Writes that part. Options of a library whose defaults are unsafe for Salesforce are all written out. */
export function helperLoop(form: LoopForm): HelperLoop {
  switch (form.library) {
    case 'p-retry':
      return pRetry(form);
    case 'async-retry':
      return asyncRetry(form);
    case 'exponential-backoff':
      return exponentialBackoff(form);
    case 'cockatiel':
      return cockatiel(form);
    default:
      return { imports: '', body: OWN, reckons: true, jitter: 'full jitter' };
  }
}

const OWN = `  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const delay = delayAfter(error, attempt);
      if (attempt >= attempts || retryDefaults.now() + delay > deadline || (signal && signal.aborted) || !mayRepeat(error, repeatable)) throw error;
      if (onRetry) onRetry(error, attempt, delay);
      await retryDefaults.wait(delay, signal);
      if (signal && signal.aborted) throw error;
    }
  }
`;

/** A library whose callback is given the number of the attempt, and which is told in a way of its own that a failure is final. */
function numbered(callback: string, stop: string): string {
  return `(
    async (${callback}) => {
      try {
        return await send();
      } catch (error) {
        const asked = retryAfter(error);
        if (!mayRepeat(error, repeatable) || (signal && signal.aborted) || retryDefaults.now() + asked > deadline) ${stop}
        if (attempt < attempts) {
          if (onRetry) onRetry(error, attempt, asked);
          await retryDefaults.wait(asked, signal);
        }
        throw error;
      }
    },
    { retries: attempts - 1, factor: 2, minTimeout: retryDefaults.firstDelay, maxTimeout: retryDefaults.longestDelay, maxRetryTime: totalTime, randomize: true },
  );
`;
}

/** AbortError is what every version of p-retry understands; the form of its callbacks changed between them. */
function pRetry({ typed, module }: LoopForm): HelperLoop {
  const thrown = typed ? 'error as Error' : '/** @type {Error} */ (error)';
  return {
    imports: module === 'es' ? "\nimport pRetry, { AbortError } from 'p-retry';\n" : "\nconst pRetry = require('p-retry');\n",
    body: `  return pRetry${numbered(`attempt${typed ? ': number' : ''}`, `throw new ${module === 'es' ? '' : 'pRetry.'}AbortError(${thrown});`)}`,
    reckons: false,
    jitter: 'jitter',
  };
}

function asyncRetry({ typed, module }: LoopForm): HelperLoop {
  const stop = `{
          bail(${typed ? 'error as Error' : '/** @type {Error} */ (error)'});
          return ${typed ? 'undefined as never' : '/** @type {never} */ (undefined)'};
        }`;
  return {
    imports: module === 'es' ? "\nimport retry from 'async-retry';\n" : "\nconst retry = require('async-retry');\n",
    body: `  return retry${numbered(`bail${typed ? ': (error: Error) => void' : ''}, attempt${typed ? ': number' : ''}`, stop)}`,
    reckons: false,
    jitter: 'jitter',
  };
}

function exponentialBackoff({ typed, module }: LoopForm): HelperLoop {
  return {
    imports: module === 'es' ? "\nimport { backOff } from 'exponential-backoff';\n" : "\nconst { backOff } = require('exponential-backoff');\n",
    body: `  return backOff(async () => await send(), {
    numOfAttempts: attempts,
    startingDelay: retryDefaults.firstDelay,
    timeMultiple: 2,
    maxDelay: retryDefaults.longestDelay,
    delayFirstAttempt: false,
    jitter: 'full',
    retry: async (error${typed ? ': unknown' : ''}, attempt${typed ? ': number' : ''}) => {
      const asked = retryAfter(error);
      if (attempt >= attempts || (signal && signal.aborted) || retryDefaults.now() + asked > deadline || !mayRepeat(error, repeatable)) return false;
      if (onRetry) onRetry(error, attempt, asked);
      await retryDefaults.wait(asked, signal);
      return !(signal && signal.aborted);
    },
  });
`,
    reckons: false,
    jitter: 'full jitter',
  };
}

function cockatiel({ module, typed }: LoopForm): HelperLoop {
  const names = '{ DelegateBackoff, handleWhen, retry }';
  return {
    imports: module === 'es' ? `\nimport ${names} from 'cockatiel';\n` : `\nconst ${names} = require('cockatiel');\n`,
    body: `  let failures = 0;
${typed ? '' : '  /** @param {unknown} error @returns {boolean} */\n'}  const passes = (error${typed ? ': unknown' : ''})${typed ? ': boolean' : ''} =>
    !(signal && signal.aborted) && retryDefaults.now() + retryAfter(error) <= deadline && mayRepeat(error, repeatable);
  const policy = retry(handleWhen(passes), {
    maxAttempts: attempts - 1,
    backoff: new DelegateBackoff(({ result }${typed ? ': { result: object }' : ''}) => {
      const error${typed ? ': unknown' : ''} = 'error' in result ? result.error : undefined;
      const delay = delayAfter(error, ++failures);
      if (onRetry) onRetry(error, failures, delay);
      return delay;
    }),
  });
  return policy.execute(async () => await send());
`,
    reckons: true,
    jitter: 'full jitter',
  };
}
