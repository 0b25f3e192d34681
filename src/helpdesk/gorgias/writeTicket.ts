/**
 * How Gorgias is written to: a message and the ticket's fields are two requests, and no write depends on what was read.
 * The business key is the message's `external_id`, which Gorgias keeps and does not use
 * (developers.gorgias.com/reference/create-ticket-message). In which order, src/helpdesk/stepwise says.
 */
import { createHash } from 'node:crypto';
import type { OutgoingComment } from '../../core/ticket/update';
import { escapeHtml, withoutPlaceholders } from '../comments/commentHtml';
import type { DeskRequests } from '../api/deskCalls';
import { rejected } from '../api/rejected';
import type { FieldChanges } from '../stepwise/stepwiseDesk';
import type { Thread, ThreadWriting } from '../stepwise/threadDesk';
import { factsOf, ticketPath } from './readTicket';
import { messageAnswer, ticketAnswer, type GorgiasMessage, type GorgiasTicket } from './schemas';
import { title } from './ticketId';
import { authorOf, noteChannel, priorityWord, statusFields } from './words';

type GorgiasThread = Thread<GorgiasTicket, GorgiasMessage>;

export function writingOf(
  { ofTicket }: DeskRequests,
  companyAddresses: readonly string[],
): ThreadWriting<GorgiasTicket, GorgiasMessage> {
  return {
    setFields: async (thread, changes, call) => {
      const body = fieldsBody(changes, thread);
      return factsOf(await ofTicket.send('PUT', ticketPath(thread.ticketId), body, ticketAnswer, call));
    },
    write: async (thread, externalId, comment, call) => {
      const body = messageBody(thread, externalId, comment, companyAddresses);
      const path = `${ticketPath(thread.ticketId)}/messages`;
      const { id, created_datetime: at } = await ofTicket.send('POST', path, body, messageAnswer, call);
      return { id, at };
    },
    /** It has room for 255 characters; longer keys belong to orders with long names, and are never read back as words. */
    keptKey: (key) => (key.length <= 255 ? key : `sha256-${createHash('sha256').update(key).digest('hex')}`),
    // Both are snoozed.
    holdIsPending: true,
  };
}

/** developers.gorgias.com/reference/update-ticket. `tags` replaces the whole list; so, maybe, does `custom_fields`. */
function fieldsBody(
  { tags, status, priority, groupId, assigneeId, custom }: FieldChanges,
  { custom: present = {} }: GorgiasThread,
): Readonly<Record<string, unknown>> {
  const set = new Map(Object.entries(present));
  for (const { field, value } of custom ?? []) set.set(field.id, value);
  return {
    tags: tags?.map((name) => ({ name })),
    ...(status && statusFields(status)),
    priority: priority && priorityWord(priority),
    assignee_team: groupId && { id: Number(groupId) },
    assignee_user: assigneeId && { id: Number(assigneeId) },
    custom_fields: custom && [...set].map(([id, value]) => ({ id: Number(id), value })),
  };
}

function messageBody(
  thread: GorgiasThread,
  externalId: string,
  comment: OutgoingComment,
  companyAddresses: readonly string[],
) {
  return {
    ...(comment.public
      ? routeToCustomer(thread, companyAddresses)
      : { channel: noteChannel, source: { type: noteChannel } }),
    ...{ public: comment.public, from_agent: true, via: 'api', external_id: externalId },
    sender: { id: Number(thread.ownUserId) },
    body_html: withoutPlaceholders(comment.html ?? escapeHtml(comment.text)),
    body_text: withoutPlaceholders(comment.text),
  };
}

/**
 * Back the way on which the customer wrote last, where that can be answered; a call and a form are answered by mail.
 *
 * @throws RemoteFailure `rejected` where nothing can be.
 */
function routeToCustomer(
  { ticket, messages, ownUserId, requesterId }: GorgiasThread,
  companyAddresses: readonly string[],
) {
  const { customer, reply_options: options } = ticket;
  const last = messages.findLast((message) => authorOf(message, ownUserId, requesterId) === 'requester');
  const canAnswer = (channel: string) => !options || options[channel]?.answerable === true;
  if (customer && last !== undefined && canAnswer(last.channel) && last.source?.from?.address) {
    const from = addressReached(last.source, companyAddresses);
    return {
      ...{ channel: last.channel, receiver: { id: Number(customer.id) } },
      ...(last.integration_id ? { integration_id: last.integration_id } : {}),
      source: { type: last.source.type ?? last.channel, ...(from ? { from } : {}), to: [last.source.from] },
    };
  }
  if (customer?.email && canAnswer('email')) {
    const to = [{ address: customer.email, name: customer.name ?? '' }];
    return { channel: 'email', receiver: { id: Number(customer.id) }, source: { type: 'email', to } };
  }
  throw rejected(`${title} has no channel on which this ticket can be answered`);
}

/**
 * Which of the company's addresses a message was sent to: Gorgias sends from no other. Undefined where that is not known, as of a
 * mail that went to others as well: the integration then says it.
 */
function addressReached(
  { to, cc }: NonNullable<GorgiasMessage['source']>,
  companyAddresses: readonly string[],
) {
  const reached = [...(to ?? []), ...(cc ?? [])];
  const own = new Set(companyAddresses.map((address) => address.toLowerCase()));
  const known = reached.find(({ address }) => own.has(address?.toLowerCase() ?? ''));
  return known ?? (reached.length === 1 ? reached[0] : undefined);
}
