/**
 * Chatwoot behind the desk port, over its application API. What its public source says (github.com/chatwoot/chatwoot) and
 * its documents leave out stands in the modules beside this one.
 */
import type { Helpdesk } from '../port';
import { createThreadDesk } from '../stepwise/createThreadDesk';
import { changedTickets } from './changedTickets';
import { openChatwoot, type ChatwootOptions } from './http';
import { chatwootPeople } from './people';
import { readingOf } from './readTicket';
import { inboxesAnswer } from './schemas';
import { title } from './ticketId';
import { writingOf } from './writeTicket';

/** Chatwoot ends its own requests after fifteen seconds (rack-timeout). */
const settleMs = 16_000;

export function createChatwootDesk(options: ChatwootOptions): Helpdesk {
  const account = openChatwoot(options);
  return createThreadDesk(
    {
      ...{ desk: 'chatwoot', title, settleMs },
      ticketUrl: (ticketId) => `${account.site}/app${account.path}/conversations/${ticketId}`,
      people: chatwootPeople(account),
      /** Inboxes: each has a name, an address and words of its own. */
      brands: {
        list: async (call) =>
          (await account.ofAccount.get(`${account.path}/inboxes`, inboxesAnswer, call)).payload,
        of: ({ inbox_id: inbox }) => inbox,
      },
      ...readingOf(account),
      ...writingOf(account),
      ...changedTickets(account),
    },
    options,
  );
}
