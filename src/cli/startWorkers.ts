/** The workers as `deskhand worker` runs them: every port with its real part behind it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createThreadedClassifier } from '../classify/threads/threadedClassifier';
import type { Settings } from '../config/settings';
import { openHelpdesk } from '../helpdesk/openHelpdesk';
import { watchAccount } from '../helpdesk/watchAccount';
import type { Logger } from '../log/logger';
import { createNotifier } from '../notify/createNotifier';
import { openDemoShop } from '../orders/demoShop';
import { loadPolicy } from '../policy/loadPolicy';
import { createPolicyProcessor } from '../policy/processor';
import { hintTicket } from '../temporal/hintTicket';
import { setPolling } from '../temporal/polling';
import { createWorkers, type RunningWorkers } from '../temporal/worker';

/** What the image build makes ahead of time. */
const bundleFile = path.resolve(__dirname, '../../workflow-bundle.js');

/** @throws PolicyError, DeskCredentialsError, OrderFileError: each says what to mend. */
export async function startWorkers(
  settings: Settings,
  temporal: { readonly client: Client; readonly nativeConnection: NativeConnection },
  logger: Logger,
): Promise<RunningWorkers> {
  const [policy, helpdesk] = await Promise.all([loadPolicy(settings.policyDir), openHelpdesk(settings)]);
  const ordersFile = path.join(settings.stateDir, 'orders.json');
  const orders = openDemoShop({ file: ordersFile, clock: Date.now });
  const classifier = await createThreadedClassifier(policy.intents, {
    cacheFile: path.join(settings.stateDir, 'embeddings.json'),
  });
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: settings.temporal.namespace,
    workflowBundle: existsSync(bundleFile) ? { codePath: bundleFile } : null,
    // The embedded desk keeps to limits of its own, so that one sees what a desk's limits do.
    deskRequestsPerMinute: settings.desk.kind === 'embedded' ? null : settings.deskRequestsPerMinute,
    desk: watchAccount(helpdesk, logger),
    policy: createPolicyProcessor(policy, orders),
    shop: orders,
    classifier,
    notifier: createNotifier({ url: settings.notifyUrl, logger }),
    hintTicket: async (ref, id) => {
      await hintTicket(temporal.client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
    },
  });
  await setPolling(temporal.client, helpdesk, settings.pollSeconds);
  if (settings.desk.kind === 'zendesk') {
    logger.warn(
      `orders are looked up in the demo shop's file ${ordersFile}: put your orders there, or let the policy hand off`,
    );
  }
  return {
    finished: workers.finished,
    async stop() {
      await workers.stop().finally(() => classifier.stop());
    },
  };
}
