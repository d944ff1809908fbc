/** Whether a decorator, as written, is of this name: `@Retryable({ … })`, `@retry.Retryable`. */
export function isNamed(written: string, name: string): boolean {
  return new RegExp(`^@(?:[\\w$]+\\.)*${name}(?![\\w$])`).test(written);
}
