/** A mark for what is not known of a text, see `textsOf`. */
export function hole(name: string): string {
  return `\u0001${name}\u0002`;
}

/** Whether a text is one hole and nothing else. */
export function isOpen(text: string): boolean {
  return /^\u0001[^\u0002]*\u0002$/.test(text);
}

/** Methods and members that give the host of an address. */
const HOSTS = /^(?:getHost|getAuthority|getRawAuthority|host|hostname|Host|Authority|DnsSafeHost|IdnHost)$/;
/** Those that give where it goes, and nothing of its path. */
const ORIGINS = /^(?:origin|GetLeftPart)$/;
/** Those that give where it leads there: its path, and what is asked. */
const PATHS = /^(?:pathname|search)$/;
/** Steps that give a part of a text: which one, only the texts around it tell. */
const CUTS = /^(?:substring|substr|slice|split|Substring|Split|Remove|substringBefore|substringBeforeLast)$/;
const ORIGIN = /^[a-z]+:\/\/[^/?#]*|^\u0001[^\u0002]*\u0002/i;

/** Whether a member or method of this name may give a part of an address. */
export function isPart(name: string): boolean {
  return HOSTS.test(name) || ORIGINS.test(name) || PATHS.test(name) || CUTS.test(name);
}

/** Whether a step of this name gives a part of any text. */
export function isCut(name: string): boolean {
  return CUTS.test(name);
}

/** The part of an address that a member or method of this name gives; undefined where it gives another, or the address does not show it. */
export function partOfAddress(text: string, name: string): string | undefined {
  const origin = ORIGIN.exec(text)?.[0];
  if (origin === undefined) return undefined;
  if (HOSTS.test(name)) return origin.replace(/^[a-z]+:\/\//i, '');
  if (ORIGINS.test(name)) return origin;
  if (PATHS.test(name)) {
    const rest = text.slice(origin.length);
    const asked = rest.indexOf('?');
    if (name === 'pathname') return asked < 0 ? rest : rest.slice(0, asked);
    return asked < 0 ? '' : rest.slice(asked);
  }
  // Of the path nothing is left that is known.
  return CUTS.test(name) ? `${origin}${hole(name)}` : undefined;
}

/** Which arguments of `new URI(scheme, userInfo, host, port, path, query, fragment)`, and of its shorter forms, are the parts of an address. */
export function partsOfUri(count: number): { scheme: number; host: number; path: number; query?: number } | undefined {
  switch (count) {
    case 4:
      return { scheme: 0, host: 1, path: 2 };
    case 5:
      return { scheme: 0, host: 1, path: 2, query: 3 };
    case 7:
      return { scheme: 0, host: 2, path: 4, query: 5 };
    default:
      return undefined;
  }
}
