/** A member's name in the one form that all languages' names are compared in: `StatusCode` is `statusCode`. */
export function plainName(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** The ways in which languages write a member's name. */
export function spellings(name: string): string[] {
  return [name, name.charAt(0).toUpperCase() + name.slice(1)];
}
