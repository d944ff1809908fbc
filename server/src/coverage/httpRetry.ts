import type { HttpHook, HttpRetry } from '../../../catalog/schema/library.ts';
import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Retry } from '../report/callRecord.ts';
import { typeKey } from '../resolve/abstractType.ts';
import { fits, requestOf } from '../resolve/httpMembers.ts';
import type { HttpUse } from '../resolve/httpRequests.ts';
import { hasOption } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

/** Whether a plain HTTP client repeats a request by itself, or by what the workspace has attached to it. */
export function httpRetry(types: Types, path: string, use: HttpUse, args: readonly ValueId[]): Retry {
  const { library } = use.type;
  // What is attached to a client holds for all its requests: it is looked for once.
  const client = typeKey({ ...use.type, path: '' });
  if (library.hooks.some((hook) => hook.effects.includes('retry') && (!hook.retry || covers(hook.retry, use.method)) && types.holds(`hook.${hook.package ?? ''}.${hook.name}.${client}`, () => isAttached(types, client, hook)))) return 'explicit';
  for (const policy of library.retries) {
    if (!fits(types, path, use.type, policy.versions) || !covers(policy, use.method)) continue;
    const off = policy.options.some((option) => hasOption(types, path, args, option, (value) => value === (policy.off ?? 0) || value === false));
    if (off) return 'none';
    return use.method === undefined ? 'unknown' : 'library';
  }
  return 'none';
}

function covers(policy: HttpRetry, method: string | undefined): boolean {
  return policy.methods === 'any' || method === undefined || (policy.methods as readonly string[]).includes(method);
}

/** Whether something that repeats is attached to a client, in any file. */
function isAttached(types: Types, client: string, hook: HttpHook): boolean {
  if (hook.as === 'wrap' && hook.package !== undefined) return types.program.paths().some((path) => isWrapped(types, path, client, hook));
  return hook.as === 'call' && hook.at !== undefined && types.program.paths().some((path) => isIntercepted(types, path, client, hook));
}

/** `axiosRetry(client)`. */
function isWrapped(types: Types, path: string, client: string, hook: HttpHook): boolean {
  const facts = types.program.get(path)!;
  const { bindingUses, consumers } = indexOf(facts);
  const wrappers = facts.imports.flatMap((each) => (each.module === hook.package && each.binding !== undefined ? (bindingUses[each.binding] ?? []) : []));
  return wrappers.some((wrapper) => (consumers[wrapper] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    const wrapped = call?.k === 'call' && call.callee === wrapper ? call.args[hook.at ?? 0] : undefined;
    return wrapped !== undefined && isClient(types, path, wrapped, client);
  }));
}

/** `client.interceptors.response.use(…, fn)`, where the function that gets the failure sends the request again. */
function isIntercepted(types: Types, path: string, client: string, hook: HttpHook): boolean {
  const facts = types.program.get(path)!;
  return (indexOf(facts).callsByName.get(hook.name.split('.').at(-1)!) ?? []).some((id) => {
    const call = facts.values[id];
    const handler = call?.k === 'call' ? call.args[hook.at!] : undefined;
    if (call?.k !== 'call' || handler === undefined || !isClient(types, path, call.callee, client, hook.name)) return false;
    return types.of(path, handler).some((type) => type.k === 'function' && sendsAgain(types, type.path, type.fn, client));
  });
}

/** Whether a value is a client, or its member of a name. */
function isClient(types: Types, path: string, value: ValueId, client: string, member = ''): boolean {
  return types.of(path, value).some((type) => type.k === 'http' && type.path.endsWith(member) && typeKey({ ...type, path: '' }) === client);
}

/** Whether a function calls the client itself. */
function sendsAgain(types: Types, path: string, fn: number, client: string): boolean {
  const facts = types.program.get(path)!;
  return facts.functions[fn]!.blocks.some((block) => block.steps.some((step) => {
    const call = step.k === 'call' ? facts.values[step.value] : undefined;
    return call?.k === 'call' && types.of(path, call.callee).some((type) => type.k === 'http' && typeKey({ ...type, path: '' }) === client && requestOf(types, path, call, type) !== undefined);
  }));
}
