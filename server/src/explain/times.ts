/** A time as logs write it: ISO 8601, a date and time with blanks, the Apache form, syslog. */
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?: [+-]\d{4})?|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d/;

/** The time that stands at the beginning of the line of an offset, as it is written there. */
export function timeIn(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  return TIME.exec(text.slice(start, start + 120))?.[0];
}
