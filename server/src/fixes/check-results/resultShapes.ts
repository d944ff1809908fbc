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
  /** What holds why the first were refused: a name that is free. */
  reasons: string;
  /** What holds the list of records that were written, if it has a name. */
  records: string | undefined;
  /** What is written: `records`, `components`. */
  noun: string;
  /** Ends statements. */
  semicolon: string;
  /** One step of indentation. */
  step: string;
  /** Whether the answer is surely a list, in the eyes of a compiler too. */
  isList: boolean;
  /** A compiler wants to know what a raw answer holds. */
  typed: boolean;
  /** What an error is put into, where it is not thrown: the error that a callback is given. */
  into?: string;
}

/** Statements that gather what was refused, each with its errors, and throw an error that holds it; in JavaScript and TypeScript. */
export function checkOf(shape: ResultShape, names: CheckNames): string[] {
  const { result, refused, records, semicolon, isList, noun, step, typed } = names;
  const list = shape === 'oneOrList' || !isList ? `(Array.isArray(${result}) ? ${result} : [${result}])` : result;
  const loop = (head: string, what: string): string[] => [`const ${refused} = []${semicolon}`, `for (${head}) {`, `${step}${what}${semicolon}`, '}'];
  switch (shape) {
    case 'list': {
      const record = records === undefined ? 'index' : `record: ${records}[index]`;
      return [
        ...loop(`const [index, each] of ${list}.entries()`, `if (!each.success) ${refused}.push({ ${record}, errors: each.errors })`),
        ...ended(names, `of \${${list}.length} ${noun} were refused`, `.map(({ errors }) => errors)`),
      ];
    }
    case 'oneOrList':
      return [...loop(`const { success, ...rest } of ${list}`, `if (!success) ${refused}.push(rest)`), ...ended(names, `${noun} were refused`, '')];
    case 'bulkRows':
      return [`const ${refused} = [...${result}.failedResults, ...${result}.unprocessedRecords]${semicolon}`, ...ended(names, 'rows were refused or not processed', '', ", ['sf__Error']")];
    case 'compositeParts': {
      const parts = typed ? `(${result} as { compositeResponse: { httpStatusCode: number; referenceId: string; body: unknown }[] })` : result;
      return [
        `const ${refused} = ${parts}.compositeResponse.filter(({ httpStatusCode }) => httpStatusCode >= 400)${semicolon}`,
        ...ended(names, 'parts were refused', '.map(({ referenceId, body }) => ({ referenceId, body }))'),
      ];
    }
    case 'batchParts': {
      const parts = typed ? `(${result} as { results: { statusCode: number; result: unknown }[] })` : result;
      return [`const ${refused} = ${parts}.results.filter(({ statusCode }) => statusCode >= 400)${semicolon}`, ...ended(names, 'parts were refused', '.map(({ result }) => result)')];
    }
  }
}

/** Statements that fetch the rows that a bulk job refused, once it has ended. @param job how the job is called */
export function fetchOfFailedRows(job: string, names: Pick<CheckNames, 'refused' | 'reasons' | 'semicolon' | 'step'>): string[] {
  return [`const ${names.refused} = await ${job}.getFailedResults()${names.semicolon}`, ...ended(names, 'rows were refused', '', ", ['sf__Error']")];
}

/** Throws an error that tells why the first were refused and holds all of them: a message is no place for thousands. */
function ended({ refused, reasons, semicolon, step, into }: Pick<CheckNames, 'refused' | 'reasons' | 'semicolon' | 'step' | 'into'>, what: string, told: string, keys = ''): string[] {
  const error = `Object.assign(new Error(\`\${${refused}.length} ${what}: \${${reasons}}\`), { refused${refused === 'refused' ? '' : `: ${refused}`} })`;
  return [
    `if (${refused}.length > 0) {`,
    `${step}const ${reasons} = JSON.stringify(${refused}.slice(0, 3)${told}${keys})${semicolon}`,
    `${step}${into === undefined ? 'throw' : `${into} =`} ${error}${semicolon}`,
    '}',
  ];
}
