/** Gorgias behind the desk port, over its REST API: developers.gorgias.com/reference. */
import type { Helpdesk } from '../port';
import { createThreadDesk } from '../stepwise/createThreadDesk';
import { changedTickets } from './changedTickets';
import { gorgiasRequests, type GorgiasOptions } from './http';
import { allOf, gorgiasPeople } from './people';
import { readingOf } from './readTicket';
import { integrationsAnswer, type GorgiasMessage } from './schemas';
import { title } from './ticketId';
import { writingOf } from './writeTicket';

/** Longer than a web server lets a request run. */
const settleMs = 30_000;

export function createGorgiasDesk(options: GorgiasOptions): Helpdesk {
  const requests = gorgiasRequests(options);
  const site = options.apiUrl.replace(/\/api\/?$/, '');
  return createThreadDesk(
    {
      ...{ desk: 'gorgias', title, settleMs },
      ticketUrl: (ticketId) => `${site}/app/ticket/${ticketId}`,
      people: gorgiasPeople(requests),
      /** The integrations: an address, a shop's chat, a page of a social network. */
      brands: {
        list: (call) => allOf(requests.ofAccount)('/integrations', {}, integrationsAnswer, call),
        of: (_ticket, messages) => String(messages.findLast(isOfCustomer)?.integration_id ?? '') || null,
      },
      ...readingOf(requests),
      ...writingOf(requests, options.companyAddresses),
      ...changedTickets(requests),
    },
    options,
  );
}

/** Through one of them: what was made by the API has none. */
function isOfCustomer({ from_agent: isOurs, integration_id: through }: GorgiasMessage): boolean {
  return !isOurs && !!through;
}
