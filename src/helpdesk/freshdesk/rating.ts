/** The customer's rating: developers.freshdesk.com/api/#view_ticket_satisfaction_ratings. */
import type { Rating } from '../../core/ticket/ticket';
import type { CallContext } from '../port';
import type { FreshdeskHttp } from './http';
import { ratingsAnswer } from './schemas';
import { ticketPath } from './ticketPath';

const neutral = 100;

/** One request. What was written with it is left on the desk. */
export async function readRating(
  request: FreshdeskHttp,
  ticketId: string,
  call: CallContext,
): Promise<Rating | null> {
  const { body: ratings } = await request(
    {
      method: 'GET',
      path: `${ticketPath(ticketId)}/satisfaction_ratings`,
      answer: ratingsAnswer,
      about: 'ticket',
    },
    call,
  );
  const newest = [...ratings].sort((a, b) => (a.created_at < b.created_at ? 1 : -1))[0];
  const number = newest?.ratings?.default_question ?? neutral;
  if (newest === undefined || number === neutral) return null;
  return {
    id: newest.id,
    score: number > 0 ? 'good' : 'bad',
    hasComment: (newest.feedback ?? '').trim() !== '',
  };
}
