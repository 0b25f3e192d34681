/** Amounts that were meant in whole units: `{ EUR: 6.00 }` is six cents. */
import { moneyText } from '../../core/orders/orderAction';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Path, PolicyFile } from '../load/policyFiles';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

type Amounts = Readonly<Record<string, number>>;

export function findSmallAmounts({ policy, files }: ReadPolicy): readonly Finding[] {
  const { limits: { refunds } = {}, approvers = [] } = policy.content.policy;
  const limits: Path = ['limits', 'refunds'];
  return [
    ...found(refunds?.['per-customer']?.amount ?? {}, [...limits, 'per-customer', 'amount'], files.policy),
    ...found(refunds?.['per-day'] ?? {}, [...limits, 'per-day'], files.policy),
    ...approvers.flatMap(({ 'up-to': most = {} }, index) =>
      found(most, ['approvers', index, 'up-to'], files.policy),
    ),
    ...placedRules(policy).flatMap(({ rule, at }) =>
      rule.actions.flatMap((action, index) => {
        if (action.type !== 'order') return [];
        const place: Path = [...at, 'then', index, 'order', action.deed.type];
        if (action.deed.type === 'refund') {
          return action.deed.what === 'amount'
            ? found(action.deed.amount, [...place, 'amount'], files.rules)
            : found(action.deed.atMost, [...place, 'at-most'], files.rules);
        }
        if (action.deed.type !== 'store-credit') return [];
        return found(action.deed.amount, [...place, 'amount'], files.rules);
      }),
    ),
  ];
}

function found(amounts: Amounts, at: Path, file: PolicyFile): readonly Finding[] {
  return Object.entries(amounts).flatMap(([currency, minor]): readonly Finding[] => {
    const place = [...at, currency];
    const written = file.writtenAt(place) ?? '';
    const said = moneyText({ minor, currency });
    const decimals = (said.split('.')[1] ?? '').length;
    const isUnderOne = minor < 10 ** decimals;
    if (!written.includes('.') && !isUnderOne) return [];
    const message = `is ${said}: amounts are in the smallest unit, such as cents. For ${currency} ${written} write { ${currency}: ${minor * 10 ** decimals} }`;
    return [{ ...file.placeOf(place), severity: 'warning', kind: 'small-amount', message }];
  });
}
