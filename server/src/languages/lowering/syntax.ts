import type { Language, Parser, Tree } from '@vscode/tree-sitter-wasm';

/** A node of the concrete syntax tree as a plain object: cheap to walk, free of the parser's memory. */
export interface SyntaxNode {
  type: string;
  /** Whether the grammar names it; keywords and punctuation are not named. */
  named: boolean;
  field: string | null;
  at: number;
  to: number;
  children: readonly SyntaxNode[];
  /** The value that a lowering has made of it, and which lowering: kept here, for a look-up beside the tree costs more than the lowering itself. */
  made: number;
  by: unknown;
}

/** Thrown when a file is nested deeper than any program that people write; the file is then reported as failed. */
export class NestingError extends Error {}

const NONE: SyntaxNode[] = [];

/** Levels of syntax at which we stop: far above real code, far below the stack's end. */
const MAX_DEPTH = 900;

/** What a grammar says of its node types, by their ids: looked up once, for asking the parser of every node is dear. */
interface NodeTypes {
  names: string[];
  named: boolean[];
  /** Whether nothing is ever asked of such a node: comments, and signs that only part others. */
  silent: boolean[];
  /** Whether such a node may be large, so that it pays to know it again after an edit. */
  large: boolean[];
  /** Whether nothing that is named, and nothing that anybody asks for, stands in such a node. */
  plain: boolean[];
}

/** Signs that say nothing which the node around them does not. They are half of all nodes. */
const SIGNS = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', '=', '=>', "'", '"', '`', '${']);

/** Names, numbers and pieces of texts: every other node that is copied is one of them. */
const PLAIN = new Set(['identifier', 'property_identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern', 'type_identifier', 'statement_identifier', 'private_property_identifier', 'number', 'string_fragment']);

const nodeTypes = new WeakMap<Language, NodeTypes>();

function typesOf(language: Language): NodeTypes {
  let types = nodeTypes.get(language);
  if (!types) {
    types = { names: [], named: [], silent: [], large: [], plain: [] };
    for (let id = 0; id < language.nodeTypeCount; id++) {
      const name = language.nodeTypeForId(id) ?? 'ERROR';
      const named = language.nodeTypeIsNamed(id);
      types.names.push(name);
      types.named.push(named);
      types.large.push(/(?:statement|declaration|definition)$/.test(name));
      types.plain.push(!named || PLAIN.has(name));
      types.silent.push(named ? /^(?:\w+_)?comment$/.test(name) : SIGNS.has(name));
    }
    nodeTypes.set(language, types);
  }
  return types;
}

/** Puts a node right where the grammar reads it as no compiler does. */
export type Correction = (node: SyntaxNode) => SyntaxNode;

/** A tree as plain objects, and whether the parser had to skip anything in the text. */
export interface CopiedTree {
  root: SyntaxNode;
  damaged: boolean;
}

/** Copies of larger nodes, by the place where the parser keeps them: while a tree lives, another one has the same node there if it has taken it over. */
export type CopiedParts = Map<number, { node: SyntaxNode; depth: number }>;

/**
 * Copies a tree out of the parser's memory. Positions are UTF-16 offsets.
 * @param correct puts nodes right, each after its children; undefined where the grammar is right
 * @param parts `known`: copies made of a tree that still lives, which this one grew out of; they are used up. `made`: filled with the copies of this tree
 */
export function copyTree(tree: Tree, correct: Correction | undefined, parts?: { known: CopiedParts | undefined; made: CopiedParts }): CopiedTree {
  const cursor = tree.walk();
  const { names, named, silent, large, plain } = typesOf(tree.language);
  const fieldNames = tree.language.fields;
  const pending: SyntaxNode[] = [];
  const visit = (id: number, depth: number): SyntaxNode => {
    if (depth > MAX_DEPTH) throw new NestingError('nested too deeply to analyse');
    const place = parts && large[id] ? cursor.nodeId : 0;
    const known = place === 0 ? undefined : parts?.known?.get(place);
    const node: SyntaxNode = { type: names[id] ?? 'ERROR', named: named[id] ?? true, field: fieldNames[cursor.currentFieldId] ?? null, at: cursor.startIndex, to: cursor.endIndex, children: NONE, made: 0, by: undefined };
    if (place !== 0) {
      parts!.made.set(place, { node, depth });
      if (known && known.depth === depth && known.node.type === node.type) {
        node.children = known.node.children;
        const shift = node.at - known.node.at;
        if (shift !== 0) for (const each of node.children) move(each, shift);
        return node;
      }
    }
    // Each question to the parser costs as much as all else that is done here.
    if (plain[id] !== true && cursor.gotoFirstChild()) {
      const first = pending.length;
      do {
        const child = cursor.nodeTypeId;
        if (!silent[child]) pending.push(visit(child, depth + 1));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
      // A list that grows takes several times the room that most nodes' children need.
      if (pending.length > first) node.children = pending.slice(first);
      pending.length = first;
    }
    return correct ? correct(node) : node;
  };
  try {
    return { root: visit(cursor.nodeTypeId, 0), damaged: tree.rootNode.hasError };
  } finally {
    cursor.delete();
  }
}

function move(node: SyntaxNode, shift: number): void {
  node.at += shift;
  node.to += shift;
  for (const each of node.children) move(each, shift);
}

/** Parses with a parser that already has its language. @throws SlowParseError, NestingError */
export function parse(parser: Parser, text: string, correct: Correction | undefined): CopiedTree {
  const tree = treeOf(parser, text);
  try {
    return copyTree(tree, correct);
  } finally {
    tree.delete();
  }
}

/** Thrown when a text takes the parser longer than any program does: the way past errors is tried in so many ways that time and memory end. */
export class SlowParseError extends Error {}

/** Longest time of the processor for one text, in milliseconds; the longest programs take a tenth of it. */
const MAX_PARSE = 5_000;

/** The tree of a text, in the parser's memory. @param before the tree of an earlier text, with the edit told to it @throws SlowParseError */
export function treeOf(parser: Parser, text: string, before?: Tree): Tree {
  const start = performance.now();
  let used: NodeJS.CpuUsage | undefined;
  const isOver = (): boolean => {
    // Asking takes as long as parsing a small file: most texts are done before.
    const passed = performance.now() - start;
    if (passed < MAX_PARSE / 100) return false;
    used ??= process.cpuUsage();
    if (passed < MAX_PARSE) return false;
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 1000 > MAX_PARSE;
  };
  const tree = parser.parse(text, before, { progressCallback: isOver });
  if (tree) return tree;
  // What was begun would be gone on with at the next text.
  parser.reset();
  throw new SlowParseError(`left out: parsing it took longer than ${MAX_PARSE / 1000} s`);
}

/** The first child in this field. */
export function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const child of node.children) if (child.field === name) return child;
  return undefined;
}

/** All children in this field. */
export function fields(node: SyntaxNode, name: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === name);
}

/** Named children. */
export function named(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

/** The first child of this type, named or not. */
export function child(node: SyntaxNode, type: string): SyntaxNode | undefined {
  for (const each of node.children) if (each.type === type) return each;
  return undefined;
}

/** Whether a keyword or sign stands directly in the node. */
export function has(node: SyntaxNode, token: string): boolean {
  return node.children.some((each) => !each.named && each.type === token);
}
