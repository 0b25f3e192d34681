/** The last phase of a turn: what the plan says is done, orders first, and then written on the ticket. */
import { codeKey, orderActionKey } from './businessKeys';
import { dropQuestions } from './dialogue';
import { codesAtMost, type CodeSent } from './mailedCode';
import { moneyOf, type GiftTerms } from './moneyLimits';
import { describeOrderAction, type OrderAction, type OrderActionOutcome } from './orderAction';
import type { Plan } from './plan';
import { conversationGuard, gather, planUpdates } from './planUpdates';
import { enqueue, tell } from './stateChanges';
import type { TicketState, Turn } from './state';
import type { TicketSnapshot } from './ticket';
import { actionsDone, withDeeds } from './turnEnd';
import { rememberUntold } from './untoldDeeds';

const orderActionsKept = 50;
const codesKept = 20;

/** Does the plan's next order action, or writes what the plan says when all are done; ends a turn with neither. */
export function carryOut(
  state: TicketState,
  turn: Turn,
  plan: Plan,
  snapshot: TicketSnapshot,
  now: number,
): TicketState {
  const acting: Turn = { ...turn, phase: 'acting', plan, snapshot };
  const busy: TicketState = { ...state, stage: 'answering', turn: acting, deadline: null };
  const guard = conversationGuard(snapshot, turn.approved);
  // However often newer messages begin the turn anew, whatever is decided then: this is done to that order once, and
  // one mail is sent. A reply asked for again does not do it again.
  const [oldest = ''] = turn.commentIds;
  for (const planned of plan.actions) {
    if (planned.type !== 'order-action') continue;
    const { action } = planned;
    const key = orderActionKey(state.ref, oldest, action);
    const done = state.orderActions.find((deed) => deed.key === key);
    if (done === undefined) {
      const terms = giftTerms(plan, acting, action);
      return enqueue(busy, { type: 'act-on-order', ref: state.ref, guard, key, action, ...terms }, acting);
    }
    // The turn began anew after something else of the kind was done: two of them are for a person to decide.
    if (JSON.stringify(done.action) !== JSON.stringify(action)) {
      const why = `For the same message this was done before: ${describeOrderAction(done.action)}.`;
      return actInstead(busy, acting, action, { outcome: 'Not done', why }, now);
    }
  }
  for (const planned of plan.actions) {
    if (planned.type !== 'send-code') continue;
    const { order, mail } = planned;
    const { codesSent = [] } = state;
    const key = codeKey(state.ref, oldest, order);
    if (codesSent.some((code) => code.key === key)) continue;
    if (codesSent.length >= codesAtMost) {
      const why = `${codesAtMost} were sent in this conversation, and more are not.`;
      return codeNotSent(busy, acting, order, why, now);
    }
    return enqueue(busy, { type: 'send-code', ref: state.ref, guard, key, order, mail }, acting);
  }
  const gathered = withDeeds(gather(plan), state.orderActions);
  const updates = planUpdates(state, turn, turn.commentIds.at(-1) ?? '', gathered);
  if (updates.length === 0) return actionsDone(busy, acting, [], now);
  const purpose = gathered.handOff === null ? (gathered.reply === null ? 'note' : 'reply') : 'hand-off';
  return enqueue(busy, { type: 'update-ticket', purpose, ref: state.ref, guard, updates }, acting);
}

/**
 * The turn's beginning tells the day, so that neither a retry past midnight nor a turn that begins anew takes it out
 * of another day's account.
 */
function giftTerms(
  { settings }: Plan,
  { startedAt, approved = false }: Turn,
  action: OrderAction,
): { readonly terms?: GiftTerms } {
  const { limits } = settings;
  if (limits === undefined || moneyOf(action) === null) return {};
  return { terms: { limits, at: startedAt, approved } };
}

export function orderActed(
  state: TicketState,
  turn: Turn,
  step: { readonly key: string; readonly action: OrderAction },
  outcome: OrderActionOutcome,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (outcome.type === 'refused') {
    return actInstead(state, turn, step.action, { outcome: 'Not done', why: outcome.why }, now);
  }
  const known = rememberDone(state, turn, step, outcome.reference, now);
  return plan === null || snapshot === null ? known : carryOut(known, turn, plan, snapshot, now);
}

export function rememberDone(
  state: TicketState,
  turn: Turn,
  { key, action }: { readonly key: string; readonly action: OrderAction },
  reference: string | null,
  now: number,
): TicketState {
  const done = { key, action, reference, noted: false };
  const untold = rememberUntold(state, turn, { action, isSure: true });
  return tell(
    { ...untold, orderActions: [...state.orderActions, done].slice(-orderActionsKept) },
    now,
    'acted',
    `Done: ${describeOrderAction(action)}`,
  );
}

export interface ActionNotDone {
  readonly outcome: 'Not done' | 'Not known whether done';
  /** Whole sentences, for agents. */
  readonly why: string;
}

/** What the customer was to be told is no longer true: the policy's words for that, and a person. */
export function actInstead(
  state: TicketState,
  turn: Turn,
  action: OrderAction,
  { outcome, why }: ActionNotDone,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (plan === null || snapshot === null) return state;
  const text = `${outcome}: ${describeOrderAction(action)}. ${why}`;
  const known = outcome === 'Not done' ? state : rememberUntold(state, turn, { action, isSure: false });
  const told = tell(known, now, 'failed', text);
  const instead: Plan = { ...plan, actions: [...plan.ifRefused, { type: 'note', text }] };
  return carryOut(told, turn, instead, snapshot, now);
}

/** What the customer reads is the same with and without trouble: of that, only people hear. */
export function codeSent(
  state: TicketState,
  turn: Turn,
  { key, order }: Pick<CodeSent, 'key' | 'order'>,
  trouble: string | null,
  now: number,
): TicketState {
  const codesSent = [...(state.codesSent ?? []), { key, order, at: now }].slice(-codesKept);
  const what = `A code was asked for, to the address of order ${order}`;
  const known = tell({ ...state, codesSent }, now, 'acted', what);
  const { plan, snapshot } = turn;
  const goesOn = plan === null || snapshot === null ? known : carryOut(known, turn, plan, snapshot, now);
  if (trouble === null) return goesOn;
  const message = `The code for order ${order}, ticket ${state.ref.ticketId}, reached nobody: ${trouble}`;
  return enqueue(tell(goesOn, now, 'failed', message), {
    type: 'notify-people',
    ref: state.ref,
    reason: 'identity',
    message,
  });
}

/** Nobody waits for a code that does not come: the policy's words for that, and a person. */
export function codeNotSent(
  state: TicketState,
  turn: Turn,
  order: string,
  why: string,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (plan === null || snapshot === null) return state;
  const text = `No code was sent for order ${order}. ${why}`;
  const instead: Plan = {
    ...plan,
    actions: [...plan.ifRefused, { type: 'note', text }],
    dialogue: dropQuestions(plan.dialogue),
  };
  return carryOut(tell(state, now, 'failed', text), turn, instead, snapshot, now);
}
