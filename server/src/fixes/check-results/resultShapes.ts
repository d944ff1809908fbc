/** What a call whose success can be partial answers with. */
export type ResultShape = 'list' | 'oneOrList' | 'bulkRows' | 'compositeParts' | 'batchParts';

/** Shapes by operation. Where several records are written, `success` and `errors` come for each, in the order of the records. */
const SHAPES: readonly (readonly [RegExp, ResultShape])[] = [
  [/^(?:rest|tooling)\.collections\.|^rest\.query\.(?:destroy|update)$|^bulk\.(?:load|batch\.add)$/, 'list'],
  [/^metadata\.(?:create|update|upsert|delete|rename)$|^soap\.(?:create|update|upsert|delete|undelete)$/, 'oneOrList'],
  [/^bulk2\.ingest$/, 'bulkRows'],
  [/^composite\.request$/, 'compositeParts'],
  [/^composite\.batch$/, 'batchParts'],
];

/** The shape of an operation's answer; undefined where no check is written for it. */
export function shapeOfResult(operation: string): ResultShape | undefined {
  return SHAPES.find(([pattern]) => pattern.test(operation))?.[1];
}

/** What a check is written from. */
export interface CheckNames {
  /** What holds the answer. */
  result: string;
  /** What gets the refused records, rows or parts: a name that is free. */
  refused: string;
  /** What holds the list of records that were written, if it has a name. */
  records: string | undefined;
  /** What is written: `records`, `components`. */
  noun: string;
  /** Ends statements. */
  semicolon: string;
  /** Whether the answer is surely a list, in the eyes of a compiler too. */
  isList: boolean;
}

/** Statements that gather what was refused, each with its errors, and throw an error that holds it; in JavaScript and TypeScript. */
export function checkOf(shape: ResultShape, { result, refused, records, semicolon, isList, noun }: CheckNames): string[] {
  const list = shape === 'oneOrList' || !isList ? `(Array.isArray(${result}) ? ${result} : [${result}])` : result;
  const loop = (head: string, what: string): string[] => [`const ${refused} = []${semicolon}`, `for (${head}) ${what}${semicolon}`];
  switch (shape) {
    case 'list': {
      const record = records === undefined ? 'index' : `record: ${records}[index]`;
      return [
        ...loop(`const [index, { success, errors }] of ${list}.entries()`, `if (!success) ${refused}.push({ ${record}, errors })`),
        thrown(refused, `of \${${list}.length} ${noun} were refused`, `${some(refused)}.map(({ errors }) => errors)`, semicolon),
      ];
    }
    case 'oneOrList':
      return [
        ...loop(`const { success, ...rest } of ${list}`, `if (!success) ${refused}.push(rest)`),
        thrown(refused, `${noun} were refused`, some(refused), semicolon),
      ];
    case 'bulkRows':
      return [
        `const ${refused} = [...${result}.failedResults, ...${result}.unprocessedRecords]${semicolon}`,
        thrown(refused, 'rows were refused or not processed', `${some(refused)}, ['sf__Error']`, semicolon),
      ];
    case 'compositeParts':
      return [
        `const ${refused} = ${result}.compositeResponse.filter(({ httpStatusCode }) => httpStatusCode >= 400)${semicolon}`,
        thrown(refused, 'parts were refused', `${some(refused)}.map(({ referenceId, body }) => ({ referenceId, body }))`, semicolon),
      ];
    case 'batchParts':
      return [
        `const ${refused} = ${result}.results.filter(({ statusCode }) => statusCode >= 400)${semicolon}`,
        thrown(refused, 'parts were refused', `${some(refused)}.map(({ result }) => result)`, semicolon),
      ];
  }
}

/** Statements that fetch the rows that a bulk job refused, once it has ended. @param job how the job is called */
export function fetchOfFailedRows(job: string, refused: string, semicolon: string): string[] {
  return [`const ${refused} = await ${job}.getFailedResults()${semicolon}`, thrown(refused, 'rows were refused', `${some(refused)}, ['sf__Error']`, semicolon)];
}

/** The first of them: a message is no place for thousands. */
function some(refused: string): string {
  return `${refused}.slice(0, 3)`;
}

/** Throws an error that tells why the first were refused and holds all of them. */
function thrown(refused: string, what: string, told: string, semicolon: string): string {
  return `if (${refused}.length > 0) throw Object.assign(new Error(\`\${${refused}.length} ${what}: \${JSON.stringify(${told})}\`), { refused${refused === 'refused' ? '' : `: ${refused}`} })${semicolon}`;
}
