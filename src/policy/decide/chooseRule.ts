/** Which rule answers one matter, and why those before it do not. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../core/failure';
import type { OpenQuestion } from '../../core/conversation/dialogue';
import type { OrderAction } from '../../core/orders/orderAction';
import type { RuleTrace } from '../../core/policy/plan';
import { conditionScope, type ConditionScope } from '../conditions/conditionScope';
import { orderSpokenOf, type Facts } from '../facts/facts';
import { lineMeant } from '../hear/itemMeant';
import { overLimits } from '../lookUp/leftToGive';
import type { Ask, Confirm, LoadedPolicy, Rule } from '../policy';
import { whyNotTogether } from './deedsTogether';
import { proposeDeed } from './proposeDeed';
import type { AskSlot } from '../schema';
import { timesAsked } from './timesAsked';

export interface Choice {
  readonly rule: Rule;
  readonly trace: readonly RuleTrace[];
  /** What the rule's order steps would do, exactly, in their order. */
  readonly deeds: readonly OrderAction[];
  /** Rules before it whose condition holds, and that could not do what they would to the order: `name: why`. */
  readonly hindered: readonly string[];
  /** Its condition could not be evaluated: whether it forbids or allows something is not known. */
  readonly failure: string | null;
}

type Verdict =
  | { readonly matched: true; readonly why: string; readonly deeds: readonly OrderAction[] }
  | { readonly matched: false; readonly why: string; readonly isHindered?: true };

export function chooseRule(policy: LoadedPolicy, facts: Facts): Choice {
  const scope = conditionScope(facts);
  const rules = [...policy.rules.first, ...(policy.rules.perIntent.get(facts.intent) ?? [])];
  const trace: RuleTrace[] = [];
  const hindered: string[] = [];
  for (const rule of rules) {
    try {
      const verdict = verdictOn(rule, facts, scope);
      trace.push({ rule: rule.name, matched: verdict.matched, why: verdict.why });
      if (verdict.matched) return { rule, trace, deeds: verdict.deeds, hindered, failure: null };
      if (verdict.isHindered === true) hindered.push(`${rule.name}: ${verdict.why}`);
    } catch (error) {
      const failure = `the condition of rule "${rule.name}" failed: ${firstLine(error)}`;
      return {
        rule,
        trace: [...trace, { rule: rule.name, matched: false, why: failure }],
        deeds: [],
        hindered,
        failure,
      };
    }
  }
  const { otherwise } = policy.rules;
  const last = { rule: otherwise.name, matched: true, why: 'no other rule matched' };
  return { rule: otherwise, trace: [...trace, last], deeds: [], hindered, failure: null };
}

function verdictOn(rule: Rule, facts: Facts, scope: ConditionScope): Verdict {
  const verdict = rule.condition?.judge(scope) ?? { holds: true };
  if (!verdict.holds) return { matched: false, why: verdict.why };
  const deeds: OrderAction[] = [];
  let confirm: Confirm | null = null;
  for (const action of rule.actions) {
    // Reached before an answer is there: what comes after it is judged when it is.
    if (action.type === 'ask' && !isKnown(action.slot, facts)) {
      const why = mayNotAsk(action, facts);
      return why === null ? { matched: true, why: rule.why, deeds } : { matched: false, why };
    }
    if (action.type === 'confirm') confirm = action;
    if (action.type === 'order') {
      const proposal = proposeDeed(action.deed, facts);
      if ('why' in proposal) return hindered(proposal.why);
      deeds.push(proposal.action);
    }
  }
  const apart = whyNotTogether(deeds, facts.order);
  if (apart !== null) return hindered(apart);
  const isAgreed = confirm !== null && answerTo(rule, facts, deeds) === 'yes';
  // What the customer was offered and said yes to is tried: only the accounts themselves can refuse it now.
  const over = isAgreed ? null : overLimits(rule, deeds, facts);
  if (over !== null) return hindered(over);
  const why = confirm === null ? null : mayNotPropose(confirm, rule, facts, deeds);
  return why === null ? { matched: true, why: rule.why, deeds } : { matched: false, why };
}

function hindered(why: string): Verdict {
  return { matched: false, why, isHindered: true };
}

function mayNotAsk({ slot, atMost }: Ask, facts: Facts): string | null {
  if (facts.question.continued && facts.question.answer === 'no') {
    return 'it asks, and the customer took the matter back';
  }
  if (atMost === 0) return 'it asks for a proof that the policy does not take';
  if (slot === 'mailed-code' && facts.identity.withoutMail === true) {
    return 'it asks for a mailed code, and no mail server is set';
  }
  if (slot === 'mailed-code' && orderSpokenOf(facts) === null) {
    return 'it sends a code for an order, and none was named';
  }
  if (slot === 'item' && facts.question.severalItems === true) {
    return 'it asks for an item, and the customer named several, of which not one piece each can go back';
  }
  return timesAsked({ kind: 'ask', slot }, facts) >= atMost
    ? `it may ask at most ${times(atMost)}, and did`
    : null;
}

/** Unclear answers are counted against the rule's limit; a proposal that became another one has a few more. */
function mayNotPropose(
  { atMost }: Confirm,
  rule: Rule,
  facts: Facts,
  deeds: readonly OrderAction[],
): string | null {
  if (answerTo(rule, facts, deeds) !== '') return null;
  const { asked, part } = facts.question;
  if (part === true) return 'it is about the whole order, and the customer speaks of a part of it';
  const tries = timesAsked({ kind: 'confirm', slot: confirmation }, facts);
  const isAnother = asked !== null && !isSameProposal(asked, deeds);
  return tries >= (isAnother ? atMost + changesAtMost : atMost)
    ? `it may ask for a yes at most ${times(atMost)}, and did`
    : null;
}

/**
 * To what this rule proposed, and to nothing else. A yes counts for exactly what was asked: when the order has
 * changed since, it is asked anew. A no to another proposal than this one is no answer to it.
 */
export function answerTo(rule: Rule, { question }: Facts, deeds: readonly OrderAction[]): 'yes' | 'no' | '' {
  const { asked, continued, answer } = question;
  if (!continued || asked?.kind !== 'confirm' || asked.rule !== rule.name) return '';
  if (answer === 'yes') return isSameProposal(asked, deeds) ? 'yes' : '';
  return answer === 'no' ? 'no' : '';
}

function isSameProposal({ actions }: OpenQuestion, deeds: readonly OrderAction[]): boolean {
  return isDeepStrictEqual(actions, deeds);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** How often a proposal may change in mid-question: "no, the blue one", "no, the red one". */
const changesAtMost = 2;

/** The slot of a question that a yes answers. */
export const confirmation = 'confirmation';

/** What an `ask` asks for is known, and the rule goes on behind it. */
export function isKnown(slot: AskSlot, facts: Facts): boolean {
  switch (slot) {
    case 'order-number':
      return facts.order.found;
    case 'email':
      return facts.said.email !== '';
    case 'postal-code':
      return facts.said.postalCode !== '';
    case 'mailed-code':
      // The address is what the code would show.
      return facts.identity.proof === 'mailed-code' || facts.identity.proof === 'email';
    case 'item':
      return facts.said.items !== undefined || facts.order.lines.some(({ name }) => name === facts.said.item);
    case 'pieces':
      // Of what cannot go back there is nothing to count.
      return facts.said.pieces > 0 || lineMeant(facts.order, facts.said.item) === null;
    case 'address':
      return facts.said.address !== '';
    case 'reason':
      return facts.said.reason !== '';
    case 'topic':
      return false;
    default:
      return assertNever(slot);
  }
}

export function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split(/\n|, file:|, line:/)[0] ?? '') : String(error);
}
