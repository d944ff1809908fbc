import type { FunctionId, TypeFact } from '../facts/facts.ts';
import type { TypeSet } from './abstractType.ts';
import type { Types } from './types.ts';

/** Types of functions whose arguments come first: the last one of some is what they give. */
const TAKES = /^(?:Bi)?(?:Consumer|Predicate)$|^(?:Unary|Binary)Operator$|^Action$/;
const TAKES_AND_GIVES = /^(?:Checked|Throwing|Failable)?(?:Bi)?Function[1-8]?$|^Func$/;

/**
 * What a parameter of a function without types is where the function is given to something that says what it takes: `run(client -> …)` of a method
 * `run(Work work)` whose `Work` has one method.
 */
export function addDeclaredTypes(types: Types, path: string, fn: FunctionId, index: number, out: TypeSet): void {
  for (const use of types.callers.uses(path, fn)) {
    const call = types.program.get(use.path)!.values[use.call];
    if (call?.k !== 'call' || use.index < 0 || use.member !== undefined) continue;
    for (const type of types.of(use.path, call.callee)) {
      const declared = type.k === 'function' ? types.program.get(type.path)!.functions[type.fn]!.params[use.index]?.type : type.k === 'callable' ? type.type.params[use.index] : undefined;
      if (declared && (type.k === 'function' || type.k === 'callable')) addTypesOf(types, type.path, declared, index, out);
    }
  }
}

/** What the argument at a place is of a function of a declared type. */
function addTypesOf(types: Types, path: string, declared: TypeFact, index: number, out: TypeSet): void {
  const add = (at: string, type: TypeFact | undefined): void => {
    if (type) out.addAll(types.ofAnnotation(at, type));
  };
  if (declared.k === 'function') return add(path, declared.params[index]);
  if (declared.k !== 'ref') return;
  const name = declared.name.slice(declared.name.lastIndexOf('.') + 1);
  if (TAKES.test(name)) return add(path, declared.args[index]);
  if (TAKES_AND_GIVES.test(name)) return add(path, index < declared.args.length - 1 ? declared.args[index] : undefined);
  for (const type of types.ofAnnotation(path, declared)) {
    if (type.k === 'callable') add(type.path, type.type.params[index]);
    if (type.k !== 'instance') continue;
    // An interface with one method, which the function stands for.
    const [only, ...others] = types.program.get(type.path)!.classes[type.cls]!.fields.filter((field) => field.type?.k === 'function');
    if (only?.type?.k === 'function' && others.length === 0) add(type.path, only.type.params[index]);
  }
}
