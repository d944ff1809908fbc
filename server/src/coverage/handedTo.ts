import type { BindingId, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import type { Types } from '../resolve/types.ts';
import type { ErrorFlow } from './errorFlow.ts';

/** A function of the workspace that is given an error, and the name that it has there. */
export interface Receiver {
  path: string;
  fn: FunctionId;
  error: BindingId | undefined;
}

/** The function, other than the one around, to which a call gives an error as it is; undefined where it gives none, or nothing is known of the function. */
export function handedTo(types: Types, path: string, facts: FileFacts, around: FunctionId, id: ValueId, flow: ErrorFlow): Receiver | undefined {
  const call = facts.values[id];
  if (call?.k !== 'call') return undefined;
  const named = call.named === undefined ? undefined : facts.values[call.named];
  const name = named?.k === 'object' ? named.props.find((prop) => flow.isError(prop.value))?.key : undefined;
  const index = call.args.findIndex((each) => flow.isError(each));
  if (index < 0 && name === undefined) return undefined;
  const found = types.of(path, call.callee).find((type) => type.k === 'function' && !(type.path === path && type.fn === around));
  return found?.k === 'function' ? { path: found.path, fn: found.fn, error: types.program.get(found.path)!.functions[found.fn]!.params.find((param, place) => place === index || (name !== undefined && param.name === name))?.binding } : undefined;
}
