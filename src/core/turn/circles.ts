/**
 * What tells a conversation with a machine where its words do not: how many answers, how fast, and nobody of the team in
 * between. Counted on the ticket itself, so that no restart forgets them.
 */
import { modeOf } from '../modes/modeOf';
import { dayMs } from '../spans';
import { recentReplies } from '../stateChanges';
import type { TicketState, Turn } from '../state';
import {
  isAfterId,
  isCustomerComment,
  isPublicAnswer,
  type TicketComment,
  type TicketSnapshot,
} from '../ticket/ticket';

/** Nobody reads a mail and writes another within this time; so many times in a row it is no accident. */
const quickerThanPeopleMs = 15_000;
const quickAnswers = 3;
/** Where a policy does not say how many replies may go out without a person: so many hours' worth. */
const hoursWorth = 4;
const countedWithinMs = 30 * dayMs;

/** Why the bot must not answer once more, in a sentence for the note; null: it may. */
export function goesInCircles(
  state: TicketState,
  { cause }: Pick<Turn, 'cause'>,
  snapshot: TicketSnapshot,
  now: number,
): string | null {
  const { repliesPerHour, repliesWithoutPerson = hoursWorth * repliesPerHour } = state.settings;
  if (recentReplies(state, now).length >= repliesPerHour) {
    return `The bot has answered ${repliesPerHour} times within an hour.`;
  }
  // A person who asks for an answer, or has to approve of it, looks at it.
  if (cause === 'hand-back' || cause === 'reply-again' || modeOf(state) !== 'auto') return null;
  const since = sincePerson(snapshot.comments).filter((comment) =>
    isAfterId(snapshot, comment, state.forgivenUpTo ?? null),
  );
  const holding = state.holding?.commentIds ?? [];
  const replies = since.filter((comment) => isBotsReply(comment) && !holding.includes(comment.id));
  const counted = replies.filter(({ at }) => now - Date.parse(at) < countedWithinMs).length;
  if (counted >= repliesWithoutPerson) {
    return `The bot has answered ${counted} times without a person: it goes round in circles.`;
  }
  if (snapshot.channel === 'email' && answeredTooFast(since, replies)) {
    return `${quickAnswers} answers in a row were answered within ${quickerThanPeopleMs / 1_000} seconds each: a machine writes.`;
  }
  return null;
}

function sincePerson(comments: readonly TicketComment[]): readonly TicketComment[] {
  return comments.slice(comments.findLastIndex(({ author }) => author === 'agent') + 1);
}

function isBotsReply(comment: TicketComment): boolean {
  return comment.author === 'bot' && isPublicAnswer(comment);
}

function answeredTooFast(since: readonly TicketComment[], replies: readonly TicketComment[]): boolean {
  const last = replies.slice(-quickAnswers);
  return (
    last.length === quickAnswers &&
    last.every((reply) => {
      const next = since.slice(since.indexOf(reply) + 1).find(isCustomerComment);
      return next !== undefined && Date.parse(next.at) - Date.parse(reply.at) < quickerThanPeopleMs;
    })
  );
}
