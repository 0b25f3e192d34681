/** The API as `deskhand server` and `deskhand up` run it: with each desk's identity and its webhook's secret. */
import type { Client } from '@temporalio/client';
import { obtainApiToken } from '../../config/apiToken';
import type { EngineSettings, Settings } from '../../config/settings';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import type { Logger } from '../../log/logger';
import type { ServedAccount } from '../../server/accounts';
import { startServer, type RunningServer } from '../../server/startServer';
import { askDesk, type AskedDesk } from './askDesk';
import { intentRefusal } from '../mode/policyModes';
import { webhookSecretName } from '../webhookNames';
import { webhookSecret } from '../webhookSecret';

export async function startApi(
  settings: EngineSettings,
  client: Client,
  logger: Logger,
  { askDeskEveryMs }: { readonly askDeskEveryMs?: number } = {},
): Promise<RunningServer> {
  const [first, ...others] = settings.accounts;
  const apiToken = await obtainApiToken(first);
  const serve = (account: Settings): ServedAccount =>
    served(account, askDesk(account, logger, askDeskEveryMs));
  return startServer(settings, {
    client,
    logger,
    apiToken,
    accounts: [serve(first), ...others.map(serve)],
  });
}

function served(settings: Settings, desk: AskedDesk): ServedAccount {
  return {
    ...servedDesk(settings),
    secretName: webhookSecretName(settings),
    webhookSecret: () => webhookSecret(settings),
    botUserId: desk.botUserId,
    trouble: desk.trouble,
    pollSeconds: settings.pollSeconds,
    intentRefusal: (intent) => intentRefusal(settings, intent),
  };
}
