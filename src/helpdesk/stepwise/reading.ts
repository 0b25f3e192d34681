/** From the ticket as it is read to be written to, to what a turn is told of it: the same on every such desk. */
import type { Attachment, PastEvent, Requester } from '../../core/ticket/ticket';
import type { DeskTicket } from '../port';
import type { TicketView } from './stepwiseDesk';

export function fieldsOfView(
  view: TicketView,
): Pick<DeskTicket, 'status' | 'priority' | 'tags' | 'groupId' | 'assignee'> {
  const { status, priority, tags, groupId, assigneeId, ownUserId } = view;
  const kind = assigneeId === ownUserId ? 'bot' : 'agent';
  const assignee = assigneeId === null ? null : ({ id: assigneeId, kind } as const);
  return { status, priority, tags, groupId, assignee };
}

/** What was written with a key. */
export function pastOfView({ comments }: TicketView): readonly PastEvent[] {
  return comments.flatMap(({ id, at, key }): readonly PastEvent[] =>
    key === null ? [] : [{ type: 'written', key, at, after: id }],
  );
}

/** Somebody who is told from the company's own by their address alone. Both sets in lower case. */
export function requesterByEmail(
  person: Pick<Requester, 'id' | 'name' | 'email' | 'locale'>,
  staffEmails: ReadonlySet<string>,
  companyAddresses: ReadonlySet<string>,
): Requester {
  const email = person.email?.toLowerCase() ?? '';
  return {
    ...person,
    role: staffEmails.has(email) ? 'agent' : 'end-user',
    isCompany: companyAddresses.has(email),
    // Such a desk says nothing of senders that it could not authenticate.
    trusted: true,
  };
}

interface File {
  readonly name?: string | null | undefined;
  readonly content_type?: string | null | undefined;
  readonly size?: number | null | undefined;
}

export function attachmentsOf(files: readonly File[] | null | undefined): readonly Attachment[] {
  return (files ?? []).map(({ name, content_type: contentType, size }) => ({
    name: name ?? '',
    contentType: contentType ?? 'application/octet-stream',
    bytes: size ?? 0,
  }));
}
