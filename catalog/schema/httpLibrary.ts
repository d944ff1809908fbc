import { z } from 'zod';
import { exceptionClass, language } from './client.ts';
import { versions } from './words.ts';

const httpMethod = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/**
 * A place in the arguments of a call: an argument, or an option in it (`retry.limit`). `name`: by which it can be given in languages that name
 * arguments; without `argument` it can be given in no other way.
 */
const place = z.strictObject({ argument: z.number().int().min(0).optional(), option: z.string().optional(), name: z.string().optional() });
export type ArgumentPlace = z.infer<typeof place>;

/** Functions that send a request. */
export const httpRequest = z.strictObject({
  /**
   * Names by which it is called, as members of the module, of its default export and of `instances`; `default` is the module, its default
   * export or the instance itself.
   */
  names: z.array(z.string()).min(1),
  versions: versions.optional(),
  /** Ids of instances that have it too. */
  instances: z.array(z.string()).optional(),
  /** True where only instances have it. */
  instancesOnly: z.boolean().optional(),
  /** True for a constructor. */
  constructs: z.boolean().optional(),
  /** True where no other library has methods of these names, so that they tell what something of unknown origin is. */
  strongShape: z.boolean().optional(),
  /** HTTP method that it always sends. */
  method: httpMethod.optional(),
  /** Where the method stands, the first that is there counts; and what is sent when it stands nowhere. */
  methodAt: z.array(place).optional(),
  methodElse: httpMethod.optional(),
  /** Where a body stands, with which the method is POST unless it is named. */
  bodyAt: z.array(place).optional(),
  /** Where the address stands, the first that is there counts. */
  urlAt: z.array(place).optional(),
  /** Where a base address stands that is given for this request alone. */
  baseAt: z.array(place).optional(),
  /** Where a request stands that was made before it is sent: an instance that knows its address and its method. */
  messageAt: place.optional(),
  /**
   * Where the parts of an address stand that is given in parts: host, with or without protocol and port, and path with its query. Of a request that was
   * built before, the host to which it goes where it names none.
   */
  hostAt: z.array(place).optional(),
  pathAt: z.array(place).optional(),
  /**
   * Where the request stands that was built before, see `builders`: an argument, or with `receiver` what the function is asked of. Address and method are
   * looked for there. `instance`: what is built, so that an argument which is that tells what an unknown client is.
   */
  builtAt: z.strictObject({ argument: z.number().int().min(0).optional(), receiver: z.literal(true).optional(), instance: z.string().optional() }).optional(),
  /** It counts only where an argument is this instance. */
  where: z.strictObject({ argument: z.number().int().min(0), instance: z.string() }).optional(),
  /** It counts only with one of these numbers of arguments. */
  arguments: z.array(z.number().int().min(0)).optional(),
  /** It counts only as a step on what one of these gives: the same name means a step of the request before. */
  after: z.array(z.string()).optional(),
  /** It counts only where none of these is called on the same object, nor itself before: one request, read in several steps. */
  unlessCalled: z.array(z.string()).optional(),
  /** How its answer comes: an id of `answers`. Several for a function that takes a callback and also returns a promise. */
  answers: z.array(z.string()).min(1),
});
export type HttpRequest = z.infer<typeof httpRequest>;

/** Where an instance with settings of its own comes from. */
export const httpInstance = z.strictObject({
  /** Name by which requests and other instances refer to it. */
  id: z.string(),
  versions: versions.optional(),
  /** Functions that make it, named as those of `requests`. */
  factories: z.array(z.string()).min(1),
  /** True where it is made with `new`. */
  constructs: z.boolean().optional(),
  /** Names of exported types that are it. */
  types: z.array(z.string()).optional(),
  /** True for what is an address itself. */
  address: z.boolean().optional(),
  /** Ids of instances that have the same factories. */
  instances: z.array(z.string()).optional(),
  /** Where the base address is given. */
  baseAt: z.array(place).optional(),
  /** Members to which a base address is assigned later. */
  baseMembers: z.array(z.string()).optional(),
  /** Of a request that is made before it is sent: where address and method are given to what makes it, and the members to which they are assigned later. */
  urlAt: z.array(place).optional(),
  methodAt: z.array(place).optional(),
  methodElse: httpMethod.optional(),
  /** Where a body stands, with which the method is POST unless it is named. */
  bodyAt: z.array(place).optional(),
  urlMembers: z.array(z.string()).optional(),
  methodMembers: z.array(z.string()).optional(),
  /** How the base is put before an address. `join`: written together. `resolve`: as a browser resolves a link. `origin`: scheme, host and port only. */
  base: z.enum(['join', 'resolve', 'origin']).optional(),
  /** True where its settings add to those of the instance that it is made from. */
  inherits: z.boolean().optional(),
  /** True where every method of it that is named nowhere gives it back. */
  chains: z.boolean().optional(),
});
export type HttpInstance = z.infer<typeof httpInstance>;

/**
 * A step by which a request, or what makes requests, is built: a class that is constructed, a function or a method, by its last word. `url`, `base`:
 * the argument that is the address, or what stands before it. `append`: the argument that lengthens it by a step of its path. `methodAt`: the argument that
 * is the HTTP method. `of`: the argument that is another thing built before.
 */
export const httpBuilder = z.strictObject({
  names: z.array(z.string()).min(1),
  url: z.number().int().min(0).optional(),
  /** The address is the last argument that is no constant named after an HTTP method, which is the method: `new ClientResource(context, Method.GET, url)`. */
  urlLast: z.literal(true).optional(),
  base: z.number().int().min(0).optional(),
  append: z.number().int().min(0).optional(),
  /** Its first two arguments are the name and the value of something that is asked for in the address. */
  asks: z.literal(true).optional(),
  /** It is given pairs of those, which are made in the same function: `new NameValuePair("q", soql)`. */
  asksFor: z.literal(true).optional(),
  /** With this many arguments, or more, it is given the address in parts. */
  parts: z.number().int().min(2).optional(),
  method: httpMethod.optional(),
  methodAt: z.number().int().min(0).optional(),
  /** The method where no other step names one. */
  methodElse: httpMethod.optional(),
  of: z.number().int().min(0).optional(),
});
export type HttpBuilder = z.infer<typeof httpBuilder>;

/** How an answer reaches the caller. */
export const httpAnswer = z.strictObject({
  id: z.string(),
  versions: versions.optional(),
  /**
   * `value`: the call waits and returns it. `callback` and `event`: the last argument, or a listener, gets it. `stream`: the return value is a stream of the
   * body.
   */
  by: z.enum(['value', 'promise', 'callback', 'event', 'stream']),
  /** It comes so only where an argument is this instance. */
  given: z.string().optional(),
  /** It comes so only where an argument is one of these classes, and another way where none is: `get(Response.class)`. */
  givenClass: z.array(z.string()).min(1).optional(),
  /**
   * Of a callback: the call waits for it, gives what it gives and throws what it throws; of a promise, that is fulfilled or rejected by what the callback
   * gives. The method by which an object that has several is it.
   */
  inPlace: z.string().optional(),
  /** Method of the returned chain that takes the callback, where the request's own function does not. */
  through: z.string().optional(),
  /** Indexes of what the callback gets, or each listener of `events`. */
  callback: z.strictObject({ error: z.number().int().optional(), response: z.number().int(), body: z.number().int().optional() }).optional(),
  /** Events of the returned object; with `receiver` of what the request is asked of, which has the answer too. `also`: others that come with an answer. */
  events: z.strictObject({ error: z.string(), response: z.string(), also: z.array(z.string()).optional(), receiver: z.literal(true).optional() }).optional(),
  /** Statuses that come as a result; every other one rejects, or comes as the callback's error. Absent: every status comes as a result. */
  accepts: z.strictObject({ from: z.number().int(), to: z.number().int(), also: z.array(z.number().int()).optional() }).optional(),
  /**
   * What changes `accepts` for a call or an instance: an option, with its value where only that one does, or a method of the returned chain.
   * `to`: every status comes as a result (`result`), those outside 200 to 299, or from 400, fail (`fail`), or what code decides (`code`).
   */
  changedBy: z
    .array(
      z.strictObject({
        option: z.string().optional(),
        chain: z.string().optional(),
        versions: versions.optional(),
        is: z.union([z.boolean(), z.null()]).optional(),
        to: z.enum(['result', 'fail', 'code']),
      }),
    )
    .optional(),
  /** The argument that holds the answer besides what the call gives: the request itself. */
  argument: z.number().int().min(0).optional(),
  /** True where the result is the body itself, without a status. */
  bodyOnly: z.boolean().optional(),
  /** Option that turns `bodyOnly` off when it is true, and option that turns it on. */
  fullWith: z.string().optional(),
  bodyOnlyWith: z.string().optional(),
  /** Members of the response that hold the status; that tell by true or false whether it was a success; that hold the body. */
  status: z.array(z.string()),
  ok: z.array(z.string()),
  body: z.array(z.string()),
  /** Members that are there after a success only, and hold nothing of a failure. */
  afterSuccess: z.array(z.string()).optional(),
  /** Methods that read the body of the response, and those of the returned promise that resolve to the body. */
  readers: z.array(z.string()).optional(),
  /** Methods of the response that throw where the status tells of a failure. */
  raisers: z.array(z.string()).optional(),
  promiseReaders: z.array(z.string()).optional(),
});
export type HttpAnswer = z.infer<typeof httpAnswer>;

/** What an error of the library holds. */
export const httpError = z.strictObject({
  versions: versions.optional(),
  /** Ids of `answers` that it belongs to; absent: all. */
  answers: z.array(z.string()).optional(),
  /** Classes of a failed status and of a failure without an answer, as exported or as `name` of the error. */
  statusClasses: z.array(z.string()),
  networkClasses: z.array(z.string()),
  /** Exported functions that tell errors of the library from others. */
  guards: z.array(z.string()).optional(),
  status: z.array(z.string()),
  body: z.array(z.string()),
  /** Methods of members that read the body: `response.json`. */
  readers: z.array(z.string()).optional(),
  /** Members that hold the code of a broken connection, and the library's own codes in the same place, which never are codes of an API. */
  network: z.array(z.string()),
  codes: z.array(z.string()).optional(),
  /** Member that is absent where no answer came. */
  absentWithoutAnswer: z.string().optional(),
  /** Members that people test and that are not there. */
  never: z.array(z.string()),
});
export type HttpError = z.infer<typeof httpError>;

/** Repeats of failed requests. */
export const httpRetry = z.strictObject({
  versions: versions.optional(),
  /** Ids of `answers`: only requests whose answer comes so are repeated. Absent: all. */
  answers: z.array(z.string()).optional(),
  methods: z.union([z.array(httpMethod).min(1), z.literal('any')]),
  statuses: z.array(z.number().int()),
  /** This status and all above as well. */
  statusesFrom: z.number().int().optional(),
  /** `any`: whatever broke the connection. */
  codes: z.union([z.array(z.string()), z.literal('any')]),
  /** Methods repeated after a broken connection, where they are others than after a status. */
  networkMethods: z.union([z.array(httpMethod).min(1), z.literal('any')]).optional(),
  /** Repeats after the first attempt. */
  retries: z.number().int(),
  /** First pause and what each is multiplied with, up to `most`; `jitter` is what chance adds at most. Milliseconds. */
  delay: z.strictObject({ first: z.number(), factor: z.number(), most: z.number().optional(), jitter: z.number().optional() }),
  /** Whether Retry-After is honoured. */
  retryAfter: z.boolean(),
  /** Options with which a call or an instance changes it, and the value of the first that turns it off. */
  options: z.array(z.string()),
  off: z.number().int().optional(),
  /** Methods of an instance, or steps by which it is built, that turn it off, unless they are given `true`. */
  offBy: z.array(z.string()).min(1).optional(),
  /** True where whoever sets one of `options` has every method repeated, and `methods` holds only for those who set none. */
  anyMethodWithOption: z.literal(true).optional(),
  /** Option that names the methods which are repeated, in place of `methods`. */
  methodsOption: z.string().optional(),
  /** True of a library that a program takes because it repeats: what it repeats is the program's own doing, as with a retry library. */
  chosen: z.literal(true).optional(),
});
export type HttpRetry = z.infer<typeof httpRetry>;

/** Something attached to a client, an instance or a request that repeats requests or changes what a failure is. */
export const httpHook = z.strictObject({
  /** What is called, constructed or set: `interceptors.response.use`, `hooks.afterResponse`, `retry`, `getInterceptors().add`. */
  name: z.string(),
  versions: versions.optional(),
  /** Package that brings it, where that is another one, which is then called with the client. */
  package: z.string().optional(),
  /**
   * `call`: a method of the client or instance. `option`: an option of a call or an instance. `chain`: a method of the returned request. `wrap`: a
   * function that gets the client at `at` and returns or changes it. `step`: a method of the request before it is sent, given a function at `at` that says which
   * error takes the place of a status. `construct`: a class made with the client's dispatcher. `policy`: a method of the
   * instance that is given what says how to repeat, at `at`. `register`: a step where the program says how the clients are made that it is handed later.
   */
  as: z.enum(['call', 'option', 'chain', 'wrap', 'construct', 'policy', 'register', 'step']),
  /** What makes a policy, the name by which it can be given, its option that repeats where it is not 0, and the option of that which names the methods that are repeated. */
  policy: z.strictObject({ factories: z.array(z.string()), argument: z.string().optional(), option: z.string(), methods: z.array(z.string()) }).optional(),
  /** Which argument is the client that it wraps, or the function that handles failures. */
  at: z.number().int().optional(),
  /** True where it wraps the library's own client if it is given none. */
  global: z.literal(true).optional(),
  /**
   * Of what is attached by a `call`: the method by which it sends a request on, where it repeats one that it sends on more than once, or in a loop; `always`
   * where it is there to repeat, unless it is made with 0 or says no to everything.
   */
  sendsOn: z.string().optional(),
  always: z.boolean().optional(),
  /** `retry`: repeats. `error`: can replace, swallow or rethrow an error. `result`: can replace a result or turn it into an error. */
  effects: z.array(z.enum(['retry', 'error', 'result'])).min(1),
  /** What it repeats when nothing else is said. */
  retry: httpRetry.optional(),
});
export type HttpHook = z.infer<typeof httpHook>;

/** Requests that are declared and never written: methods without a body, with a decorator that says what they send. */
export const httpDeclaration = z.strictObject({
  /** Decorators of the class, one of which it must have where there are any. */
  classes: z.array(z.string()).optional(),
  /** Names in those, and decorators of the class, that hold what stands before an address. */
  bases: z.array(z.string()).optional(),
  /** Decorators of a method that name its HTTP method, and hold its address. */
  methods: z.record(z.string(), httpMethod),
  /** Decorators of a method that hold its address, where those for the HTTP method do not. */
  paths: z.array(z.string()).optional(),
  /** Decorators of a method that hold its HTTP method and its address: `GET /limits`, or a name of the method beside the address. */
  lines: z.array(z.string()).optional(),
  /** Id of `answers`. */
  answer: z.string(),
  /** Methods that are given the class and make an object of it, of something whose steps may hold what stands before an address. */
  madeBy: z.array(z.string()).optional(),
  /** A type of result which has sent nothing yet: its methods that give another such one, and those that send it, each with the id of how the answer then comes. */
  later: z.strictObject({ type: z.string(), copies: z.array(z.string()), sends: z.array(z.strictObject({ name: z.string(), answer: z.string() })).min(1) }).optional(),
});
export type HttpDeclaration = z.infer<typeof httpDeclaration>;

/** A library that sends HTTP requests: what a call sends, how its answer comes, what it repeats by itself. */
export const httpLibrary = z.strictObject({
  kind: z.literal('http'),
  /** Absent: JavaScript and TypeScript. */
  language: language.optional(),
  id: z.string(),
  title: z.string(),
  packages: z.array(z.string()),
  /** Names of globals that are it. */
  globals: z.array(z.string()).optional(),
  requests: z.array(httpRequest),
  instances: z.array(httpInstance),
  /** What code calls an instance, where nothing else tells what that is and the address is one of an API's own. */
  called: z.array(z.strictObject({ names: z.array(z.string()).min(1), instance: z.string() })).optional(),
  builders: z.array(httpBuilder).optional(),
  declarations: z.array(httpDeclaration).optional(),
  answers: z.array(httpAnswer).min(1),
  errors: z.array(httpError).min(1),
  /** Classes by which its failures can be caught, where they have a hierarchy. */
  exceptions: z.array(exceptionClass).optional(),
  /** What it repeats without being asked. */
  retries: z.array(httpRetry),
  hooks: z.array(httpHook),
  /** Default time-outs, milliseconds; 0 is none. `whole`: until the body is there. `headers`: until the answer begins. */
  timeouts: z.array(
    z.strictObject({
      versions: versions.optional(),
      kind: z.enum(['whole', 'connect', 'headers', 'body', 'idle']),
      ms: z.number().int().min(0),
      option: z.string().optional(),
      answers: z.array(z.string()).optional(),
    }),
  ),
  source: z.array(z.string()).min(1),
});
export type HttpLibrary = z.infer<typeof httpLibrary>;
