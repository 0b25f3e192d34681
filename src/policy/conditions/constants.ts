/** Words in a condition that the fact beside them can never be: `order.status == "shiped"`, `"angry" in signals`. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf, functionName, isNode, pathOf } from './conditionTree';
import { entryShapes, factShapes } from '../facts/facts';
import { factValues } from '../facts/factValues';
import { didYouMean, listNames } from '../policyError';

/** What goes through a list and gives each entry a name. */
export const macros: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];

interface WrongConstant {
  /** From 0, within the expression. */
  readonly offset: number;
  readonly message: string;
}

/** Whose values a name within a macro has: `parcel` is a `Parcel`, an entry of `signals` is one of `signals`. */
type Names = Readonly<Record<string, string>>;

/** @param intents - the policy's; null: anything goes for `intent`. */
export function findWrongConstant(tree: ASTNode, intents: readonly string[] | null): WrongConstant | null {
  return search(tree, {}, intents === null ? factValues : { ...factValues, intent: [...intents, ''] });
}

function search(
  node: ASTNode,
  names: Names,
  values: Readonly<Record<string, readonly string[]>>,
): WrongConstant | null {
  const args: unknown = node.args;
  const [left, right] = Array.isArray(args) ? args.filter(isNode) : [];
  if (left !== undefined && right !== undefined && ['==', '!=', 'in'].includes(node.op)) {
    const wrong = compare(left, right, names, values) ?? compare(right, left, names, values);
    if (wrong !== null) return wrong;
  }
  const wrongCase = capitalsAsked(node);
  if (wrongCase !== null) return wrongCase;
  const inner = { ...names, ...namesIn(node, names) };
  for (const child of childrenOf(node)) {
    const wrong = search(child, inner, values);
    if (wrong !== null) return wrong;
  }
  return null;
}

function compare(
  fact: ASTNode,
  other: ASTNode,
  names: Names,
  values: Readonly<Record<string, readonly string[]>>,
): WrongConstant | null {
  const path = pathOf(fact);
  if (path === null) return null;
  const [root = '', ...fields] = path.split('.');
  const known = Object.hasOwn(names, root) ? [names[root], ...fields].join('.') : path;
  const allowed = Object.hasOwn(values, known) ? values[known] : undefined;
  if (allowed === undefined) return null;
  const constants = other.op === 'list' ? childrenOf(other) : [other];
  for (const { op, args, start } of constants) {
    if (op !== 'value' || typeof args !== 'string' || allowed.includes(args)) continue;
    const words = allowed.filter((word) => word !== '');
    const also = allowed.includes('') ? ', or "" where there is none' : '';
    return {
      offset: start,
      message: `compares ${path} with "${args}", which it never is. Allowed: ${listNames(words)}${also}.${didYouMean(args, words)}`,
    };
  }
  return null;
}

/** `message.text.contains("Tandem")`: the fact is in lower case. */
function capitalsAsked(node: ASTNode): WrongConstant | null {
  const args: unknown = node.args;
  if (node.op !== 'rcall' || macros.includes(functionName(node)) || !Array.isArray(args)) return null;
  const parts: readonly unknown[] = args;
  const [, text, inner] = parts;
  const [asked] = Array.isArray(inner) ? inner.filter(isNode) : [];
  if (!isNode(text) || pathOf(text) !== 'message.text' || asked === undefined) return null;
  const { op, args: word, start } = asked;
  if (op !== 'value' || typeof word !== 'string' || word === word.toLowerCase()) return null;
  const message = `looks for "${word}" in message.text, which is in lower case. Write "${word.toLowerCase()}"`;
  return { offset: start, message };
}

/** `order.parcels.all(parcel, ...)`: within it, `parcel` is an entry of `order.parcels`. */
function namesIn(node: ASTNode, names: Names): Names {
  const args: unknown = node.args;
  if (node.op !== 'rcall' || !macros.includes(functionName(node)) || !Array.isArray(args)) return {};
  const parts: readonly unknown[] = args;
  const [, list, inner] = parts;
  const variable: unknown = Array.isArray(inner) ? inner[0] : null;
  const name = isNode(variable) ? pathOf(variable) : null;
  const path = isNode(list) ? pathOf(list) : null;
  if (name === null || path === null) return {};
  const entry = Object.hasOwn(names, path.split('.')[0] ?? '') ? null : entryTypeOf(path);
  return { [name]: entry ?? path };
}

/** `Parcel` for `order.parcels`; null for a list of plain text, or no list. */
export function entryTypeOf(path: string): string | null {
  const [root = '', field] = path.split('.');
  const shape = Object.entries(factShapes).find(([name]) => name === root)?.[1];
  if (typeof shape !== 'object' || field === undefined) return null;
  const type = Object.entries(shape).find(([name]) => name === field)?.[1];
  return Object.keys(entryShapes).find((name) => type === `list<${name}>`) ?? null;
}
