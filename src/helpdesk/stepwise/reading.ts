/** From the ticket as it is read to be written to, to what a turn is told of it: the same on every such desk. */
import type { Attachment, PastEvent, Rating, Requester } from '../../core/ticket/ticket';
import type { DeskTicket } from '../port';
import type { ViewedTicket } from './stepwiseDesk';

export function fieldsOfView(
  view: ViewedTicket,
): Pick<DeskTicket, 'status' | 'priority' | 'tags' | 'groupId' | 'assignee'> {
  const { status, priority, tags, groupId, assigneeId, ownUserId } = view;
  const kind = assigneeId === ownUserId ? 'bot' : 'agent';
  const assignee = assigneeId === null ? null : ({ id: assigneeId, kind } as const);
  return { status, priority, tags, groupId, assignee };
}

/** What was written with a key. */
export function pastOfView({ comments }: ViewedTicket): readonly PastEvent[] {
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

/**
 * One to five, the middle says nothing.
 * @param id - of the survey with its answer: another answer is another rating.
 */
export function ratingOfFive(
  id: string,
  score: number | null | undefined,
  words: string | null | undefined,
): Rating | null {
  if (score === null || score === undefined || score === 3) return null;
  return { id, score: score > 3 ? 'good' : 'bad', hasComment: (words ?? '').trim() !== '' };
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

/** Of a desk that tells a file's name by its address alone, and of its type the first half: `image`. */
export function attachmentAt(
  url: string | null | undefined,
  type: string | null | undefined,
  bytes: number | null | undefined,
): Attachment {
  const [, encoded = ''] = /([^/?#]*)(?:[?#].*)?$/.exec(url ?? '') ?? [];
  const [, extension = ''] = /\.(\w{1,8})$/.exec(encoded) ?? [];
  const isMedia = ['image', 'audio', 'video'].includes(type ?? '') && extension !== '';
  return {
    name: decoded(encoded) || (type ?? ''),
    contentType: isMedia ? `${type}/${extension.toLowerCase()}` : 'application/octet-stream',
    bytes: bytes ?? 0,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
