/**
 * The new and open tickets of a view (developer.zendesk.com/api-reference/ticketing/business-rules/views) or, by search, of
 * the whole account: what Deskhand takes up when it comes to an account that has been at work without it.
 */
import { z } from 'zod';
import type { CallContext } from '../port';
import type { ZendeskHttp } from './http';

const perPage = 100;
/** Zendesk finds 1,000 at most; a view may have more. */
const mostPages = 10;
const waiting = ['new', 'open'];

const page = z.object({
  tickets: z.array(z.object({ id: z.int(), status: z.string() })).optional(),
  results: z.array(z.object({ id: z.int(), status: z.string() })).optional(),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish(),
});

/**
 * One request for each hundred, a thousand tickets at most.
 * @param view - the id of a view; null: all of the account.
 * @throws RemoteFailure
 */
export async function openTickets(
  request: ZendeskHttp,
  view: string | null,
  call: CallContext,
): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const query: Record<string, string | number> =
      view === null
        ? { query: 'type:ticket status<pending', per_page: perPage, page: pages }
        : { 'page[size]': perPage, ...(after === null ? {} : { 'page[after]': after }) };
    const path = view === null ? '/search' : `/views/${encodeURIComponent(view)}/tickets`;
    const answer: z.infer<typeof page> = await request(
      { method: 'GET', path, query, answer: page, about: 'account' },
      call,
    );
    const tickets = answer.tickets ?? answer.results ?? [];
    for (const { id, status } of tickets) if (waiting.includes(status)) found.push(String(id));
    after = answer.meta?.after_cursor ?? null;
    const isLast =
      view === null ? tickets.length < perPage : answer.meta?.has_more !== true || after === null;
    if (isLast) break;
  }
  return [...new Set(found)];
}
