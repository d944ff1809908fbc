import type { ScriptWriter } from '../writers.ts';
import type { HelperFile, RetryForm, SendOptions, Site } from './form.ts';
import { helperPlace } from './helperPlace.ts';
import { renewalOf } from './renewal.ts';
import { repeatedOf } from './repeated.ts';
import { HELPER_NAME, retryHelper } from './retryHelper.ts';
import { librariesToInstall, retryLibraryOf } from './retryLibrary.ts';

/** Retries in JavaScript and TypeScript. */
export function scriptForm(writer: ScriptWriter): RetryForm {
  return {
    names: [HELPER_NAME],
    helper: (site) => helperOf(writer, site),
    repeated: (facts, _source, covered) => {
      const repeated = repeatedOf(facts, covered);
      return typeof repeated === 'string' ? repeated : { ...repeated, promised: true };
    },
    around,
    renewal: renewalOf,
  };
}

function helperOf(writer: ScriptWriter, { path, facts, source, program, text }: Site): HelperFile {
  const project = program.projects.of(path);
  const style = writer.importStyle(facts, source, path, project);
  const place = helperPlace(path, project, style.extension, program.known);
  const imports = writer.importInsertion(facts, source, path, place, HELPER_NAME, style);
  const found: HelperFile = { path: place, imports: imports ? [imports] : [] };
  if (text(place) !== undefined) return found;
  const { typed, module } = style;
  const library = retryLibraryOf(program, project, style);
  if (library !== undefined) return { ...found, made: retryHelper({ typed, module, library }), library };
  const choices = librariesToInstall(project).map((each) => ({ made: retryHelper({ typed, module, library: each.name }), library: each }));
  return { ...found, made: retryHelper({ typed, module }), choices };
}

function around({ repeatable, renewal }: SendOptions): { before: string; after: string } {
  const options = [...(repeatable ? ['repeatable: true'] : []), ...(renewal === undefined ? [] : [`renewSession: () => ${renewal}`])];
  return { before: `${HELPER_NAME}(() => `, after: `${options.length === 0 ? '' : `, { ${options.join(', ')} }`})` };
}
