/**
 * Which tickets changed, from the list by `updated_since` (developers.freshdesk.com/api/#list_all_tickets): without it
 * only tickets created within 30 days are listed. The list has neither a cursor nor a fixed order while tickets change,
 * and a change may be seen there later than its time says. So each look begins some time before the newest change known,
 * at its first page, and leaves out what was told before. Only a crowd of changes at one moment takes further pages.
 */
import { z } from 'zod';
import type { CallContext, ChangedTickets } from '../port';
import type { FreshdeskHttp } from './http';
import { ticketListAnswer } from './schemas';

const perPage = 100;
const overlapMs = 30_000;
/** Freshdesk shows no more pages of one list. */
const mostPages = 300;
/** Told before, and still within the overlap. */
const mostTold = 2_000;

const cursorSchema = z.object({
  /** The newest change known, epoch milliseconds. */
  upTo: z.int(),
  page: z.int().min(1).max(mostPages),
  /** `id@epoch seconds`. */
  told: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorSchema>;

/** One request. */
export async function changedTickets(
  request: FreshdeskHttp,
  from: { cursor: string } | { since: number },
  call: CallContext,
): Promise<ChangedTickets> {
  const cursor = 'cursor' in from ? readCursor(from.cursor) : { upTo: from.since, page: 1, told: [] };
  const {
    body: tickets,
    hasNext,
    clock,
  } = await request(
    {
      method: 'GET',
      path: '/tickets',
      query: {
        updated_since: wholeSeconds(cursor.upTo - overlapMs),
        order_by: 'updated_at',
        order_type: 'asc',
        per_page: perPage,
        page: cursor.page,
      },
      answer: ticketListAnswer,
      about: 'account',
    },
    call,
  );
  const told = new Set(cursor.told);
  const fresh = tickets.filter((ticket) => !told.has(nameOf(ticket)));
  // A time to come, as of an import or a clock that was mended, would hide whatever changes until then.
  const latest = clock ?? Number.POSITIVE_INFINITY;
  const upTo = Math.min(cursor.upTo, latest);
  const shown = Math.max(upTo, ...tickets.map((ticket) => Date.parse(ticket.updated_at)));
  // Further on by time; by page only where a whole page lies within the overlap, or in a time to come. At the last page
  // nothing is left but time.
  const stays = hasNext && (shown === upTo || shown > latest) && cursor.page < mostPages;
  const newest = stays ? upTo : Math.min(shown, latest);
  const next: Cursor = {
    upTo: newest,
    page: stays ? cursor.page + 1 : 1,
    told: [...cursor.told, ...fresh.map(nameOf)]
      .filter((name) => secondsIn(name) * 1_000 >= newest - overlapMs)
      .slice(-mostTold),
  };
  return {
    changes: fresh
      .filter((ticket) => ticket.deleted !== true && ticket.spam !== true)
      .map((ticket) => ({ ticketId: ticket.id, updatedAt: ticket.updated_at })),
    cursor: JSON.stringify(next),
    ...{ complete: !hasNext || cursor.page === mostPages, clock },
  };
}

/** Of another version, or none of ours: a look from now misses nothing that webhooks tell, and the caller has no better. */
function readCursor(text: string): Cursor {
  const parsed = cursorSchema.safeParse(parsedJson(text));
  return parsed.success ? parsed.data : { upTo: Date.now() - overlapMs, page: 1, told: [] };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nameOf({ id, updated_at: at }: { readonly id: string; readonly updated_at: string }): string {
  return `${id}@${Math.floor(Date.parse(at) / 1_000)}`;
}

function secondsIn(name: string): number {
  return Number(name.split('@').at(-1));
}

function wholeSeconds(at: number): string {
  return new Date(Math.max(0, at)).toISOString().replace(/\.\d+Z$/, 'Z');
}
