/** The last phase of a turn: what the plan says is done, orders first, and then written on the ticket. */
import { describeOrderAction, type OrderAction, type OrderActionOutcome } from './orderAction';
import type { Plan } from './plan';
import { businessKey, conversationGuard, gather, planUpdates } from './planUpdates';
import { enqueue, tell } from './stateChanges';
import type { TicketState, Turn } from './state';
import type { TicketRef, TicketSnapshot } from './ticket';
import { actionsDone, withDeeds } from './turnEnd';

const orderActionsKept = 50;

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
  for (const planned of plan.actions) {
    if (planned.type !== 'order-action') continue;
    const { action } = planned;
    const key = orderActionKey(state.ref, acting, action);
    const done = state.orderActions.find((deed) => deed.key === key);
    if (done === undefined) {
      return enqueue(busy, { type: 'act-on-order', ref: state.ref, guard, key, action }, acting);
    }
    // The turn began anew after something else of the kind was done: two of them are for a person to decide.
    if (JSON.stringify(done.action) !== JSON.stringify(action)) {
      const why = `For the same message this was done before: ${describeOrderAction(done.action)}.`;
      return actInstead(busy, acting, action, why, now);
    }
  }
  const gathered = withDeeds(gather(plan), state.orderActions);
  const updates = planUpdates(state, turn, turn.commentIds.at(-1) ?? '', gathered);
  if (updates.length === 0) return actionsDone(busy, acting, now);
  const purpose = gathered.handOff === null ? (gathered.reply === null ? 'note' : 'reply') : 'hand-off';
  return enqueue(busy, { type: 'update-ticket', purpose, ref: state.ref, guard, updates }, acting);
}

/**
 * Of the oldest message that the turn answers, which stays the same however often newer ones begin the turn anew:
 * whatever is decided then, this is done to that order once. A reply asked for again does not do it again.
 */
function orderActionKey(ref: TicketRef, turn: Turn, action: OrderAction): string {
  return businessKey(ref, turn.commentIds[0] ?? '', `${action.type}/${action.order}`);
}

export function orderActed(
  state: TicketState,
  turn: Turn,
  step: { readonly key: string; readonly action: OrderAction },
  outcome: OrderActionOutcome,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (outcome.type === 'refused') return actInstead(state, turn, step.action, outcome.why, now);
  const known = rememberDone(state, step, outcome.reference, now);
  return plan === null || snapshot === null ? known : carryOut(known, turn, plan, snapshot, now);
}

export function rememberDone(
  state: TicketState,
  { key, action }: { readonly key: string; readonly action: OrderAction },
  reference: string | null,
  now: number,
): TicketState {
  const done = { key, action, reference, noted: false };
  return tell(
    { ...state, orderActions: [...state.orderActions, done].slice(-orderActionsKept) },
    now,
    'acted',
    `Done: ${describeOrderAction(action)}`,
  );
}

/** What the customer was to be told is no longer true: the policy's words for that, and a person. */
export function actInstead(
  state: TicketState,
  turn: Turn,
  action: OrderAction,
  why: string,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (plan === null || snapshot === null) return state;
  const told = tell(state, now, 'failed', `Not done: ${describeOrderAction(action)}: ${why}`);
  const text = `Not done: ${describeOrderAction(action)}. ${why}`;
  const instead: Plan = { ...plan, actions: [...plan.ifRefused, { type: 'note', text }] };
  return carryOut(told, turn, instead, snapshot, now);
}
