/**
 * A ticket's audits: who did what, and under which business key. They are how a retry finds out what an earlier
 * attempt did. developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits
 */
import { isNewer, type Author, type PastEvent } from '../../core/ticket/ticket';
import type { CallContext } from '../port';
import { readAgreed } from './agreed';
import { authorOf, type AuthorContext } from './authorship';
import { cursorPages } from './cursorPages';
import type { ZendeskHttp } from './http';
import { auditsAnswer, type ZendeskAudit, type ZendeskUser } from './schemas';
import { ticketPath } from './ticketPath';

/** The field of an update's metadata that carries the business key; it comes back as `metadata.custom`. */
export const keyField = 'deskhand_key';

export interface Audits {
  /** Newest first; at least the newest 100. */
  readonly audits: readonly ZendeskAudit[];
  readonly users: readonly ZendeskUser[];
}

/** 5,000 comments is the most a ticket can have. */
const mostPages = 60;

/**
 * One request where the newest come first. Zendesk does not promise to sort this list: when it begins with the
 * oldest, the pages are followed to the end.
 */
export async function readAudits(request: ZendeskHttp, ticketId: string, call: CallContext): Promise<Audits> {
  const audits: ZendeskAudit[] = [];
  const users: ZendeskUser[] = [];
  const list = {
    path: `${ticketPath(ticketId)}/audits`,
    query: { include: 'users', sort: '-created_at' },
    ...{ answer: auditsAnswer, mostPages },
  };
  for await (const answer of cursorPages(request, { ...list, about: 'ticket' }, call)) {
    audits.push(...answer.audits);
    users.push(...(answer.users ?? []));
    if (isNewestFirst(answer.audits)) break;
  }
  return { audits: audits.sort((a, b) => (isNewer(stampOf(a), stampOf(b)) ? -1 : 1)), users };
}

export function findByKey(audits: readonly ZendeskAudit[], key: string): ZendeskAudit | undefined {
  return audits.find((audit) => audit.metadata?.custom?.[keyField] === key);
}

/** A comment's event has the comment's own id. */
export function commentEventsOf(
  audit: ZendeskAudit,
): readonly (ZendeskAudit['events'][number] & { id: string })[] {
  return audit.events.flatMap((event) =>
    (event.type === 'Comment' || event.type === 'VoiceComment') && event.id
      ? [{ ...event, id: event.id }]
      : [],
  );
}

export function writerOf(
  audit: ZendeskAudit,
  event: ZendeskAudit['events'][number],
  context: AuthorContext,
): Author {
  const channel = event.via?.channel ?? audit.via?.channel ?? null;
  return authorOf(event.author_id ?? audit.author_id, channel, context);
}

/**
 * What we have done on the ticket, and when agents solved it; oldest first. What lies before the first comment shown
 * cannot be told.
 * @param audits - newest first.
 */
export function pastOf(audits: readonly ZendeskAudit[], context: AuthorContext): readonly PastEvent[] {
  const past: PastEvent[] = [];
  let after: string | undefined;
  for (const audit of audits.toReversed()) {
    after = commentEventsOf(audit).at(-1)?.id ?? after;
    if (after === undefined) continue;
    const { custom } = audit.metadata ?? {};
    const key = custom?.[keyField];
    if (typeof key === 'string') {
      past.push({ type: 'written', key, at: audit.created_at, after, ...readAgreed(custom ?? {}) });
    }
    const solving = audit.events.find((event) => event.field_name === 'status' && event.value === 'solved');
    if (solving !== undefined && writerOf(audit, solving, context) === 'agent') {
      past.push({ type: 'solved', after });
    }
  }
  return past;
}

function isNewestFirst(audits: readonly ZendeskAudit[]): boolean {
  const [first, last] = [audits.at(0), audits.at(-1)];
  return first !== undefined && last !== undefined && isNewer(stampOf(first), stampOf(last));
}

function stampOf(audit: ZendeskAudit): { id: string; at: string } {
  return { id: audit.id, at: audit.created_at };
}
