import type { ClassId, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { classOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/** What is assigned to a member of an object literal after it was made, in its file: `options.url = …`. */
export function storedOnObject(types: Types, path: string, object: ValueId, name: string): ValueId[] {
  const facts = types.program.get(path)!;
  return (indexOf(facts).storesByName.get(name) ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    return types.of(path, store.object).some((type) => type.k === 'object' && type.path === path && type.value === object) ? [store.value] : [];
  });
}

const byReceiver = new WeakMap<FileFacts, ReadonlyMap<string, readonly number[]>>();

/** The stores of a file, by the last name of what is stored on. */
function storesByReceiver(facts: FileFacts): ReadonlyMap<string, readonly number[]> {
  let found = byReceiver.get(facts);
  if (found) return found;
  const made = new Map<string, number[]>();
  facts.stores.forEach((store, id) => {
    const name = lastName(facts, store.object) ?? '';
    const same = made.get(name);
    if (same) same.push(id);
    else made.set(name, [id]);
  });
  byReceiver.set(facts, (found = made));
  return found;
}

/** What is assigned under any name to an object literal that has a name, in its file: `clients[key] = …` after `clients = {}`. */
export function storedUnderAnyName(types: Types, path: string, object: ValueId): ValueId[] {
  const facts = types.program.get(path)!;
  const names = new Set((indexOf(facts).consumers[object] ?? []).flatMap((consumer) => {
    if (consumer.k === 'bind') return [facts.bindings[consumer.binding]!.name];
    return consumer.k === 'store' || consumer.k === 'field' ? [consumer.name] : [];
  }));
  return [...names].flatMap((name) => storesByReceiver(facts).get(name) ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    return types.of(path, store.object).some((type) => type.k === 'object' && type.path === path && type.value === object) ? [store.value] : [];
  });
}

/** What is assigned to a member of a class in its own methods: `this.url = …`. */
export function storedOnThis(types: Types, path: string, cls: ClassId, name: string): ValueId[] {
  const facts = types.program.get(path)!;
  return (indexOf(facts).storesByName.get(name) ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    const object = thisOf(facts, store.object);
    return object?.k === 'this' && (object.cls ?? classOfThis(facts, store.in)) === cls ? [store.value] : [];
  });
}

/** `this`, also where a class keeps its only object under a name: `cls._instance = super().__new__(cls)`, `made = super().__new__(cls)`. */
function thisOf(facts: FileFacts, id: ValueId): FileFacts['values'][number] | undefined {
  const value = facts.values[id];
  if (value?.k === 'binding') return facts.bindings[value.binding]!.sources.map((source) => facts.values[source]!).find(({ k }) => k === 'this') ?? value;
  const owner = value?.k === 'member' ? facts.values[value.object] : undefined;
  if (value?.k !== 'member' || owner?.k !== 'this') return value;
  const isItself = (indexOf(facts).storesByName.get(value.name) ?? []).some((index) => {
    const store = facts.stores[index]!;
    const on = facts.values[store.object];
    return on?.k === 'this' && on.in === owner.in && facts.values[store.value]?.k === 'this';
  });
  return isItself ? owner : value;
}

/** Names that are assigned on more objects than this say nothing of one. */
const MOST_STORES = 40;

/** What is assigned from outside to a member of the objects of a class, or of the class itself: `child.parent = this`, `Client.conn = conn`. */
export function storedFromOutside(types: Types, wanted: { k: 'instance' | 'class'; path: string; cls: ClassId }, name: string): { path: string; value: ValueId }[] {
  if (types.storedOn.all(name).length > MOST_STORES) return [];
  return types.storedOn.meaning(name, wanted).flatMap(({ path, value: object }) => {
    const facts = types.program.get(path)!;
    return (indexOf(facts).storesByName.get(name) ?? []).flatMap((index) => (facts.stores[index]!.object === object ? [{ path, value: facts.stores[index]!.value }] : []));
  });
}

/** The fields that a parameter of a constructor fills by being declared: `constructor(private readonly send: Send)`. */
export function fieldsFilledBy(types: Types, { path, call: id, index }: { path: string; call: ValueId; index: number }): string[] {
  const call = types.program.get(path)!.values[id];
  if (call?.k !== 'call' || !call.construct) return [];
  return types.of(path, call.callee).flatMap((type) => {
    const facts = type.k === 'class' ? types.program.get(type.path) : undefined;
    return type.k !== 'class' || !facts ? [] : facts.classes[type.cls]!.fields.flatMap(({ name, value }) => {
      const given = value === undefined ? undefined : facts.values[value];
      return given?.k === 'parameter' && given.index === index ? [name] : [];
    });
  });
}
