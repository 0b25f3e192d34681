/**
 * How Gorgias is written to: a message and the ticket's fields are two requests, and no write depends on what was read.
 * The business key is the message's `external_id`, which Gorgias keeps and does not use
 * (developers.gorgias.com/reference/create-ticket-message). In which order, src/helpdesk/stepwise says.
 */
import { createHash } from 'node:crypto';
import type { OutgoingComment } from '../../core/ticket/update';
import { RemoteFailure } from '../../remote/failures';
import { escapeHtml, withoutPlaceholders } from '../commentHtml';
import type { FieldChanges, StepwiseDesk } from '../stepwise/stepwiseDesk';
import { deskName } from './http';
import {
  fieldsOf,
  readMessages,
  readView,
  ticketPath,
  withMessages,
  type GorgiasView,
  type Reading,
} from './readTicket';
import { messageAnswer, ticketAnswer } from './schemas';
import { noteChannel, priorityWord, statusFields } from './words';

export function stepwiseGorgias(reading: Reading, settleMs: number): StepwiseDesk<GorgiasView> {
  const { request, directory } = reading;
  return {
    ...{ ...directory, name: deskName, settleMs },
    readView: (ticketId, call) => readView(reading, ticketId, call),
    lookAgain: async (view, call) => withMessages(view, await readMessages(request, view.ticketId, call)),
    findWritten: (comments, key) => comments.find((one) => one.key === externalIdOf(key)),
    setFields: async (view, changes, call) => {
      const body = fieldsBody(changes, view);
      const path = ticketPath(view.ticketId);
      const answered = await request(
        { method: 'PUT', path, body, answer: ticketAnswer, about: 'ticket' },
        call,
      );
      // The answer lacks the custom fields.
      const custom = { ...view.ticket.custom_fields };
      for (const { field, value } of changes.custom ?? []) custom[field.id] = { value };
      return { ...view, ...fieldsOf({ ...answered.body, custom_fields: custom }) };
    },
    writeComment: async (view, key, comment, call) => {
      const body = messageBody(view, externalIdOf(key), comment);
      const path = `${ticketPath(view.ticketId)}/messages`;
      const { body: written } = await request(
        { method: 'POST', path, body, answer: messageAnswer, about: 'ticket' },
        call,
      );
      const { id, created_datetime: at } = written;
      const own = { author: 'bot', machineMade: false, key: externalIdOf(key), html: '' } as const;
      return { id, at, public: comment.public, ...own };
    },
    statusSetAt: ({ ticket: { closed_datetime: at } }) => Promise.resolve(at ? Date.parse(at) : null),
    shownField: ({ ticket: { custom_fields: shown } }, { id }) =>
      shown ? (shown[id]?.value ?? null) : undefined,
  };
}

/** It has room for 255 characters; longer keys belong to orders with long names, and are never read back as words. */
function externalIdOf(key: string): string {
  return key.length <= 255 ? key : `sha256-${createHash('sha256').update(key).digest('hex')}`;
}

/** developers.gorgias.com/reference/update-ticket. `tags` replaces the whole list; so, maybe, does `custom_fields`. */
function fieldsBody(
  { tags, status, priority, groupId, assigneeId, custom }: FieldChanges,
  { ticket }: GorgiasView,
): Record<string, unknown> {
  const changed = new Set(custom?.map(({ field }) => field.id));
  const kept = Object.entries(ticket.custom_fields ?? {}).filter(([id]) => !changed.has(id));
  return {
    ...(tags === undefined ? {} : { tags: tags.map((name) => ({ name })) }),
    ...(status === undefined ? {} : statusFields(status)),
    ...(priority === undefined ? {} : { priority: priorityWord(priority) }),
    ...(groupId === undefined ? {} : { assignee_team: { id: Number(groupId) } }),
    ...(assigneeId === undefined
      ? {}
      : { assignee_user: assigneeId === null ? null : { id: Number(assigneeId) } }),
    ...(custom === undefined
      ? {}
      : {
          custom_fields: [
            ...kept.map(([id, { value }]) => ({ id: Number(id), value })),
            ...custom.map(({ field, value }) => ({ id: Number(field.id), value })),
          ],
        }),
  };
}

function messageBody(view: GorgiasView, externalId: string, comment: OutgoingComment) {
  return {
    ...(comment.public ? routeToCustomer(view) : { channel: noteChannel, source: { type: noteChannel } }),
    ...{ public: comment.public, from_agent: true, via: 'api', external_id: externalId },
    sender: { id: Number(view.ownUserId) },
    body_html: withoutPlaceholders(comment.html ?? escapeHtml(comment.text)),
    body_text: withoutPlaceholders(comment.text),
  };
}

/**
 * Back the way on which the customer wrote last, where that can be answered; a call and a form are answered by mail.
 *
 * @throws RemoteFailure `rejected` where nothing can be.
 */
function routeToCustomer({ ticket, messages, comments }: GorgiasView) {
  const { customer, reply_options: options } = ticket;
  const last = messages.findLast((_message, at) => comments[at]?.author === 'requester');
  const canAnswer = (channel: string) => !options || options[channel]?.answerable === true;
  if (customer && last !== undefined && canAnswer(last.channel) && last.source?.from?.address) {
    const [from] = last.source.to ?? [];
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
  throw new RemoteFailure('rejected', 'Gorgias has no channel on which this ticket can be answered', {
    retryable: false,
  });
}
