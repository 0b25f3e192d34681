/** A new ticket that follows a closed one: the only way to go on where a ticket cannot be changed any more. */
import { createHash } from 'node:crypto';
import type { Agreed } from '../../core/conversation/agreed';
import { deedTags } from '../../core/ticket/tags';
import { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';
import { agreedMetadata } from './agreed';
import { keyField } from './audits';
import { outgoingHtml } from './commentText';
import type { Directory } from './directory';
import type { ZendeskHttp } from './http';
import { createAnswer, ticketAnswer, ticketsAnswer, type ZendeskTicket } from './schemas';
import { asTags } from './ticketFields';
import { ticketPath } from './ticketPath';

export interface FollowUp {
  readonly key: string;
  readonly note: string;
  readonly agreed?: Agreed;
  readonly group: string | null;
  readonly tags: readonly string[];
}

/**
 * The same key gives the same ticket, twice over. Zendesk keeps an `Idempotency-Key` of a creation for two hours
 * (developer.zendesk.com/api-reference/ticketing/tickets/tickets/#create-ticket); and at any time, the closed ticket
 * lists its follow-ups (`followup_ids`), of which ours carries the key as `external_id`.
 * Two requests, three when there are follow-ups already; the group list once.
 */
export async function openFollowUp(
  { request, directory }: { request: ZendeskHttp; directory: Directory },
  closedTicketId: string,
  followUp: FollowUp,
  call: CallContext,
): Promise<{ ticketId: string }> {
  const { ticket: closed } = await request(
    { method: 'GET', path: ticketPath(closedTicketId), answer: ticketAnswer, about: 'ticket' },
    call,
  );
  if (closed.status !== 'closed') {
    throw new RemoteFailure(
      'rejected',
      `the ticket is ${closed.status}: Zendesk links a follow-up to a closed ticket only`,
      { retryable: false },
    );
  }
  const earlier = await findEarlier(request, closed, followUp.key, call);
  if (earlier !== undefined) return { ticketId: earlier };

  const groupId = followUp.group === null ? null : await directory.groupId(followUp.group, call);
  const { ticket } = await request(
    {
      method: 'POST',
      path: '/tickets',
      headers: { 'Idempotency-Key': createHash('sha256').update(followUp.key).digest('hex') },
      body: {
        ticket: {
          via_followup_source_id: Number(closed.id),
          external_id: followUp.key,
          // Without these the bot would be the requester, of a ticket without a subject.
          requester_id: Number(closed.requester_id),
          ...(closed.subject ? { subject: closed.subject } : {}),
          // The closed ticket's tags are inherited only where none are sent.
          tags: [
            ...new Set([
              ...closed.tags.filter((tag) => !deedTags.includes(tag)),
              ...followUp.tags.flatMap(asTags),
            ]),
          ],
          ...(groupId === null ? {} : { group_id: Number(groupId) }),
          comment: {
            html_body: outgoingHtml({ public: false, text: followUp.note, html: null }),
            public: false,
          },
          metadata: { [keyField]: followUp.key, ...agreedMetadata(followUp.agreed) },
        },
      },
      answer: createAnswer,
      about: 'account',
    },
    call,
  );
  return { ticketId: ticket.id };
}

async function findEarlier(
  request: ZendeskHttp,
  closed: ZendeskTicket,
  key: string,
  call: CallContext,
): Promise<string | undefined> {
  const ids = closed.followup_ids ?? [];
  if (ids.length === 0) return undefined;
  const { tickets } = await request(
    {
      method: 'GET',
      path: '/tickets/show_many',
      query: { ids: ids.slice(-100).join(',') },
      answer: ticketsAnswer,
      about: 'account',
    },
    call,
  );
  return tickets.find((ticket) => ticket.external_id === key)?.id;
}
