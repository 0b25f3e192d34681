/** What `deskhand doctor` says about the channels of notices: which there are, which are in trouble, a test on request. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Settings } from '../../config/settings';
import { notifierWorkflowId } from '../../contracts/messages';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { testMessage } from '../../notify/message';
import { openChannels } from '../../notify/openChannels';
import type { NoticeChannel } from '../../notify/port';
import { RemoteFailure } from '../../remote/failures';
import { connectTemporal } from '../../temporal/connection';
import { temporalTarget } from '../temporalTarget';

const withinMs = 15_000;

/** @throws Error when a message that is under way is refused, with the channel's word. */
export async function describeChannels(settings: Settings): Promise<string> {
  const channels = openChannels(settings);
  if (channels.length === 0) return 'none set, notices are in the log only; see docs/notifications.md';
  const troubles = await troublesOf(settings);
  if (troubles.length > 0) throw new Error(troubles.join('; '));
  const names = channels.map(({ name }) => name).join(', ');
  return `${names}, about ${settings.notices.about.join(', ')}; \`deskhand doctor --notify\` sends a test`;
}

/** One check a channel. */
export function channelTests(
  settings: Pick<Settings, 'notices' | 'mail' | 'stateDir'>,
): readonly { name: string; run: () => Promise<string> }[] {
  return openChannels(settings).map((channel) => ({
    name: `notice to ${channel.name}`,
    run: () => sendTest(channel),
  }));
}

/** @throws Error with what to do. */
export async function sendTest(channel: NoticeChannel): Promise<string> {
  try {
    await channel.send(testMessage(Date.now()), AbortSignal.timeout(withinMs));
    return 'the test was taken; look whether it arrived';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}: ${adviceOn(error, channel)}`, { cause: error });
  }
}

/** A channel that is in trouble itself is none to make anew. */
function adviceOn(error: unknown, { mend }: NoticeChannel): string {
  if (!(error instanceof RemoteFailure)) return mend;
  const { kind, status } = error;
  const isTheirs = kind === 'throttled' || (kind === 'unavailable' && status !== null);
  if (isTheirs) return 'try again in some minutes; meanwhile its notices wait for it, for a day at most';
  return kind === 'unavailable' ? `try again in a minute, and if it stays so ${mend}` : mend;
}

/** Of a desk and a Temporal that do not answer, their own checks tell. */
async function troublesOf(settings: Settings): Promise<readonly string[]> {
  const helpdesk = await openHelpdesk(settings).catch(() => null);
  const temporal = await connectTemporal(temporalTarget(settings)).catch(() => null);
  if (temporal === null) return [];
  try {
    if (helpdesk === null) return [];
    return await failingMessages(temporal.client, notifierWorkflowId(helpdesk.desk, helpdesk.account));
  } finally {
    await temporal.close();
  }
}

/** What was last answered to the messages that are tried again and again. */
export async function failingMessages(client: Client, workflowId: string): Promise<readonly string[]> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return (raw.pendingActivities ?? []).flatMap(({ lastFailure, attempt }) =>
      typeof lastFailure?.message === 'string'
        ? [`a message waits, tried ${attempt ?? 1} times: ${lastFailure.message}`]
        : [],
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
