/** What `deskhand doctor` says of the connection to Zendesk: webhook, secret, deliveries, clock and rights. */
import type { Settings } from '../../config/settings';
import { readZendeskConnection, type ZendeskConnectionFile } from '../../config/zendeskConnection';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import type { CallContext } from '../../helpdesk/port';
import type { ZendeskConnection } from '../../helpdesk/zendesk/http';
import {
  openSetupAccount,
  ownPieces,
  type AnyPiece,
  type SetupAccount,
} from '../../helpdesk/zendesk/setup/account';
import { webhookEndpoint, wantedPieces, type FoundPiece } from '../../helpdesk/zendesk/setup/pieces';
import { planOf, type Step } from '../../helpdesk/zendesk/setup/plan';
import { troublesOf, type ConnectionFacts } from '../../helpdesk/zendesk/setup/troubles';
import { RemoteFailure } from '../../remote/failures';
import { withMend } from './doctorDesk';
import { accountInPath, webhookSecretName } from '../webhookNames';
import { webhookSecret } from '../webhookSecret';

const withinMs = 15_000;
/** An account may have hundreds of webhooks. */
const mostSecrets = 30;

/** @throws Error with everything that is wrong and its mend; RemoteFailure where the account cannot be asked. */
export async function describeConnection(settings: Settings, connection: ZendeskConnection): Promise<string> {
  const call = { signal: AbortSignal.timeout(withinMs) };
  const account = openSetupAccount(connection);
  const facts = await withMend(settings, connectionFacts(settings, account, call));
  const troubles = troublesOf(facts);
  if (troubles.length > 0) throw new Error(troubles.join('; '));
  const { webhook, deliveries } = facts;
  if (webhook === null) {
    return 'no webhook, so that answers come with the poll, a minute late; "deskhand connect zendesk" makes one';
  }
  const last = deliveries[0]?.latest_completed_at;
  return (
    `webhook "${webhook.name}" posts to ${String(webhook.record['endpoint'])}, ` +
    (last === null || last === undefined ? 'nothing delivered yet' : `last delivered at ${last}`)
  );
}

async function connectionFacts(
  settings: Settings,
  account: SetupAccount,
  call: CallContext,
): Promise<ConnectionFacts> {
  const kept = await readZendeskConnection(settings);
  const servedSecret = await webhookSecret(settings);
  const mayPoll = settings.pollSeconds === 0 ? null : await account.mayExport(call);
  const isConnected =
    kept !== null && settings.desk.kind === 'zendesk' && kept.apiUrl === settings.desk.apiUrl;
  const maySeeSuspended = mayPoll === true ? await account.maySeeSuspended(call) : null;
  const rest = {
    secretName: webhookSecretName(settings),
    servedSecret,
    isSecretSet: settings.webhookSecret !== null,
    ...{ mayPoll, maySeeSuspended, mayReadAudits: await account.mayReadAudits(call) },
  };
  const all = await webhooksOf(account, call, isConnected || servedSecret !== null);
  const ownWebhooks = all.flatMap(({ mark, ...one }): FoundPiece[] =>
    mark === null ? [] : [{ ...one, mark }],
  );
  const steps = isConnected ? await whatConnectingWouldDo(settings, kept, account, ownWebhooks, call) : null;
  const webhook =
    steps === null
      ? await webhookWithSecret(account, all, servedSecret, call)
      : webhookAmong(steps, ownWebhooks);
  return {
    ...rest,
    ...{ steps, webhook },
    signingSecret: webhook === null ? null : await account.signingSecret(webhook.id, call),
    deliveries: webhook === null ? [] : await account.deliveries(webhook.id, call),
    clockAheadMs: account.clockAheadMs(),
  };
}

async function whatConnectingWouldDo(
  settings: Settings,
  { publicUrl, views = false, trigger = false }: ZendeskConnectionFile,
  account: SetupAccount,
  webhooks: readonly FoundPiece[],
  call: CallContext,
): Promise<readonly Step[]> {
  const endpoint = webhookEndpoint(publicUrl, accountInPath(settings));
  const me = trigger ? await (await openHelpdesk(settings)).whoAmI(call) : null;
  const byTrigger = me === null ? null : { botUserId: me.userId };
  const others = await ownPieces(account, call, views ? ['trigger', 'view'] : ['trigger']);
  return planOf(wantedPieces(endpoint, { views, trigger: byTrigger }), [...webhooks, ...others]);
}

/** The one that connecting again would keep. */
function webhookAmong(steps: readonly Step[], webhooks: readonly FoundPiece[]): FoundPiece | null {
  const kept = steps.find((step) => 'id' in step && step.wanted.kind === 'webhook');
  return webhooks.find(({ id }) => kept !== undefined && 'id' in kept && id === kept.id) ?? null;
}

/** Without the right to see webhooks, a team that has none misses nothing. @throws RemoteFailure */
async function webhooksOf(
  account: SetupAccount,
  call: CallContext,
  isNeeded: boolean,
): Promise<readonly AnyPiece[]> {
  try {
    return await account.pieces('webhook', call);
  } catch (error) {
    if (!isNeeded && error instanceof RemoteFailure && error.status === 403) return [];
    throw error;
  }
}

/** Where it was made by hand: the one whose secret is set here. */
async function webhookWithSecret(
  account: SetupAccount,
  webhooks: readonly AnyPiece[],
  secret: string | null,
  call: CallContext,
): Promise<AnyPiece | null> {
  if (secret === null) return null;
  const likely = webhooks.filter(({ record }) => String(record['endpoint']).includes('/webhooks/zendesk'));
  for (const webhook of new Set([...likely, ...webhooks].slice(0, mostSecrets))) {
    if ((await account.signingSecret(webhook.id, call)) === secret) return webhook;
  }
  return null;
}
