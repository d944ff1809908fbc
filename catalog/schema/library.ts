import { z } from 'zod';
import { language } from './client.ts';
import { httpLibrary } from './httpLibrary.ts';
import { versions } from './words.ts';

/** How often something is run, and what may stop it early. */
const attempts = {
  /** Option that bounds it, what it counts, and what holds where nobody sets it; no default means no bound. */
  attempts: z.strictObject({ option: z.string(), counts: z.enum(['attempts', 'retries']), default: z.number().int().min(0).optional() }).optional(),
  /** Options that choose which failures are repeated. */
  chooses: z.array(z.string()).optional(),
};

/** A function of a retry library that repeats a function given to it. */
export const retryFunction = z.strictObject({
  /** Export name (`default` for the default export or the module itself), or `default.method`. */
  export: z.string(),
  /** Index of the argument that is repeated. */
  repeats: z.number().int().min(0),
  /** The names by which it is given the list of arguments for what it repeats, and those that have names. */
  list: z.string().optional(),
  byName: z.string().optional(),
  /** It repeats only where this step follows in the chain that it begins. */
  chained: z.string().optional(),
  /** True if it returns a repeating function instead of running it at once. */
  returnsFunction: z.boolean().optional(),
  /** True if a failure alone repeats nothing: the repeated function must call the retry function that it is given. */
  manual: z.boolean().optional(),
  /** True if what it repeats may tell of a failure by a callback that it is given. */
  callback: z.boolean().optional(),
  ...attempts,
  versions: versions.optional(),
});

/** A library that repeats failing functions. */
export const retryLibrary = z.strictObject({
  kind: z.literal('retry'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  functions: z.array(retryFunction),
  /** Factories that build a policy object, and the policy's methods that run a function. */
  policies: z
    .array(
      z.strictObject({
        /** Export name; `*` stands for any words of a chain of calls. */
        factory: z.string(),
        methods: z.record(z.string(), z.number().int()),
        /** The argument that is repeated where the policy itself is called. */
        called: z.number().int().min(0).optional(),
        manual: z.boolean().optional(),
        /** Further arguments go to what is repeated. */
        passes: z.boolean().optional(),
        /** Of its methods, the argument that is run where the last attempt has failed, and gives what the method gives. */
        recovers: z.record(z.string(), z.number().int()).optional(),
        /** Names of exported types that are it. */
        types: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  /** Names with which chains of calls begin that make its policies, each of which goes on where the one before ended. */
  chains: z.array(z.string()).optional(),
  /** Decorators after which a method is repeated. */
  decorators: z.array(z.string()).optional(),
  /** What such a decorator is told in words, by its name. Of one that is not named here it is not known what it repeats. */
  told: z
    .record(
      z.string(),
      z.strictObject({
        /** The word after which the number of attempts stands, as the name of an argument or of a function. */
        ...attempts,
        /** An argument without a name chooses as well. */
        choosesByPlace: z.boolean().optional(),
        /** Words by which it may look at what the function gives: without them failures alone are repeated. */
        byResult: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  source: z.array(z.string()).min(1),
});
export type RetryLibrary = z.infer<typeof retryLibrary>;

/** Names by which loggers and error reporters are called in code: a call to a logger alone does not handle a failure, a report does. */
export const reporterLibrary = z.strictObject({
  kind: z.literal('reporter'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()),
  /** `log`: the failure is written down and nobody is told. `report`: somebody is told. */
  effect: z.enum(['log', 'report']),
  /** Receiver names (last word of the receiver path, case-insensitive): `console`, `logger`. */
  receivers: z.array(z.string()),
  /** Method names on such a receiver; empty means any. */
  methods: z.array(z.string()),
  /** Free functions: `debug`. */
  functions: z.array(z.string()),
  source: z.array(z.string()),
});
export type ReporterLibrary = z.infer<typeof reporterLibrary>;
/** A library whose functions give back the function they are given, in another shape: it runs when somebody calls that, and is not repeated. */
export const adapterLibrary = z.strictObject({
  kind: z.literal('adapter'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  /** Export names; `default` where the module itself is such a function. */
  functions: z.array(z.string()).min(1),
  /** The argument that is the function; absent: the first. */
  argument: z.number().int().optional(),
  /** The name by which it is given; without `argument`, by that alone. */
  named: z.string().optional(),
  /** Those of them whose result takes the arguments that the function takes, and gives what it gives. */
  sameArguments: z.array(z.string()).optional(),
  /** Those of them whose result is used as if it were what the function gives: an object that is made when it is first used. */
  standsFor: z.array(z.string()).optional(),
  /** Those of them by which a function that gives values one by one becomes one that gives the first of them to the block that it opens. */
  enters: z.array(z.string()).optional(),
  source: z.array(z.string()).min(1),
});
export type AdapterLibrary = z.infer<typeof adapterLibrary>;

/** A library whose functions call what they are given once, now or when its turn comes, and settle as that does: limits of concurrency, locks. */
export const runnerLibrary = z.strictObject({
  kind: z.literal('runner'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  /** Methods of its objects that do so, whatever the file calls what holds these. */
  methods: z.array(z.string()).min(1).optional(),
  /** `pair`: never fails, and gives error and value as a pair. */
  gives: z.literal('pair').optional(),
  /**
   * Functions and methods that call what is given to them as this `argument`, with the arguments after it, or with one element of them at a time (`each`); its
   * failure comes with what they give. `named`, `list` and `byName`: the names by which they are given the function, the list of its arguments and those that
   * have names.
   */
  hands: z.array(z.strictObject({ names: z.array(z.string()).min(1), argument: z.number().int().min(0), each: z.boolean().optional(), named: z.string().optional(), list: z.string().optional(), byName: z.string().optional() })).optional(),
  source: z.array(z.string()).min(1),
});
export type RunnerLibrary = z.infer<typeof runnerLibrary>;

/** A library that runs jobs, and runs those again that fail. */
export const queueLibrary = z.strictObject({
  kind: z.literal('queue'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  /** Functions, methods or classes that are given the function which does a job. */
  workers: z.array(
    z.strictObject({
      name: z.string(),
      /** True for a class. */
      constructs: z.boolean().optional(),
      /** A failed job is run again without being asked for, unless an option of the same call has this value. */
      repeatsUnless: z.strictObject({ option: z.string(), is: z.number().int() }).optional(),
    }),
  ),
  /** Decorators of classes whose methods do jobs. */
  decorators: z.array(z.string()),
  /** Option of a queue or a job that makes failed jobs run again, where it is above this number. */
  attempts: z.strictObject({ option: z.string(), above: z.number().int() }).optional(),
  source: z.array(z.string()).min(1),
});
export type QueueLibrary = z.infer<typeof queueLibrary>;

/** A framework that calls functions of the program: who waits for them, and whether it calls them again. */
export const frameworkLibrary = z.strictObject({
  kind: z.literal('framework'),
  language: language.optional(),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  boundaries: z.array(
    z.strictObject({
      /** Decorators of such a function, by their last word. */
      decorators: z.array(z.string()).optional(),
      /** Classes that the function's class extends, and which of its methods are called; absent: all. */
      extends: z.array(z.string()).optional(),
      methods: z.array(z.string()).optional(),
      /** Types of which one of its parameters has one as well, by their last word. */
      parameterTypes: z.array(z.string()).optional(),
      /** Types that it has itself, by their last word: `const handler: SQSHandler = …`. One of the types of its parameters may stand in a type as well: `Handler<SQSEvent>`. */
      functionTypes: z.array(z.string()).optional(),
      /** Name of its first parameter. */
      parameter: z.string().optional(),
      /** Functions and methods to which the program gives it, by their last word. */
      givenTo: z.array(z.string()).optional(),
      context: z.enum(['interactive', 'unattended', 'script']),
      /** It is called again with the same until it no longer fails, or has done so as often as its caller bears. */
      repeats: z.boolean().optional(),
      /** Words in the decorator with which a failed call is made again. */
      repeatsWith: z.array(z.string()).optional(),
      /** Methods with which it asks to be called again: `self.retry()`. */
      repeatsByCalling: z.array(z.string()).optional(),
      /** It may be called again by configuration that is not seen. */
      mayRepeat: z.boolean().optional(),
    }),
  ),
  source: z.array(z.string()).min(1),
});
export type FrameworkLibrary = z.infer<typeof frameworkLibrary>;

export const library = z.discriminatedUnion('kind', [frameworkLibrary, retryLibrary, reporterLibrary, adapterLibrary, runnerLibrary, httpLibrary, queueLibrary]);
export type Library = z.infer<typeof library>;
