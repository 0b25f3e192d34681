/** The activities that call the desk. Each is safe to run again: the adapter applies a business key once. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { FailureKind } from '../src/core/failure';
import type { PolicySettings } from '../src/core/plan';
import type { Helpdesk } from '../src/helpdesk/port';
import type { Allowances, Shop } from '../src/orders/port';
import type { TicketRef } from '../src/core/ticket';
import { actWithinLimits } from './actWithinLimits';
import { attempt } from './attempt';
import { snapshotOf } from './readTicket';
import type { DeskActivities, PollDeskInput, PollDeskResult, UpdateTicketInput } from './types';

export interface DeskActivityPorts {
  readonly desk: Helpdesk;
  /** Of a version of the policy; null: the one in force. */
  readonly settingsOf: (version: string | null) => Promise<PolicySettings>;
  readonly shop: Shop;
  readonly allowances: Allowances;
  /** Signals the ticket's workflow, starting it if need be; resolves once Temporal has accepted. */
  readonly hintTicket: (ref: TicketRef, hintId: string) => Promise<void>;
}

const shopTimeoutMs = 25_000;

/** A webhook can be faster than the desk's own reads: a ticket that is not there yet is looked for this often. */
const notFoundAttempts = 4;

export function createDeskActivities({
  desk,
  settingsOf,
  shop,
  allowances,
  hintTicket,
}: DeskActivityPorts): DeskActivities {
  const update = (input: UpdateTicketInput) =>
    attempt(input.budgetMs, (signal) => {
      expectOurDesk(desk, input.ref);
      return desk.applyUpdates(input.ref.ticketId, input.updates, input.guard, { signal });
    });

  return {
    fetchTicket: ({ ref, policyVersion = null, budgetMs }) =>
      attempt(budgetMs, async (signal) => {
        expectOurDesk(desk, ref);
        const ticket = await desk.fetchTicket(ref.ticketId, { signal }).catch(waitForNewTicket);
        return { snapshot: snapshotOf(ticket), settings: await settingsOf(policyVersion) };
      }),
    actOnOrder: ({ ref, guard, key, action, budgetMs }) =>
      attempt(budgetMs, async (signal) => {
        expectOurDesk(desk, ref);
        await desk.checkUnchanged(ref.ticketId, guard, { signal });
        const { limits } = await settingsOf(null);
        // Not the step's own signal: an order half-way through a cancellation is nobody's wish.
        return actWithinLimits(
          { shop, allowances },
          { action, key },
          limits,
          AbortSignal.timeout(shopTimeoutMs),
        );
      }),
    replyToTicket: update,
    addNote: update,
    handOff: update,
    escalateTicket: update,
    closeTicket: update,
    openFollowUp: ({ ref, budgetMs, ...followUp }) =>
      attempt(budgetMs, (signal) => {
        expectOurDesk(desk, ref);
        return desk.openFollowUp(ref.ticketId, followUp, { signal });
      }),
    pollDesk: (input) => attempt(null, (signal) => pollDesk(desk, hintTicket, input, signal)),
  };
}

async function pollDesk(
  desk: Helpdesk,
  hintTicket: DeskActivityPorts['hintTicket'],
  input: PollDeskInput,
  signal: AbortSignal,
): Promise<PollDeskResult> {
  const from = input.cursor === null ? { since: input.since } : { cursor: input.cursor };
  const changed = await desk.changedTickets(from, { signal });
  // Desks tell whole seconds: what changed later within the first one counts, even if something earlier comes along.
  const since = Math.floor(input.since / 1_000) * 1_000;
  const fresh = changed.changes.filter((change) => Date.parse(change.updatedAt) >= since);
  for (const { ticketId, updatedAt } of fresh) {
    await hintTicket({ desk: desk.desk, account: desk.account, ticketId }, `poll:${ticketId}:${updatedAt}`);
  }
  return { cursor: changed.cursor, hinted: fresh.length, complete: changed.complete };
}

function waitForNewTicket(error: unknown): never {
  const { attempt: attempts } = activityInfo();
  if (isNotFound(error) && attempts < notFoundAttempts) {
    throw ApplicationFailure.create({
      message: 'the desk does not know the ticket (yet)',
      type: 'ticket-not-found',
      details: [attempts],
    });
  }
  throw error;
}

function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error && 'kind' in error && error.kind === ('ticket-not-found' satisfies FailureKind)
  );
}

/** @throws ApplicationFailure when the ticket belongs to a desk or account this worker has no access to. */
function expectOurDesk(desk: Helpdesk, ref: TicketRef): void {
  if (ref.desk === desk.desk && ref.account === desk.account) return;
  throw ApplicationFailure.nonRetryable(
    `this worker serves ${desk.desk}/${desk.account}, not ${ref.desk}/${ref.account}: check ZENDESK_API_URL`,
    'rejected' satisfies FailureKind,
    1,
  );
}
