/** How customers rate a ticket: it is kept, and a bad rating is brought before people, once. They are not written to. */
import { ratingKey } from '../businessKeys';
import { changed } from '../changed';
import { begunAnew } from '../conversation/earlier';
import { assertNever } from '../failure';
import { isHandsOff } from '../modes/mode';
import { modeOf } from '../modes/modeOf';
import type { WatchVerdict } from '../modes/watch';
import type { BadRatingRule } from '../policy/plan';
import { enqueueNote, tell } from '../stateChanges';
import type { TicketState } from '../state';
import { badRatingTag } from '../ticket/tags';
import type { Rating, TicketComment, TicketSnapshot } from '../ticket/ticket';
import { internalNote, plainUpdate } from '../ticket/update';
import { isWaitingForPerson, type Verdict } from '../turn/guard';
import { handOffSilently, personHasIt } from './handOff';

/** Where the policy says nothing of it. */
const defaultRule: BadRatingRule = { do: 'hand-off', group: null, priority: null, tag: badRatingTag };

type Heeding =
  | { readonly how: 'hand-off'; readonly comments: readonly TicketComment[] }
  /** Whoever solved it gets it back. */
  | { readonly how: 'reopen' }
  /** People have it, or were called already. */
  | { readonly how: 'note' };

export interface Heeded {
  readonly state: TicketState;
  /** It has decided what becomes of the ticket: nothing else is done on this look. */
  readonly isAll: boolean;
}

/** @param verdict - what the look means without the rating. */
export function heedRating(
  state: TicketState,
  snapshot: TicketSnapshot,
  verdict: Verdict | WatchVerdict,
  now: number,
): Heeded {
  const { rating } = snapshot;
  const { rating: known, settings } = state;
  if (rating === undefined || (known?.id === rating.id && known.score === rating.score)) {
    return { state, isAll: false };
  }
  const { id, score } = rating;
  const isHeeded = known?.id === id && known.isHeeded === true;
  const kept = tell(
    changed(state, { rating: { id, score, ...(isHeeded ? { isHeeded } : {}) } }),
    now,
    'message',
    `The customer rated the ticket: ${score}`,
  );
  const { badRating: rule = defaultRule } = settings;
  const heeding = score === 'bad' && !isHeeded ? heedingOf(rule, state, snapshot, verdict) : null;
  if (heeding === null) return { state: kept, isAll: false };
  const mode = modeOf(state);
  if (isHandsOff(mode)) {
    const would = `${mode}: would bring the bad rating before people`;
    return { state: mode === 'shadow' ? tell(kept, now, 'noted', would) : kept, isAll: false };
  }
  const heeded = changed(kept, { rating: { id, score, isHeeded: true } });
  switch (heeding.how) {
    case 'hand-off':
      return { state: handOver(heeded, rating, rule, heeding.comments, now), isAll: true };
    case 'reopen': {
      const reopened = note(heeded, rating, rule, 'open');
      const why = 'its customer rated it bad, and it was opened again for them';
      return { state: personHasIt(reopened, now, why, { isWaitedFor: false }), isAll: true };
    }
    case 'note':
      return { state: note(heeded, rating, rule, null), isAll: false };
    default:
      return assertNever(heeding);
  }
}

/** Null: nobody is told. */
function heedingOf(
  rule: BadRatingRule,
  state: TicketState,
  { status, assignee }: TicketSnapshot,
  verdict: Verdict | WatchVerdict,
): Heeding | null {
  if (rule.do === 'nothing') return null;
  switch (verdict.kind) {
    case 'closed-on-desk':
    case 'left-to-people':
    case 'call-waits':
    case 'no-follow-up':
      return null;
    case 'awaits-person':
    case 'hand-off':
      return { how: 'note' };
    case 'person-has-it':
    case 'put-to-rest':
      if (rule.do === 'note' || status !== 'solved') return { how: 'note' };
      return assignee?.kind === 'agent' ? { how: 'reopen' } : { how: 'hand-off', comments: verdict.comments };
    case 'nothing-new':
    case 'solved-on-desk':
      return rule.do === 'note' || isWaitingForPerson(state) || state.stage === 'waiting-for-approval'
        ? { how: 'note' }
        : { how: 'hand-off', comments: [] };
    case 'answer':
    case 'machine-spoke':
    case 'others-wrote':
      return rule.do === 'note' || isDraftsMatter(state, verdict.comments)
        ? { how: 'note' }
        : { how: 'hand-off', comments: verdict.comments };
    default:
      return assertNever(verdict);
  }
}

/** The draft that waits for approval answers it already. */
function isDraftsMatter({ heldTurn }: TicketState, comments: readonly TicketComment[]): boolean {
  return heldTurn !== null && heldTurn.commentIds.at(-1) === comments.at(-1)?.id;
}

function handOver(
  state: TicketState,
  rating: Rating,
  { group, priority, tag }: BadRatingRule,
  comments: readonly TicketComment[],
  now: number,
): TicketState {
  const handled = changed(begunAnew(state), {
    handledCommentId: comments.at(-1)?.id ?? state.handledCommentId,
  });
  return handOffSilently(handled, now, {
    reason: 'bad-rating',
    detail: 'The customer rated the ticket bad.',
    note: noteText(rating),
    commentIds: comments.map(({ id }) => id),
    key: ratingKey(state.ref, rating.id, 'hand-off'),
    change: {
      addTags: [tag],
      ...(group === null ? {} : { group }),
      ...(priority === null ? {} : { priority, onlyRaises: true as const }),
    },
  });
}

function note(
  state: TicketState,
  rating: Rating,
  { tag }: BadRatingRule,
  status: 'open' | null,
): TicketState {
  return enqueueNote(
    state,
    plainUpdate(ratingKey(state.ref, rating.id, 'note'), {
      comment: internalNote(noteText(rating)),
      addTags: [tag],
      status,
    }),
  );
}

/** What they wrote with it is on the ticket, and stays there. */
function noteText({ hasComment }: Rating): string {
  return `The customer rated this ticket bad${hasComment ? ', with a comment: the rating on the ticket shows it' : ', without a comment'}.`;
}
