import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { receiverText } from '../resolve/evidence.ts';
import { type SalesforceCall, salesforceCalls } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';

/** What ends a bulk job whose rows a call sends. `never`: nothing. `on-success`: only what comes after everything has gone well. `unseen`: it is not known. */
export type JobEnd = 'never' | 'on-success' | 'always' | 'unseen';

const JOB = /Job|Batch/;

const ENDS = ['close', 'abort', 'delete'];

/** Looks for what ends the job of a call that sends rows to one; undefined for other calls. */
export function jobEndOf(types: Types, call: SalesforceCall): JobEnd | undefined {
  if (call.operation.id !== 'bulk.batch.add' && call.operation.id !== 'bulk2.job.upload') return undefined;
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  const callee = value.k === 'call' ? facts.values[value.callee] : undefined;
  const job = callee?.k === 'member' ? jobOf(facts, callee.object) : undefined;
  const binding = job === undefined ? undefined : facts.values[job];
  const named = namedJobEnd(types, call);
  if (named !== undefined) return named;
  // A job that comes from elsewhere, or is given away, may be ended there.
  if (job === undefined || binding?.k !== 'binding' || facts.bindings[binding.binding]!.kind !== 'variable' || leaves(facts, binding.binding)) return 'unseen';
  // Where a job is only named to the client, who knows it can end it.
  if (types.of(call.path, job).some((type) => type.k === 'client' && !JOB.test(type.type))) return 'unseen';
  const text = receiverText(facts, job);
  const closes = ENDS.flatMap((name) => indexOf(facts).callsByName.get(name) ?? []).filter((id) => {
    const close = facts.values[id]!;
    const target = close.k === 'call' ? facts.values[close.callee] : undefined;
    return target?.k === 'member' && receiverText(facts, target.object) === text;
  });
  if (closes.length === 0) return 'never';
  return closes.every((id) => isPlain(facts, id, value.in)) ? 'on-success' : 'always';
}

/** The same of a job that is made in the function around, and named to the client by each call that is about it. */
function namedJobEnd(types: Types, call: SalesforceCall): JobEnd | undefined {
  const facts = types.program.get(call.path)!;
  const calls = new Map(salesforceCalls(types, call.path).map((each) => [each.value, each]));
  const fn = facts.values[call.value]!.in;
  for (const id of call.args) {
    const value = facts.values[id]!;
    const binding = value.k === 'binding' ? facts.bindings[value.binding]! : undefined;
    if (value.k !== 'binding' || binding?.kind !== 'variable' || binding.in !== fn || binding.sources.length !== 1) continue;
    if (calls.get(waitedFor(facts, binding.sources[0]!))?.operation.id !== 'bulk.job.create') continue;
    const about = givenTo(facts, indexOf(facts).bindingUses[value.binding] ?? []);
    if (!about || !about.every((each) => calls.has(each))) return 'unseen';
    const ends = about.filter((each) => calls.get(each)!.operation.id === 'bulk.job.change');
    if (ends.length === 0) return 'never';
    return ends.every((each) => isPlain(facts, each, fn)) ? 'on-success' : 'always';
  }
  return undefined;
}

/** What is waited for. */
function waitedFor(facts: FileFacts, id: ValueId): ValueId {
  const value = facts.values[id]!;
  return value.k === 'await' || value.k === 'typed' || value.k === 'assign' ? waitedFor(facts, value.of) : id;
}

/** The calls that are given a value, or a part of it; undefined where it goes anywhere else. */
function givenTo(facts: FileFacts, uses: readonly ValueId[], depth = 0): ValueId[] | undefined {
  const out: ValueId[] = [];
  for (const use of uses) {
    for (const consumer of indexOf(facts).consumers[use] ?? []) {
      if (consumer.k === 'drop' || consumer.k === 'test') continue;
      const parent = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
      if (consumer.k !== 'value' || !parent || depth > 4) return undefined;
      if (parent.k === 'call' && parent.callee !== use) out.push(consumer.value);
      else if (parent.k !== 'call' && parent.k !== 'member' && parent.k !== 'object') return undefined;
      else {
        const further = givenTo(facts, [consumer.value], depth + 1);
        if (!further) return undefined;
        out.push(...further);
      }
    }
  }
  return out;
}

/** The job that rows are sent to: the receiver, or what a batch was made of. */
function jobOf(facts: FileFacts, receiver: ValueId): ValueId | undefined {
  const value = facts.values[receiver]!;
  const made = value.k === 'call' ? value : value.k === 'binding' ? facts.values[facts.bindings[value.binding]!.sources[0] ?? -1] : undefined;
  const callee = made?.k === 'call' ? facts.values[made.callee] : undefined;
  if (callee?.k === 'member' && (callee.name === 'createBatch' || callee.name === 'batch')) return callee.object;
  return value.k === 'binding' ? receiver : undefined;
}

function leaves(facts: FileFacts, binding: number): boolean {
  return (indexOf(facts).bindingUses[binding] ?? []).some((use) =>
    (indexOf(facts).consumers[use] ?? []).some((consumer) => consumer.k !== 'drop' && consumer.k !== 'test' && !(consumer.k === 'value' && facts.values[consumer.value]!.k === 'member')),
  );
}

/** Whether a call stands in the same function as the sending one, and in neither a catch clause nor a finally block. */
function isPlain(facts: FileFacts, id: ValueId, fn: number): boolean {
  if (facts.values[id]!.in !== fn) return false;
  const blocks = facts.functions[fn]!.blocks.filter((block) => block.steps.some((step) => step.k === 'call' && step.value === id));
  return blocks.length === 1 && blocks[0]!.handler === undefined;
}
