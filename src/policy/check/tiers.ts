/** Tiers that no ticket ever has, because an earlier one is for all of theirs. */
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';
import { meaningOfCondition } from './meaning';
import { covers } from './unreachable';

export function findUnreachableTiers({ policy, files }: ReadPolicy): readonly Finding[] {
  const tiers = (policy.sla ?? []).map((tier) => ({ ...tier, meaning: meaningOfCondition(tier.condition) }));
  return tiers.flatMap((later, index) => {
    const earlier = tiers.slice(0, index).find(({ meaning }) => covers(meaning, later.meaning));
    if (earlier === undefined) return [];
    const message = `"${later.name}" is for no ticket: "${earlier.name}" before it is for all of its. Move it up, or ask for more in "${earlier.name}"`;
    return [
      {
        ...files.policy.placeOf(['sla', index, 'tier']),
        severity: 'error',
        kind: 'unreachable-tier',
        message,
      },
    ];
  });
}
