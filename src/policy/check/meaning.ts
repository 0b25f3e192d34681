/** When a rule matches, as far as its condition says so in so many words. */
import { serialize, type ASTNode } from '@marcbachmann/cel-js';
import type { Condition } from '../conditions/conditions';
import { childrenOf, conjuncts, pathOf } from '../conditions/conditionTree';
import type { PlacedRule } from './policyRules';

/** One thing that must be so: that a fact is one of some words, or some other words of CEL. */
export interface Claim {
  readonly text: string;
  /** Of which fact, and which words. */
  readonly oneOf: { readonly path: string; readonly values: readonly string[] } | null;
}

/** Any of these, and of each all. */
export type Alternatives = readonly (readonly Claim[])[];

/** More alternatives than a rule that people wrote has. */
const maxAlternatives = 64;

export function meaningOf({ rule, intent }: PlacedRule): Alternatives {
  const alternatives = meaningOfCondition(rule.condition);
  if (intent === null) return alternatives;
  const claim: Claim = { text: '', oneOf: { path: 'intent', values: [intent] } };
  return alternatives.map((claims) => [...claims, claim]);
}

/** @param condition - null: always. */
export function meaningOfCondition(condition: Condition | null): Alternatives {
  return condition === null || condition.always ? [[]] : alternativesOf(condition.tree);
}

function alternativesOf(node: ASTNode): Alternatives {
  if (node.op === '||') {
    const all = childrenOf(node).flatMap(alternativesOf);
    return all.length > maxAlternatives ? [[claimOf(node)]] : all;
  }
  if (node.op !== '&&') return [[claimOf(node)]];
  const product = conjuncts(node).reduce<Alternatives>(
    (left, part) => {
      const right = alternativesOf(part);
      return left.length * right.length > maxAlternatives
        ? left.map((claims) => [...claims, claimOf(part)])
        : left.flatMap((claims) => right.map((more) => [...claims, ...more]));
    },
    [[]],
  );
  return product;
}

function claimOf(node: ASTNode): Claim {
  const text = serialize(node);
  const [left, right] = childrenOf(node);
  if (left === undefined || right === undefined) return { text, oneOf: null };
  if (node.op === '==') {
    const path = pathOf(left) ?? pathOf(right);
    const value = textOf(right) ?? textOf(left);
    return { text, oneOf: path === null || value === null ? null : { path, values: [value] } };
  }
  if (node.op !== 'in' || right.op !== 'list') return { text, oneOf: null };
  const path = pathOf(left);
  const values = childrenOf(right).map(textOf);
  const words = values.filter((value) => value !== null);
  return { text, oneOf: path === null || words.length < values.length ? null : { path, values: words } };
}

function textOf({ op, args }: ASTNode): string | null {
  return op === 'value' && typeof args === 'string' ? args : null;
}
