/** Who may approve what: as a policy says, of the people that the desk knows. Pure. */
import { moneyOf, type Amounts } from '../orders/moneyLimits';
import { orderActionTypes, type Money, type OrderAction } from '../orders/orderAction';

/** `reply`: a draft that does nothing to an order. */
export const approvalKinds = [...orderActionTypes, 'reply'] as const;
type ApprovalKind = (typeof approvalKinds)[number];

/** What no rule is about, anybody may approve. */
export interface ApproverRule {
  readonly actions: readonly ApprovalKind[];
  /** Of one action that gives money away; null: any amount. */
  readonly upTo: Amounts | null;
  /** By name, as the desk shows them. */
  readonly groups: readonly string[];
  /** By id or e-mail address. */
  readonly agents: readonly string[];
}

/** Of a draft, what somebody must be allowed to approve. */
export interface DeedToApprove {
  readonly kind: ApprovalKind;
  readonly amount: Money | null;
}

/** Somebody's word, before it is known whether it counts. */
export interface ApprovalWord {
  /** Of their request. */
  readonly id: string;
  /** What they call themselves. */
  readonly by: string;
  readonly draftId: string | null;
  /** Absent: it approves. */
  readonly rejects?: { readonly reason: string | null };
}

/** Somebody as the desk knows them. */
export interface DeskAgent {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** False when they have left: suspended, deleted, or no agent any more. */
  readonly isActive: boolean;
  /** The names of their groups. */
  readonly groups: readonly string[];
  /** Deskhand's own user there. */
  readonly isOurs?: true;
}

/** @param actions - all that the draft does to orders. */
export function deedsToApprove(actions: readonly OrderAction[]): readonly DeedToApprove[] {
  return actions.length === 0
    ? [{ kind: 'reply', amount: null }]
    : actions.map((action) => ({ kind: action.type, amount: moneyOf(action) }));
}

/** Whether it matters who approves them. */
export function isRestricted(rules: readonly ApproverRule[], deeds: readonly DeedToApprove[]): boolean {
  return deeds.some(({ kind }) => rules.some(({ actions }) => actions.includes(kind)));
}

/**
 * Why they may not approve, in a sentence for whoever tried; null: they may.
 * @param agent - null: the desk knows nobody by what they call themselves.
 * @param by - what they call themselves.
 */
export function whyNotApprover(
  rules: readonly ApproverRule[],
  deeds: readonly DeedToApprove[],
  agent: DeskAgent | null,
  by: string,
): string | null {
  if (!isRestricted(rules, deeds)) return null;
  if (agent === null || !isColleague(agent)) return whyNoColleague(agent, by);
  const denied = deeds.find((deed) => {
    const about = rules.filter(({ actions }) => actions.includes(deed.kind));
    return about.length > 0 && !about.some((rule) => covers(rule, deed) && isNamed(rule, agent));
  });
  return denied === undefined
    ? null
    : `The policy does not let ${agent.name} approve this. For ${denied.kind} it takes ${whoMay(rules, [denied])}.`;
}

/**
 * Whoever works there may reject, for any amount: it gives the ticket to people, and nothing is done.
 * @param agent - as in `whyNotApprover`, and so is `by`.
 */
export function whyNotRejecter(
  rules: readonly ApproverRule[],
  deeds: readonly DeedToApprove[],
  agent: DeskAgent | null,
  by: string,
): string | null {
  if (!isRestricted(rules, deeds) || (agent !== null && isColleague(agent))) return null;
  return whyNoColleague(agent, by);
}

function isColleague({ isActive, isOurs }: DeskAgent): boolean {
  return isActive && isOurs !== true;
}

/** Whoever is no agent may be a customer: their name on the desk is nothing to tell. */
function whyNoColleague(agent: DeskAgent | null, by: string): string {
  if (agent?.isOurs === true) return `"${by}" is Deskhand itself on the desk: a person must decide.`;
  return agent === null
    ? `The desk has no agent "${by}": say who decides by the id or the e-mail address of the agent there.`
    : `"${by}" is no active agent of the desk: somebody else must decide.`;
}

/** For people: `Support or lea@shop.example`; null: anybody. */
export function whoMay(rules: readonly ApproverRule[], deeds: readonly DeedToApprove[]): string | null {
  const named = deeds.flatMap((deed) => {
    const about = rules.filter(({ actions }) => actions.includes(deed.kind));
    if (about.length === 0) return [];
    const who = about
      .filter((rule) => covers(rule, deed))
      .flatMap(({ groups, agents }) => [...groups, ...agents]);
    return [who.length === 0 ? 'nobody, for this amount' : [...new Set(who)].join(' or ')];
  });
  return named.length === 0 ? null : [...new Set(named)].join(', and ');
}

function covers({ upTo }: ApproverRule, { amount }: DeedToApprove): boolean {
  if (upTo === null || amount === null) return true;
  const most = upTo[amount.currency];
  return most !== undefined && amount.minor <= most;
}

function isNamed({ groups, agents }: ApproverRule, { id, email, groups: theirs }: DeskAgent): boolean {
  const mail = email?.toLowerCase();
  return (
    groups.some((group) => theirs.includes(group)) ||
    agents.some((agent) => agent === id || agent.toLowerCase() === mail)
  );
}
