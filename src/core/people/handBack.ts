/** A ticket that people give back: what is forgiven, and what is not asked of them, or said to the customer, again. */
import { handBackKey } from '../businessKeys';
import { changed } from '../changed';
import type { HandOffReason, Plan } from '../policy/plan';
import { enqueueNote, tell } from '../stateChanges';
import type { Deadline, TicketState, Turn } from '../state';
import { isNewer, type TicketSnapshot } from '../ticket/ticket';
import { internalNote, plainUpdate } from '../ticket/update';
import { isWaitingForPerson } from '../turn/guard';
import { endTurn } from '../turn/turnEnd';

/** Whoever gives it back has seen how often it was tried: neither count is a reason to call people any more. */
export function givenBack(state: TicketState): TicketState {
  return changed(state, {
    stage: 'answering',
    takenOver: false,
    handOff: null,
    replyTimes: [],
    forgivenUpTo: state.lastKnown.customerCommentId ?? undefined,
    dialogue: { ...state.dialogue, mismatches: 0 },
  });
}

/** The call that nobody had answered; absent where there was none. @param due - when it was to be repeated. */
export function callOf(state: TicketState, due: Deadline | null): Pick<Turn, 'call'> {
  const { handOff } = state;
  return isWaitingForPerson(state) && handOff !== null ? { call: { handOff, due } } : {};
}

/** For the same reason and the same messages people were called before, and have not come: nobody is called anew. */
export function calledAlready(
  state: TicketState,
  turn: Turn,
  reason: HandOffReason,
  commentIds: readonly string[],
  now: number,
): TicketState | null {
  const { call } = turn;
  if (call?.handOff.reason !== reason || commentIds.some((id) => !state.handedOver.includes(id))) return null;
  const { handOff, due } = call;
  const why = `the policy leaves it to people for the same reason (${reason})`;
  const key = handBackKey(state.ref, commentIds.at(-1) ?? 'ticket', turn.number, state.life);
  const text = `Handed back, and not answered by Deskhand: ${why}. It stays handed off: please take it.`;
  const noted = enqueueNote(
    tell(state, now, 'handed-off', `Handed back, and ${why}: it stays handed off`),
    plainUpdate(key, { comment: internalNote(text) }),
  );
  // None where the rung was due in the moment of the hand-back.
  const next = due ?? ({ at: now, reason: 'pick-up' } as const);
  const stage = handOff.level === 0 ? 'handed-off' : 'escalated';
  return endTurn(changed(noted, { stage, handOff, deadline: next }), now);
}

/** That a person comes was said for these messages before, and nobody has come since. */
export function withoutRepeatedPromise(
  { handedOver }: TicketState,
  { commentIds }: Turn,
  plan: Plan,
  { comments }: TicketSnapshot,
): Plan {
  if (!plan.actions.some(({ type }) => type === 'hand-off')) return plan;
  const given = comments.find(({ id }) => commentIds.includes(id) && handedOver.includes(id));
  const isSaid =
    given !== undefined && comments.some((one) => one.author === 'bot' && one.public && isNewer(one, given));
  return isSaid ? { ...plan, actions: plan.actions.filter(({ type }) => type !== 'reply') } : plan;
}
