import { httpLibraries, onceForEntries } from '../../../catalog/index.ts';
import type { HttpInstance, HttpLibrary, HttpRequest } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, ClassId, FileFacts, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import type { Types } from './types.ts';

type HttpType = Extract<AbstractType, { k: 'http' }>;

/** HTTP libraries that are there without an import, by the language and the global's name. */
const byGlobal = onceForEntries(() => new Map<string, HttpLibrary>(httpLibraries().flatMap((library) => (library.globals ?? []).map((name) => [`${library.language ?? 'javascript'}.${name}`, library] as const))));

/** Objects whose members are globals. */
const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'self', 'global']);

/** The type of a global: `fetch`. */
export function globalHttp(language: string, name: string): HttpType[] {
  const library = byGlobal().get(`${language}.${name}`);
  return library ? [{ k: 'http', library, package: library.id, path: name }] : [];
}

/** The type of `window.fetch`. */
export function memberOfGlobalObject(language: string, object: string, name: string): HttpType[] {
  return GLOBAL_OBJECTS.has(object) ? globalHttp(language, name) : [];
}

/** The type of an export of an HTTP library. */
export function httpExport(library: HttpLibrary, packageOf: string, name: string): HttpType {
  return { k: 'http', library, package: packageOf, path: name };
}

/** The type of `object.name`. */
export function httpMember(type: HttpType, name: string): HttpType {
  const whole = type.path === '*' || type.path === 'default' || type.path === '';
  return { ...type, path: whole ? name : `${type.path}.${name}` };
}

/** A member whose name is a value: `getattr(session, method)`. */
const ANY = '*?';

/** The type of a member of which only a value tells the name: the function for any HTTP method. */
export function anyHttpMember(type: HttpType): HttpType[] {
  return ['', '*', 'default'].includes(type.path) ? [{ ...type, path: ANY }] : [];
}

/** The request that a call of a value of this type sends, if it sends one. */
export function requestOf(types: Types, path: string, call: CallValue, type: HttpType): HttpRequest | undefined {
  if (type.path === ANY) {
    const { method: _, ...any } = type.library.requests.find((each) => each.method === 'GET' && belongs(each, type)) ?? {};
    return 'names' in any ? any : undefined;
  }
  return type.library.requests.find((each) => each.names.includes(nameOf(type)) && (each.constructs ?? false) === call.construct && (each.arguments?.includes(call.args.length) ?? true) && (!each.where || isGiven(types, path, call, each.where)) && (!each.after || follows(types.program.get(path)!, call, each.after)) && belongs(each, type) && fits(types, path, type, each.versions));
}

function isGiven(types: Types, path: string, { args }: CallValue, { argument, instance }: NonNullable<HttpRequest['where']>): boolean {
  const given = args[argument];
  return given !== undefined && types.of(path, given).some((type) => type.k === 'http' && type.path === '' && type.instance?.id === instance);
}

/** Types of the result of calling a value of this type: an instance with settings of its own. */
export function httpResult(types: Types, path: string, id: ValueId, call: CallValue, type: HttpType): HttpType[] {
  const made = type.library.instances.find((each) => each.factories.includes(nameOf(type)) && (each.constructs ?? false) === call.construct && (!type.instance || each.instances?.includes(type.instance.id)) && fits(types, path, type, each.versions));
  if (made) return [{ ...type, path: '', instance: { id: made.id, path, value: id } }];
  if (!type.instance || !instanceModel(type)?.chains || call.construct || givesAnswer(types, path, call, type)) return [];
  return [{ ...type, path: '' }];
}

/** Whether a call sends the request and gives the answer, or what was built before and the promise of one: that is no step on the way. */
function givesAnswer(types: Types, path: string, call: CallValue, type: HttpType): boolean {
  const { answers = [], builtAt } = requestOf(types, path, call, type) ?? {};
  const given = answers.map((id) => type.library.answers.find((each) => each.id === id)?.by);
  return given.length > 0 && given.every((by) => by === 'value' || (by === 'promise' && builtAt !== undefined));
}

/** The instance that an exported type names; of where it was made, and so of its base address, nothing is known. */
export function httpInstance(type: HttpType): HttpType[] {
  const named = type.library.instances.find((each) => each.types?.includes(nameOf(type)));
  return named ? [{ ...type, path: '', instance: { id: named.id, path: '', value: -1 } }] : [];
}

/** The instance that an object of a class is which extends an exported type: one client, wherever it is made. */
export function extendedInstance(type: HttpType, path: string, cls: ClassId): HttpType[] {
  return httpInstance(type).map(({ instance, ...each }) => ({ ...each, instance: { ...instance!, path, value: -2 - cls } }));
}

/** The class of such an instance. */
export function classOfInstance({ instance }: HttpType): ClassId | undefined {
  return instance && instance.value < -1 ? -2 - instance.value : undefined;
}

/** Whether types tell of instances without telling where they were made, which the values may. */
export function areUnmade(types: readonly AbstractType[]): boolean {
  return types.length > 0 && types.every((type) => type.k === 'http' && type.instance !== undefined && type.instance.value < 0);
}

/** What the model says of an instance. */
export function instanceModel(type: HttpType): HttpInstance | undefined {
  return type.instance && type.library.instances.find((each) => each.id === type.instance!.id);
}

/** Whether a version range of a library fits what the nearest manifests name; where they do not tell, it does. */
export function fits(types: Types, path: string, type: { package: string }, versions: string | undefined): boolean {
  return types.program.projects.fits(path, type.package, versions) !== 'no';
}

function belongs(request: HttpRequest, type: HttpType): boolean {
  return type.instance ? (request.instances ?? []).includes(type.instance.id) : !request.instancesOnly;
}

/** Steps back from a call that are looked at. */
const MOST_STEPS = 24;

/** Whether what a method is asked of was given by one of these. */
function follows(facts: FileFacts, call: CallValue, names: readonly string[]): boolean {
  let id: ValueId | undefined = call.callee;
  for (let step = 0; step < MOST_STEPS && id !== undefined; step++) {
    const value: FileFacts['values'][number] | undefined = facts.values[id];
    if (value?.k === 'member') id = value.object;
    else if (value?.k === 'call') {
      if (names.includes(lastName(facts, value.callee) ?? '')) return true;
      id = value.callee;
    } else if (value?.k === 'binding') [id] = facts.bindings[value.binding]!.sources;
    else return false;
  }
  return false;
}

/** The name by which the model lists a member: of the module, of its default export and of an instance alike. */
function nameOf({ path }: HttpType): string {
  if (path === '*' || path === 'default' || path === '') return 'default';
  return path.startsWith('default.') ? path.slice('default.'.length) : path;
}
