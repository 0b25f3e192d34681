/** From the settings to the desk they mean. */
import { deskNameOf } from '../config/deskSettings';
import type { Settings } from '../config/settings';
import { readEmbeddedDeskCredentials } from './embedded/common/credentials';
import { embeddedTicketUrl } from './embedded/zendesk/ticketUrl';
import { createFreshdeskDesk } from './freshdesk/createFreshdeskDesk';
import type { Helpdesk } from './port';
import { createZendeskDesk } from './zendesk/createZendeskDesk';

/** The account of the embedded desk, in workflow ids. */
export const embeddedAccount = 'demo';
/** The embedded desk applies a request at once or, on demand, a little late. */
const embeddedSettleMs = 1_000;

/** @throws DeskCredentialsError when the embedded desk was never started in this state folder. */
export async function openHelpdesk(settings: Settings): Promise<Helpdesk> {
  const { desk, companyAddresses } = settings;
  switch (desk.kind) {
    case 'zendesk':
      return createZendeskDesk({
        ...{ apiUrl: desk.apiUrl, auth: desk.auth, account: accountOf(desk.apiUrl) },
        ...{ companyAddresses, ticketUrl: null },
      });
    case 'freshdesk':
      return createFreshdeskDesk({
        ...{ apiUrl: desk.apiUrl, apiKey: desk.apiKey, account: accountOf(desk.apiUrl) },
        ...{ companyAddresses, ticketUrl: null },
      });
    case 'embedded': {
      const { apiUrl, email, token } = await readEmbeddedDeskCredentials(settings.stateDir, desk.desk);
      const site = apiUrl.replace(/\/api\/v2$/, '');
      const ticketUrl = (ticketId: string): string => embeddedTicketUrl(site, ticketId);
      const common = { apiUrl, account: embeddedAccount, companyAddresses, ticketUrl };
      return desk.desk === 'freshdesk'
        ? createFreshdeskDesk({ ...common, apiKey: token, settleMs: embeddedSettleMs })
        : createZendeskDesk({ ...common, auth: { type: 'api-token', email, token } });
    }
  }
}

/** The desk that these settings serve, as it stands in workflow ids. */
export function servedDesk({ desk }: Pick<Settings, 'desk'>): {
  readonly desk: string;
  readonly account: string;
} {
  return {
    desk: deskNameOf(desk),
    account: desk.kind === 'embedded' ? embeddedAccount : accountOf(desk.apiUrl),
  };
}

/**
 * `acme` of `https://acme.zendesk.com/api/v2` and `https://acme.freshdesk.com/api/v2`; of any other address its host,
 * with what ids may not contain (a workflow id is split at colons) made a dash: `localhost-8080`.
 */
export function accountOf(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  const subdomain = /^([^.]+)\.(?:zendesk|freshdesk)\.com$/.exec(host)?.[1];
  return subdomain ?? host.replaceAll(/[^a-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
}
