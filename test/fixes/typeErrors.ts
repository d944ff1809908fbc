import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Virtual files stand here, so that they find the packages that are installed. */
const PLACE = path.join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'typed');
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What a strict compiler says of TypeScript files, with the packages that are installed here: file, code and message each. @param files texts by name */
export function typeErrors(files: Record<string, string>, options: ts.CompilerOptions = {}): string[] {
  const settings: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, noUncheckedIndexedAccess: true, target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'], ...options,
  };
  const texts = new Map(Object.entries(files).map(([name, text]) => [path.join(PLACE, name), text]));
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, language);
    const key = `${file} ${JSON.stringify(language)}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile.call(host, file, language, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram([...texts.keys()], settings, host);
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ code, messageText }) => `${path.basename(file)} TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}
