import { clients, type ClientMethod, type ClientModel, type Language, onceForEntries } from '../../../catalog/index.ts';
import type { CallValue, FileFacts } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';
import { textsOf } from './texts.ts';
import type { Types } from './types.ts';

/** An operation that a call names in an address: `template.requestBody("salesforce:limits", null)`. */
export interface EndpointCall {
  client: ClientModel;
  method: string;
  variant: ClientMethod;
}

const withEndpoints = onceForEntries(() => new Map<string, readonly ClientModel[]>());

function modelsOf(language: string): readonly ClientModel[] {
  let models = withEndpoints().get(language);
  if (!models) withEndpoints().set(language, (models = clients(language as Language).filter((each) => each.endpoints)));
  return models;
}

/** The operation that a call names in an address, if it sends to one or makes it a step of a route. */
export function endpointCall(types: Types, path: string, call: CallValue, facts: FileFacts): EndpointCall | undefined {
  const models = modelsOf(facts.language);
  const address = call.args[0];
  if (models.length === 0 || address === undefined || call.construct) return undefined;
  const name = lastName(facts, call.callee) ?? '';
  for (const client of models) {
    const { scheme, operations, senders, steps, topics } = client.endpoints!;
    const isStep = steps.includes(name);
    if (!isStep && !senders.includes(name)) continue;
    const named = new Set(textsOf(types, path, address).map((text) => (text.startsWith(`${scheme}:`) ? /^[^:]+:([\w-]+)/.exec(text)?.[1] : undefined)));
    const [written] = named;
    // What begins a route and is no operation is the name of a topic.
    const operation = written === undefined || Object.hasOwn(operations, written) || !topics?.steps.includes(name) ? written : topics.operation;
    const variant = named.size === 1 && operation !== undefined && Object.hasOwn(operations, operation) ? operations[operation]![0] : undefined;
    // What a step of a route does about a failure stands in the route, which is no function.
    if (variant) return { client, method: operation!, variant: isStep ? { ...variant, lazy: true, events: true } : variant };
  }
  return undefined;
}
