// What stands above the entries on the pages of the reference: what an API is, and how an error of it looks when it arrives.

/**
 * @typedef {object} Intro
 * @property {string} title heading of the page
 * @property {string} about what the page holds, one line for the list of pages
 * @property {string[]} text paragraphs in Markdown
 * @property {[language: string, lines: string[]]} [example] an answer as it comes
 */

/** @type {Record<string, Intro>} The page of each family. */
export const INTROS = {
  rest: {
    title: 'REST API',
    about: 'Errors of whole requests to /services/data',
    text: [
      'An error of the REST API is a list, even where it holds one error. Each has `errorCode` and `message`; `fields` names the fields concerned, if any. Decide on `errorCode`: messages are meant for people, ' +
        'change between releases and follow the language of the user. The HTTP status alone is not enough, for 403 is a missing permission as well as a used up limit.',
      'Calls that write several records answer 200 and hold the failures inside: those codes are [statuses of single records](dml.md). An answer that is no such list, mostly a page of HTML, did not come from the API.',
    ],
    example: ['http', ['HTTP/1.1 400 Bad Request', '', '[', '  {', '    "errorCode": "INVALID_FIELD",', '    "message": "No such column \'Colour__c\' on entity \'Account\'."', '  }', ']']],
  },
  soap: {
    title: 'SOAP API',
    about: 'ExceptionCodes: why a whole SOAP call failed',
    text: [
      'A SOAP call that fails as a whole ends in a fault. It comes with HTTP 500 whatever the reason, also for an expired session, so the status says nothing about trying again. The ExceptionCode stands in `faultcode` ' +
        'behind a prefix, at the beginning of `faultstring`, and in `exceptionCode` of the detail.',
      'A call that was carried out and could not write some records ends without a fault: each result then holds a [status of its record](dml.md).',
    ],
    example: [
      'xml',
      [
        '<soapenv:Fault>',
        '  <faultcode>sf:INVALID_SESSION_ID</faultcode>',
        '  <faultstring>INVALID_SESSION_ID: the session is over or was never valid</faultstring>',
        '  <detail>',
        '    <sf:UnexpectedErrorFault>',
        '      <sf:exceptionCode>INVALID_SESSION_ID</sf:exceptionCode>',
        '      <sf:exceptionMessage>the session is over or was never valid</sf:exceptionMessage>',
        '    </sf:UnexpectedErrorFault>',
        '  </detail>',
        '</soapenv:Fault>',
      ],
    ],
  },
  dml: {
    title: 'Statuses of single records',
    about: 'StatusCodes: why one record was not written, whatever API carried it',
    text: [
      'When records are written, each is accepted or refused for itself. The request succeeds, with HTTP 200 and without a fault, and every refused record has `success: false` and a list of errors with `statusCode`, `message` and ' +
        '`fields`. sObject Collections, SOAP create and its relatives, and Metadata CRUD answer so; in the result file of a bulk job the code begins the text of the error column.',
      'Nobody throws anything here: code that does not look into the results loses the records without a word. A REST request that writes one record alone answers with the same word as its `errorCode`.',
    ],
    example: [
      'http',
      [
        'HTTP/1.1 200 OK',
        '',
        '[',
        '  { "id": "001000000000001AAA", "success": true, "errors": [] },',
        '  {',
        '    "success": false,',
        '    "errors": [{ "statusCode": "UNABLE_TO_LOCK_ROW", "message": "another transaction holds this record", "fields": [] }]',
        '  }',
        ']',
      ],
    ],
  },
  bulk: {
    title: 'Bulk API',
    about: 'Errors of jobs and batches under /services/async',
    text: [
      'The first Bulk API answers with `exceptionCode` and `exceptionMessage`, in XML or, for jobs of that content type, in JSON. A batch that could not be processed has the state Failed and the code at the beginning of its `stateMessage`.',
      'A batch with the state Completed may hold rows that failed: the batch result has a line for each, with the [status of the record](dml.md) in the column Error.',
    ],
    example: [
      'xml',
      [
        '<error xmlns="http://www.force.com/2009/06/asyncapi/dataload">',
        '  <exceptionCode>InvalidJob</exceptionCode>',
        '  <exceptionMessage>There is no job of this id in the org</exceptionMessage>',
        '</error>',
      ],
    ],
  },
  bulk2: {
    title: 'Bulk API 2.0',
    about: 'Errors of ingest and query jobs under /services/data/vXX.X/jobs',
    text: [
      'Requests to Bulk API 2.0 fail as those of the [REST API](rest.md) do, with a list of `errorCode` and `message`; names of the first Bulk API come in capitals there (INVALIDJOBSTATE). A job that failed as a whole has the state Failed ' +
        'and the reason in `errorMessage`, in the spelling of the first Bulk API.',
      'The state JobComplete does not say that every row was written: failed rows stand in `failedResults` with the [status of the record](dml.md) in `sf__Error`, rows never tried in `unprocessedrecords`.',
    ],
    example: ['http', ['HTTP/1.1 400 Bad Request', '', '[', '  { "errorCode": "INVALIDJOBSTATE", "message": "The job is closed and takes no more data." }', ']']],
  },
  oauth: {
    title: 'OAuth',
    about: 'Errors of logins: the token, authorize and revoke endpoints',
    text: [
      'The login endpoints answer with one object of `error` and `error_description`, not with the list of the REST API. In a browser flow the same two come as parameters of the address to which the user is sent back.',
      'One `error` stands for many reasons: an invalid_grant may be an expired token, a wrong password, a blocked address or two refreshes at once. Only the description tells them apart.',
    ],
    example: ['http', ['HTTP/1.1 400 Bad Request', '', '{ "error": "invalid_grant", "error_description": "expired access/refresh token" }']],
  },
  composite: {
    title: 'Composite API',
    about: 'Codes that only requests made of several requests answer with',
    text: [
      'A composite request answers 200 as soon as it could be read, and holds an answer for each part: `httpStatusCode` and `body` in Composite and Composite Graph, `statusCode` and `result` in Composite Batch. ' +
        'The body of a failed part is the list of the [REST API](rest.md).',
      'Most parts that fail carry a code below although nothing is wrong with them: another part failed, and this one was not tried or was taken back. Look for the part with any other code.',
    ],
    example: [
      'http',
      [
        'HTTP/1.1 200 OK',
        '',
        '{',
        '  "compositeResponse": [',
        '    {',
        '      "referenceId": "newContact",',
        '      "httpStatusCode": 400,',
        '      "httpHeaders": {},',
        '      "body": [{ "errorCode": "PROCESSING_HALTED", "message": "A part that this one depends on has failed." }]',
        '    }',
        '  ]',
        '}',
      ],
    ],
  },
  metadata: {
    title: 'Extended error codes',
    about: 'what exactly is wrong, beside a plain code: mostly with a flow or a page',
    text: [
      'When a flow or a Lightning page cannot be saved, and with some refused queries and sends, the error has a plain `statusCode` and, beside it, `extendedErrorDetails`: an `extendedErrorCode` that says which check failed, and properties such as ' +
        '`elementName` that say where. The codes of this page are those. Many checks belong together; what is true of all of a group stands once above it.',
    ],
    example: [
      'xml',
      [
        '<errors>',
        '  <extendedErrorDetails>',
        '    <extendedErrorCode>SCREENFIELD_DEFAULTVALUE_NOT_SUPPORTED</extendedErrorCode>',
        '    <elementName>Address_Section</elementName>',
        '  </extendedErrorDetails>',
        '  <message>A field of this kind takes no default value.</message>',
        '  <statusCode>FIELD_INTEGRITY_EXCEPTION</statusCode>',
        '</errors>',
      ],
    ],
  },
  client: {
    title: 'Client libraries and broken connections',
    about: 'Words that no Salesforce API sends: made up by clients, by Node.js or by sync tools',
    text: [
      'These words stand where error codes stand and do not come from Salesforce. Where the connection broke, the question is whether the request had reached the org: a write may have been applied although no answer came. Where a client made the word up, ' +
        'the cause stands in what it received.',
    ],
    example: ['text', ['Error: read ECONNRESET', "  errno: -104, code: 'ECONNRESET', syscall: 'read'"]],
  },
  'login-status': {
    title: 'Login history',
    about: 'Values of LOGIN_STATUS: what the org wrote down about a login',
    text: [
      'Each login, also a refused one, leaves a row in the Login events of EventLogFile, with a value of this page as its LOGIN_STATUS; the Login History of Setup shows the same in words. The client that was refused sees less: INVALID_LOGIN in SOAP, ' +
        '[invalid_grant](oauth.md#invalid_grant) in OAuth. So this is where an administrator finds the reason that the client was not told.',
    ],
    example: ['csv', ['EVENT_TYPE,TIMESTAMP,USER_NAME,LOGIN_STATUS', 'Login,20260301081500.000,integration@example.com,LOGIN_ERROR_INVALID_PASSWORD']],
  },
  'mc-rest': {
    title: 'Marketing Cloud REST API',
    about: 'Errors of Marketing Cloud Engagement over REST, and what became of single messages',
    text: [
      'Marketing Cloud Engagement is a product of its own with its own APIs. Its REST API answers with one object: `errorcode`, a number, and `message`; `validationErrors` or `additionalErrors` say more where there are several. ' +
        'A number means something only beside other signs of Marketing Cloud.',
      'A send that was accepted with 202 may still leave people out. What became of one recipient is a number from a list of its own, here written as `subscriber:` and the number.',
    ],
    example: ['http', ['HTTP/1.1 429 Too Many Requests', '', '{ "errorcode": 50100, "message": "More requests than this account may send.", "retryAfter": 30 }']],
  },
  'mc-soap': {
    title: 'Marketing Cloud SOAP API',
    about: 'Error numbers of Marketing Cloud Engagement over SOAP',
    text: [
      'The SOAP API of Marketing Cloud Engagement answers most failures with HTTP 200: `OverallStatus` is not OK, and each result has `StatusCode`, `StatusMessage` and the number of this page in `ErrorCode`. Failures of the envelope or of the token come as a fault, without a number.',
      'The numbers of one kind of object lie together; what is true of all of a group stands once above it.',
    ],
    example: [
      'xml',
      [
        '<Results>',
        '  <StatusCode>Error</StatusCode>',
        '  <StatusMessage>The subscriber is already on the list.</StatusMessage>',
        '  <OrdinalID>0</OrdinalID>',
        '  <ErrorCode>12014</ErrorCode>',
        '</Results>',
        '<OverallStatus>Error</OverallStatus>',
      ],
    ],
  },
  http: {
    title: 'HTTP statuses',
    about: 'What a status means when Salesforce answers with it',
    text: [
      'The status comes before any code and often without one: from a proxy, a login page or the edge of Salesforce. What stands here holds for a status alone; where the body has a code, the code knows better.',
    ],
    example: ['http', ['HTTP/1.1 503 Service Unavailable', 'Content-Type: text/html']],
  },
};

/** The pages that are about no family. */
export const OTHER_INTROS = {
  messages: {
    title: 'Messages without a code',
    about: 'Texts that people meet in logs and on screens without a code beside them',
    text: ['Salesforce, Marketing Cloud and the tools that sync with them show texts without a code. A word in `{braces}` stands for what differs from case to case.'],
  },
  limits: {
    title: 'Limits',
    about: 'Keys of GET /limits, fixed bounds of requests, and where their use can be read',
    text: [
      'GET /services/data/vXX.X/limits tells how much of each allowance of an org is left. Bounds of one request, job or query stand in no answer: they are the same everywhere, and a request beyond them is refused or cut.',
    ],
    example: ['json', ['{ "DailyApiRequests": { "Max": 100000, "Remaining": 99874 } }']],
  },
  retirements: {
    title: 'Retired and retiring API',
    about: 'Parts of the APIs that are gone or have a date on which they go',
    text: ['API versions and single calls end at a Salesforce release. From then on a request gets the answer that stands with each.'],
  },
};
