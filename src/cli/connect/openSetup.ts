/** The setup of the desk that the settings mean: a case for each. */
import { openChatwootSetup } from '../../helpdesk/chatwoot/setup/openChatwootSetup';
import type { ConnectedDesk } from '../../helpdesk/deskKinds';
import { openFreshdeskSetup } from '../../helpdesk/freshdesk/setup/openFreshdeskSetup';
import { openGorgiasSetup } from '../../helpdesk/gorgias/setup/openGorgiasSetup';
import type { CallContext, DeskIdentity } from '../../helpdesk/port';
import type { DeskSetup } from '../../helpdesk/setup/deskSetup';
import { openZendeskSetup } from '../../helpdesk/zendesk/setup/account';
import { lookAtZendesk } from './lookAtZendesk';

export interface OpenedSetup extends DeskSetup {
  /** What is said of the account before anything is done there; absent: that its pieces may be managed. */
  readonly look?: (me: DeskIdentity, call: CallContext) => Promise<readonly string[]>;
}

/** @param secret - ours, on a desk that sends what we choose. */
export function openSetup(desk: ConnectedDesk, account: string, secret: string): OpenedSetup {
  const options = { account, companyAddresses: [], ticketUrl: null };
  switch (desk.kind) {
    case 'zendesk': {
      const setup = openZendeskSetup(desk);
      return { ...setup, look: (me, call) => lookAtZendesk(setup, me, call) };
    }
    case 'freshdesk':
      return openFreshdeskSetup(desk, secret);
    case 'chatwoot':
      return openChatwootSetup({ ...desk, ...options });
    case 'gorgias':
      return openGorgiasSetup({ ...desk, ...options }, secret);
  }
}
