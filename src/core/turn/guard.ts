/**
 * What a freshly read ticket means for the engine, before anything is classified: whose turn it is, and whether
 * there is anything to answer at all.
 */
import type { HandOffReason } from '../policy/plan';
import { dayMs } from '../spans';
import type { TicketState, Turn } from '../state';
import {
  isAfterId,
  isCustomerComment,
  isNewer,
  isPublicAnswer,
  machineReadings,
  type Reading,
  type TicketComment,
  type TicketSnapshot,
} from '../ticket/ticket';
import { restingStatuses } from '../ticket/update';
import { goesInCircles } from './circles';
import { whoseWords } from './thirdParties';
import { describeUnreadable } from './unreadable';

export type Verdict =
  | { readonly kind: 'answer'; readonly comments: readonly TicketComment[] }
  | {
      readonly kind: 'hand-off';
      readonly reason: HandOffReason;
      readonly detail: string;
      readonly comments: readonly TicketComment[];
    }
  | { readonly kind: 'person-has-it'; readonly why: string; readonly comments: readonly TicketComment[] }
  /** Only machines spoke: an out-of-office note, a delayed mail. Nothing is said, nothing is counted. */
  | { readonly kind: 'machine-spoke'; readonly comments: readonly TicketComment[] }
  /** Only others than the requester, whom the policy does not answer. */
  | { readonly kind: 'others-wrote'; readonly comments: readonly TicketComment[] }
  /** People were told and have not come yet: what the customer adds is theirs to read. */
  | { readonly kind: 'awaits-person'; readonly comments: readonly TicketComment[] }
  /** `mergedInto`: where it goes on; absent: nowhere. */
  | {
      readonly kind: 'closed-on-desk';
      readonly comments: readonly TicketComment[];
      readonly mergedInto?: string;
    }
  /** An agent has solved it or set it aside since, without a word: what the customer wrote is theirs. */
  | { readonly kind: 'put-to-rest'; readonly comments: readonly TicketComment[] }
  | { readonly kind: 'solved-on-desk' }
  | { readonly kind: 'nothing-new' };

/** What a person has done with the ticket to make it theirs. */
type Claim = 'assigned' | 'wrote';

const whyTheirs: Readonly<Record<Claim | 'took-over', string>> = {
  assigned: 'an agent is assigned',
  wrote: 'an agent has written',
  'took-over': 'a person took over',
};

/** Of these, nobody needs to hear. */
const idleReadings: readonly (Reading | null)[] = ['auto-reply', 'delivery-report'];

/** A desk closes tickets days after the last word; what is newer was written while it was still open. */
const overtakenWithinMs = dayMs;

/** @param hasNews - the look has found a customer comment that the one before it had not. */
export function judge(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  now: number,
  hasNews: boolean,
): Verdict {
  const comments = unanswered(state, turn, snapshot);
  const person = personAtWork(state, snapshot);
  const theirs = person !== null || state.stage === 'with-person';
  const { mergedInto } = snapshot;
  // Whoever merged has moved the conversation, and answered nothing.
  if (mergedInto !== undefined) {
    return { kind: 'closed-on-desk', comments: theirs ? [] : heard(comments), mergedInto };
  }
  if (snapshot.status === 'closed') {
    // Words on a closed ticket can only be a message that the closing overtook. Old ones were left unanswered on
    // purpose, and what a person had is that person's.
    const overtaken = comments.filter((comment) => now - Date.parse(comment.at) < overtakenWithinMs);
    return { kind: 'closed-on-desk', comments: theirs ? [] : overtaken };
  }
  const isAsked = turn.cause === 'hand-back' || turn.cause === 'reply-again';
  if (!isAsked && isPutToRest(snapshot, comments)) return { kind: 'put-to-rest', comments };
  const isHere = person !== null || (state.stage === 'with-person' && turn.cause !== 'hand-back');
  if (isHere && hasLeft(state, turn, snapshot, comments, person, hasNews)) {
    const detail = 'A person had the ticket; nobody is assigned now, and the customer waits for an answer.';
    return {
      kind: 'hand-off',
      reason: 'left-by-person',
      detail,
      comments: waitingFor(state, snapshot, comments),
    };
  }
  // Whoever looks at a draft may take the ticket for it: nothing is sent without their word.
  const isDrafts = isHeldDraftsMessage(state, comments) && turn.cause !== 'approval-check';
  if (person === 'assigned' && isDrafts) return { kind: 'nothing-new' };
  if (isHere) return { kind: 'person-has-it', why: whyTheirs[person ?? 'took-over'], comments };

  if (comments.length === 0) {
    return snapshot.status === 'solved' ? { kind: 'solved-on-desk' } : { kind: 'nothing-new' };
  }
  if (isWaitingForPerson(state) && turn.cause !== 'hand-back') return { kind: 'awaits-person', comments };
  return judgeComments(state, turn, snapshot, comments, now);
}

/**
 * Desks open a ticket when its customer writes: one that rests all the same was put to rest since. Our own replies
 * set it aside too; a message that one of them has overtaken is still to be answered.
 */
function isPutToRest(snapshot: TicketSnapshot, comments: readonly TicketComment[]): boolean {
  const newest = comments.at(-1);
  if (newest === undefined || !restingStatuses.includes(snapshot.status)) return false;
  return !snapshot.comments.some(
    (comment) => comment.author === 'bot' && comment.public && isNewer(comment, newest),
  );
}

/**
 * Nobody is assigned, and the customer waits: at the next check, or when they write again to somebody who has only
 * passed by. Who took over by an action is believed until the check.
 */
function hasLeft(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
  person: Claim | null,
  hasNews: boolean,
): boolean {
  if (state.stage !== 'with-person' || snapshot.assignee?.kind === 'agent') return false;
  if (restingStatuses.includes(snapshot.status)) return false;
  if (turn.cause === 'person-check') return waitingFor(state, snapshot, comments).length > 0;
  return person === null && !state.takenOver && hasNews && heard(comments).length > 0;
}

/** Without an automatic answer, which waits for nobody. */
function heard(comments: readonly TicketComment[]): readonly TicketComment[] {
  return comments.filter(({ reading }) => !idleReadings.includes(reading));
}

/** What waits for an answer while a person has the ticket: what came since, or what had been handed over to people. */
export function waitingFor(
  state: TicketState,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
): readonly TicketComment[] {
  if (heard(comments).length > 0) return comments;
  const answer = agentComments(snapshot)
    .filter((comment) => comment.public)
    .at(-1);
  return heard(snapshot.comments).filter(
    (comment) => state.handedOver.includes(comment.id) && (answer === undefined || isNewer(comment, answer)),
  );
}

/** All that the customer has said and nobody has answered, whoever was to. */
export function openWords(
  { handedOver, handledCommentId }: TicketState,
  snapshot: TicketSnapshot,
): readonly TicketComment[] {
  const answer = agentComments(snapshot).findLast((comment) => comment.public);
  return heard(snapshot.comments.filter(isCustomerComment)).filter(
    (comment) =>
      (handedOver.includes(comment.id) || isAfterId(snapshot, comment, handledCommentId)) &&
      (answer === undefined || isNewer(comment, answer)),
  );
}

function isHeldDraftsMessage(state: TicketState, comments: readonly TicketComment[]): boolean {
  return state.heldTurn !== null && state.heldTurn.commentIds.at(-1) === comments.at(-1)?.id;
}

function judgeComments(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  comments: readonly TicketComment[],
  now: number,
): Verdict {
  const handOff = (reason: HandOffReason, detail: string): Verdict => ({
    kind: 'hand-off',
    reason,
    detail,
    comments,
  });
  // Before machines are passed over: what comes back to the shop's own address mostly is one of its automatic answers.
  if (snapshot.requester.isCompany) {
    return handOff(
      'own-address',
      "The requester is one of the company's own support addresses: a mail loop.",
    );
  }
  if (comments.some((comment) => comment.reading === 'undeliverable')) {
    return handOff(
      'undeliverable',
      'A mail server reports that a message could not be delivered: the customer may not have got the answer.',
    );
  }
  if (comments.every((comment) => machineReadings.includes(comment.reading))) {
    return comments.some((comment) => comment.forPerson === true)
      ? handOff(
          'unreadable',
          'A machine wrote, and its message names an order or complains: nobody is answered.',
        )
      : { kind: 'machine-spoke', comments };
  }
  if (snapshot.requester.role === 'agent') {
    return handOff(
      'forwarded',
      'The requester is an agent: a forwarded or internal ticket, not a customer to answer.',
    );
  }
  const whose = whoseWords(
    state,
    comments.filter((comment) => !machineReadings.includes(comment.reading)),
  );
  if (whose.type === 'to-people') return handOff('third-party', whose.why);
  if (whose.type === 'to-note') return { kind: 'others-wrote', comments };
  const { comments: written } = whose;
  if (!written.some((comment) => comment.reading === 'words')) {
    return handOff('unreadable', `There are no words to understand: ${describeUnreadable(written)}.`);
  }
  const leftOut = written.filter((comment) => comment.cut && comment.text === '').length;
  if (leftOut > 0) {
    return handOff(
      'unreadable',
      `The customer wrote more than is read at once: ${leftOut} of ${written.length} messages were left out.`,
    );
  }
  const circles = goesInCircles(state, turn, snapshot, now);
  if (circles !== null) return handOff('reply-limit', circles);
  return { kind: 'answer', comments: written };
}

export function isWaitingForPerson(state: TicketState): boolean {
  return state.stage === 'handed-off' || state.stage === 'escalated';
}

/**
 * Why a person has the ticket, or null. A public answer or an assignment claims it; when people have been asked to
 * come, whatever is written since does, and nothing before. What was handed back to the bot no longer counts.
 */
function personAtWork(state: TicketState, snapshot: TicketSnapshot): Claim | null {
  const { assignee } = snapshot;
  if (assignee?.kind === 'agent' && assignee.id !== state.released?.assigneeId) return 'assigned';
  const claims = agentComments(snapshot).some((comment) => {
    if (!isAfterId(snapshot, comment, state.released?.agentCommentId ?? null)) return false;
    return state.handOff === null
      ? comment.public
      : isAfterId(snapshot, comment, state.handOff.knownAgentCommentId);
  });
  return claims ? 'wrote' : null;
}

function agentComments(snapshot: TicketSnapshot): readonly TicketComment[] {
  return snapshot.comments.filter((comment) => comment.author === 'agent');
}

/** Also an internal note. @param commentId - null: at any time. */
export function agentWroteAfter(snapshot: TicketSnapshot, commentId: string | null): boolean {
  return agentComments(snapshot).some((comment) => isAfterId(snapshot, comment, commentId));
}

/** A note since our last words. What was handed back to the bot no longer counts. */
export function hasNotedSince(
  { released, holding }: Pick<TicketState, 'released' | 'holding'>,
  snapshot: TicketSnapshot,
): boolean {
  const words = snapshot.comments
    .filter((comment) => comment.author === 'bot' && comment.public && !isHoldingReply(holding, comment))
    .at(-1);
  return (
    words !== undefined &&
    agentWroteAfter(snapshot, words.id) &&
    agentWroteAfter(snapshot, released?.agentCommentId ?? null)
  );
}

/** It has asked and answered nothing. */
function isHoldingReply(holding: TicketState['holding'], { id }: TicketComment): boolean {
  return holding?.commentIds.includes(id) === true;
}

export function newestAgentCommentId(snapshot: TicketSnapshot): string | null {
  return agentComments(snapshot).at(-1)?.id ?? null;
}

export function newestCustomerCommentId(snapshot: TicketSnapshot): string | null {
  return snapshot.comments.filter(isCustomerComment).at(-1)?.id ?? null;
}

/**
 * For the first look of a run, which has no memory: the newest customer comment that was dealt with in an earlier
 * one, as the comments alone tell it. Our notes count there: people were told of what stands before them.
 * @param told - comments of ours of which the ticket's history tells more.
 */
export function dealtWithBefore(snapshot: TicketSnapshot, told: ReadonlySet<string>): string | null {
  const last = snapshot.comments
    .filter(({ id, author, public: shown }) =>
      author === 'bot' ? !told.has(id) : author === 'agent' && shown,
    )
    .at(-1);
  if (last === undefined) return null;
  return (
    snapshot.comments.filter((comment) => isCustomerComment(comment) && isNewer(last, comment)).at(-1)?.id ??
    null
  );
}

/**
 * The customer's comments nobody has dealt with, oldest first. An agent's public answer deals with everything
 * before it; for the bot's own the engine's memory counts, since one that only promised a person is no answer.
 */
function unanswered(state: TicketState, turn: Turn, snapshot: TicketSnapshot): readonly TicketComment[] {
  const customers = snapshot.comments.filter(isCustomerComment);
  const newest = customers.at(-1);
  if (newest === undefined) return [];
  if (turn.cause === 'reply-again') {
    const answers = snapshot.comments.filter(
      (comment) => isPublicAnswer(comment) && !isHoldingReply(state.holding, comment),
    );
    const before = answers.filter((answer) => isNewer(newest, answer)).at(-1);
    return customers.filter((comment) => before === undefined || isNewer(comment, before));
  }
  const answer = agentComments(snapshot)
    .filter((comment) => comment.public)
    .at(-1);
  // What people had been given and have given back is the bot's until it is answered.
  const owed = state.stage === 'with-person' || isWaitingForPerson(state) ? [] : state.handedOver;
  return customers.filter(
    (comment) =>
      (owed.includes(comment.id) || isAfterId(snapshot, comment, state.handledCommentId)) &&
      (answer === undefined || isNewer(comment, answer)),
  );
}
