/** Gorgias behind the desk port, over its REST API: developers.gorgias.com/reference. */
import type { Helpdesk } from '../port';
import { createThreadDesk } from '../stepwise/createThreadDesk';
import { changedTickets } from './changedTickets';
import { gorgiasRequests, type GorgiasOptions } from './http';
import { gorgiasPeople } from './people';
import { readingOf } from './readTicket';
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
      ...readingOf(requests),
      ...writingOf(requests, options.companyAddresses),
      ...changedTickets(requests),
    },
    options,
  );
}
