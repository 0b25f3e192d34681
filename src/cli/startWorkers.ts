/** The workers as `deskhand worker` runs them: every port with its real part behind it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { createRelearningClassifier } from '../classify/relearning';
import { createThreadedClassifier } from '../classify/threads/threadedClassifier';
import { watchClassifier } from '../classify/watchClassifier';
import { obtainCodeSecret } from '../config/codeSecret';
import type { Settings } from '../config/settings';
import { allAuto, isAllAuto, modesText } from '../core/modes/mode';
import { openHelpdesk } from '../helpdesk/openHelpdesk';
import { watchAccount } from '../helpdesk/watchAccount';
import type { Logger } from '../log/logger';
import { createMailedCodes } from '../mail/mailedCodes';
import { noMailServerText, openMailer } from '../mail/openMailer';
import { watchMailer } from '../mail/watchMailer';
import { demoOrdersOfRealDesk, openShop } from '../orders/openShop';
import { watchShop } from '../orders/watchShop';
import { followStore, startFromFolder } from '../policy/store/followStore';
import { openPolicyStore } from '../policy/store/policyStore';
import { createVersionedProcessor } from '../policy/processor';
import { withSettings } from '../policy/withSettings';
import { createTemporalAllowances } from '../temporal/allowances';
import { createCodesPerOrder } from '../temporal/codesPerOrder';
import { hintTicket } from '../temporal/hintTicket';
import { keepModes } from '../temporal/keepModes';
import { createModeSwitch } from '../temporal/modeSwitch';
import { keepPolling } from '../temporal/polling';
import { createPostalCodeGuesses } from '../temporal/postalCodeGuesses';
import { createWorkers, type RunningWorkers } from '../temporal/worker';
import { bundleWorkflows } from '../temporal/workflowBundle';
import { openNotices } from './notices';
import { inForceWords, policyInForce } from './policy/inForce';

/** More than a mail server needs for a mail, less than anybody notices who is answered by mail. */
const codeTakesMs = 3_000;

/** What the image build makes ahead of time. */
const bundleFile = path.resolve(__dirname, '../../workflow-bundle.js');

/** @throws PolicyError, DeskCredentialsError, OrderFileError: each says what to mend. */
export async function startWorkers(
  settings: Settings,
  temporal: { readonly client: Client; readonly nativeConnection: NativeConnection },
  logger: Logger,
): Promise<RunningWorkers> {
  const store = openPolicyStore(settings.policyStoreDir);
  const onTrouble = (message: string, error: unknown): void => {
    logger.error(message, { failure: error instanceof Error ? error.name : typeof error });
  };
  const [policy, helpdesk] = await Promise.all([
    startFromFolder(store, settings.policyDir, onTrouble),
    openHelpdesk(settings),
  ]);
  const inForce = await policyInForce(store);
  const isPublished = inForce?.version === policy.version;
  const started = { version: policy.version, folder: settings.policyDir };
  logger.info(`policy in force: ${inForceWords(isPublished ? inForce : started)}`);
  const mailer = openMailer(settings);
  if (mailer === null && policy.proofs.includes('mailed-code')) logger.warn(noMailServerText);
  const codes = createMailedCodes(await obtainCodeSecret(settings));
  const notices = openNotices(settings, temporal.client, helpdesk, logger);
  const orders = watchShop(openShop(settings), logger, notices.watch('shop'));
  const [classifier, workflowBundle] = await Promise.all([
    createRelearningClassifier(policy.intents, (intents) =>
      createThreadedClassifier(intents, { cacheFile: path.join(settings.stateDir, 'embeddings.json') }),
    ),
    bundle(settings.stateDir),
  ]);
  const policies = followStore(store, policy, {
    prepare: ({ intents }) => classifier.learn(intents),
    onChange: ({ version }) => logger.info(`policy ${version} is in force now`),
    onTrouble,
  });
  const allowances = createTemporalAllowances(temporal.client, helpdesk);
  const modeSwitch = createModeSwitch(temporal.client, helpdesk);
  const processor = withSettings(
    createVersionedProcessor(policies, orders, {
      allowances,
      ...(mailer === null ? {} : { codes }),
      guesses: createPostalCodeGuesses(temporal.client, helpdesk),
      switched: modeSwitch,
    }),
    notices.settings,
  );
  const modesKept = await keepModes(modeSwitch, {
    restarted: (how) => logger.warn(`the switch of modes was ${how}: it is started again as it stood`),
    trouble: (error) => onTrouble(`nothing is written: ${String(error)}`, error),
  });
  // A worker that cannot tell runs all the same: without one the mode could not be set.
  const modes = await processor.modes().catch(() => allAuto);
  // Whoever wonders why nothing is answered looks here first.
  if (!isAllAuto(modes)) logger.warn(`${modesText(modes)}; \`deskhand mode show\` tells who said so`);
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: settings.temporal.namespace,
    workflowBundle,
    // The embedded desk keeps to limits of its own, so that one sees what a desk's limits do.
    deskRequestsPerMinute: settings.desk.kind === 'embedded' ? null : settings.deskRequestsPerMinute,
    desk: watchAccount(helpdesk, logger, notices.watch('desk')),
    policy: processor,
    shop: orders,
    allowances,
    ...(mailer === null
      ? {}
      : {
          codeMailing: {
            mailer: watchMailer(mailer, logger, notices.watch('mail')),
            codes,
            perOrder: createCodesPerOrder(temporal.client, helpdesk),
            takesMs: codeTakesMs,
          },
        }),
    classifier: watchClassifier(classifier, notices.watch('classifier')),
    notifier: notices.notifier,
    hintTicket: async (ref, id) => {
      await hintTicket(temporal.client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
    },
  });
  const polling = await keepPolling(temporal.client, helpdesk, settings.pollSeconds, {
    restarted: (how) => logger.warn(`the poll of the desk was ${how}: it is started again`),
    trouble: (error) => onTrouble('whether the poll of the desk runs is not known', error),
  });
  const demoOrders = demoOrdersOfRealDesk(settings);
  if (demoOrders !== null) logger.warn(demoOrders);
  return {
    finished: workers.finished,
    async stop() {
      await Promise.all([polling.stop(), modesKept.stop()]);
      await workers.stop().finally(async () => {
        await policies.stop();
        await classifier.stop();
      });
    },
  };
}

async function bundle(stateDir: string): Promise<WorkflowBundleOption> {
  if (existsSync(bundleFile)) return { codePath: bundleFile };
  return bundleWorkflows(stateDir, Runtime.instance().logger);
}
