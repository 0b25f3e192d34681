/** One look for changed tickets: each is hinted at, and the cursor goes on behind them. */
import { isDue, suspendedNews } from '../src/core/notices/suspended';
import type { TicketRef } from '../src/core/ticket/ticket';
import type { Helpdesk } from '../src/helpdesk/port';
import type { Notifier } from '../src/notify/port';
import type { PollDeskInput, PollDeskResult } from './types';

/** A desk's clock may be behind ours by so much, and its first changes are found all the same. */
const looksEarlierMs = 15 * 60_000;
/** Less is the time that an answer takes, and the header's whole seconds. */
const clocksDifferMs = 5_000;

export interface PollPorts {
  readonly desk: Helpdesk;
  /** Signals the ticket's workflow, starting it if need be; resolves once Temporal has accepted. */
  readonly hintTicket: (ref: TicketRef, hintId: string) => Promise<void>;
  readonly notifier: Notifier;
  /** Ours, epoch milliseconds; absent: the real one. */
  readonly clock?: () => number;
}

/** Hints and notices are taken by Temporal one by one: a look that breaks off is made again from where it began. */
export async function pollDesk(
  ports: PollPorts,
  input: PollDeskInput,
  signal: AbortSignal,
): Promise<PollDeskResult> {
  const { desk, hintTicket, clock = Date.now } = ports;
  const from = input.cursor === null ? { since: input.since - looksEarlierMs } : { cursor: input.cursor };
  const changed = await desk.changedTickets(from, { signal });
  const aheadMs = (changed.clock ?? clock()) - clock();
  const byDesk = Math.abs(aheadMs) < clocksDifferMs ? input.since : input.since + aheadMs;
  // Desks tell whole seconds: what changed later within the first one counts, even if something earlier comes along.
  const since = Math.floor(byDesk / 1_000) * 1_000;
  const fresh = changed.changes.filter((change) => Date.parse(change.updatedAt) >= since);
  for (const { ticketId, updatedAt } of fresh) {
    await hintTicket({ desk: desk.desk, account: desk.account, ticketId }, `poll:${ticketId}:${updatedAt}`);
  }
  return {
    ...{ cursor: changed.cursor, hinted: fresh.length, complete: changed.complete },
    ...(await lookAtSuspended(ports, { ...input, since }, signal)),
  };
}

/** What the desk does not show, for whatever cause, costs the poll nothing. */
async function lookAtSuspended(
  { desk: { suspended }, notifier }: PollPorts,
  { suspended: mark, since }: PollDeskInput,
  signal: AbortSignal,
): Promise<Pick<PollDeskResult, 'suspended'>> {
  const now = Date.now();
  if (suspended === undefined || !isDue(mark, now)) return {};
  try {
    const seen = { upTo: mark?.upTo ?? null, since };
    const { notices, ...news } = suspendedNews(await suspended.list(seen, { signal }), suspended, {
      ...{ mark, since, now },
    });
    for (const notice of notices) await notifier.tell(notice);
    return { suspended: news };
  } catch (error) {
    if (signal.aborted || !isDesksFailure(error)) throw error;
    return { suspended: { mark: { upTo: mark?.upTo ?? null, lookedAt: now }, told: 0, counted: 0 } };
  }
}

/** Anything else is a mistake of ours. */
function isDesksFailure(error: unknown): boolean {
  return error instanceof Error && 'kind' in error;
}
