/** Names of manifests that may lie above a folder and hold for it. */
export const MANIFESTS = ['packages.config', 'Directory.Packages.props', 'Directory.Build.props'];

/** Whether a name is that of a file that lists a project's packages. */
export function isManifest(name: string): boolean {
  return /\.csproj$/i.test(name) || MANIFESTS.includes(name);
}

/** The packages that a project file, a list of central versions or a `packages.config` names, with version ranges as npm writes them. Any text gives an answer. */
export function readManifest(_name: string, text: string): Record<string, string> {
  const out: Record<string, string> = Object.create(null);
  for (const [, tag, attributes, rest] of text.matchAll(/<(PackageReference|PackageVersion|package)\b([^<>]{0,1000})>([^<]{0,200}(?:<Version>[^<]{0,100})?)/g)) {
    const name = attribute(attributes!, tag === 'package' ? 'id' : '(?:Include|Update)');
    const version = attribute(attributes!, tag === 'package' ? 'version' : '(?:Version|VersionOverride)') ?? /<Version>\s*([^<]*)/.exec(rest!)?.[1];
    // The version of a name without one stands in another file, which it must not hide.
    if (name !== undefined && version !== undefined) out[name] = rangeOf(version.trim());
  }
  return out;
}

function attribute(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(text)?.[1];
}

/** `1.2.0` and `[1.2.0]` are what is installed, `[1,2)` is `>=1 <2`. What npm has no word for counts as any version. */
function rangeOf(version: string): string {
  const interval = /^([[(])\s*([\d.]*)\s*,\s*([\d.]*)\s*([\])])$/.exec(version);
  if (interval) {
    const [, open, from, to, close] = interval;
    const parts = [from === '' ? '' : `${open === '[' ? '>=' : '>'}${threeParts(from!)}`, to === '' ? '' : `${close === ']' ? '<=' : '<'}${threeParts(to!)}`];
    return parts.filter((each) => each !== '').join(' ') || '*';
  }
  const exact = /^\[?\s*v?(\d[\d.]*)/.exec(version)?.[1];
  return exact === undefined ? '*' : threeParts(exact);
}

/** A fourth part of a version tells builds apart that no behaviour depends on. */
function threeParts(version: string): string {
  return [...version.split('.').filter((each) => each !== ''), '0', '0'].slice(0, 3).join('.');
}
