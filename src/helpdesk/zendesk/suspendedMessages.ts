/**
 * Mails that Zendesk has suspended (developer.zendesk.com/api-reference/ticketing/tickets/suspended_tickets): an admin, or
 * a role with that right, may see them. The causes, by number:
 * developer.zendesk.com/documentation/ticketing/reference-guides/suspensions-reference
 */
import { isUnseen, type SuspendedMessage } from '../../core/notices/suspended';
import type { CallContext, SuspendedMessages } from '../port';
import type { ZendeskHttp } from './http';
import { suspendedAnswer } from './schemas';

type Cause = Pick<SuspendedMessage, 'cause' | 'why' | 'mayBeCustomers'>;

const maybe = (cause: string, why: string): Cause => ({ cause, why, mayBeCustomers: true });
const never = (cause: string, why: string): Cause => ({ cause, why, mayBeCustomers: false });

const causes: Readonly<Record<number, Cause>> = {
  0: never('spam', 'Zendesk takes them for spam'),
  1: maybe('not-on-allowlist', "the sender's domain is not on the allowlist"),
  2: maybe('unverified', 'the sender has not confirmed their address'),
  3: never('automatic', 'a machine wrote them'),
  4: never('loop', 'Zendesk takes them for a mail loop'),
  5: maybe('unknown-sender-on-ticket', 'somebody unknown answered on a ticket'),
  6: maybe('others-ticket', 'they answer a ticket of somebody else'),
  7: never('delivery-failure', 'a mail server could not deliver a mail'),
  8: never('vacation', 'somebody is out of office'),
  9: never('system-user', 'a mail system wrote them'),
  10: maybe('unknown-sender', 'only registered customers may write'),
  11: never('blank', 'they are empty'),
  12: maybe('sign-up-required', 'the sender must sign up first'),
  13: never('blocklisted', 'the sender is on the blocklist'),
  14: never('backscatter', 'they are reports on mails that somebody forged'),
  15: maybe('mail-disabled', 'mail is switched off on the account'),
  16: maybe('to-noreply', 'they were sent to a "noreply" address'),
  17: maybe('unknown-server', 'they came through an unknown mail server'),
  18: maybe('expired-account', 'the account has expired'),
  19: maybe('processing-failed', 'Zendesk could not process them'),
  20: maybe('unauthenticated-answer', 'they answer a ticket, and their sender could not be verified'),
  21: maybe('logged-out', 'the sender was not signed in'),
  22: maybe(
    'from-support-address',
    "they come from one of the account's own support addresses, as badly forwarded mail does",
  ),
  23: maybe('from-zendesk-account', 'they come from another Zendesk account'),
  24: maybe('processing-timed-out', 'Zendesk took too long to process them'),
  25: never('malware', 'there is malware in them'),
  26: maybe('failed-authentication', "the sender's mail server could not be verified (SPF, DKIM, DMARC)"),
  27: never('from-noreply', 'they come from a "noreply" address'),
  28: maybe('unverified-owner', 'the owner of the account has not confirmed their address'),
  29: never('malicious-pattern', 'their content looks malicious'),
  30: maybe('too-many-recipients', 'they have too many recipients'),
};
/** Zendesk adds causes without notice. */
const unknownCause = maybe('other', 'of a cause that Deskhand does not know');

const perPage = 100;
/** A wave of spam must not hide what came before it. */
const mostPages = 10;

export function suspendedMessages(request: ZendeskHttp): SuspendedMessages {
  return {
    place: 'Zendesk, under Views > Suspended tickets',
    keptForDays: 14,
    list: async (seen, call) => {
      // What comes meanwhile moves others to the next page.
      const found = new Map<string, SuspendedMessage>();
      for (let page = 1; page <= mostPages; page += 1) {
        const messages = await pageOf(request, page, call);
        for (const message of messages) found.set(message.id, message);
        const oldest = messages.at(-1);
        if (messages.length < perPage || oldest === undefined || !isUnseen(oldest, seen)) break;
      }
      return [...found.values()];
    },
  };
}

/** The newest first. */
async function pageOf(
  request: ZendeskHttp,
  page: number,
  call: CallContext,
): Promise<readonly SuspendedMessage[]> {
  const answer = await request(
    {
      ...{ method: 'GET', path: '/suspended_tickets', answer: suspendedAnswer, about: 'account' },
      query: { sort_by: 'created_at', sort_order: 'desc', per_page: perPage, ...(page > 1 ? { page } : {}) },
      needs: suspendedRight,
    },
    call,
  );
  return answer.suspended_tickets.map(({ id, cause_id: cause, created_at: at }) => ({
    ...{ id, at },
    ...(causes[cause ?? -1] ?? unknownCause),
  }));
}

export const suspendedRight =
  'mails that Zendesk has suspended by mistake are only seen by an admin, or a role that may manage suspended tickets';
