import { httpLibraries, onceForEntries } from '../../../catalog/index.ts';
import type { HttpAnswer, HttpDeclaration, HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, ClassId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { builtAddresses, builtSteps } from './builtRequests.ts';
import { isNamed } from './decorators.ts';
import { textsOf } from './texts.ts';
import type { Types } from './types.ts';

/** A request that a method without a body declares. */
export interface DeclaredRequest {
  library: HttpLibrary;
  answer: HttpAnswer;
  method: string | undefined;
  addresses: readonly string[];
  /** How what the call gives is sent, where the call sends nothing yet. */
  later?: NonNullable<HttpDeclaration['later']>;
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
    const found = written && libraries.flatMap((library) => read(types, library, { path: type.path, cls: type.cls }, callee.name, written) ?? [])[0];
    if (found) return found;
  }
  return undefined;
}

/** A class and where it stands. */
interface ClassPlace {
  path: string;
  cls: ClassId;
}

function read(types: Types, library: HttpLibrary, place: ClassPlace, name: string, written: readonly string[]): DeclaredRequest | undefined {
  const cls = types.program.get(place.path)!.classes[place.cls]!;
  for (const declaration of library.declarations ?? []) {
    if (declaration.classes && !declaration.classes.some((each) => cls.decorators.some((decorator) => isNamed(decorator, each)))) continue;
    const line = lineOf(declaration, written);
    if (!line) continue;
    const { later } = declaration;
    const isLater = later !== undefined && cls.fields.some((field) => field.name === name && field.type?.k === 'function' && field.type.returns?.k === 'ref' && field.type.returns.name === later.type);
    const answer = library.answers.find((each) => each.id === (isLater ? later.sends[0]!.answer : declaration.answer));
    if (!answer) continue;
    const own = line.address === '' ? constantIn(types, place, line.written) : line.address;
    const base = (declaration.bases ?? []).map((each) => baseNamed(cls.decorators, each)).join('');
    const bases = base === '' && declaration.madeBy ? madeBases(types, library, place, declaration.madeBy) : [base];
    const whole = (before: string): string => (/^(?:[a-z]+:\/\/|\$?\{)/i.test(own) && before === '' ? own : /^[a-z]+:\/\//i.test(own) ? own : `${before.replace(/\/$/, '')}/${own.replace(/^\//, '')}`);
    return { library, answer, method: line.method, addresses: (bases.length > 0 ? bases : ['']).map((each) => withHoles(whole(each))), ...(isLater ? { later } : {}) };
  }
  return undefined;
}

/** What stands before the addresses of a class by the steps of what makes an object of it: `builder.baseUrl(url).build().create(Api.class)`. */
function madeBases(types: Types, library: HttpLibrary, { path, cls }: ClassPlace, makers: readonly string[]): string[] {
  const out = new Set<string>();
  for (const each of types.program.paths()) {
    const facts = types.program.get(each);
    for (const name of facts ? makers : []) {
      for (const id of indexOf(facts!).callsByName.get(name) ?? []) {
        const call = facts!.values[id] as CallValue;
        if (call.args.length !== 1 || !namedClasses(types, each, call.args[0]!).some((type) => type.k === 'class' && type.path === path && type.cls === cls)) continue;
        for (const address of builtAddresses(types, builtSteps(types, library, each, call))) out.add(address);
      }
    }
  }
  return [...out];
}

/** The classes that `Api.class` names, where it stands or where a function is given it. */
function namedClasses(types: Types, path: string, id: ValueId): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (value?.k === 'other' && value.of.length === 1) return types.of(path, value.of[0]!);
  const sources = value?.k === 'binding' ? facts.bindings[value.binding]!.sources.map((source) => facts.values[source]) : [];
  return sources.flatMap((source) => (source?.k === 'parameter' ? types.callers.productArgumentsOf(path, source.fn, source.index) : [])).flatMap((place) => {
    const given = types.program.get(place.path)!.values[place.value];
    return given?.k === 'other' && given.of.length === 1 ? types.of(place.path, given.of[0]!) : [];
  });
}

/** `@POST(PATH)`: the text of a constant of the class. */
function constantIn(types: Types, { path, cls }: ClassPlace, written: string): string {
  const name = /\(\s*(?:\w+\.)*(\w+)\s*\)/.exec(written)?.[1];
  const value = types.program.get(path)!.classes[cls]!.fields.find((field) => field.name === name)?.value;
  return (value === undefined ? undefined : textsOf(types, path, value)[0]) ?? '';
}

function lineOf({ methods, lines, paths }: HttpDeclaration, decorators: readonly string[]): { method: string | undefined; address: string; written: string } | undefined {
  for (const each of decorators) {
    for (const [name, method] of Object.entries(methods)) if (isNamed(each, name)) return { method, ...addressBeside(each, decorators, paths ?? []) };
    if (!lines?.some((name) => isNamed(each, name))) continue;
    const text = textIn(each);
    const spelled = /^([A-Z]+)\s+(.*)$/.exec(text);
    return { ...(spelled ? { method: spelled[1], address: spelled[2]! } : { method: METHOD.exec(each)?.[1], address: text }), written: each };
  }
  return undefined;
}

/** The address in the decorator for a method, or in one beside it: `@GET @Path("/limits")`. */
function addressBeside(written: string, decorators: readonly string[], paths: readonly string[]): { address: string; written: string } {
  const beside = decorators.find((each) => paths.some((name) => isNamed(each, name)));
  return { address: textIn(beside ?? written), written: beside ?? written };
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
