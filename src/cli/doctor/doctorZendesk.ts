/** What `deskhand doctor` says of the connection to Zendesk: webhook, secret, deliveries, clock and rights. */
import { readDeskConnection, type DeskConnectionFile } from '../../config/deskConnection';
import type { Settings } from '../../config/settings';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import type { CallContext } from '../../helpdesk/port';
import { endpointOf, oursAmong, piecesOn, type AnyPiece, type FoundPiece } from '../../helpdesk/setup/pieces';
import { planOf, type Step } from '../../helpdesk/setup/plan';
import type { ZendeskConnection } from '../../helpdesk/zendesk/http';
import { openZendeskSetup, type ZendeskSetup } from '../../helpdesk/zendesk/setup/account';
import { troublesOf, type ConnectionFacts } from '../../helpdesk/zendesk/setup/troubles';
import { RemoteFailure } from '../../remote/failures';
import { watchedFields, withFields } from '../connect/fieldsOfPolicies';
import { webhookPath, webhookSecretName } from '../webhookNames';
import { webhookSecret } from '../webhookSecret';
import { withMend } from './doctorDesk';

const withinMs = 15_000;
/** An account may have hundreds of webhooks. */
const mostSecrets = 30;

/** @throws Error with everything that is wrong and its mend; RemoteFailure where the account cannot be asked. */
export async function describeZendeskConnection(
  settings: Settings,
  connection: ZendeskConnection,
): Promise<string> {
  const call = { signal: AbortSignal.timeout(withinMs) };
  const account = openZendeskSetup(connection);
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
  account: ZendeskSetup,
  call: CallContext,
): Promise<ConnectionFacts> {
  const kept = await readDeskConnection(settings);
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
  const ownWebhooks = oursAmong(all);
  const steps = isConnected ? await whatConnectingWouldDo(settings, kept, account, ownWebhooks, call) : null;
  const webhook =
    steps === null
      ? await webhookWithSecret(account, all, servedSecret, call)
      : webhookAmong(steps, ownWebhooks);
  return {
    ...rest,
    ...{ steps, webhook, made: kept?.pieces ?? [] },
    signingSecret: webhook === null ? null : await account.signingSecret(webhook.id, call),
    deliveries: webhook === null ? [] : await account.deliveries(webhook.id, call),
    clockAheadMs: account.clockAheadMs(),
  };
}

async function whatConnectingWouldDo(
  settings: Settings,
  kept: DeskConnectionFile,
  account: ZendeskSetup,
  webhooks: readonly FoundPiece[],
  call: CallContext,
): Promise<readonly Step[]> {
  const { publicUrl, views = false, trigger = false } = kept;
  const endpoint = `${publicUrl}${webhookPath(settings)}`;
  const fields = await watchedFields(settings, kept);
  const botUserId = trigger ? (await (await openHelpdesk(settings)).whoAmI(call)).userId : '';
  const asked = withFields(account, fields, null).kinds.filter(
    ({ name }) => name !== 'webhook' && (views || name !== 'view'),
  );
  const others = await piecesOn(asked, [], call);
  const wanted = account.wanted({ endpoint, views, fields, trigger, botUserId });
  return planOf(wanted, [...webhooks, ...others], account.kinds);
}

/** The one that connecting again would keep. */
function webhookAmong(steps: readonly Step[], webhooks: readonly FoundPiece[]): FoundPiece | null {
  const kept = steps.find((step) => 'id' in step && step.wanted.kind === 'webhook');
  return webhooks.find(({ id }) => kept !== undefined && 'id' in kept && id === kept.id) ?? null;
}

/** Without the right to see webhooks, a team that has none misses nothing. @throws RemoteFailure */
async function webhooksOf(
  account: ZendeskSetup,
  call: CallContext,
  isNeeded: boolean,
): Promise<readonly AnyPiece[]> {
  try {
    return await account.webhooks.list(call);
  } catch (error) {
    if (!isNeeded && error instanceof RemoteFailure && error.status === 403) return [];
    throw error;
  }
}

/** Where it was made by hand: the one whose secret is set here. */
async function webhookWithSecret(
  account: ZendeskSetup,
  webhooks: readonly AnyPiece[],
  secret: string | null,
  call: CallContext,
): Promise<AnyPiece | null> {
  if (secret === null) return null;
  const likely = webhooks.filter((one) => endpointOf(one)?.includes('/webhooks/zendesk') === true);
  for (const webhook of new Set([...likely, ...webhooks].slice(0, mostSecrets))) {
    if ((await account.signingSecret(webhook.id, call)) === secret) return webhook;
  }
  return null;
}
