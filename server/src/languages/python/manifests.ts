/** Manifests by their usual names. */
export const MANIFESTS = ['requirements.txt', 'pyproject.toml', 'setup.cfg', 'Pipfile'];

/** Whether a name is that of a file that lists a project's packages. */
export function isManifest(name: string): boolean {
  return /^requirements[\w.-]*\.(?:txt|in)$/i.test(name) || MANIFESTS.includes(name);
}

/** Longer lines name no package, in UTF-16 code units. */
const LONGEST = 500;

/** A requirement as pip writes it: name, extras, and version conditions up to a marker. */
const REQUIREMENT = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(\(?\s*(?:[<>=!~]=?=?\s*[\w.*+!-]+\s*,?\s*)*\)?)\s*(?:;.*|@.*)?$/;

/** The packages that a manifest names, with version ranges as npm writes them. Any text gives an answer. */
export function readManifest(name: string, text: string): Record<string, string> {
  const out: Record<string, string> = Object.create(null);
  const lines = text.split(/\r?\n/).filter((line) => line.length <= LONGEST);
  const add = (requirement: string): void => {
    const found = REQUIREMENT.exec(requirement);
    if (found) out[normal(found[1]!)] = rangeOf(found[2]!);
  };
  if (/\.(?:txt|in)$/i.test(name)) for (const line of lines) add(line.replace(/\s#.*$|^#.*$/, '').replace(/\s*\\$|\s+--hash=\S+/g, ''));
  else if (name === 'setup.cfg') for (const line of linesOf(lines, /^(?:install_requires|setup_requires|[\w-]+)\s*=/, /^\S/)) add(line.replace(/^[\w-]+\s*=/, ''));
  else readToml(lines, add, (each, range) => void (out[normal(each)] = rangeOf(range)));
  return out;
}

/** Lines of a section's lists; lines that hold something else make no requirement. */
function linesOf(lines: readonly string[], begins: RegExp, ends: RegExp): string[] {
  const out: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (begins.test(line)) inside = true;
    else if (ends.test(line)) inside = false;
    if (inside) out.push(line);
  }
  return out;
}

/** Lists of requirements (`dependencies = ["a>=1"]`) and tables of names (`a = "^1"`, `a = { version = "^1" }`) whose heading speaks of dependencies or packages. */
function readToml(lines: readonly string[], add: (requirement: string) => void, named: (name: string, range: string) => void): void {
  let table = '';
  let list = false;
  for (const line of lines) {
    const heading = /^\s*\[+([^\]]+)\]+\s*(?:#.*)?$/.exec(line);
    if (heading && !list) {
      table = heading[1]!.trim();
      continue;
    }
    const entry = list ? undefined : /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=\s*(.*)$/.exec(line);
    const opens = entry !== undefined && entry !== null && entry[2]!.startsWith('[');
    if (opens) list = /dependenc|require/i.test(`${table}.${entry[1]}`);
    if (list) {
      for (const [, double, single] of line.matchAll(/"([^"]*)"|'([^']*)'/g)) add(double ?? single!);
      if (/\]\s*(?:#.*)?$/.test(line)) list = false;
    } else if (entry && !opens && /dependencies$|packages$/i.test(table)) {
      const version = /^["']([^"']*)["']/.exec(entry[2]!) ?? /\bversion\s*=\s*["']([^"']*)["']/.exec(entry[2]!);
      if (version) named(entry[1]!, version[1]!);
    }
  }
}

/** Package names are the same whatever their case and whether `-`, `_` or `.` stands in them. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** `>=1.12,<2` is `>=1.12 <2`; `~=1.12.3` is `~1.12.3`, `~=1.12` is `^1.12`, `==1.*` is `1.x`. What npm has no word for counts as any version. */
function rangeOf(text: string): string {
  const conditions = text.replace(/[()\s]/g, '').split(',').filter((each) => each !== '');
  const ranges = conditions.flatMap((each) => {
    if (each === '*') return ['*'];
    const [, sign, version] = /^([<>=!~^]*)(.*)$/.exec(each)!;
    const plain = version!.replace(/^v/, '').replace(/\.\*$/, '.x').replace(/^(\d+(?:\.\d+){0,2}).*$/, (all, head: string) => (/\.x$/.test(all) ? all : head));
    if (!/^\d/.test(plain)) return [];
    if (sign === '~=') return [plain.split('.').length > 2 ? `~${plain}` : `^${plain}`];
    if (sign === '!=') return [];
    return [`${sign === '==' || sign === '===' ? '' : sign}${plain}`];
  });
  return ranges.length > 0 ? ranges.join(' ') : '*';
}
