/** Rules whose order actions no order allows together: a part would be done, and then a person has to come. */
import { neverTogether } from '../decide/deedsTogether';
import type { ReadPolicy } from '../load/loadPolicy';
import type { Finding } from './finding';
import { placedRules } from './policyRules';

export function findDeedsNotTogether({ policy, files }: ReadPolicy): readonly Finding[] {
  return placedRules(policy).flatMap(({ rule, at }): readonly Finding[] => {
    const types = rule.actions.flatMap((action) => (action.type === 'order' ? [action.deed.type] : []));
    const why = neverTogether(types);
    if (why === null) return [];
    const message = `"${rule.name}" ${why}, so it never applies. Keep one of them, or make two rules`;
    return [
      { ...files.rules.placeOf([...at, 'then']), severity: 'error', kind: 'deeds-not-together', message },
    ];
  });
}
