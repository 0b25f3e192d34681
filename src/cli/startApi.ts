/** The API as `deskhand server` and `deskhand up` run it: with the desk's identity and the webhook's secret. */
import type { Client } from '@temporalio/client';
import { obtainApiToken } from '../config/apiToken';
import type { Settings } from '../config/settings';
import { openHelpdesk, servedDesk } from '../helpdesk/openHelpdesk';
import type { Logger } from '../log/logger';
import { intentRefusal } from './mode/policyModes';
import { startServer, type RunningServer } from '../server/startServer';
import { webhookSecret } from './webhookSecret';

export async function startApi(settings: Settings, client: Client, logger: Logger): Promise<RunningServer> {
  return startServer(settings, {
    client,
    logger,
    desk: servedDesk(settings),
    apiToken: await obtainApiToken(settings),
    webhookSecret: () => webhookSecret(settings),
    botUserId: rememberIdentity(settings, logger),
    intentRefusal: (intent) => intentRefusal(settings, intent),
  });
}

const askAgainMs = 30_000;
const askWithinMs = 2_000;

/** Asked once; while the desk does not tell, a webhook waits for it no longer than this, and not at every delivery. */
function rememberIdentity(settings: Settings, logger: Logger): () => Promise<string | null> {
  let known: string | null = null;
  let askedAt = 0;
  return async () => {
    if (known !== null || Date.now() - askedAt < askAgainMs) return known;
    askedAt = Date.now();
    try {
      const helpdesk = await openHelpdesk(settings);
      known = (await helpdesk.whoAmI({ signal: AbortSignal.timeout(askWithinMs) })).userId;
    } catch (error) {
      logger.warn('the desk did not tell who we are: our own updates are looked at as if they were others’', {
        failure: error instanceof Error ? error.name : typeof error,
      });
    }
    return known;
  };
}
