/**
 * Refused credentials are the account's matter, not a ticket's: people are told once, with the mend, and once more
 * when it works again; the tickets wait meanwhile.
 */
import type { Logger } from '../log/logger';
import { RemoteFailure } from '../remote/failures';
import type { CallContext, Helpdesk } from './port';

export interface WatchedHelpdesk extends Helpdesk {
  /**
   * True while the desk refuses the credentials. The right to poll alone does not count: without it Deskhand goes
   * on by webhooks.
   */
  isRefused(): boolean;
}

type Operation =
  | 'whoAmI'
  | 'groupNames'
  | 'customFields'
  | 'fetchTicket'
  | 'applyUpdates'
  | 'checkUnchanged'
  | 'openFollowUp'
  | 'changedTickets';

export function watchAccount(desk: Helpdesk, logger: Logger): WatchedHelpdesk {
  /** What was last refused, and with which status. A 401 is about the credentials, a 403 about this operation. */
  const refused = new Map<Operation, number | null>();
  const fields = { desk: desk.desk, account: desk.account };

  function sayRefused(step: Operation, failure: RemoteFailure): void {
    const known = refused.has(step) || (failure.status === 401 && [...refused.values()].includes(401));
    refused.set(step, failure.status);
    if (known) return;
    const mend =
      failure.status === 403
        ? 'give the user of ZENDESK_EMAIL or ZENDESK_OAUTH_TOKEN the role that this needs'
        : 'check ZENDESK_API_URL, ZENDESK_EMAIL and ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN';
    logger.error(
      `${failure.message}. What waits for it goes on by itself once it is mended: ${mend}, and restart Deskhand ` +
        'if you changed a variable.',
      {
        ...fields,
        step,
        failure: failure.kind,
        ...(failure.status === null ? {} : { status: failure.status }),
      },
    );
  }

  function sayWorking(step: Operation): void {
    // One success proves the credentials, and the right to this operation; not the right to another.
    const mended = [...refused].filter(([operation, status]) => operation === step || status === 401);
    for (const [operation] of mended) refused.delete(operation);
    if (mended.length > 0) logger.info('the desk accepts the credentials again', { ...fields, step });
  }

  async function watched<T>(step: Operation, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      sayWorking(step);
      return answer;
    } catch (error) {
      if (error instanceof RemoteFailure && error.kind === 'unauthorized') sayRefused(step, error);
      throw error;
    }
  }

  return {
    desk: desk.desk,
    account: desk.account,
    whoAmI: (call: CallContext) => watched('whoAmI', () => desk.whoAmI(call)),
    groupNames: (call) => watched('groupNames', () => desk.groupNames(call)),
    customFields: (call) => watched('customFields', () => desk.customFields(call)),
    fetchTicket: (ticketId, call, want) =>
      watched('fetchTicket', () => desk.fetchTicket(ticketId, call, want)),
    applyUpdates: (ticketId, updates, guard, call) =>
      watched('applyUpdates', () => desk.applyUpdates(ticketId, updates, guard, call)),
    checkUnchanged: (ticketId, guard, call) =>
      watched('checkUnchanged', () => desk.checkUnchanged(ticketId, guard, call)),
    openFollowUp: (closedTicketId, followUp, call) =>
      watched('openFollowUp', () => desk.openFollowUp(closedTicketId, followUp, call)),
    changedTickets: (from, call) => watched('changedTickets', () => desk.changedTickets(from, call)),
    ticketUrl: (ticketId) => desk.ticketUrl(ticketId),
    isRefused: () => [...refused.keys()].some((step) => step !== 'changedTickets'),
  };
}
