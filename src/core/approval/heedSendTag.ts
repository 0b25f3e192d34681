/** The tag that sends a draft: the one that an agent has read, and no other. */
import { changed } from '../changed';
import { sendTagKey } from '../businessKeys';
import { isSentByTag, readFor, sendDraft } from './approval';
import { enqueueNote, tell } from '../stateChanges';
import type { PendingApproval, SettledDraft, TicketState, Turn } from '../state';
import { isoMinute } from '../story';
import { sendTag } from '../ticket/tags';
import type { TicketSnapshot } from '../ticket/ticket';
import { internalNote, plainUpdate } from '../ticket/update';
import { goOnWaiting } from '../turn/turnEnd';

/** @returns null: the tag is not there, or does not send what waits. */
export function heedSendTag(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  now: number,
): TicketState | null {
  const { approval } = state;
  if (approval === null || !isSentByTag(state, snapshot)) return null;
  return approval.replaces === true
    ? goOnWaiting(askAgain(state, approval, now), turn, now)
    : sendDraft(state, `the tag ${sendTag}`, now);
}

/** In the place of drafts that were just like it: whoever has read any of them has read it. */
export function replacesSame({ approval, settledDrafts = [] }: TicketState): boolean {
  const { replaces, decidedOn, since } = approval ?? {};
  if (replaces !== true || decidedOn === undefined || since === undefined) return false;
  const isRead = ({ how, at }: SettledDraft): boolean => how === 'void' && since - at < readFor;
  return settledDrafts.filter(isRead).every(({ draftId }) => draftId.endsWith(`-${decidedOn.hash}`));
}

export function withSameDraft(state: TicketState): TicketState {
  return state.approval === null || !replacesSame(state)
    ? state
    : changed(state, { approval: { ...state.approval, replaces: undefined } });
}

/** Whoever has set it may have had the draft before this one before them. */
function askAgain(
  state: TicketState,
  { draftId, since }: Pick<PendingApproval, 'draftId' | 'since'>,
  now: number,
): TicketState {
  const when = since === undefined ? '' : ` at ${isoMinute(since)}`;
  const text =
    `The tag ${sendTag} was not heeded: draft ${draftId} took the place of another one${when}, ` +
    'for which the tag may have been meant. Read it, and set the tag again.';
  const why = `The tag ${sendTag} may have been meant for the draft before: it is asked for again`;
  return enqueueNote(
    tell(state, now, 'ignored', why),
    plainUpdate(sendTagKey(draftId), {
      comment: internalNote(text),
      removeTags: [sendTag],
    }),
  );
}
