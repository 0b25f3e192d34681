/** What classifier and policy are asked of the customer's words: the turn's two steps that touch no desk. */
import { openQuestion } from '../conversation/dialogue';
import { deedsOf } from '../conversation/earlier';
import type { Classification } from '../conversation/understanding';
import type { CustomerWords, Step } from '../effects';
import type { TicketState, Turn } from '../state';
import type { TicketComment, TicketSnapshot } from '../ticket/ticket';
import { hasNotedSince } from './guard';
import { askedBy } from './thirdParties';
import { patienceOf } from '../outage/patience';

export function classifyStep(state: TicketState, turn: Turn, snapshot: TicketSnapshot, now: number): Step {
  const comments = commentsOf(turn, snapshot);
  const parts = textsOf(comments);
  const words = { ...wordsOf(snapshot, comments), ...(parts.length > 1 ? { parts } : {}) };
  const { locale, name } = snapshot.requester;
  const question = openQuestion(state.dialogue);
  return { type: 'classify-message', words, locale, name, question, ...patienceOf(state, turn, now) };
}

export function consultStep(
  state: TicketState,
  turn: Turn,
  snapshot: TicketSnapshot,
  classification: Classification,
  now: number,
): Step {
  const done = deedsOf(state);
  const comments = commentsOf(turn, snapshot);
  const input = {
    ref: state.ref,
    words: wordsOf(snapshot, comments),
    classification,
    requester: askedBy(snapshot, comments),
    channel: snapshot.channel,
    ...(snapshot.brand === undefined ? {} : { brand: snapshot.brand }),
    ...(state.settings.policy === undefined ? {} : { policy: state.settings.policy }),
    tags: snapshot.tags,
    priority: snapshot.priority,
    dialogue: state.dialogue,
    codesSent: state.codesSent ?? [],
    ...(state.rating === undefined ? {} : { rating: state.rating.score }),
    ...(state.earlier === undefined ? {} : { reopened: true as const }),
    ...(done.length === 0 ? {} : { done }),
    ...(hasNotedSince(state, snapshot) ? { agentNoted: true as const } : {}),
    commentId: turn.commentIds.at(-1) ?? '',
    policyVersion: state.policyVersion,
    turnNumber: turn.number,
    now,
  };
  return { type: 'consult-policy', input, ...patienceOf(state, turn, now) };
}

export function commentsOf(turn: Turn, snapshot: TicketSnapshot): readonly TicketComment[] {
  return snapshot.comments.filter((comment) => turn.commentIds.includes(comment.id));
}

function wordsOf(snapshot: TicketSnapshot, comments: readonly TicketComment[]): CustomerWords {
  return {
    text: textsOf(comments).join('\n\n'),
    subject: snapshot.subject,
    attachmentNames: comments.flatMap((comment) => comment.attachments.map((attachment) => attachment.name)),
  };
}

function textsOf(comments: readonly TicketComment[]): readonly string[] {
  return comments.map((comment) => comment.text ?? '').filter((text) => text !== '');
}
