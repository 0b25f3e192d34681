/** From the settings to the desk they mean. */
import { deskNameOf } from '../config/deskSettings';
import type { Settings } from '../config/settings';
import type { AdapterOptions } from './api/deskCalls';
import { deskKinds, type ConnectedDesk } from './deskKinds';
import { readEmbeddedDeskCredentials } from './embedded/common/credentials';
import { embeddedTicketUrl } from './embedded/zendesk/tickets/ticketUrl';
import { createChatwootDesk } from './chatwoot/createChatwootDesk';
import { createFreshdeskDesk } from './freshdesk/createFreshdeskDesk';
import { createGorgiasDesk } from './gorgias/createGorgiasDesk';
import type { RequestBudget } from '../remote/budget/requestBudget';
import type { Helpdesk } from './port';
import { createZendeskDesk } from './zendesk/createZendeskDesk';

/** The embedded desk applies a request at once or, on demand, a little late. */
const embeddedSettleMs = 1_000;

/** @throws DeskCredentialsError when the embedded desk was never started in this state folder. */
export async function openHelpdesk(
  settings: Pick<Settings, 'desk' | 'account' | 'brands' | 'companyAddresses' | 'stateDir'>,
  budget?: RequestBudget,
): Promise<Helpdesk> {
  const { desk, account, companyAddresses, stateDir } = settings;
  const brandsAreNeeded = Object.keys(settings.brands).length > 0;
  const common = {
    ...{ account, companyAddresses, brandsAreNeeded },
    ...(budget === undefined ? {} : { budget }),
  };
  if (desk.kind !== 'embedded') return open(desk, { ...common, ticketUrl: null });
  const credentials = await readEmbeddedDeskCredentials(stateDir, desk.desk);
  const { connect, signInToDouble } = deskKinds[desk.desk];
  const site = new URL(credentials.apiUrl).origin;
  return open(connect(credentials.apiUrl, signInToDouble(credentials)), {
    ...{ ...common, settleMs: embeddedSettleMs },
    ticketUrl: (ticketId) => embeddedTicketUrl(site, ticketId),
  });
}

/** The adapters: a case for each desk. */
function open(desk: ConnectedDesk, options: Omit<AdapterOptions, 'timeoutsMs'>): Helpdesk {
  switch (desk.kind) {
    case 'zendesk':
      return createZendeskDesk({ ...desk, ...options });
    case 'freshdesk':
      return createFreshdeskDesk({ ...desk, ...options });
    case 'chatwoot':
      return createChatwootDesk({ ...desk, ...options });
    case 'gorgias':
      return createGorgiasDesk({ ...desk, ...options });
  }
}

/** The desk that these settings serve, as it stands in workflow ids. */
export function servedDesk({ desk, account }: Pick<Settings, 'desk' | 'account'>): {
  readonly desk: string;
  readonly account: string;
} {
  return { desk: deskNameOf(desk), account };
}
