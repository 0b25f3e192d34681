/** From the settings to the desk they mean. */
import type { Settings } from '../config/settings';
import { readEmbeddedDeskCredentials } from './embedded/credentials';
import { embeddedTicketUrl } from './embedded/ticketUrl';
import type { Helpdesk } from './port';
import { createZendeskDesk } from './zendesk/createZendeskDesk';

/** The account of the embedded desk, in workflow ids. */
export const embeddedAccount = 'demo';

/** @throws DeskCredentialsError when the embedded desk was never started in this state folder. */
export async function openHelpdesk(settings: Settings): Promise<Helpdesk> {
  const { desk, companyAddresses } = settings;
  if (desk.kind === 'zendesk') {
    return createZendeskDesk({
      apiUrl: desk.apiUrl,
      auth: desk.auth,
      account: accountOf(desk.apiUrl),
      companyAddresses,
      ticketUrl: null,
    });
  }
  const { apiUrl, email, token } = await readEmbeddedDeskCredentials(settings.stateDir);
  return createZendeskDesk({
    apiUrl,
    auth: { type: 'api-token', email, token },
    account: embeddedAccount,
    companyAddresses,
    ticketUrl: (ticketId) => embeddedTicketUrl(apiUrl.replace(/\/api\/v2$/, ''), ticketId),
  });
}

/**
 * `acme` of `https://acme.zendesk.com/api/v2`; of any other address its host, with what ids may not contain
 * (a workflow id is split at colons) made a dash: `localhost-8080`.
 */
export function accountOf(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  const subdomain = /^([^.]+)\.zendesk\.com$/.exec(host)?.[1];
  return subdomain ?? host.replaceAll(/[^a-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
}
