import type { FileFacts, FunctionFact, HandlerFact, StepFact, TypeFact, ValueId } from '../../server/src/facts/facts.ts';

/**
 * The facts of a file as text that a person can write: no positions, no ids. Blocks are numbered as they are met from the entry on; a block that only goes on
 * to another of the same surroundings has no number.
 */
export function writeFacts(facts: FileFacts): string {
  const lines: string[] = [];
  for (const each of facts.imports) {
    const name = each.binding === undefined ? '' : ` as ${facts.bindings[each.binding]!.name}`;
    lines.push(`import ${each.imported || '-'} from ${each.module}${name}`);
  }
  for (const cls of facts.classes) {
    lines.push(`class ${cls.name ?? '-'}${cls.extends === undefined ? '' : ` extends ${valueText(facts, cls.extends)}`}`);
    for (const each of cls.fields) lines.push(`  field ${each.name}${each.type ? `: ${typeText(each.type)}` : ''}${each.value === undefined ? '' : ` = ${valueText(facts, each.value)}`}`);
  }
  for (const fn of facts.functions) lines.push(...functionLines(facts, fn));
  const exported = facts.exports.map((each) => each.name);
  if (exported.length > 0) lines.push(`export ${exported.join(' ')}`);
  return `${lines.join('\n')}\n`;
}

function functionLines(facts: FileFacts, fn: FunctionFact): string[] {
  const params = fn.params.map((each) => `${each.rest ? '...' : ''}${each.name ?? '-'}${each.type ? `: ${typeText(each.type)}` : ''}`).join(', ');
  const words = [fn.async && fn.kind !== 'module' ? 'async ' : '', fn.generator ? 'generator ' : '', fn.kind === 'arrow' ? 'function' : fn.kind].join('');
  const ends = `${fn.returns ? `: ${typeText(fn.returns)}` : ''}${fn.throws ? ` throws ${fn.throws.map(typeText).join(', ')}` : ''}`;
  const out = [`${words}${fn.kind === 'module' ? '' : ` ${fn.name ?? '-'}(${params})${ends}`}`];
  const blocks = new Blocks(fn);
  blocks.number(0);
  for (let id = blocks.next(); id !== undefined; id = blocks.next()) {
    const block = fn.blocks[id]!;
    const handler = fn.handlers.find((each) => each.entry === id);
    const loop = fn.loops.find((each) => each.head === id);
    const marks = [
      handler ? catchText(facts, handler, blocks) : '',
      loop ? `${loop.kind} loop` : '',
      block.onThrow === undefined ? '' : `on error ${blocks.number(block.onThrow)}`,
    ].filter((each) => each !== '');
    out.push(`  ${blocks.number(id)}:${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`);
    for (const step of block.steps) out.push(...stepLines(facts, step));
    out.push(`    ${terminator(facts, fn, id, blocks)}`);
  }
  return out;
}

/** Numbers in the order in which blocks are met. */
class Blocks {
  private readonly fn: FunctionFact;
  private readonly order: number[] = [];
  private written = 0;

  constructor(fn: FunctionFact) {
    this.fn = fn;
  }

  /** The number of a block, 1-based: of the first after it that does something. */
  number(from: number): number {
    let id = from;
    for (let steps = 0; steps < this.fn.blocks.length; steps++) {
      const block = this.fn.blocks[id]!;
      const marked = this.fn.loops.some((each) => each.head === id) || this.fn.handlers.some((each) => each.entry === id);
      if (block.steps.length > 0 || block.next.k !== 'goto' || marked) break;
      id = block.next.to;
    }
    if (!this.order.includes(id)) this.order.push(id);
    return this.order.indexOf(id) + 1;
  }

  next(): number | undefined {
    return this.order[this.written++];
  }
}

function catchText(facts: FileFacts, handler: HandlerFact, blocks: Blocks): string {
  const classes = handler.classes ? ` ${handler.classes.map((each) => valueText(facts, each)).join(' | ')}` : '';
  const filter = handler.filter === undefined ? '' : ` when ${valueText(facts, handler.filter)}`;
  return `catch${classes}${filter}${handler.otherwise === undefined ? '' : `, else ${blocks.number(handler.otherwise)}`}`;
}

function stepLines(facts: FileFacts, step: StepFact): string[] {
  switch (step.k) {
    case 'call':
      return [`    call ${valueText(facts, step.value)}`];
    case 'await':
      return [`    ${valueText(facts, step.value)}`];
    case 'bind':
      return facts.bindings[step.binding]!.kind === 'parameter' ? [] : [`    ${facts.bindings[step.binding]!.name} = ${valueText(facts, step.value)}`];
    case 'store':
      return [`    ${valueText(facts, step.object)}.${step.name} = ${valueText(facts, step.value)}`];
    case 'yield':
      return [`    ${valueText(facts, step.value)}`];
    case 'drop':
      return [];
  }
}

function terminator(facts: FileFacts, fn: FunctionFact, id: number, blocks: Blocks): string {
  const { next } = fn.blocks[id]!;
  switch (next.k) {
    case 'goto':
      return `to ${blocks.number(next.to)}`;
    case 'branch':
      return `if ${valueText(facts, next.test)} to ${blocks.number(next.then)} else ${blocks.number(next.else)}`;
    case 'iterate':
      return `for each of ${valueText(facts, next.over)} to ${blocks.number(next.body)} then ${blocks.number(next.done)}`;
    case 'return':
      return next.value === undefined ? 'return' : `return ${valueText(facts, next.value)}`;
    case 'throw':
      return `throw ${valueText(facts, next.value)}`;
    case 'resume':
      return 'resume';
    case 'end':
      return 'end';
  }
}

function typeText(type: TypeFact): string {
  switch (type.k) {
    case 'ref':
      return type.args.length > 0 ? `${type.name}<${type.args.map(typeText).join(', ')}>` : type.name;
    case 'array':
      return `${typeText(type.of)}[]`;
    case 'union':
      return type.of.map(typeText).join(' | ');
    default:
      return type.k;
  }
}

function valueText(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id]!;
  const text = (each: ValueId): string => valueText(facts, each);
  switch (value.k) {
    case 'binding':
      return facts.bindings[value.binding]!.name;
    case 'global':
      return value.name;
    case 'literal':
      return JSON.stringify(value.value);
    case 'template':
      return `template(${value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : text(part))).join(', ')})`;
    case 'member':
      return `${text(value.object)}.${value.name}`;
    case 'index':
      return `${text(value.object)}[${text(value.key)}]`;
    case 'call':
      return `${value.construct ? 'new ' : ''}${text(value.callee)}(${[...value.args, ...(value.named === undefined ? [] : [value.named])].map(text).join(', ')})${value.protocol ? `:${value.protocol}` : ''}`;
    case 'await':
      return `await ${text(value.of)}`;
    case 'function':
      return facts.functions[value.fn]!.name ?? 'function';
    case 'array':
      return `[${[...value.items.map(text), ...value.spreads.map((each) => `...${text(each)}`)].join(', ')}]`;
    case 'object':
      return `{${[...value.props.map((each) => `${each.key}: ${text(each.value)}`), ...value.spreads.map((each) => `...${text(each)}`)].join(', ')}}`;
    case 'operator':
      return `${value.op}(${value.of.map(text).join(', ')})`;
    case 'choice':
      return `choice ${value.op}(${value.of.map(text).join(', ')})`;
    case 'element':
      return `element of ${text(value.of)}`;
    case 'parameter':
      return facts.functions[value.fn]!.params[value.index]?.name ?? '-';
    case 'caught':
      return 'caught';
    case 'typed':
      return `${text(value.of)} as ${typeText(value.type)}`;
    case 'assign':
      return text(value.of);
    default:
      return value.k;
  }
}
