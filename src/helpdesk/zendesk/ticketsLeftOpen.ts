/**
 * The tickets that may wait for an answer after Deskhand has lost its memory, by search
 * (developer.zendesk.com/api-reference/ticketing/ticket-management/search): it lags by minutes, which is no matter here,
 * and tells of open tickets alone, which the export does not.
 */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { CallContext } from '../port';
import type { ZendeskHttp } from './http';
import { searchAnswer } from './schemas';

const perPage = 100;
/** Zendesk finds 1,000 at most. */
const mostPages = 10;

/** One request where Deskhand has written nothing yet; else two, and one more for each hundred tickets. */
export async function ticketsLeftOpen(
  request: ZendeskHttp,
  since: number,
  call: CallContext,
): Promise<readonly string[]> {
  // Several tags are any of them.
  const worked = await search(
    request,
    `tags:${answeredTag} tags:${handedOffTag}`,
    { perPage: 1, page: 1 },
    call,
  );
  if (worked.length === 0) return [];
  const found: string[] = [];
  const open = `status<pending updated>=${new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  for (let page = 1; page <= mostPages; page += 1) {
    const tickets = await search(request, open, { perPage, page }, call);
    found.push(...tickets);
    if (tickets.length < perPage) break;
  }
  return [...new Set(found)];
}

async function search(
  request: ZendeskHttp,
  words: string,
  { perPage: size, page }: { readonly perPage: number; readonly page: number },
  call: CallContext,
): Promise<readonly string[]> {
  const { results } = await request(
    {
      method: 'GET',
      path: '/search',
      query: { query: `type:ticket ${words}`, per_page: size, page },
      answer: searchAnswer,
      about: 'account',
    },
    call,
  );
  return results.map(({ id }) => id);
}
