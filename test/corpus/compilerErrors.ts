import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What TypeScript says of some files of a project, as `file code message`, one entry for each place. The project's own options hold where it has any; packages that
 * are not installed there are taken from here, so that the types of the client library count.
 * @param folder of the project
 * @param texts by absolute path; what is not among them is read from disk
 */
export function compilerErrors(folder: string, files: readonly string[], texts: Readonly<Record<string, string>>): string[] {
  const options = { ...optionsOf(folder), noEmit: true, skipLibCheck: true, allowJs: true, incremental: false, composite: false, tsBuildInfoFile: undefined };
  // A checkout has no packages; what every program on Node knows is taken from here as well.
  if (!existsSync(path.join(folder, 'node_modules/@types'))) Object.assign(options, { typeRoots: [path.join(ROOT, 'node_modules/@types')], types: ['node'] });
  const host = ts.createCompilerHost(options, true);
  const own = (file: string): string | undefined => (Object.hasOwn(texts, file) ? texts[file] : undefined);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => own(file) !== undefined || fileExists(file);
  host.readFile = (file) => own(file) ?? readFile(file);
  host.getSourceFile = (file, target, onError, fresh) => {
    const text = own(file);
    return text === undefined ? getSourceFile(file, target, onError, fresh) : ts.createSourceFile(file, text, target, true);
  };
  host.resolveModuleNameLiterals = (literals, containing, _redirected, given) => literals.map(({ text }) => {
    const found = ts.resolveModuleName(text, containing, given, host);
    return found.resolvedModule || text.startsWith('.') ? found : ts.resolveModuleName(text, path.join(ROOT, 'package.ts'), given, host);
  });
  const program = ts.createProgram([...files], options, host);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) return [];
    const typed = /\.[cm]?tsx?$/.test(file);
    return [...program.getSyntacticDiagnostics(source), ...(typed ? program.getSemanticDiagnostics(source) : [])]
      .map(({ code, messageText }) => `${path.relative(folder, file)} ${code} ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`);
  });
}

function optionsOf(folder: string): ts.CompilerOptions {
  const config = path.join(folder, 'tsconfig.json');
  const fallback: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, jsx: ts.JsxEmit.Preserve, esModuleInterop: true };
  if (!existsSync(config)) return fallback;
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config?: unknown };
  const { options } = ts.parseJsonConfigFileContent(json ?? {}, { ...ts.sys, readDirectory: () => [] }, folder);
  return { ...options, ignoreDeprecations: '6.0' };
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
