/**
 * Amounts taken for whole units where they are cents: printed as they are (`{{ order.total }}` is 4900), or compared with
 * what has decimals (`order.total > 50.00` is more than half a euro).
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf, pathOf } from '../conditions/conditionTree';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

const amount = /\.(?:total|refund|refundable|storeCredit|creditable|amount|price)$|^limits\.left$/;
const comparisons: readonly string[] = ['<', '<=', '>', '>=', '==', '!='];
const printed = /\{\{-?\s*([A-Za-z_]\w*(?:\.\w+)+)\s*-?\}\}/g;

export function findPlainAmounts(read: ReadPolicy): readonly Finding[] {
  return [...printedPlainly(read), ...comparedWithDecimals(read)];
}

function printedPlainly({ policy, files }: ReadPolicy): readonly Finding[] {
  return Object.entries(policy.content.templates).flatMap(([language, texts]) => {
    const file = files.templates.get(language);
    if (file === undefined) return [];
    return Object.entries(texts).flatMap(([name, text]) =>
      [...text.matchAll(printed)].flatMap(({ index, 1: path = '' }): readonly Finding[] => {
        if (!amount.test(path)) return [];
        const before = text.slice(0, index).split('\n');
        const place = file.placeInText([name], before.length, (before.at(-1) ?? '').length + 1);
        const message = `"${name}" prints ${path}, which is in the smallest unit, such as cents. Write {{ ${path} | money: ${currencyOf(path)} }}`;
        return [{ ...place, severity: 'warning', kind: 'plain-amount', message }];
      }),
    );
  });
}

function currencyOf(path: string): string {
  if (path.startsWith('deed.')) return 'deed.currency';
  return path === 'order.refund' ? 'order.refundCurrency' : 'order.currency';
}

function comparedWithDecimals({ policy, files }: ReadPolicy): readonly Finding[] {
  return placedRules(policy).flatMap(({ rule, at }) =>
    rule.condition === null
      ? []
      : decimalsIn(rule.condition.tree).map(({ path, number }): Finding => {
          const message = `"${rule.name}" compares ${path} with ${number}, and amounts are whole numbers of the smallest unit, such as cents: 2550 is 25.50`;
          return {
            ...files.rules.placeOf([...at, 'when']),
            severity: 'warning',
            kind: 'plain-amount',
            message,
          };
        }),
  );
}

/** A whole number of CEL is a `bigint` here, one with decimals a `number`. */
function decimalsIn(node: ASTNode): readonly { readonly path: string; readonly number: string }[] {
  const children = childrenOf(node);
  const path = children.map(pathOf).find((known) => known !== null && amount.test(known)) ?? null;
  const decimal = children.find(({ op, args }) => op === 'value' && typeof args === 'number');
  const own =
    comparisons.includes(node.op) && path !== null && decimal !== undefined
      ? [{ path, number: Number(decimal.args).toFixed(2) }]
      : [];
  return [...own, ...children.flatMap(decimalsIn)];
}
