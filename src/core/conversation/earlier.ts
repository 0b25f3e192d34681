/**
 * What came before the conversation that goes on now: on this ticket before it was solved or let go, or on the closed
 * one that it follows. What was agreed is kept beside our own words on the desk, so that a run without memory, and the
 * run of a ticket that follows, find it there.
 */
import { parseKey } from '../businessKeys';
import { changed } from '../changed';
import { isObject } from '../isObject';
import { describeOrderAction } from '../orders/orderAction';
import type { Plan } from '../policy/plan';
import type { OrderActionDone, TicketState } from '../state';
import type { PastEvent, TicketSnapshot } from '../ticket/ticket';
import type { TicketUpdate } from '../ticket/update';
import type { Agreed, EarlierDeed } from './agreed';
import { newDialogue, type Dialogue } from './dialogue';

const doneAtMost = 20;

/** On a solved ticket a new conversation begins: what was asked is not asked any more, what was agreed is not forgotten. */
export function begunAnew(state: TicketState): TicketState {
  if (state.stage !== 'solved') return state;
  return changed(state, {
    dialogue: withKept(state.dialogue),
    codesSent: [],
    policyVersion: null,
    earlier: { ...state.earlier, done: deedsOf(state), isNoted: false },
  });
}

/** Which order it was about; whether it is the customer's is looked up again. What proved it is asked for anew. */
function withKept({ slots }: Dialogue): Dialogue {
  const { 'order-number': order, language } = slots;
  return {
    ...newDialogue,
    slots: {
      ...(order === undefined ? {} : { 'order-number': order }),
      ...(language === undefined ? {} : { language }),
    },
  };
}

/**
 * For the first look of a run. Nothing, where neither this ticket nor one before it shows that we have spoken there.
 * @param past - of this ticket.
 */
export function recallEarlier(
  state: TicketState,
  past: readonly PastEvent[],
  follows: TicketSnapshot['follows'],
): TicketState {
  const events = [...(follows?.past ?? []), ...past];
  const agreed = events.flatMap((event) => (event.type === 'written' ? (event.agreed ?? []) : []));
  if (follows === undefined && !past.some(isOfConversation)) return state;
  const order = agreed.findLast((one) => one.order !== undefined)?.order;
  return changed(state, {
    earlier: {
      ...(follows === undefined ? {} : { ticketId: follows.ticketId }),
      done: withoutRepeats(agreed.flatMap(({ done = [] }) => done)),
      isNoted: false,
    },
    ...(order === undefined ? {} : { dialogue: withOrder(state.dialogue, order) }),
  });
}

function isOfConversation(event: PastEvent): boolean {
  if (event.type === 'solved') return true;
  const type = parseKey(event.key)?.type;
  return type === 'reply' || type === 'follow-up' || type === 'close';
}

function withOrder(dialogue: Dialogue, order: string): Dialogue {
  const known = { value: order, from: 'known', commentId: null } as const;
  return { ...dialogue, slots: { 'order-number': known, ...dialogue.slots } };
}

/** All that a message finds done, without what its own turn has done so far. Oldest first. */
export function deedsOf({ earlier, orderActions, untold = [] }: TicketState): readonly EarlierDeed[] {
  const isOwn = ({ action }: OrderActionDone) =>
    untold.some((deed) => JSON.stringify(deed.action) === JSON.stringify(action));
  const known = orderActions.filter((deed) => !isOwn(deed)).map(deedOf);
  return withoutRepeats([...(earlier?.done ?? []), ...known]);
}

const longestDeed = 300;

function deedOf({ key, action }: OrderActionDone): EarlierDeed {
  const { type, order } = action;
  return { key, type, order, what: describeOrderAction(action).slice(0, longestDeed) };
}

function withoutRepeats(deeds: readonly EarlierDeed[]): readonly EarlierDeed[] {
  const isFirst = ({ key }: EarlierDeed, place: number) =>
    deeds.findIndex((other) => other.key === key) === place;
  return deeds.filter(isFirst).slice(-doneAtMost);
}

/** The update takes along what is agreed by then and does not stand on the ticket yet. */
export function withAgreed(
  update: TicketUpdate,
  state: Pick<TicketState, 'earlier' | 'orderActions'>,
  plan: Pick<Plan, 'facts'> | null = null,
): TicketUpdate {
  return { ...update, ...agreedBy(state, plan) };
}

export function agreedBy(
  { earlier, orderActions }: Pick<TicketState, 'earlier' | 'orderActions'>,
  plan: Pick<Plan, 'facts'> | null = null,
): { readonly agreed?: Agreed } {
  const order = plan === null ? null : orderMeant(plan);
  const before = earlier === undefined || earlier.isNoted ? [] : earlier.done;
  const done = withoutRepeats([...before, ...orderActions.filter(({ noted }) => !noted).map(deedOf)]);
  const agreed: Agreed = {
    ...(order === null ? {} : { order }),
    ...(done.length === 0 ? {} : { done }),
  };
  return Object.keys(agreed).length === 0 ? {} : { agreed };
}

/** Found among the requester's, and the only one. */
function orderMeant({ facts }: Pick<Plan, 'facts'>): string | null {
  const order = facts[0]?.['order'];
  if (!isObject(order) || order['found'] !== true) return null;
  return typeof order['number'] === 'string' ? order['number'] : null;
}

/** For agents; null: they know, or there is nothing to know. */
export function earlierText({ earlier }: Pick<TicketState, 'earlier'>): string | null {
  if (earlier === undefined || earlier.isNoted || earlier.done.length === 0) return null;
  const done = earlier.done.map(({ what }) => what).join(', ');
  return earlier.ticketId === undefined
    ? `Done before on this ticket: ${done}.`
    : `This ticket follows ${earlier.ticketId}, which is closed. Done by then: ${done}.`;
}

export function withEarlier(note: string, state: Pick<TicketState, 'earlier'>): string {
  const text = earlierText(state);
  return text === null ? note : `${text}\n\n${note}`;
}

export function earlierNoted(state: TicketState): TicketState {
  return state.earlier === undefined || state.earlier.isNoted
    ? state
    : changed(state, { earlier: { ...state.earlier, isNoted: true } });
}
