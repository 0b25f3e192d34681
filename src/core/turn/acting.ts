/** The last phase of a turn: what the plan says is done, orders first, and then written on the ticket. */
import { changed, changedTurn } from '../changed';
import { codeKey, keyBeside, orderActionKey } from '../businessKeys';
import { dropQuestions } from '../conversation/dialogue';
import { earlierText, withAgreed, withEarlier } from '../conversation/earlier';
import { codesAtMost, type CodeSent } from '../orders/mailedCode';
import type { ModeLimit } from '../modes/mode';
import type { Step } from '../effects';
import { intentsOf, modeOfPlan } from '../modes/modeOf';
import { moneyOf, type GiftTerms } from '../orders/moneyLimits';
import { describeOrderAction, type OrderAction, type OrderStepOutcome } from '../orders/orderAction';
import type { OrderStanding } from '../orders/orderStanding';
import { staysWithPeople } from '../people/stillTheirs';
import { tellFailed } from '../notices/tellPeople';
import type { Plan } from '../policy/plan';
import { conversationGuard, gather, planUpdates, withHandOff, type Gathered } from './planUpdates';
import { enqueue, enqueueNote, tell } from '../stateChanges';
import type { OrderActionDone, TicketState, Turn } from '../state';
import { compareIds, isCustomerComment, isPublicAnswer, type TicketSnapshot } from '../ticket/ticket';
import { actionsDone, withDeeds } from './turnEnd';
import { rememberUntold } from '../orders/untoldDeeds';
import { restart } from './turnStart';
import { internalNote, plainUpdate } from '../ticket/update';
import { needsWord, withoutPromise } from '../modes/wordless';

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
  const acting = changedTurn(turn, { phase: 'acting', plan, snapshot });
  // What is answered in people's place is theirs until that stands on the desk.
  const stage = turn.cause === 'team-silence' ? state.stage : 'answering';
  const busy = changed(state, { stage, turn: acting, deadline: null });
  const guard = conversationGuard(snapshot, turn.approved);
  const isGranted = turn.approved === true || !needsWord(plan);
  const within: ModeLimit = { strictest: isGranted ? 'draft' : 'auto', intents: intentsOf(plan) };
  // However often newer messages begin the turn anew, whatever is decided then: this is done to that order once, and
  // one mail is sent. A reply asked for again does not do it again.
  const oldest = oldestOpen(turn, snapshot);
  for (const planned of plan.actions) {
    if (planned.type !== 'order-action') continue;
    const { action } = planned;
    const key = orderActionKey(state.ref, oldest, action);
    const done = doneBefore(state, [oldest, ...turn.commentIds], action);
    if (done === undefined) {
      const terms = giftTerms(plan, acting, action);
      const standing = approvedStanding(plan, turn, action);
      const step: Step = {
        type: 'act-on-order',
        ref: state.ref,
        guard,
        key,
        action,
        ...terms,
        ...standing,
        within,
      };
      return enqueue(busy, step, acting);
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
    return enqueue(busy, { type: 'send-code', ref: state.ref, guard, key, order, mail, within }, acting);
  }
  const gathered = withWhatCameBefore(withDeeds(gather(plan), state.orderActions), state);
  const about = turn.commentIds.at(-1) ?? '';
  const counted = gathered.handOff === null ? busy : withHandOff(busy, about);
  const [first, ...others] = planUpdates(counted, turn, about, gathered);
  if (first === undefined) return actionsDone(busy, acting, [], now);
  const updates = [withAgreed(first, state, plan), ...others];
  const purpose = gathered.handOff === null ? (gathered.reply === null ? 'note' : 'reply') : 'hand-off';
  return enqueue(counted, { type: 'update-ticket', purpose, ref: state.ref, guard, updates, within }, acting);
}

function withWhatCameBefore(gathered: Gathered, state: TicketState): Gathered {
  const text = earlierText(state);
  if (text === null || (gathered.note === null && gathered.handOff === null)) return gathered;
  return { ...gathered, note: gathered.note === null ? text : withEarlier(gathered.note, state) };
}

/**
 * The oldest message that nobody had answered in public when the turn's newest one came. Not the oldest it answers:
 * what was passed over before counts for one turn and not for another, and a lost run has forgotten it.
 */
function oldestOpen({ commentIds }: Turn, { comments }: TicketSnapshot): string {
  const [oldest = ''] = commentIds;
  const newestAt = comments.findIndex(({ id }) => id === commentIds.at(-1));
  const before = comments.slice(0, newestAt + 1);
  const open = before.slice(before.findLastIndex(isPublicAnswer) + 1).find(isCustomerComment);
  return open === undefined || compareIds(oldest, open.id) < 0 ? oldest : open.id;
}

/** For any of these messages: one asked to be answered again may begin with an older one. */
function doneBefore(
  { ref, orderActions }: TicketState,
  commentIds: readonly string[],
  action: OrderAction,
): OrderActionDone | undefined {
  const keys = commentIds.map((id) => orderActionKey(ref, id, action));
  return orderActions.find(({ key }) => keys.includes(key));
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

/** For the first thing that is done to the order: what follows finds it as that has left it. */
function approvedStanding(
  { actions, standings = [] }: Plan,
  { approved }: Turn,
  action: OrderAction,
): { readonly standing?: OrderStanding } {
  if (approved !== true) return {};
  const first = actions.find((one) => one.type === 'order-action' && one.action.order === action.order);
  const isFirst = first?.type === 'order-action' && first.action === action;
  const standing = standings.find(({ order }) => order === action.order);
  return isFirst && standing !== undefined ? { standing } : {};
}

export function orderActed(
  state: TicketState,
  turn: Turn,
  step: { readonly key: string; readonly action: OrderAction },
  outcome: OrderStepOutcome,
  now: number,
): TicketState {
  const { plan, snapshot } = turn;
  if (outcome.type === 'order-changed') return decideAnew(state, turn, step, outcome.changes, now);
  if (outcome.type === 'refused') {
    return actInstead(state, turn, step.action, { outcome: 'Not done', why: outcome.why }, now);
  }
  const known = rememberDone(state, turn, step, outcome.reference, now);
  return plan === null || snapshot === null ? known : carryOut(known, turn, plan, snapshot, now);
}

/** What was approved is no more what would be done: people are told, and the ticket is looked at with fresh eyes. */
function decideAnew(
  state: TicketState,
  turn: Turn,
  { key, action }: { readonly key: string; readonly action: OrderAction },
  changes: readonly string[],
  now: number,
): TicketState {
  const why = `Order ${action.order} has changed since this was approved: ${changes.join('; ')}`;
  const text = `Not done: ${describeOrderAction(action)}. ${why}. It is decided anew.`;
  const noted = withNote(tell(state, now, 'failed', text), keyBeside(turn.draftId ?? key, 'void'), text);
  return restart(noted, turn, now, why);
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
    changed(untold, { orderActions: [...state.orderActions, done].slice(-orderActionsKept) }),
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
  if (turn.cause === 'team-silence') {
    if (outcome === 'Not done') return notInTheirPlace(told, turn, text, now);
    const key = keyBeside(orderActionKey(state.ref, oldestOpen(turn, snapshot), action), 'doubt');
    return staysWithPeople(withNote(told, key, text), turn, 'it is not known whether it was done', now);
  }
  const instead: Plan = { ...plan, actions: [...plan.ifRefused, { type: 'note', text }] };
  return carryOut(told, turn, asModeWants(state, instead), snapshot, now);
}

/** People have the ticket, or were called: they are not called anew for what the bot cannot do for them. */
function notInTheirPlace(state: TicketState, turn: Turn, text: string, now: number): TicketState {
  return staysWithPeople(state, turn, `its answer would not be true (${text})`, now);
}

function withNote(state: TicketState, key: string, text: string): TicketState {
  return enqueueNote(state, plainUpdate(key, { comment: internalNote(text) }));
}

/** Other words than those an agent has approved. */
function asModeWants(state: TicketState, instead: Plan): Plan {
  return modeOfPlan(state, instead) === 'draft' ? withoutPromise(instead) : instead;
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
  const known = tell(changed(state, { codesSent }), now, 'acted', what);
  const { plan, snapshot } = turn;
  const goesOn = plan === null || snapshot === null ? known : carryOut(known, turn, plan, snapshot, now);
  if (trouble === null) return goesOn;
  const told = tell(goesOn, now, 'failed', `The code for order ${order} reached nobody: ${trouble}`);
  return tellFailed(told, 'code', { now, about: key, detail: trouble });
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
  const told = tell(state, now, 'failed', text);
  if (turn.cause === 'team-silence') return notInTheirPlace(told, turn, text, now);
  const instead: Plan = {
    ...plan,
    actions: [...plan.ifRefused, { type: 'note', text }],
    dialogue: dropQuestions(plan.dialogue),
  };
  return carryOut(told, turn, asModeWants(state, instead), snapshot, now);
}
