import type { HttpHook, HttpRetry } from '../../../catalog/schema/library.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Retry } from '../report/callRecord.ts';
import { typeKey } from '../resolve/abstractType.ts';
import { fits, requestOf } from '../resolve/httpMembers.ts';
import type { HttpUse } from '../resolve/httpRequests.ts';
import { optionValues } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

/** Whether a plain HTTP client repeats a request by itself, or by what the workspace has attached to it. */
export function httpRetry(types: Types, path: string, use: HttpUse, arguments_: readonly number[]): Retry {
  const { library } = use.type;
  if (library.hooks.some((hook) => isAttached(types, use, hook) || isIntercepted(types, use, hook))) return 'explicit';
  for (const policy of library.retries) {
    if (!fits(types, path, use.type, policy.versions) || !covers(policy, use.method)) continue;
    const off = policy.options.some((option) => arguments_.some((argument) => optionValues(types, path, argument, option).some((place) => {
      const value = types.program.get(place.path)!.values[place.value];
      return value?.k === 'literal' && (value.value === (policy.off ?? 0) || value.value === false);
    })));
    if (off) return 'none';
    return use.method === undefined ? 'unknown' : 'library';
  }
  return 'none';
}

function covers(policy: HttpRetry, method: string | undefined): boolean {
  return policy.methods === 'any' || method === undefined || (policy.methods as readonly string[]).includes(method);
}

/** Whether something that repeats is attached to the client: `axiosRetry(client)`, in any file. */
function isAttached(types: Types, use: HttpUse, hook: HttpHook): boolean {
  if (hook.package === undefined || hook.as !== 'wrap' || !hook.effects.includes('retry') || (hook.retry && !covers(hook.retry, use.method))) return false;
  const wanted = typeKey({ ...use.type, path: '' });
  return types.program.paths().some((path) => {
    const facts = types.program.get(path)!;
    return facts.imports.some((each) => {
      if (each.module !== hook.package || each.binding === undefined) return false;
      return (indexOf(facts).bindingUses[each.binding] ?? []).some((value) => (indexOf(facts).consumers[value] ?? []).some((consumer) => {
        const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        const client = call?.k === 'call' && call.callee === value ? call.args[hook.at ?? 0] : undefined;
        return client !== undefined && types.of(path, client).some((type) => type.k === 'http' && typeKey({ ...type, path: '' }) === wanted);
      }));
    });
  });
}

/** Whether a function that handles failures of the client, in any file, sends the request again: `client.interceptors.response.use(…, fn)`. */
function isIntercepted(types: Types, use: HttpUse, hook: HttpHook): boolean {
  if (hook.as !== 'call' || hook.at === undefined || !hook.effects.includes('retry')) return false;
  const wanted = typeKey({ ...use.type, path: '' });
  const name = hook.name.split('.').at(-1)!;
  return types.program.paths().some((path) => {
    const facts = types.program.get(path)!;
    return (indexOf(facts).callsByName.get(name) ?? []).some((id) => {
      const call = facts.values[id];
      const handler = call?.k === 'call' ? call.args[hook.at!] : undefined;
      if (call?.k !== 'call' || handler === undefined) return false;
      if (!types.of(path, call.callee).some((type) => type.k === 'http' && type.path.endsWith(hook.name) && typeKey({ ...type, path: '' }) === wanted)) return false;
      return types.of(path, handler).some((type) => type.k === 'function' && sendsAgain(types, type.path, type.fn, wanted));
    });
  });
}

/** Whether a function calls the client itself. */
function sendsAgain(types: Types, path: string, fn: number, wanted: string): boolean {
  const facts = types.program.get(path)!;
  return facts.functions[fn]!.blocks.some((block) => block.steps.some((step) => {
    const call = step.k === 'call' ? facts.values[step.value] : undefined;
    return call?.k === 'call' && types.of(path, call.callee).some((type) => type.k === 'http' && typeKey({ ...type, path: '' }) === wanted && requestOf(types, path, call, type) !== undefined);
  }));
}
