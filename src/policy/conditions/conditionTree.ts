/** What can be read off the tree of a CEL expression. */
import { isDeepStrictEqual } from 'node:util';
import type { ASTNode } from '@marcbachmann/cel-js';

export function conjuncts(node: ASTNode): readonly ASTNode[] {
  if (node.op !== '&&') return [node];
  return childrenOf(node).flatMap(conjuncts);
}

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  const args: unknown = node.args;
  const list: readonly unknown[] = Array.isArray(args) ? args.flat(2) : [args];
  return list.filter(isNode);
}

export function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'start' in value;
}

export function nodesOf(node: ASTNode): readonly ASTNode[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

/** But for where its parts stand in their source. */
export function isSameTree(one: ASTNode, other: ASTNode): boolean {
  return isDeepStrictEqual(bare(one), bare(other));
}

function bare(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(bare);
  return isNode(part) ? { op: part.op, args: bare(part.args) } : part;
}

export function functionName(node: ASTNode): string {
  const args: unknown = node.args;
  const isCall = node.op === 'rcall' || node.op === 'call';
  return isCall && Array.isArray(args) && typeof args[0] === 'string' ? args[0] : '';
}

/** `order.status`; null for anything else than a name and its fields. */
export function pathOf(node: ASTNode): string | null {
  const args: unknown = node.args;
  if (node.op === 'id') return typeof args === 'string' ? args : null;
  if (node.op !== '.' || !Array.isArray(args)) return null;
  const parts: readonly unknown[] = args;
  const [target, field] = parts;
  const parent = isNode(target) ? pathOf(target) : null;
  return parent !== null && typeof field === 'string' ? `${parent}.${field}` : null;
}
