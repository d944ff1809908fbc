import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { type Compiler, compilerOf, foldersOfPackages } from './projectCompiler.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What stays the same from one program to the next: the libraries and the packages, by compiler. */
const parsed = new WeakMap<Compiler, Map<string, ts.SourceFile | undefined>>();

/**
 * What TypeScript says of some files of a repository, as `file code message`, one entry for each place: the major version that the project names, with the
 * project's own options where it has any. Packages that are not installed there are taken from here, so that the types of the client library count.
 * @param root of the repository
 * @param texts by absolute path; what is not among them is read from disk
 */
export function compilerErrors(root: string, files: readonly string[], texts: Readonly<Record<string, string>>): string[] {
  const folder = nearest(files[0] ?? root, ['tsconfig.json', 'package.json'], root);
  const compiler = compilerOf(folder, root);
  const major = Number(compiler.versionMajorMinor.split('.')[0]);
  const options: ts.CompilerOptions = { ...optionsOf(compiler, major, folder), noEmit: true, skipLibCheck: true, allowJs: true, incremental: false, composite: false, tsBuildInfoFile: undefined };
  // A checkout has no packages; what every program on Node knows is taken from here as well.
  if (!existsSync(path.join(folder, 'node_modules/@types'))) Object.assign(options, { typeRoots: [path.join(ROOT, 'node_modules/@types')], types: ['node'] });
  const host = hostOf(compiler, options, texts, foldersOfPackages(folder, root));
  const program = compiler.createProgram([...files], options, host);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) return [];
    const typed = /\.[cm]?tsx?$/.test(file);
    return [...program.getSyntacticDiagnostics(source), ...(typed ? program.getSemanticDiagnostics(source) : [])]
      .map(({ code, messageText }) => `${path.relative(folder, file)} ${code} ${compiler.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`);
  });
}

function hostOf(compiler: Compiler, options: ts.CompilerOptions, texts: Readonly<Record<string, string>>, folders: readonly string[]): ts.CompilerHost {
  const host = compiler.createCompilerHost(options, true);
  const known = parsed.get(compiler) ?? new Map<string, ts.SourceFile | undefined>();
  parsed.set(compiler, known);
  const own = (file: string): string | undefined => (Object.hasOwn(texts, file) ? texts[file] : undefined);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => own(file) !== undefined || fileExists(file);
  host.readFile = (file) => own(file) ?? readFile(file);
  host.getSourceFile = (file, target, onError, fresh) => {
    const text = own(file);
    if (text !== undefined) return compiler.createSourceFile(file, text, target, true);
    if (!file.includes('/node_modules/')) return getSourceFile(file, target, onError, fresh);
    const key = `${file} ${JSON.stringify(target)}`;
    if (!known.has(key)) known.set(key, getSourceFile(file, target, onError, fresh));
    return known.get(key);
  };
  const resolved = (text: string, containing: string, given: ts.CompilerOptions): ts.ResolvedModuleWithFailedLookupLocations => {
    const found = compiler.resolveModuleName(text, containing, given, host);
    if (found.resolvedModule || text.startsWith('.')) return found;
    return folders.map((each) => compiler.resolveModuleName(text, path.join(each, 'package.ts'), given, host)).find((each) => each.resolvedModule) ?? found;
  };
  // Compilers before the fifth ask by names.
  const asks: Pick<ts.CompilerHost, 'resolveModuleNameLiterals'> & { resolveModuleNames?(names: string[], containing: string): (ts.ResolvedModule | undefined)[] } =
    Number(compiler.versionMajorMinor.split('.')[0]) < 5
      ? { resolveModuleNames: (names, containing) => names.map((text) => resolved(text, containing, options).resolvedModule) }
      : { resolveModuleNameLiterals: (literals, containing, _redirected, given) => literals.map(({ text }) => resolved(text, containing, given)) };
  return Object.assign(host, asks);
}

/** The nearest folder above a file that has one of these files. */
function nearest(file: string, names: readonly string[], top: string): string {
  for (let folder = path.dirname(file); folder.startsWith(top); folder = path.dirname(folder)) if (names.some((name) => existsSync(path.join(folder, name)))) return folder;
  return top;
}

function optionsOf(compiler: Compiler, major: number, folder: string): ts.CompilerOptions {
  const { ScriptTarget, ModuleKind, ModuleResolutionKind, JsxEmit } = compiler;
  const fallback: ts.CompilerOptions = {
    strict: true, target: ScriptTarget.ES2019, module: ModuleKind.ESNext, moduleResolution: major < 5 ? ModuleResolutionKind.Node10 ?? 2 : ModuleResolutionKind.Bundler, jsx: JsxEmit.Preserve, esModuleInterop: true,
  };
  const config = path.join(folder, 'tsconfig.json');
  if (!existsSync(config)) return fallback;
  const { config: json } = compiler.readConfigFile(config, compiler.sys.readFile) as { config?: { extends?: unknown } };
  const { options, errors } = compiler.parseJsonConfigFileContent(json ?? {}, { ...compiler.sys, readDirectory: () => [] }, folder);
  // What is built upon stands in a package that is not installed: such packages make the compiler strict.
  const isWhole = json?.extends === undefined || !errors.some(({ code }) => [5083, 6053].includes(code));
  return { ...(isWhole ? {} : fallback), ...options, ...(major < 5 ? {} : { ignoreDeprecations: major === 5 ? '5.0' : '6.0' }) };
}

/** What is in the second list more often than in the first. */
export function added(before: readonly string[], after: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of before) left.set(each, (left.get(each) ?? 0) + 1);
  return after.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}
