/** Manifests by their usual names. */
export const MANIFESTS = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'libs.versions.toml'];

/** Whether a name is that of a file that lists a project's packages. */
export function isManifest(name: string): boolean {
  return MANIFESTS.includes(name) || /\.gradle(?:\.kts)?$/.test(name);
}

/** Longer files name packages of more than one project, in UTF-16 code units. */
const LONGEST = 500_000;

/** The packages that a manifest names, as `group:artifact`, with version ranges as npm writes them. Any text gives an answer. */
export function readManifest(name: string, text: string): Record<string, string> {
  const out: Record<string, string> = Object.create(null);
  if (text.length > LONGEST) return out;
  if (name === 'pom.xml') readPom(text, out);
  else if (name.endsWith('.toml')) readVersions(text, out);
  else for (const [, group, artifact, version] of text.matchAll(/["']([\w.-]{1,200}):([\w.-]{1,200})(?::([^"'@\s]{1,100}))?(?:@\w+)?["']/g)) out[`${group}:${artifact}`] = rangeOf(version);
  return out;
}

/** `<dependency>` with its group, artifact and version; a version may be a property of the same file. */
function readPom(text: string, out: Record<string, string>): void {
  const properties = new Map<string, string>();
  for (const [, property, value] of text.matchAll(/<([\w.-]{1,100})>([^<>\s]{1,100})<\//g)) properties.set(property!, value!);
  for (let at = text.indexOf('<dependency>'); at >= 0; at = text.indexOf('<dependency>', at + 1)) {
    const end = text.indexOf('</dependency>', at);
    if (end < 0) return;
    const entry = text.slice(at, Math.min(end, at + 4_000));
    const part = (tag: string): string | undefined => new RegExp(`<${tag}>\\s*([^<>\\s]{1,200})\\s*</${tag}>`).exec(entry)?.[1];
    const group = part('groupId');
    const artifact = part('artifactId');
    const written = part('version');
    const property = /^\$\{([\w.-]+)\}$/.exec(written ?? '')?.[1];
    if (group !== undefined && artifact !== undefined) out[`${group}:${artifact}`] = rangeOf(property === undefined ? written : properties.get(property));
  }
}

/** `name = { module = "group:artifact", version.ref = "name" }` of a Gradle version catalogue. */
function readVersions(text: string, out: Record<string, string>): void {
  const versions = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line.length > 500) continue;
    const version = /^\s*([\w-]+)\s*=\s*"([^"]*)"\s*(?:#.*)?$/.exec(line);
    if (version) versions.set(version[1]!, version[2]!);
    const module = /\bmodule\s*=\s*"([\w.-]+:[\w.-]+)"/.exec(line)?.[1];
    if (module === undefined) continue;
    const reference = /\bversion\.ref\s*=\s*"([\w-]+)"/.exec(line)?.[1];
    out[module] = rangeOf(reference === undefined ? /\bversion\s*=\s*"([^"]+)"/.exec(line)?.[1] : versions.get(reference));
  }
}

/** The version alone; what is a range or comes from elsewhere counts as any version. */
function rangeOf(version: string | undefined): string {
  return /^\d+(?:\.\d+){0,2}/.exec(version ?? '')?.[0] ?? '*';
}
