/** Which values the rules of a policy may ask for. */
import type { LoadedPolicy, Rule } from '../policy';
import type { AskSlot } from '../schema';

/** Whether any rule may ask for it. */
export function asksFor(slot: AskSlot, { rules }: Pick<LoadedPolicy, 'rules'>): boolean {
  return [rules.first, ...rules.perIntent.values()].some((list) => slotsAskedBy(list).has(slot));
}

/** Whether a rule for this intent may ask for it. */
export function mayAskFor(slot: AskSlot, intent: string, { rules }: Pick<LoadedPolicy, 'rules'>): boolean {
  const own = rules.perIntent.get(intent);
  return slotsAskedBy(rules.first).has(slot) || (own !== undefined && slotsAskedBy(own).has(slot));
}

/** The same for every message: gone through once a policy. */
const slotsOfRules = new WeakMap<readonly Rule[], ReadonlySet<AskSlot>>();

function slotsAskedBy(rules: readonly Rule[]): ReadonlySet<AskSlot> {
  const known = slotsOfRules.get(rules);
  if (known !== undefined) return known;
  const actions = rules.flatMap((rule) => rule.actions);
  const slots = new Set(actions.flatMap((action) => (action.type === 'ask' ? [action.slot] : [])));
  slotsOfRules.set(rules, slots);
  return slots;
}
