/** The workers as `deskhand worker` runs them: one that runs the workflows, and one for each account. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Runtime, type WorkflowBundleOption } from '@temporalio/worker';
import { openClassifierThreads } from '../../classify/threads/threadedClassifier';
import { obtainCodeSecret } from '../../config/codeSecret';
import { accountNameInFull, type EngineSettings, type Settings } from '../../config/settings';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import { withFields, type Logger } from '../../log/logger';
import { createMailedCodes } from '../../mail/mailedCodes';
import { lookRepeatedly } from '../../temporal/lookRepeatedly';
import { unservedTickets } from '../../temporal/unservedTickets';
import { createWorkers, type RunningWorkers } from '../../temporal/worker';
import { bundleWorkflows } from '../../temporal/workflowBundle';
import { openAccount, type OpenAccount } from './openAccount';

/** What the image build makes ahead of time. */
const bundleFile = path.resolve(__dirname, '../../../workflow-bundle.js');

const triedAgainMs = 30_000;

/**
 * An account that cannot be opened keeps no other from being served: it is told, and tried again.
 * @param everyMs - between two tries.
 * @throws PolicyError, DeskCredentialsError, OrderFileError when none can be opened: each says what to mend.
 */
export async function startWorkers(
  settings: EngineSettings,
  temporal: { readonly client: Client; readonly nativeConnection: NativeConnection },
  logger: Logger,
  everyMs = triedAgainMs,
): Promise<RunningWorkers> {
  const { client, nativeConnection: connection } = temporal;
  const codes = createMailedCodes(await obtainCodeSecret(settings));
  const threads = openClassifierThreads({ cacheFile: path.join(settings.stateDir, 'embeddings.json') });
  const isAlone = settings.accounts.length === 1;
  const open = (account: Settings): Promise<OpenAccount> =>
    openAccount(
      account,
      { client, codes, threads },
      isAlone ? logger : withFields(logger, servedDesk(account)),
    );
  const serving: OpenAccount[] = [];
  const waiting = new Map<Settings, string>();
  const tellFailed = (account: Settings, error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    if (waiting.get(account) !== why) {
      const failure = error instanceof Error ? error.name : typeof error;
      const what = `${accountNameInFull(account)} cannot be served, and is tried again: ${why}`;
      logger.error(what, { ...servedDesk(account), failure });
    }
    waiting.set(account, why);
  };
  const [workflowBundle, ...opened] = await Promise.all([
    bundle(settings.stateDir),
    ...settings.accounts.map((account) => open(account).catch((error: unknown) => ({ account, error }))),
  ]);
  for (const one of opened) {
    if ('error' in one) tellFailed(one.account, one.error);
    else serving.push(one);
  }
  const [first, ...others] = serving.map(({ ports }) => ports);
  if (first === undefined) {
    await threads.stop();
    throw opened.find((one) => 'error' in one)?.error;
  }
  const { namespace } = settings.temporal;
  const workers = await createWorkers({
    connection,
    namespace,
    workflowBundle,
    accounts: [first, ...others],
  });
  await Promise.all(serving.map((account) => account.begin()));
  void unservedTickets(client, settings.accounts.map(servedDesk)).then(
    (left) => {
      if (left !== null) logger.error(left);
    },
    () => logger.warn('whether there are tickets of accounts that are not served is not known'),
  );

  const serveLate = async (account: Settings): Promise<void> => {
    const late = await open(account);
    try {
      await late.begin();
      await workers.serve(late.ports);
    } catch (error) {
      await late.end();
      await late.close();
      throw error;
    }
    serving.push(late);
    waiting.delete(account);
    logger.info(`${accountNameInFull(account)} is served now`, servedDesk(account));
  };
  let isTrying = false;
  const tryAgain = async (): Promise<void> => {
    if (isTrying) return;
    isTrying = true;
    for (const account of [...waiting.keys()]) {
      await serveLate(account).catch((error: unknown) => {
        tellFailed(account, error);
      });
    }
    isTrying = false;
  };
  const trying = waiting.size === 0 ? null : lookRepeatedly(tryAgain, everyMs);
  return {
    finished: workers.finished,
    async stop() {
      await trying?.stop();
      await Promise.all(serving.map((account) => account.end()));
      await workers.stop().finally(async () => {
        await Promise.all(serving.map((account) => account.close()));
        await threads.stop();
      });
    },
  };
}

async function bundle(stateDir: string): Promise<WorkflowBundleOption> {
  if (existsSync(bundleFile)) return { codePath: bundleFile };
  return bundleWorkflows(stateDir, Runtime.instance().logger);
}
