/**
 * Which tickets changed, from the cursor-based incremental export: unlike search it does not lag without bound, and
 * unlike the time-based export it neither repeats nor loops. Zendesk holds back the last minute of it.
 * developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports
 */
import { malformedAnswer } from '../../remote/failures';
import type { CallContext, ChangedTickets } from '../port';
import { deskName, type ZendeskHttp } from './http';
import { exportAnswer } from './schemas';

/** Ten requests a minute are allowed; tickets come with their descriptions, up to 64 kB each. */
const pageSize = 200;
/** Zendesk refuses a start less than a minute ago. */
const youngestStartMs = 61_000;

/** One request. */
export async function changedTickets(
  request: ZendeskHttp,
  from: { cursor: string } | { since: number },
  call: CallContext,
): Promise<ChangedTickets> {
  const answer = await request(
    {
      method: 'GET',
      path: '/incremental/tickets/cursor',
      query: {
        ...('cursor' in from ? { cursor: from.cursor } : { start_time: startTime(from.since) }),
        per_page: pageSize,
        exclude_deleted: true,
      },
      answer: exportAnswer,
      about: 'account',
      needs:
        'the export of changed tickets needs an admin, or a role with that right; ' +
        'DESKHAND_POLL_SECONDS=0 does without it and relies on webhooks',
    },
    call,
  );
  const cursor = answer.after_cursor ?? ('cursor' in from ? from.cursor : null);
  // An account where nothing changed has nothing to point at: the next look starts where this one did.
  const isEmpty = answer.tickets.length === 0 && answer.end_of_stream;
  if (cursor === null && !isEmpty) throw malformedAnswer(deskName, 200, 'the export came without a cursor');
  return {
    changes: answer.tickets
      .filter((ticket) => ticket.status !== 'deleted')
      .map((ticket) => ({ ticketId: ticket.id, updatedAt: ticket.updated_at })),
    cursor,
    // One that does not get on has no more for now, whatever it says: it would be asked without a pause.
    complete: answer.end_of_stream || ('cursor' in from && cursor === from.cursor),
  };
}

/** Unix seconds. */
function startTime(since: number): number {
  return Math.floor(Math.min(since, Date.now() - youngestStartMs) / 1000);
}
