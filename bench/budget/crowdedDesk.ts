/** Two accounts in one engine, each with an embedded desk that allows so many requests a minute, and crowds of chores. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { z } from 'zod';
import type { RunningEmbedded } from '../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { createRequestBudget, type RequestBudget } from '../../src/remote/budget/requestBudget';
import { askingStep } from '../../src/temporal/budget/askingStep';
import { connectNativeForWorker, connectTemporal } from '../../src/temporal/connection';
import { keepDeskRate } from '../../src/temporal/budget/deskRate';
import { hintTicket } from '../../src/temporal/hintTicket';
import { findTemporalCli } from '../../src/temporal/provision/findTemporalCli';
import { startTemporalServer } from '../../src/temporal/provision/startTemporalServer';
import { benchHelpdesk, startAccounts } from '../startDeskhand';
import type { Chores } from './choresWorkflow';

export type Account = 'noisy' | 'quiet';

export interface CrowdedDesk {
  /** Milliseconds from the hint that a customer wrote to the public reply on the desk. */
  answer(account: Account): Promise<number>;
  /** Queues the chores; resolves once they stand, with what resolves when they are done. */
  crowd(account: Account, chores: number, priorityKey: number): Promise<{ readonly done: Promise<void> }>;
  /** Requests that the desk refused with 429. */
  refused(): number;
  stop(): Promise<void>;
}

const choresQueue = 'bench-chores';
const answeredWithinMs = 10 * 60_000;
const customer = { name: 'Ana Silva', email: 'ana@example.com', subject: 'My order' };
const opened = z.object({ ticketId: z.string() });
const thread = z.object({ comments: z.array(z.object({ public: z.boolean() })) });

export async function startCrowdedDesk(requestsPerMinute: number): Promise<CrowdedDesk> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  const { path: cli } = await findTemporalCli({ onProgress: (line) => console.log(line) });
  const server = await startTemporalServer({
    ...{ cli, stateDir: folder, inMemory: true, port: 0, uiPort: null },
    onProgress: () => undefined,
  });
  const target = { address: server.address, namespace: 'default' };
  const [temporal, native] = await Promise.all([connectTemporal(target), connectNativeForWorker(target)]);
  const [noisy, quiet] = await Promise.all([
    openAccount(path.join(folder, 'noisy'), requestsPerMinute, 'noisy'),
    openAccount(path.join(folder, 'quiet'), requestsPerMinute, 'quiet'),
  ]);
  const accounts = { noisy, quiet };
  const workers = await startAccounts(folder, [noisy, quiet], native, temporal);
  const rates = Object.values(accounts).map(({ desk, budget }) =>
    keepDeskRate(temporal.client, desk, budget, (error) => console.error(error), 1_000),
  );
  const chores = await Worker.create({
    ...{ connection: native, taskQueue: choresQueue },
    workflowsPath: require.resolve('./choresWorkflow'),
  });
  const run = chores.run();
  let crowds = 0;

  return {
    async answer(account) {
      const { page } = accounts[account];
      const ticketId = await openTicket(page, 'Where is my order?');
      const begun = performance.now();
      const ref = { desk: 'zendesk', account, ticketId };
      const hint = { id: ticketId, source: 'api', kind: 'changed', commentId: null } as const;
      await hintTicket(temporal.client, ref, hint);
      while (performance.now() - begun < answeredWithinMs) {
        if (await isAnswered(page, ticketId)) return performance.now() - begun;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`ticket ${ticketId} of ${account} was not answered`);
    },
    async crowd(account, count, priorityKey) {
      const ticketIds: string[] = [];
      for (let each = 0; each < count; each += 1) {
        ticketIds.push(await openTicket(accounts[account].page, 'A chore waits here.'));
      }
      const input: Chores = { desk: 'zendesk', account, ticketIds, priorityKey };
      const handle = await temporal.client.workflow.start('choresWorkflow', {
        ...{ workflowId: `chores-${++crowds}`, taskQueue: choresQueue, args: [input] },
      });
      for (;;) {
        const { raw } = await handle.describe();
        if ((raw.pendingActivities ?? []).length > count / 2) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return { done: handle.result().then(() => undefined) };
    },
    refused: () => noisy.refused() + quiet.refused(),
    async stop() {
      await Promise.all(rates.map((rate) => rate.stop()));
      chores.shutdown();
      await Promise.all([workers.stop(), run]);
      await native.close();
      await temporal.close();
      await Promise.all([noisy.close(), quiet.close()]);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openAccount(stateDir: string, requestsPerMinute: number, account: Account) {
  const page = await startEmbeddedZendesk({
    ...{ host: '127.0.0.1', port: 0, stateDir },
    limits: { requestsPerMinute, updatesPerMinute: 1e9, updatesPerTicketIn10Minutes: 1e9 },
  });
  const { counting, refused } = countRefused(
    createRequestBudget({ perMinute: requestsPerMinute, asking: askingStep }),
  );
  const desk = benchHelpdesk(page, { account, budget: counting });
  return { page, desk, budget: counting, refused, close: () => page.close() };
}

function countRefused(budget: RequestBudget): { counting: RequestBudget; refused: () => number } {
  let refused = 0;
  const counting: RequestBudget = {
    ...budget,
    ended(request, response) {
      if (response?.status === 429) refused += 1;
      budget.ended(request, response);
    },
  };
  return { counting, refused: () => refused };
}

async function openTicket({ url }: RunningEmbedded, body: string): Promise<string> {
  const { data } = await axios.post<unknown>(`${url}/_desk/customer/tickets`, { ...customer, body });
  return opened.parse(data).ticketId;
}

/** By the desk's own page, which no limit counts. The first public comment is the question; only the engine writes more. */
async function isAnswered({ url }: RunningEmbedded, ticketId: string): Promise<boolean> {
  const { data } = await axios.get<unknown>(`${url}/_desk/tickets/${ticketId}`);
  return thread.parse(data).comments.filter((comment) => comment.public).length > 1;
}
