/** People stay silent, and the bot has nothing to say in their place: they are told, and the ticket stays theirs. */
import { teamSilenceKey } from '../businessKeys';
import { waitText } from '../hours/wait';
import { tellSilence } from '../notices/tellPeople';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import { isoMinute } from '../story';
import { internalNote, plainUpdate } from '../ticket/update';
import { goOnWaiting } from '../turn/turnEnd';
import { silentSince, triedInVain } from './teamSilence';

/**
 * @param why - completes a sentence.
 * @param isOwed - what the customer said wants an answer, and the mode lets people be told so.
 */
export function staysWithPeople(
  state: TicketState,
  turn: Turn,
  why: string,
  now: number,
  isOwed = true,
): TicketState {
  const text = `The team is silent, and the ticket stays theirs: ${why}`;
  const tried = tell(triedInVain(state), now, 'waiting', text);
  const isReminded = isOwed && tried.stage === 'with-person';
  return goOnWaiting(isReminded ? remind(tried, why) : tried, turn, now);
}

/** Nobody else is called for a ticket that somebody has; of one that waits for people, the ladder tells. */
function remind(state: TicketState, why: string): TicketState {
  const { handBack } = state.settings;
  const newest = state.teamSilence?.waits?.newestId;
  const since = silentSince(state);
  if (handBack === undefined || newest === undefined || since === null) return state;
  const waited = waitText(handBack);
  const key = teamSilenceKey(state.ref, newest);
  const text =
    `The customer waits, and nobody of the team has said anything for ${waited} (since ${isoMinute(since)}). ` +
    `Deskhand does not answer in your place: ${why}. Please answer.`;
  const noted = enqueueNote(state, plainUpdate(key, { comment: internalNote(text) }));
  return tellSilence(noted, key, since, waited);
}
