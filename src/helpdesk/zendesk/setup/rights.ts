/** What the credentials may do there: tried out, since Zendesk has no list of a user's rights. Nothing is written. */
import { z } from 'zod';
import { RemoteFailure } from '../../../remote/failures';
import type { CallContext } from '../../port';
import type { ZendeskHttp } from '../http';
import { auditsAnswer, exportAnswer, suspendedAnswer } from '../schemas';

export interface Rights {
  /** Whether the changed tickets can be asked for, which the poll does. */
  mayExport(call: CallContext): Promise<boolean>;
  /** Whether suspended mails are shown, of which the poll tells people. */
  maySeeSuspended(call: CallContext): Promise<boolean>;
  /**
   * Whether a ticket's audits are shown, by which a reply is told from one that was sent before; null: there is no
   * ticket yet to try it on.
   */
  mayReadAudits(call: CallContext): Promise<boolean | null>;
}

const searchAnswer = z.object({ results: z.array(z.object({ id: z.int() })) });

export function rightsOn(request: ZendeskHttp): Rights {
  return {
    mayExport: (call) => isAllowed(exportedOnce(request, call)),
    maySeeSuspended: (call) => isAllowed(suspendedOnce(request, call)),
    mayReadAudits: async (call) => {
      const [ticket] = await anyTickets(request, call);
      if (ticket === undefined) return null;
      const path = `/tickets/${ticket.id}/audits`;
      const query = { 'page[size]': 1 };
      const asking = request({ method: 'GET', path, query, answer: auditsAnswer, about: 'ticket' }, call);
      return isAllowed(asking).catch((error: unknown) => {
        // The search still finds what was deleted a moment ago.
        if (error instanceof RemoteFailure && error.kind === 'ticket-not-found') return null;
        throw error;
      });
    },
  };
}

async function anyTickets(
  request: ZendeskHttp,
  call: CallContext,
): Promise<readonly { readonly id: number }[]> {
  const query = { query: 'type:ticket status<closed', per_page: 1 };
  const answer = await request(
    { method: 'GET', path: '/search', query, answer: searchAnswer, about: 'account' },
    call,
  );
  return answer.results;
}

function suspendedOnce(request: ZendeskHttp, call: CallContext): Promise<unknown> {
  const query = { per_page: 1 };
  return request(
    { method: 'GET', path: '/suspended_tickets', query, answer: suspendedAnswer, about: 'account' },
    call,
  );
}

function exportedOnce(request: ZendeskHttp, call: CallContext): Promise<unknown> {
  const anHourAgo = Math.floor(Date.now() / 1000) - 3_600;
  const query = { start_time: anHourAgo, per_page: 1 };
  return request(
    {
      ...{ method: 'GET', path: '/incremental/tickets/cursor', query },
      ...{ answer: exportAnswer, about: 'account' },
    },
    call,
  );
}

async function isAllowed(asking: Promise<unknown>): Promise<boolean> {
  try {
    await asking;
    return true;
  } catch (error) {
    if (error instanceof RemoteFailure && error.status === 403) return false;
    throw error;
  }
}
