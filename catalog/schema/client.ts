import { z } from 'zod';
import { versions } from './words.ts';

/** Languages that a model can be for. */
export const language = z.enum(['javascript', 'python', 'java', 'csharp', 'apex', 'go', 'php', 'ruby']);
export type Language = z.infer<typeof language>;

/**
 * How a failure reaches the caller where it is not thrown. Members are paths: `errors.0.statusCode`, with `()` after a method and a number for an
 * element of a list.
 */
export const failureChannel = z.strictObject({
  /**
   * `exception`: it is thrown after all, or comes in that way although nothing is sent. `status`: a result comes whose HTTP status must be compared.
   * `result`: a result comes whose members tell. `null`, `false`, `empty`: that value comes instead of a result. `error`: an error value comes beside
   * the result. `per-record`: a failure of the whole request comes as in the rest of the library, those of single records stand in the result.
   */
  by: z.enum(['exception', 'status', 'result', 'null', 'false', 'empty', 'error', 'per-record']),
  /** Path to the list of results; empty where the result is the list, absent where it is one object. */
  list: z.string().optional(),
  /** Member that is true on success: of each result of the list, or of the result itself. */
  ok: z.string().optional(),
  /** Member that is true, above 0 or not empty after a failure: of the result itself, of each of the list where there is no `ok`. */
  failed: z.string().optional(),
  /** `failed` is a number and stands for a failure from this one on. */
  failsFrom: z.number().int().optional(),
  /** Member that holds the code, or the HTTP status. */
  code: z.string().optional(),
});
export type FailureChannel = z.infer<typeof failureChannel>;

/** A class by which a failure can be caught. */
export const exceptionClass = z.strictObject({
  /** As code names it: `SalesforceExpiredSession`, `Restforce::NotFoundError`. */
  name: z.string(),
  versions: versions.optional(),
  /** Module, package or namespace to import it from, where that is not one of the library's `imports`. */
  from: z.string().optional(),
  /** Class that it extends: one of this list, or one of the language or of another library. */
  parent: z.string().optional(),
  /** Codes for which it alone stands. */
  codes: z.array(z.string()).optional(),
  /** Operations for all of whose failures it stands, and for no others. */
  operations: z.array(z.string()).optional(),
  /** True where it stands for what no other class of the list does. */
  others: z.boolean().optional(),
  /** HTTP statuses for which it alone stands. */
  statuses: z.array(z.number().int()).optional(),
  /** It stands for this HTTP status and all above. */
  statusesFrom: z.number().int().optional(),
  /** True for a name space of classes, one for each code and named after it: `Restforce::ErrorCode::UnableToLockRow`. */
  namesCodes: z.boolean().optional(),
  /** True where no answer came: broken connection, time-out. */
  network: z.boolean().optional(),
  /** True where it stands for that as well as for what else is said of it. */
  alsoNetwork: z.boolean().optional(),
  /** Where this class holds what `error` of the model says differently. */
  code: z.array(z.string()).optional(),
  details: z.array(z.string()).optional(),
  status: z.array(z.string()).optional(),
});
export type ExceptionClass = z.infer<typeof exceptionClass>;

/** What a method of a client type does. A method may stand in several variants; the first whose conditions hold applies. */
export const clientMethod = z.strictObject({
  /** Version range of the package for which this variant is true. */
  versions: versions.optional(),
  /**
   * Applies if the argument at `index` is an array (`array`), is not one (`one`), or is absent (`absent`); an argument of unknown shape
   * fits `one` and is noted as uncertain.
   */
  when: z.strictObject({ index: z.number().int().min(0), is: z.enum(['array', 'one', 'absent', 'string', 'object']) }).optional(),
  /**
   * Applies if the argument at `index`, or of this `name` in languages that name arguments, is there (`present`), is literally true or literally
   * false, or is literally this `text`.
   */
  given: z.strictObject({ index: z.number().int().min(0).optional(), name: z.string().optional(), is: z.enum(['present', 'true', 'false', 'text']), text: z.string().optional() }).optional(),
  /** Sends a question and no rows where this method of the job to which it is sent was given one of these words. */
  asks: z.strictObject({ by: z.string(), words: z.array(z.string()).min(1) }).optional(),
  /** Sends nothing where one of these members was set or called on the configuration object given to it. */
  unlessSet: z.array(z.string()).optional(),
  /**
   * Catalogue operation that the call sends. Absent: no request (a builder such as `sobject`), or work inside the org, which can fail as
   * `failure` says.
   */
  operation: z.string().optional(),
  /** Client type of the plain return value: builders, lazy queries, jobs. */
  returns: z.string().optional(),
  /** Client type that the promise resolves to, where it is a client type. */
  resolves: z.string().optional(),
  /** How a failure comes, where that differs from the rest of the library. */
  failure: failureChannel.optional(),
  /** True for a call that sends nothing until awaited, executed, streamed or iterated, or until the block that it opens is left. */
  lazy: z.boolean().optional(),
  /** In a library whose calls wait: true for a call that does not, and gives what is yet to come, or nothing. */
  later: z.boolean().optional(),
  /** True for a step of a chain that starts or refines an operation begun earlier in the chain (execute, limit, sort): not a call of its own. */
  continues: z.boolean().optional(),
  /** True if a chain that ends here becomes a writing operation of its own (`find().destroy()`), replacing the call begun earlier. */
  replaces: z.boolean().optional(),
  /** It sends a request only where a step of the chain before it names this: `*` for all fields, which must be asked for. */
  onlyWith: z.string().optional(),
  /** A trailing Node-style callback `(err, result)` is honoured. */
  callback: z.boolean().optional(),
  /** The result pages: which option reads all pages, and its cap (records). `always`: all pages up to the cap are read without being asked. */
  autoFetch: z
    .strictObject({ option: z.string(), cap: z.number().int().optional(), capOption: z.string().optional(), always: z.boolean().optional() })
    .optional(),
  /** Every page is read, however many there are. */
  allPages: z.boolean().optional(),
  /**
   * Of an operation that takes many records: `one` where the method sends one record only, `property` where the object of the method holds what is sent in a
   * member of that name, and sends one record unless that is a list. Absent: as many as it is given.
   */
  writes: z.union([z.literal('one'), z.strictObject({ property: z.string() })]).optional(),
  /** At most this many rows can come (findOne: 1). */
  maxRows: z.number().int().optional(),
  /** A failure of this call is an event on the returned object (streaming subscriptions), not a rejection. */
  events: z.boolean().optional(),
  /**
   * An argument that is told how it went, in `events`: its place, the method that is called, and whether that is given the error as its first parameter or
   * the result that `failure` describes as its last.
   */
  listener: z.strictObject({ argument: z.number().int().min(0), method: z.string(), given: z.enum(['error', 'result']) }).optional(),
  /** Distinctive enough to show, in a package that depends on the client, what a receiver of unknown type is. */
  strongShape: z.boolean().optional(),
});
export type ClientMethod = z.infer<typeof clientMethod>;

export const clientType = z.strictObject({
  /** Class this one extends; its members apply unless named here. */
  extends: z.string().optional(),
  /**
   * Export names of the package under which the class can be constructed or named as a type: `Connection`. Where packages of one library have
   * the same name, with the package before it: `soql.Resource`.
   */
  exported: z.array(z.string()).optional(),
  /**
   * Export names under which a class for anybody's API is constructed: an object of it is of this type where a word of what the constructor is given, by place
   * or by name, matches `is`, a regular expression without regard to case.
   */
  exportedFor: z.strictObject({ names: z.array(z.string()).min(1), argument: z.strictObject({ index: z.number().int().min(0), name: z.string() }), is: z.string() }).optional(),
  /**
   * Names of classes that are generated for each program from a description of the API, in modules of its own: they are known by their names alone, where
   * these can mean something else only in a module whose name `modules`, a regular expression without regard to case, matches and `butNot` does not.
   */
  generated: z.array(z.strictObject({ name: z.string(), modules: z.string().optional(), butNot: z.string().optional() })).optional(),
  /** Methods by name. */
  methods: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  /** Properties that are client types: `bulk` -> `Bulk`. */
  properties: z.record(z.string(), z.string()).optional(),
  /** Client type of every property that is not named here: `sf.Account`. */
  anyProperty: z.string().optional(),
  /** What a method does whose name is a value, in variants as `methods` has them: `getattr(sf.bulk.Account, operation)(rows)`. */
  anyMethod: z.array(clientMethod).min(1).optional(),
  /**
   * The instance of an HTTP library through which its requests go, as a property, and the argument of the constructor by which one is given: what is attached
   * to that holds for its requests too.
   */
  transport: z.strictObject({ library: z.string(), instance: z.string(), property: z.string(), argument: z.string() }).optional(),
  /** Properties that hold an address, and methods with `()` after them that give one, with what such an address looks like. */
  addresses: z.record(z.string(), z.string()).optional(),
  /** Properties that are plain values all the same. */
  values: z.array(z.string()).optional(),
  /** What constructing it sends; absent: nothing. */
  construct: z.array(clientMethod).min(1).optional(),
  /** Static methods of the exported class: `Connection.create`. */
  statics: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  /** Static properties that are client types: `Contact.objects`. */
  staticProperties: z.record(z.string(), z.string()).optional(),
  /** True for a type that is a promise-like by itself (awaiting it runs it). */
  thenable: z.boolean().optional(),
});
export type ClientType = z.infer<typeof clientType>;

/** Everything the analysis knows of one client library. */
export const clientModel = z.strictObject({
  /** The call report's `client`. */
  id: z.string(),
  title: z.string(),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  /**
   * Packages of the language's registry (npm, PyPI, Maven `group:artifact`, NuGet, Go modules, Composer, gems), in npm sub-paths included:
   * `jsforce/lib/connection`. Empty for what belongs to the language. `default`: the client type that the default export, or the module itself,
   * is. `imports`: names under which code imports it, where that is not the package's own: Python modules, Java packages, .NET and PHP
   * namespaces; what lies below one belongs to it. `brought`: packages that depend on it, by whose version its own is known where no manifest names it.
   */
  packages: z.array(
    z.strictObject({
      name: z.string(),
      versions: versions.optional(),
      default: z.string().optional(),
      imports: z.array(z.string()).min(1).optional(),
      brought: z.array(z.strictObject({ by: z.string(), versions, range: versions })).min(1).optional(),
    }),
  ),
  /** Client ids whose types this model may name as `id:Type` (for libraries that extend another). */
  uses: z.array(z.string()).optional(),
  /**
   * Functions exported by the package: name -> method, with the package before it where packages of one library have the same name
   * (`soql.NewResource`). In Apex the word of the statement (`insert`), and `[]` for an embedded query.
   */
  functions: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  /**
   * Operations that are named in an address of this scheme, not by a method: `salesforce:createSObject?sObjectName=Account`. `senders`: methods that send to the
   * address which is their first argument. `steps`: methods that make it a step of a route, which is run at another time. `topics`: the steps in which what is no
   * operation is the name of a topic, and the operation that then is meant.
   */
  endpoints: z.strictObject({ scheme: z.string(), senders: z.array(z.string()), steps: z.array(z.string()), topics: z.strictObject({ steps: z.array(z.string()), operation: z.string() }).optional(), operations: z.record(z.string(), z.array(clientMethod).min(1)) }).optional(),
  types: z.record(z.string(), clientType),
  /**
   * What code calls a connection of it, where nothing else tells what that is, and of which type it is then. `affixes`: words that may stand before or after a
   * name, `source_sf`. `modules`: what the name of a module holds that is
   * built on it. `objects`: what has one of `names` and is asked for a method of one of Salesforce's `types` of objects, `client.Account.create(…)`, is one
   * too; so is what is asked for one of these `methods` of an object of the org's own, whatever its name, as no other library has names such as `Invoice__c`.
   */
  called: z
    .strictObject({
      type: z.string(),
      names: z.array(z.string()).min(1),
      affixes: z.array(z.string()).optional(),
      modules: z.array(z.string()),
      objects: z.strictObject({ names: z.array(z.string()), types: z.array(z.string()), methods: z.array(z.string()) }).optional(),
    })
    .optional(),
  /** How failures come where a method says nothing else. Absent: thrown, or the promise rejects. */
  failure: failureChannel.optional(),
  /** Classes by which code tells failures apart. */
  exceptions: z.array(exceptionClass).optional(),
  /** How the library spells codes where not as the API does. `pascal`: `UnableToLockRow`. */
  spelling: z.enum(['pascal']).optional(),
  /** Where a failure shows on the error value, first match first: `errorCode`, `name`. */
  error: z.strictObject({
    code: z.array(z.string()),
    /** Enumeration whose members are the codes, spelt as `spelling` says. */
    enumeration: z.string().optional(),
    /** Members that hold the code of a broken connection (`ECONNRESET`) and never a code of the API. */
    network: z.array(z.string()).optional(),
    details: z.array(z.string()),
    status: z.array(z.string()),
    /** Members that people test and that never hold the code. */
    never: z.array(z.string()),
  }),
  /** A call waits for its answer and throws where it stands. Absent: it gives a promise. */
  waits: z.boolean().optional(),
  /** Retries the library does by itself. */
  retries: z.array(
    z.strictObject({
      versions: versions.optional(),
      methods: z.array(z.string()),
      statuses: z.array(z.number().int()),
      /** Codes of a broken connection after which it repeats as well. */
      codes: z.array(z.string()).optional(),
      /** Codes of the API after which it repeats, whatever the status. */
      apiCodes: z.array(z.string()).optional(),
      /** Retries after the first attempt. */
      retries: z.number().int(),
      /** It repeats only where this option is given to the client's constructor with a number above this one. */
      option: z.strictObject({ name: z.string(), above: z.number().int() }).optional(),
      /** What the numbers cannot say. */
      note: z.string().optional(),
      source: z.string(),
    }),
  ),
  /** Whether an expired session is renewed without help, and when. */
  refresh: z.string(),
  source: z.array(z.string()).min(1),
});
export type ClientModel = z.infer<typeof clientModel>;
