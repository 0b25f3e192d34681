/** What a look makes of the tags by which people take a ticket and give it back. */
import { handBackKey } from '../businessKeys';
import { changed, changedTurn } from '../changed';
import { callOf, givenBack } from './handBack';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import { isNewlySet, steeringTagsOf } from './steeringTags';
import { stirredNow } from './teamSilence';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import { handBackTag, takeOverTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import { plainUpdate, type AppliedUpdate } from '../ticket/update';
import { isWaitingForPerson, newestAgentCommentId } from '../turn/guard';

interface Steered {
  readonly state: TicketState;
  readonly turn: Turn;
  /** By the tag, since the look before. */
  readonly isTaken: boolean;
}

/** @param before - as the look before has left it; `seen`: with what this one has shown. */
export function steered(
  before: TicketState,
  seen: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  now: number,
): Steered {
  const { steeringTags: tagsBefore, ...lastKnown } = seen.lastKnown;
  const tags = steeringTagsOf(snapshot);
  const none = tagsBefore === undefined ? seen : changed(seen, { lastKnown });
  if (snapshot.status === 'closed' || tags.length === 0) return { state: none, turn, isTaken: false };
  const known = changed(seen, { lastKnown: { ...lastKnown, steeringTags: tags } });
  const isAsked = isNewlySet(before, snapshot, handBackTag);
  // Of both, the one that changes something; of a ticket that the bot has, a person wins.
  if (isNewlySet(before, snapshot, takeOverTag) && !(isAsked && seen.stage === 'with-person')) {
    const taken = stirredNow(changed(known, { takenOver: true }), now);
    return { state: taken, turn, isTaken: snapshot.status !== 'solved' };
  }
  if (isHandsOff(modeOf(known)) || !(isAsked || turn.cause === 'hand-back')) {
    return { state: known, turn, isTaken: false };
  }
  const cleared = withoutTags(known, turn, snapshot);
  const isPeoples = seen.stage === 'with-person' || seen.stage === 'watching' || isWaitingForPerson(seen);
  if (!isAsked || !isPeoples || turn.cause === 'hand-back') return { state: cleared, turn, isTaken: false };
  const state = changed(givenBack(tell(cleared, now, 'agent', `hand-back by the tag ${handBackTag}`)), {
    // What came with the tag, in one update of the desk, was before it.
    released: {
      agentCommentId: newestAgentCommentId(snapshot),
      assigneeId: snapshot.assignee?.id ?? null,
    },
  });
  return {
    state,
    turn: changedTurn(turn, { ...callOf(seen, turn.resume), cause: 'hand-back' }),
    isTaken: false,
  };
}

const tagsAlone = '/tags';
const isOfTags = (key: string): boolean => key.includes('/given-back-') && key.endsWith(tagsAlone);

function withoutTags(state: TicketState, turn: Turn, snapshot: TicketSnapshot): TicketState {
  const about = snapshot.comments.at(-1)?.id ?? 'ticket';
  return enqueueNote(
    state,
    plainUpdate(`${handBackKey(state.ref, about, turn.number, state.life)}${tagsAlone}`, {
      removeTags: [...steeringTagsOf(snapshot)],
    }),
  );
}

/** Set again, they count again. */
export function tagsTakenAway(state: TicketState, applied: readonly AppliedUpdate[]): TicketState {
  const { steeringTags, ...lastKnown } = state.lastKnown;
  return steeringTags !== undefined && applied.some(({ key }) => isOfTags(key))
    ? changed(state, { lastKnown })
    : state;
}
