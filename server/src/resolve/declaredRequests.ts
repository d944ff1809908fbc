import { httpLibraries, onceForEntries } from '../../../catalog/index.ts';
import type { HttpAnswer, HttpDeclaration, HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, ClassFact } from '../facts/facts.ts';
import { isNamed } from './decorators.ts';
import type { Types } from './types.ts';

/** A request that a method without a body declares. */
export interface DeclaredRequest {
  library: HttpLibrary;
  answer: HttpAnswer;
  method: string | undefined;
  address: string;
}

const METHOD = /\b(GET|POST|PUT|PATCH|DELETE)\b/;

const declaring = onceForEntries(() => new Map<string, readonly HttpLibrary[]>());

function librariesFor(language: string): readonly HttpLibrary[] {
  let found = declaring().get(language);
  if (!found) declaring().set(language, (found = httpLibraries().filter((each) => each.language === language && each.declarations)));
  return found;
}

/** The request that a call sends because the method which it calls declares it: `@GetMapping("/services/data/v60.0/limits") Limits limits();`. */
export function declaredRequest(types: Types, path: string, call: CallValue): DeclaredRequest | undefined {
  const { values, language } = types.program.get(path)!;
  const libraries = librariesFor(language);
  const callee = values[call.callee];
  if (libraries.length === 0 || callee?.k !== 'member' || call.construct) return undefined;
  for (const type of types.of(path, callee.object)) {
    if (type.k !== 'instance') continue;
    const facts = types.program.get(type.path)!;
    const cls = facts.classes[type.cls]!;
    const written = cls.fields.find((field) => field.name === callee.name && field.decorators)?.decorators;
    const found = written && libraries.flatMap((library) => read(library, cls, written) ?? [])[0];
    if (found) return found;
  }
  return undefined;
}

function read(library: HttpLibrary, cls: ClassFact, written: readonly string[]): DeclaredRequest | undefined {
  for (const declaration of library.declarations ?? []) {
    if (declaration.classes && !declaration.classes.some((name) => cls.decorators.some((each) => isNamed(each, name)))) continue;
    const answer = library.answers.find((each) => each.id === declaration.answer);
    const line = lineOf(declaration, written);
    if (!answer || !line) continue;
    const base = (declaration.bases ?? []).map((name) => baseNamed(cls.decorators, name)).join('');
    return { library, answer, method: line.method, address: withHoles(/^[a-z]+:\/\//i.test(line.address) || base === '' ? line.address : `${base.replace(/\/$/, '')}/${line.address.replace(/^\//, '')}`) };
  }
  return undefined;
}

function lineOf({ methods, lines }: HttpDeclaration, written: readonly string[]): { method: string | undefined; address: string } | undefined {
  for (const each of written) {
    for (const [name, method] of Object.entries(methods)) if (isNamed(each, name)) return { method, address: textIn(each) };
    if (!lines?.some((name) => isNamed(each, name))) continue;
    const text = textIn(each);
    const spelled = /^([A-Z]+)\s+(.*)$/.exec(text);
    return spelled ? { method: spelled[1], address: spelled[2]! } : { method: METHOD.exec(each)?.[1], address: text };
  }
  return undefined;
}

/** The address in a decorator: the text under its usual names, or the first that stands there. */
function textIn(written: string): string {
  return (/\b(?:value|path|url)\s*=\s*\{?\s*"([^"]*)"/.exec(written) ?? /^[^"=]*"([^"]*)"/.exec(written))?.[1] ?? '';
}

/** What stands before the addresses of a class: `@FeignClient(url = "…")`, `@HttpExchange("…")`. */
function baseNamed(decorators: readonly string[], name: string): string {
  for (const each of decorators) {
    if (isNamed(each, name)) return textIn(each);
    const given = new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(each)?.[1];
    if (given !== undefined) return given;
  }
  return '';
}

/** `${salesforce.url}` and `{id}` are holes in the address. */
function withHoles(text: string): string {
  return text.replace(/\$?\{([^{}:]*)[^{}]*\}/g, '\u0001$1\u0002');
}
