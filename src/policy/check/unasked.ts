/** What is done to an order on one message, without a yes of the customer and without a person's word. */
import type { OrderAction } from '../../core/orders/orderAction';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

/** The customer may have asked about it only, and was misunderstood; an invoice once more harms nobody. */
const wantsYes: readonly OrderAction['type'][] = ['cancel', 'refund', 'store-credit', 'change-address'];

export function findUnasked({ policy, files }: ReadPolicy): readonly Finding[] {
  return placedRules(policy).flatMap(({ rule, at }) => {
    // Whoever writes "needs-approval: false" has thought of it.
    if (files.rules.writtenAt([...at, 'needs-approval']) !== null) return [];
    if (rule.actions.some(({ type }) => type === 'confirm')) return [];
    return rule.actions.flatMap((action, index): readonly Finding[] => {
      if (action.type !== 'order' || !wantsYes.includes(action.deed.type)) return [];
      const { type } = action.deed;
      const message = `"${rule.name}" does a ${type} as soon as its condition holds: nobody has said yes to it. Ask the customer with "confirm" before it, or an agent with "needs-approval: true"; "needs-approval: false" says that it is meant so`;
      const place = files.rules.placeOf([...at, 'then', index, 'order', type]);
      return [{ ...place, severity: 'warning', kind: 'unasked-action', message }];
    });
  });
}
