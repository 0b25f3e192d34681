/**
 * The tickets that may wait for an answer after Deskhand has lost its memory. Whether it was at work here is searched
 * for (developers.freshdesk.com/api/#filter_tickets); what is open is listed, since search knows whole days only.
 */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { CallContext } from '../port';
import type { Directory } from './people';
import type { FreshdeskHttp } from './http';
import { isOwnStatus, statusOf, type StatusNames } from './numbers';
import { searchAnswer, ticketListAnswer } from './schemas';

const perPage = 100;
const mostPages = 10;

/** One request where Deskhand has written nothing yet; else one more for each hundred tickets. */
export async function ticketsLeftOpen(
  { request, directory }: { readonly request: FreshdeskHttp; readonly directory: Directory },
  since: number,
  call: CallContext,
): Promise<readonly string[]> {
  const { body: worked } = await request(
    {
      method: 'GET',
      path: '/search/tickets',
      // The quotes belong to the query.
      query: { query: `"tag:'${answeredTag}' OR tag:'${handedOffTag}'"` },
      answer: searchAnswer,
      about: 'account',
    },
    call,
  );
  if (worked.total === 0) return [];
  const found: string[] = [];
  let names: StatusNames = new Map();
  for (let page = 1; page <= mostPages; page += 1) {
    const { body: tickets, hasNext } = await request(
      {
        method: 'GET',
        path: '/tickets',
        query: {
          updated_since: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
          order_by: 'updated_at',
          order_type: 'desc',
          per_page: perPage,
          page,
        },
        answer: ticketListAnswer,
        about: 'account',
      },
      call,
    );
    const own = tickets.find(({ status }) => isOwnStatus(status) && !names.has(status));
    if (own !== undefined) names = await directory.statusNames(own.status, call);
    found.push(
      ...tickets
        .filter(({ status, deleted, spam }) => !deleted && !spam && statusOf(status, names) === 'open')
        .map(({ id }) => id),
    );
    if (!hasNext) break;
  }
  return [...new Set(found)];
}
