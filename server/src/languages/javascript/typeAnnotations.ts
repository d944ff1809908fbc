import type { TypeFact } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';

/** Lowers a TypeScript type, keeping what can carry a class: names, generics, unions, arrays, object members, function results. */
export function lowerType(node: SyntaxNode | undefined, text: string): TypeFact | undefined {
  if (!node) return undefined;
  // `import('jsforce').Connection`, with or without arguments of its own.
  const imported = /^import\(\s*(['"])([^'"]+)\1\s*\)\s*\.\s*([\w$.]+)$/.exec(text.slice(node.at, Math.min(node.to, node.at + 300)));
  if (imported) return { k: 'ref', name: `import('${imported[2]}').${imported[3]}`, args: [] };
  const inner = (): TypeFact | undefined => lowerType(named(node)[0], text);
  switch (node.type) {
    case 'type_annotation':
    case 'parenthesized_type':
    case 'readonly_type':
    case 'optional_type':
    case 'rest_type':
      return inner();
    case 'type_identifier':
    case 'identifier':
    case 'nested_type_identifier':
    case 'nested_identifier':
    case 'member_expression':
      return { k: 'ref', name: text.slice(node.at, node.to).replace(/\s+/g, ''), args: [] };
    case 'generic_type': {
      const name = field(node, 'name') ?? named(node)[0];
      const args = field(node, 'type_arguments') ?? node.children.find((each) => each.type === 'type_arguments');
      if (!name) return undefined;
      return {
        k: 'ref',
        name: text.slice(name.at, name.to).replace(/\s+/g, ''),
        args: args ? named(args).flatMap((each) => lowerType(each, text) ?? []) : [],
      };
    }
    case 'union_type':
    case 'intersection_type': {
      const of = named(node).flatMap((each) => lowerType(each, text) ?? []);
      return of.length === 1 ? of[0] : { k: 'union', of };
    }
    case 'array_type': {
      return { k: 'array', of: inner() ?? { k: 'ref', name: 'unknown', args: [] } };
    }
    case 'object_type':
    case 'interface_body': {
      const members: Record<string, TypeFact> = Object.create(null);
      for (const each of named(node)) {
        const name = field(each, 'name');
        if (!name) continue;
        const key = text.slice(name.at, name.to);
        if (each.type === 'property_signature') {
          const type = lowerType(field(each, 'type'), text);
          if (type) members[key] = type;
        } else if (each.type === 'method_signature') {
          members[key] = { k: 'function', returns: lowerType(field(each, 'return_type'), text), params: [] };
        }
      }
      return { k: 'object', members };
    }
    case 'function_type': {
      const params = field(node, 'parameters');
      return {
        k: 'function',
        returns: lowerType(field(node, 'return_type'), text),
        params: params ? named(params).map((each) => lowerType(field(each, 'type'), text)) : [],
      };
    }
    case 'type_query': {
      const name = named(node)[0];
      return name && ['identifier', 'member_expression'].includes(name.type) ? { k: 'value', name: text.slice(name.at, name.to).replace(/\s+/g, '') } : undefined;
    }
    default:
      return undefined;
  }
}
