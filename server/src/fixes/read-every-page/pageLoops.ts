/** What a loop over the pages of a query is written from. */
export interface PageNames {
  /** How the connection is called. */
  connection: string;
  /** What holds the first page, and gets the records of all. */
  result: string;
  /** Free names for the page that was read last, and for a list. */
  page: string;
  records: string;
  /** Type arguments of the query, as they are written. */
  typeArguments: string;
  step: string;
}

/** What a client's loop needs of its file: a type that it names. */
interface PageLoop {
  needs?: string;
  lines(names: PageNames): string[];
}

/** By client: how the next page is asked for, and how its records come to those of the first. */
const LOOPS: Readonly<Record<string, PageLoop>> = {
  'force-wsc': {
    needs: 'SObject',
    lines: ({ connection, result, page, records, step }) => [
      `java.util.List<SObject> ${records} = new java.util.ArrayList<>(java.util.Arrays.asList(${result}.getRecords()));`,
      `for (QueryResult ${page} = ${result}; !${page}.isDone(); ) {`,
      `${step}${page} = ${connection}.queryMore(${page}.getQueryLocator());`,
      `${step}${records}.addAll(java.util.Arrays.asList(${page}.getRecords()));`,
      '}',
      `${result}.setRecords(${records}.toArray(new SObject[0]));`,
    ],
  },
  'force-toolkit-net': {
    lines: ({ connection, result, page, typeArguments, step }) => [
      `for (var ${page} = ${result}; !${page}.Done; )`,
      '{',
      `${step}${page} = await ${connection}.QueryContinuationAsync${typeArguments}(${page}.NextRecordsUrl);`,
      `${step}${result}.Records.AddRange(${page}.Records);`,
      '}',
    ],
  },
};

/** The loop that is written for a client; undefined where none is. */
export function pageLoopOf(client: string): PageLoop | undefined {
  return Object.hasOwn(LOOPS, client) ? LOOPS[client] : undefined;
}
