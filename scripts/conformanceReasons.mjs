// Why a language does not support something, or not all of it, for the conformance table. What is not named here is shown by a fixture.

const ABSENT = 'The language has none.';
const SCRIPTS = 'Its text is written in JavaScript and TypeScript only so far; the place is silent about it.';
const others = (reason) => ({ python: reason, java: reason, csharp: reason });

/** What there is not, by kind, name and language. @type {Record<string, Record<string, Record<string, string>>>} */
export const NOT_IN = {
  facts: {
    'arguments by name': { javascript: 'What is given by name is an object among the arguments.', java: ABSENT },
    'errors that functions declare': { javascript: ABSENT, python: ABSENT, csharp: ABSENT },
    'classes of catch clauses': { javascript: 'A clause takes every error.' },
    'filters of catch clauses': { javascript: ABSENT, python: ABSENT, java: ABSENT },
    'generators': { java: ABSENT },
    'modules that several files make': { javascript: 'Every file is a module.', python: 'Every file is a module.', java: 'A class is found by its package and its name.' },
  },
  rules: {
    'missing-record-id': others('Clients of the language are given the id beside the record, or records of classes.'),
    'missing-timeout': { csharp: 'Clients of the base library end a request by themselves after 100 seconds.' },
    'never-sent': { java: 'No client of the language sends only what is waited for.', csharp: 'No client of the language sends only what is waited for.' },
  },
  fixes: {
    'await-call': others(SCRIPTS),
    'correct-error-field': others(SCRIPTS),
    'handle-by-class': others(SCRIPTS),
    'retry-function': others(SCRIPTS),
    'start-request': others(SCRIPTS),
    'upsert-instead': others(SCRIPTS),
  },
};

/** What is there in part. @type {Record<string, Record<string, Record<string, string>>>} */
export const PARTIAL = {
  rules: {
    'missing-timeout': { java: 'Where the place is seen at which the client is made; not where a field or a local has a declared type.' },
    'session-expiry-unhandled': others('It reads the options of connections that are made as jsforce makes them; what clients of this language are given at their places is not read.'),
    'unsafe-retry': { csharp: 'Loops, calls of itself and wrappers; what a policy of Polly chooses is not read.' },
  },
  fixes: {
    'check-results': {
      python: 'Bulk results of simple-salesforce; for other clients there is none.',
      java: 'Lists of results of the Web Service Connector, where the class of the results is named in the file.',
      csharp: 'Lists of results of SOAP proxies.',
    },
    'insert-retry': {
      python: 'For simple-salesforce; errors of other clients are not known to the helper.',
      java: 'For the Web Service Connector; a lambda takes only variables that are assigned once.',
      csharp: 'For DeveloperForce.Force and NetCoreForce; errors of other clients are not known to the helper. Parsed, not compiled: no compiler runs in the tests.',
    },
    'read-every-page': {
      python: 'Where the client has a method that reads all pages.',
      java: 'For the Web Service Connector, where the file imports `SObject`.',
      csharp: 'For DeveloperForce.Force.',
    },
    'rethrow-with-cause': { csharp: 'For exceptions of the base library with a message; others need not have a constructor that takes an inner exception.' },
  },
};

/** Why something that no fixture shows is there in part all the same. @type {Record<string, string>} */
export const UNSHOWN = { rules: 'Rules ask for no language: it sees the same facts here, but no fixture of this language shows it yet.' };
