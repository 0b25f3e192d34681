/** Rules that never match, or that an earlier one always takes the place of, as far as their conditions alone tell. */
import type { LoadedPolicy, Rule } from '../policy';
import type { PolicyFile } from '../load/policyFiles';
import type { Finding } from './finding';
import { meaningOf, type Alternatives, type Claim } from './meaning';
import { placedRules } from './policyRules';

export function findUnreachable(policy: LoadedPolicy, rules: PolicyFile): readonly Finding[] {
  const placed = placedRules(policy).filter(({ at }) => at[0] !== 'otherwise');
  const meanings = new Map(placed.map((entry) => [entry, meaningOf(entry)]));
  return placed.flatMap((later, index) => {
    const never = later.rule.condition?.never ?? null;
    if (never !== null) {
      const message = `"${later.rule.name}" is never reached: its condition wants ${never}, which is never so. Take the rule out, or ask for a fact`;
      return [unreachable(rules.placeOf([...later.at, 'when']), message)];
    }
    const wanted = meanings.get(later) ?? [];
    const earlier = placed
      .slice(0, index)
      .find(
        (other) =>
          (other.intent === null || other.intent === later.intent) &&
          alwaysDecides(other.rule) &&
          covers(meanings.get(other) ?? [], wanted),
      );
    if (earlier === undefined) return [];
    const message = `"${later.rule.name}" is never reached: "${earlier.rule.name}" before it matches whenever it would. Move it up, or ask for more in "${earlier.rule.name}"`;
    return [unreachable(rules.placeOf([...later.at, 'rule']), message)];
  });
}

function unreachable(place: ReturnType<PolicyFile['placeOf']>, message: string): Finding {
  return { ...place, severity: 'error', kind: 'unreachable-rule', message };
}

/** A rule that asks gives up after a while, and one with an order action does not apply when it does not fit. */
function alwaysDecides({ actions }: Rule): boolean {
  return actions.every(({ type }) => type !== 'ask' && type !== 'confirm' && type !== 'order');
}

/** Every way for the later rule to match is a way for the earlier one. */
export function covers(earlier: Alternatives, later: Alternatives): boolean {
  return later.every((claims) =>
    earlier.some((needed) => needed.every((need) => claims.some((claim) => implies(claim, need)))),
  );
}

function implies(claim: Claim, need: Claim): boolean {
  if (claim.text === need.text && claim.text !== '') return true;
  const { oneOf } = claim;
  const wider = need.oneOf;
  if (oneOf === null || wider?.path !== oneOf.path) return false;
  return oneOf.values.every((value) => wider.values.includes(value));
}
