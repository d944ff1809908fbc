import type { BindingFact, ClassId, FunctionFact, FunctionId, ParameterFact, TypeFact, ValueId } from '../../facts/facts.ts';
import type { Context } from '../lowering/context.ts';
import { lowerExpression, propertyName } from './expressions.ts';
import { hoist } from './hoisting.ts';
import { lowerStatement, lowerStatements } from './statements.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { type Jsdoc, jsdocBefore, readBefore } from './jsdoc.ts';
import { lowerType } from './typeAnnotations.ts';

/** The names that a pattern binds. */
export function patternNames(ctx: Context, node: SyntaxNode | undefined, out: { name: string; at: number }[] = []): { name: string; at: number }[] {
  if (!node) return out;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      out.push({ name: ctx.slice(node), at: node.at });
      break;
    case 'pair_pattern':
      patternNames(ctx, field(node, 'value'), out);
      break;
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      patternNames(ctx, field(node, 'left'), out);
      break;
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
      for (const each of named(node)) patternNames(ctx, each, out);
      break;
    default:
      break;
  }
  return out;
}

/** Gives a value to a pattern whose names are declared: every name gets the part of the value that it names. */
export function assignPattern(ctx: Context, node: SyntaxNode | undefined, value: ValueId, type?: TypeFact): void {
  if (!node) return;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern': {
      const binding = ctx.scope.lookUp(ctx.slice(node));
      if (binding === undefined) return;
      ctx.give(binding, value, type);
      ctx.flow.step({ k: 'bind', binding, value });
      return;
    }
    case 'object_pattern':
      for (const each of named(node)) {
        if (each.type === 'rest_pattern') {
          assignPattern(ctx, named(each)[0], value);
          continue;
        }
        const keyNode = each.type === 'pair_pattern' ? field(each, 'key') : each.type === 'object_assignment_pattern' ? field(each, 'left') : each;
        const target = each.type === 'pair_pattern' ? field(each, 'value') : each;
        if (!keyNode) continue;
        const key = propertyName(ctx, keyNode);
        const memberType = type?.k === 'object' ? type.members[key] : undefined;
        const known = ctx.made(each);
        const part = known ?? ctx.fresh(keyNode, { k: 'member', object: value, name: key, nameAt: keyNode.at, nameTo: keyNode.to });
        ctx.tie(each, part);
        assignPattern(ctx, target, part, memberType);
      }
      return;
    case 'array_pattern': {
      let index = 0;
      let before = node.at;
      for (const each of named(node)) {
        // A place between commas may be left empty: `[, second]`.
        index += ctx.text.slice(before, each.at).split(',').length - 1;
        before = each.to;
        const part = ctx.made(each) ?? (each.type === 'rest_pattern' ? value : indexOf(ctx, each, value, index));
        ctx.tie(each, part);
        assignPattern(ctx, each, part);
      }
      return;
    }
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const fallback = lowerExpression(ctx, field(node, 'right'));
      const left = field(node, 'left');
      const of = ctx.fresh(node, { k: 'choice', op: '??', of: [value, fallback] });
      assignPattern(ctx, left, of, type);
      return;
    }
    case 'rest_pattern':
      assignPattern(ctx, named(node)[0], value);
      return;
    default:
      assignTo(ctx, node, value);
  }
}

function indexOf(ctx: Context, node: SyntaxNode, object: ValueId, index: number): ValueId {
  const key = ctx.fresh(node, { k: 'literal', value: index });
  return ctx.fresh(node, { k: 'index', object, key });
}

/** Assigns to any target expression: a name, a member, a pattern. */
export function assignTo(ctx: Context, target: SyntaxNode, value: ValueId): void {
  switch (target.type) {
    case 'member_expression':
    case 'subscript_expression': {
      const property = field(target, 'property') ?? field(target, 'index');
      const object = lowerExpression(ctx, field(target, 'object'));
      // What works out a key is worked out here as well: `byId[rows[0].Id] = row`.
      if (target.type === 'subscript_expression' && property && !/^(?:string|number|identifier)$/.test(property.type)) lowerExpression(ctx, property);
      const name = property ? propertyName(ctx, property) : '';
      // The member itself is a value too, so that a look at `this.conn` finds where it stands.
      if (target.type === 'member_expression' && property) ctx.value(target, { k: 'member', object, name, nameAt: property.at, nameTo: property.to });
      return ctx.store(target, object, name, value);
    }
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression': {
      const inner = named(target)[0];
      if (inner) assignTo(ctx, inner, value);
      return;
    }
    case 'identifier':
    case 'object_pattern':
    case 'array_pattern':
    case 'assignment_pattern':
      assignPattern(ctx, target, value);
      return;
    default:
  }
}

/** Lowers `const a = 1, { b } = c`. Names are declared by hoisting. */
export function lowerVariables(ctx: Context, node: SyntaxNode): void {
  for (const each of named(node)) {
    if (each.type !== 'variable_declarator') continue;
    const init = field(each, 'value');
    const target = field(each, 'name');
    const type = lowerType(field(each, 'type'), ctx.text) ?? jsdocBefore(ctx.text, each.at)?.type;
    if (init) {
      assignPattern(ctx, target, lowerExpression(ctx, init), type);
    } else if (type && target?.type === 'identifier') {
      const binding = ctx.scope.lookUp(ctx.slice(target));
      if (binding !== undefined) ctx.bindings[binding]!.type = type;
    }
  }
}

/** Lowers a function of any form, once; returns its id. */
export function lowerFunction(ctx: Context, node: SyntaxNode, cls?: ClassId): FunctionId {
  const known = ctx.functionOf.get(node);
  if (known !== undefined) return known;
  const lower = (): FunctionId => lowerAnew(ctx, node, cls);
  const fn = ctx.lowered ? ctx.lowered.lower(ctx, node, cls, readBefore(ctx.text, node.at), lower) : lower();
  ctx.functionOf.set(node, fn);
  return fn;
}

function lowerAnew(ctx: Context, node: SyntaxNode, cls: ClassId | undefined): FunctionId {
  const nameNode = field(node, 'name');
  const arrow = node.type === 'arrow_function';
  const method = node.type === 'method_definition';
  const kind: FunctionFact['kind'] = arrow
    ? 'arrow'
    : !method
      ? 'function'
      : has(node, 'get')
        ? 'getter'
        : has(node, 'set')
          ? 'setter'
          : cls !== undefined && nameNode && ctx.slice(nameNode) === 'constructor'
            ? 'constructor'
            : 'method';
  const ownName = nameNode && propertyName(ctx, nameNode);
  const parent = ctx.frame.fn;
  const id = ctx.functions.length;
  const close = ctx.open(
    {
      ...(ownName === undefined ? {} : { name: ownName }),
      parent,
      ...(cls === undefined ? {} : { cls }),
      kind,
      static: method && has(node, 'static'),
      async: has(node, 'async'),
      generator: node.type.startsWith('generator') || has(node, '*'),
      at: node.at,
      to: node.to,
    },
    arrow ? ctx.frame.cls : cls,
  );
  const fact = ctx.functions[id]!;
  const jsdoc = jsdocBefore(ctx.text, node.at);
  const returns = lowerType(field(node, 'return_type'), ctx.text) ?? jsdoc?.returns;
  if (returns) fact.returns = returns;
  for (const each of node.children) if (each.type === 'decorator') fact.decorators.push(ctx.slice(each));
  const single = field(node, 'parameter');
  const list = field(node, 'parameters');
  if (single) lowerParameter(ctx, fact, id, single, jsdoc);
  else if (list) for (const each of named(list)) lowerParameter(ctx, fact, id, each, jsdoc);
  const body = field(node, 'body');
  if (body?.type === 'statement_block') {
    hoist(ctx, named(body), true);
    lowerStatements(ctx, named(body));
  } else if (body) {
    const value = lowerExpression(ctx, body);
    ctx.flow.end({ k: 'return', value });
  }
  close();
  return id;
}

function lowerParameter(ctx: Context, fact: FunctionFact, fn: FunctionId, node: SyntaxNode, jsdoc: Jsdoc | undefined): void {
  const typed = node.type === 'required_parameter' || node.type === 'optional_parameter';
  let pattern = typed ? field(node, 'pattern') : node;
  if (!pattern || pattern.type === 'decorator' || (pattern.type === 'this' && typed)) return;
  const identifier = pattern.type === 'assignment_pattern' ? field(pattern, 'left') : pattern;
  const type = (typed ? lowerType(field(node, 'type'), ctx.text) : undefined) ?? (identifier?.type === 'identifier' ? jsdoc?.params.get(ctx.slice(identifier)) : undefined);
  const index = fact.params.length;
  const param: ParameterFact = { rest: pattern.type === 'rest_pattern' };
  if (type) param.type = type;
  fact.params.push(param);
  let fallback = typed ? field(node, 'value') : undefined;
  if (pattern.type === 'assignment_pattern') {
    fallback = field(pattern, 'right');
    pattern = field(pattern, 'left');
    if (!pattern) return;
  }
  for (const each of patternNames(ctx, pattern)) {
    const binding = ctx.binding(each.name, 'parameter', each.at, false);
    if (pattern.type === 'identifier') {
      param.name = each.name;
      param.binding = binding;
    }
  }
  let value = ctx.fresh(pattern, { k: 'parameter', fn, index });
  if (fallback) {
    const other = lowerExpression(ctx, fallback);
    value = ctx.fresh(pattern, { k: 'choice', op: '??', of: [value, other] });
  }
  assignPattern(ctx, pattern, value, type);
  // A TypeScript parameter property is a field of the class that the parameter fills.
  const accessibility = typed && (child(node, 'accessibility_modifier') ?? child(node, 'readonly'));
  if (accessibility && fact.cls !== undefined && param.name) {
    ctx.classes[fact.cls]!.fields.push({ name: param.name, value, static: false, ...(type ? { type } : {}) });
  }
}

/** Lowers a class of any form, once; returns its id. */
export function lowerClass(ctx: Context, node: SyntaxNode): ClassId {
  const nameNode = field(node, 'name');
  const id = ctx.classes.length;
  const fact: (typeof ctx.classes)[number] = { at: node.at, to: node.to, methods: [], fields: [], decorators: [] };
  if (nameNode) fact.name = ctx.slice(nameNode);
  ctx.classes.push(fact);
  for (const each of node.children) if (each.type === 'decorator') fact.decorators.push(ctx.slice(each));
  const heritage = child(node, 'class_heritage');
  if (heritage) {
    const clause = child(heritage, 'extends_clause');
    const parent = clause ? field(clause, 'value') : named(heritage)[0];
    if (parent && parent.type !== 'implements_clause') fact.extends = lowerExpression(ctx, parent);
    const interfaces = child(heritage, 'implements_clause');
    if (interfaces) fact.implements = named(interfaces).flatMap((each) => lowerType(each, ctx.text) ?? []);
  }
  const body = field(node, 'body');
  const pending: SyntaxNode[] = [];
  for (const each of body ? body.children : []) {
    if (each.type === 'decorator') {
      pending.push(each);
      continue;
    }
    if (!each.named) continue;
    lowerMemberOfClass(ctx, id, each, pending);
    pending.length = 0;
  }
  return id;
}

function lowerMemberOfClass(ctx: Context, cls: ClassId, node: SyntaxNode, decorators: SyntaxNode[]): void {
  const fact = ctx.classes[cls]!;
  if (node.type === 'method_definition') {
    const nameNode = field(node, 'name');
    const applied = decorators.flatMap((each) => {
      const written = named(each)[0];
      return written && isOfWorkspace(ctx, written) ? [{ node: each, callee: lowerExpression(ctx, written) }] : [];
    });
    const fn = lowerFunction(ctx, node, cls);
    ctx.functions[fn]!.decorators.push(...decorators.map((each) => ctx.slice(each)));
    let value = applied.length > 0 ? ctx.fresh(node, { k: 'function', fn }) : -1;
    for (const each of applied.reverse()) value = ctx.fresh(each.node, { k: 'call', callee: each.callee, args: [value], construct: false, decorates: true });
    if (nameNode) fact.methods.push({ name: propertyName(ctx, nameNode), fn, static: has(node, 'static') });
  } else if (node.type === 'field_definition' || node.type === 'public_field_definition') {
    const nameNode = field(node, 'property') ?? field(node, 'name');
    if (!nameNode) return;
    const init = field(node, 'value');
    const type = lowerType(field(node, 'type'), ctx.text) ?? jsdocBefore(ctx.text, node.at)?.type;
    const saved = ctx.frame.cls;
    ctx.frame.cls = cls;
    const value = init ? lowerExpression(ctx, init) : undefined;
    ctx.frame.cls = saved;
    fact.fields.push({ name: propertyName(ctx, nameNode), static: has(node, 'static'), ...(value === undefined ? {} : { value }), ...(type ? { type } : {}) });
    const arrow = value === undefined ? undefined : ctx.values[value];
    if (arrow?.k === 'function') {
      const fn = ctx.functions[arrow.fn]!;
      fn.name ??= propertyName(ctx, nameNode);
      fn.cls ??= cls;
      fact.methods.push({ name: propertyName(ctx, nameNode), fn: arrow.fn, static: has(node, 'static') });
    }
  } else if (node.type === 'class_static_block') {
    const block = field(node, 'body') ?? named(node)[0];
    if (block) lowerStatement(ctx, block);
  }
}

/** How modules are named that are no packages. */
const OWN_MODULE = /^(?:\.|\/|@\/|~|#|src\/)/;

/** Whether a decorator is made in this file, or in another one of the same program: of a package's, what is written above the method says all that is known. */
function isOfWorkspace(ctx: Context, written: SyntaxNode): boolean {
  let root: SyntaxNode | undefined = written;
  while (root && root.type !== 'identifier') root = field(root, 'function') ?? field(root, 'object');
  const binding = root ? ctx.scope.lookUp(ctx.slice(root)) : undefined;
  if (binding === undefined) return false;
  const { import: imported } = ctx.bindings[binding]!;
  return imported === undefined || OWN_MODULE.test(ctx.imports[imported]!.module);
}

/** Declares names of one kind at a place. */
export function declare(ctx: Context, names: { name: string; at: number }[], kind: BindingFact['kind'], constant: boolean): void {
  for (const each of names) if (ctx.scope.own(each.name) === undefined) ctx.binding(each.name, kind, each.at, constant);
}
