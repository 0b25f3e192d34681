/** Deskhand's workers on the embedded desk, with the demo shop and its policy, as benchmarks run them. */
import path from 'node:path';
import { type NativeConnection, Runtime } from '@temporalio/worker';
import { createThreadedClassifier } from '../src/classify/threads/threadedClassifier';
import type { RunningEmbedded } from '../src/helpdesk/embedded/common/runEmbedded';
import type { Helpdesk } from '../src/helpdesk/port';
import { createZendeskDesk } from '../src/helpdesk/zendesk/createZendeskDesk';
import { openDemoShop } from '../src/orders/demoShop';
import { loadPolicy } from '../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../src/policy/processor';
import { withSettings } from '../src/policy/withSettings';
import type { RequestBudget } from '../src/remote/budget/requestBudget';
import { createTemporalAllowances } from '../src/temporal/allowances/moneyAllowances';
import type { TemporalConnection } from '../src/temporal/connection';
import { hintTicket } from '../src/temporal/hintTicket';
import { createWorkers, type AccountPorts, type RunningWorkers } from '../src/temporal/worker';
import { bundleWorkflows } from '../src/temporal/workflowBundle';

export const benchAccount = 'demo';

export function benchHelpdesk(
  { credentials: { email, token, apiUrl } }: RunningEmbedded,
  { account = benchAccount, budget }: { readonly account?: string; readonly budget?: RequestBudget } = {},
): Helpdesk {
  return createZendeskDesk({
    apiUrl,
    auth: { type: 'api-token', email, token },
    account,
    companyAddresses: [],
    ticketUrl: null,
    ...(budget === undefined ? {} : { budget }),
  });
}

export function startDeskhand(
  folder: string,
  desk: RunningEmbedded,
  connection: NativeConnection,
  temporal: TemporalConnection,
): Promise<RunningWorkers> {
  return startAccounts(folder, [{ desk: benchHelpdesk(desk) }], connection, temporal);
}

interface BenchAccount {
  readonly desk: Helpdesk;
  readonly budget?: RequestBudget;
}

/** Answers at once: no settle window. */
export async function startAccounts(
  folder: string,
  served: readonly [BenchAccount, ...BenchAccount[]],
  connection: NativeConnection,
  temporal: TemporalConnection,
): Promise<RunningWorkers> {
  const policy = await loadPolicy(path.resolve(__dirname, '../policies/demo-shop'));
  const orders = openDemoShop({ file: path.join(folder, 'orders.json'), clock: Date.now });
  const classifier = await createThreadedClassifier(policy.intents);
  const processor = withSettings(createPolicyProcessor(policy, orders), { settleMs: 0 });
  const portsOf = (account: BenchAccount): AccountPorts => ({
    ...account,
    classifier,
    notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
    policy: processor,
    shop: orders,
    allowances: createTemporalAllowances(temporal.client, account.desk),
    hintTicket: async (ref, id) => {
      await hintTicket(temporal.client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
    },
  });
  const [first, ...others] = served;
  const workers = await createWorkers({
    connection,
    namespace: 'default',
    workflowBundle: await bundleWorkflows(folder, Runtime.instance().logger),
    accounts: [portsOf(first), ...others.map(portsOf)],
  });
  return {
    finished: workers.finished,
    async stop() {
      await workers.stop().finally(() => classifier.stop());
    },
  };
}
