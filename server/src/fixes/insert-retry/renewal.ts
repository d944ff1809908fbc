import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts, FunctionId, ValueFact, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';

/** What functions are called that log in again. Those that only make sure that somebody has logged in do nothing when the session has ended. */
const RENEWS = /^(?:re)?(?:login|connect|auth|authenticate|authorize|signIn)(?:To|With|User|Salesforce|Sf|Org|Again|$)|^(?:refresh|renew)(?:Session|Token|AccessToken|Connection|Login|Auth|$)/i;
/** Options with which a connection renews its session itself. */
const RENEWING = ['refreshToken', 'refreshFn', 'oauth2', 'authInfo', 'connectionOptions', 'signedRequest'];

/** Where a connection is kept: in a member of `this`, or in a variable of the module. */
type Kept = { field: string } | { variable: number };

/**
 * A call that logs in again, for a request on a connection that does not do so itself: of an async function without parameters, of the same class or module, that
 * makes a connection from a bare access token and puts it where the request takes it from. Undefined where none is in reach.
 */
export function renewalOf(facts: FileFacts, { call }: CoveredCall): string | undefined {
  const kept = keptIn(facts, call.value);
  if (!kept) return undefined;
  const own = facts.values[call.value]!.in;
  const fits = (fn: FunctionId): boolean => renews(facts, fn, kept) && !isAround(facts, fn, own);
  if ('field' in kept) {
    const method = classAround(facts, own)?.methods.find((each) => !each.static && RENEWS.test(each.name) && fits(each.fn));
    return method && `this.${method.name}()`;
  }
  const found = facts.bindings.find(({ name, in: scope, sources }) => {
    const value = scope === 0 && sources.length === 1 && RENEWS.test(name) ? facts.values[sources[0]!] : undefined;
    return value?.k === 'function' && fits(value.fn);
  });
  return found && `${found.name}()`;
}

/** What the object of a call begins with. */
function keptIn(facts: FileFacts, from: ValueId): Kept | undefined {
  for (let at = from; ; ) {
    const value: ValueFact = facts.values[at]!;
    if (value.k === 'binding') {
      const { in: scope, kind } = facts.bindings[value.binding]!;
      return scope === 0 && kind === 'variable' ? { variable: value.binding } : undefined;
    }
    if (value.k === 'member' && facts.values[value.object]!.k === 'this') return { field: value.name };
    if (value.k === 'call') at = value.callee;
    else if (value.k === 'member') at = value.object;
    else return undefined;
  }
}

function renews(facts: FileFacts, fn: FunctionId, kept: Kept): boolean {
  const { async, generator, params } = facts.functions[fn]!;
  if (!async || generator || params.length > 0) return false;
  if ('variable' in kept) return facts.bindings[kept.variable]!.sources.some((source) => facts.values[source]!.in === fn && isBareConnection(facts, source));
  return (indexOf(facts).storesByName.get(kept.field) ?? []).some((each) => {
    const store = facts.stores[each]!;
    return store.in === fn && facts.values[store.object]!.k === 'this' && isBareConnection(facts, store.value);
  });
}

/** Whether a value is a connection that is made there with a token and nothing to renew it by. */
function isBareConnection(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id]!;
  if (value.k === 'assign' || value.k === 'typed') return isBareConnection(facts, value.of);
  const options = value.k === 'call' && value.construct ? facts.values[value.args[0] ?? -1] : undefined;
  if (options?.k !== 'object' || options.spreads.length > 0) return false;
  const names = options.props.map(({ key }) => key);
  return (names.includes('accessToken') || names.includes('sessionId')) && !RENEWING.some((name) => names.includes(name));
}

function classAround(facts: FileFacts, fn: FunctionId): FileFacts['classes'][number] | undefined {
  for (let at: FunctionId | undefined = fn; at !== undefined; at = facts.functions[at]!.parent) {
    const { cls, kind } = facts.functions[at]!;
    if (cls !== undefined) return facts.classes[cls];
    // A function that is no arrow has a `this` of its own.
    if (kind !== 'arrow') return undefined;
  }
  return undefined;
}

function isAround(facts: FileFacts, outer: FunctionId, inner: FunctionId): boolean {
  for (let at: FunctionId | undefined = inner; at !== undefined; at = facts.functions[at]!.parent) if (at === outer) return true;
  return false;
}
