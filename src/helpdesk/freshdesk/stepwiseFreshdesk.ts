/**
 * How Freshdesk is written to: a comment and the ticket's fields are two requests, there is no idempotency key and no
 * write that depends on what was read. In which order, src/helpdesk/stepwise says; what is left, docs/freshdesk.md.
 */
import type { CustomField } from '../../core/ticket/customField';
import type { OutgoingComment, TicketUpdate } from '../../core/ticket/update';
import type { CallContext } from '../port';
import { rejected } from '../api/rejected';
import type { FieldChanges, StepwiseDesk, WrittenComment } from '../stepwise/stepwiseDesk';
import { markedHtml } from './businessKeyMark';
import type { Directory } from './people';
import { deskName } from './http';
import { numberOfPriority, numberOfStatus, phoneCall } from './numbers';
import { getTicket, type Reading } from './readTicket';
import { ticketAnswer, writtenAnswer } from './schemas';
import { ticketPath } from './ticketPath';
import { fieldsOf, findWritten, lookAgain, readFields, readView, type FreshdeskView } from './ticketView';

/** developers.freshdesk.com/api/#update_ticket */
const longestTag = 32;

export function stepwiseFreshdesk(reading: Reading, settleMs: number): StepwiseDesk<FreshdeskView> {
  const { request, directory } = reading;
  return {
    ...{ ...directory, name: deskName, settleMs, longestTag },
    readView: (ticketId, call) => readView(reading, ticketId, call),
    readFields: (view, call) => readFields(reading, view, call),
    lookAgain: (view, call) => lookAgain(reading, view, call),
    findWritten,
    setFields: async (view, changes, call) => {
      const { body: ticket } = await request(
        {
          method: 'PUT',
          path: ticketPath(view.ticketId),
          body: await bodyOf(changes, directory, call),
          answer: ticketAnswer,
          about: 'ticket',
        },
        call,
      );
      return { ...view, ...fieldsOf(ticket, view.statusNames) };
    },
    writeComment: async (view, key, comment, call) => {
      if (comment.public) await expectAddress(reading, view, call);
      return writeComment(reading, view.ticketId, key, comment, call);
    },
    statusSetAt: async ({ ticketId }, call) => {
      const { stats } = await getTicket(request, ticketId, 'stats', call);
      const at = stats?.status_updated_at ?? null;
      return at === null ? null : Date.parse(at);
    },
    shownField: ({ ticket }, { id }: CustomField) =>
      ticket.custom_fields ? (ticket.custom_fields[id] ?? null) : undefined,
  };
}

/** developers.freshdesk.com/api/#update_ticket. `tags` replaces the whole list. */
async function bodyOf(
  { tags, status, priority, groupId, assigneeId, custom }: FieldChanges,
  directory: Directory,
  call: CallContext,
): Promise<Record<string, unknown>> {
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(custom === undefined
      ? {}
      : { custom_fields: Object.fromEntries(custom.map(({ field, value }) => [field.id, value])) }),
    ...(status === undefined ? {} : { status: await wantedStatus(status, directory, call) }),
    ...(priority === undefined ? {} : { priority: numberOfPriority(priority) }),
    ...(groupId === undefined ? {} : { group_id: Number(groupId) }),
    ...(assigneeId === undefined ? {} : { responder_id: assigneeId === null ? null : Number(assigneeId) }),
  };
}

async function wantedStatus(
  status: NonNullable<TicketUpdate['status']>,
  directory: Directory,
  call: CallContext,
): Promise<number> {
  const names = status === 'hold' ? await directory.statusNames(0, call) : new Map<number, string>();
  return numberOfStatus(status, names);
}

/**
 * A reply goes by mail, and Freshdesk takes one to nobody, too. One request more, where the customer called: all others have an
 * address, or write where no mail is sent.
 * @throws RemoteFailure `rejected`
 */
async function expectAddress(
  { request }: Reading,
  { ticket, ticketId }: FreshdeskView,
  call: CallContext,
): Promise<void> {
  if (ticket.source !== phoneCall) return;
  const { requester } = await getTicket(request, ticketId, 'requester', call);
  if (!requester?.email) throw rejected(`${deskName} has no address of whoever called`);
}

async function writeComment(
  { request }: Reading,
  ticketId: string,
  key: string,
  comment: OutgoingComment,
  call: CallContext,
): Promise<WrittenComment> {
  const html = markedHtml(comment, key);
  const { body: written } = await request(
    {
      method: 'POST',
      path: `${ticketPath(ticketId)}/${comment.public ? 'reply' : 'notes'}`,
      body: { body: html, ...(comment.public ? {} : { private: true }) },
      answer: writtenAnswer,
      about: 'ticket',
    },
    call,
  );
  const { id, created_at: at } = written;
  return { id, at, author: 'bot', public: comment.public, machineMade: false, key, html };
}
