/** Questions for a proof that the policy does not take: their rules never apply. */
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

export function findProofsNotTaken({ policy, files }: ReadPolicy): readonly Finding[] {
  return placedRules(policy).flatMap(({ rule, at }) =>
    rule.actions.flatMap((action, index): readonly Finding[] => {
      if (action.type !== 'ask' || action.atMost > 0) return [];
      const message = `"${rule.name}" asks for a ${action.slot.replace('-', ' ')}, which policy.yaml does not take as proof: it never applies. Add ${action.slot} to identity.proofs, or remove the rule`;
      const place = files.rules.placeOf([...at, 'then', index, 'ask', 'for']);
      return [{ ...place, severity: 'warning', kind: 'proof-not-taken', message }];
    }),
  );
}
