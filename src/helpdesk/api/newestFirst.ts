/**
 * What changed, from a list that knows no "since", only an order: the newest change first. So each look walks from the top
 * back to some time before the newest change known, and leaves out what was told before. What changes meanwhile moves to
 * the top, where the next look begins: some come twice, none is missed.
 */
import { z } from 'zod';
import { RemoteFailure } from '../../remote/failures';
import type { ChangedTickets } from '../port';

export interface ListedTicket {
  readonly id: string;
  /** When it changed, epoch milliseconds. */
  readonly at: number;
  /** Absent: the list does not tell, or has none but open ones. */
  readonly isOpen?: boolean;
}

interface Listed {
  readonly tickets: readonly ListedTicket[];
  /** Where the page behind it begins; null: it is the last. */
  readonly next: string | null;
  /** The desk's own time when it answered, epoch milliseconds; null: it does not tell. */
  readonly clock: number | null;
}

/** @param from - where an earlier page ended; null: at the top. */
export type NewestFirst = (from: string | null) => Promise<Listed>;

/** A change may be seen in the list later than its time says. */
const overlapMs = 30_000;
/** In one look. */
const mostPages = 10;
/** One page may repeat what moved meanwhile; so many in a row are a list that does not go on. */
const mostRepeats = 5;
/** Told before, and still within the overlap. */
const mostTold = 2_000;

const cursorSchema = z.object({
  /** Everything up to here is told, epoch milliseconds. */
  upTo: z.int(),
  /** A look that did not get that far: where it goes on, and the newest change that it began with. */
  walk: z.object({ next: z.string(), newest: z.int() }).nullable(),
  /** `id@epoch milliseconds`. */
  told: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorSchema>;

/** One request for each page with changes, and at most ten. */
export async function changedSince(
  list: NewestFirst,
  from: { readonly cursor: string } | { readonly since: number },
): Promise<ChangedTickets> {
  const known = 'cursor' in from ? readCursor(from.cursor) : { upTo: from.since, walk: null, told: [] };
  const { tickets, next, clock } = await walkOn(list, known);
  const told = new Set(known.told);
  const fresh = tickets.filter((ticket) => !told.has(nameOf(ticket)));
  // A time to come, as of an import or a clock that was mended, would hide whatever changes until then.
  const latest = clock ?? Number.POSITIVE_INFINITY;
  const upTo = Math.min(known.upTo, latest);
  const newest = Math.min(latest, Math.max(upTo, known.walk?.newest ?? 0, ...tickets.map(({ at }) => at)));
  const cursor: Cursor = {
    upTo: next === null ? newest : upTo,
    walk: next === null ? null : { next, newest },
    told: [...known.told, ...fresh.map(nameOf)]
      .filter((name) => Number(name.split('@').at(-1)) >= newest - overlapMs)
      .slice(-mostTold),
  };
  const changes = fresh.map(({ id, at }) => ({ ticketId: id, updatedAt: new Date(at).toISOString() }));
  return { changes: changes.reverse(), cursor: JSON.stringify(cursor), complete: next === null, clock };
}

/** Those that are open. One request for each page of what changed since then. */
export async function openSince(list: NewestFirst, since: number): Promise<readonly string[]> {
  const { tickets } = await walk(list, since, null, Number.POSITIVE_INFINITY);
  return [...new Set(tickets.filter(({ isOpen }) => isOpen !== false).map(({ id }) => id))];
}

/** Where the desk has forgotten the place, it begins at the top again: else no look would ever succeed. */
async function walkOn(list: NewestFirst, { upTo, walk: known }: Cursor): ReturnType<typeof walk> {
  const since = upTo - overlapMs;
  if (known === null) return walk(list, since, null, mostPages);
  try {
    return await walk(list, since, known.next, mostPages);
  } catch (error) {
    if (error instanceof RemoteFailure && error.kind === 'rejected')
      return walk(list, since, null, mostPages);
    throw error;
  }
}

/** Newest first. `next`: where older ones are that changed since then, too; null: that were all. */
async function walk(list: NewestFirst, since: number, start: string | null, pages: number): Promise<Listed> {
  const found = new Map<string, ListedTicket>();
  let from = start;
  let repeats = 0;
  let told: number | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { tickets, next, clock } = await list(from);
    told ??= clock;
    const within = tickets.filter(({ at }) => at >= since);
    const before = found.size;
    for (const ticket of within) found.set(nameOf(ticket), ticket);
    repeats = found.size === before ? repeats + 1 : 0;
    const isOver = next === null || within.length < tickets.length || repeats === mostRepeats;
    if (isOver) return { tickets: [...found.values()], next: null, clock: told };
    from = next;
  }
  return { tickets: [...found.values()], next: from, clock: told };
}

/** Of another version, or none of ours: a look from now misses nothing that webhooks tell, and the caller has no better. */
function readCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(text));
  } catch {
    return { upTo: Date.now() - overlapMs, walk: null, told: [] };
  }
}

function nameOf({ id, at }: ListedTicket): string {
  return `${id}@${at}`;
}
