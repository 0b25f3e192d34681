/**
 * `npm run bench:webhooks`: ten thousand webhooks over a line that loses 5 % of them, doubles 30 % and delays 20 %, to
 * the API, a real Temporal server and the workers. Every ticket must be answered once; the poll finds what was lost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { createLogger } from '../../src/log/logger';
import type { RunningEmbedded } from '../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { seeded } from '../../src/remote/faults';
import { startServer } from '../../src/server/startServer';
import { connectNativeForWorker, connectTemporal } from '../../src/temporal/connection';
import { setPolling } from '../../src/temporal/polling';
import { findTemporalCli } from '../../src/temporal/provision/findTemporalCli';
import { startTemporalServer } from '../../src/temporal/provision/startTemporalServer';
import { machineLine } from '../machine';
import { benchAccount, benchHelpdesk, startDeskhand } from '../startDeskhand';
import { goalLine, isMet, median, quantile, type Goal } from '../statistics';
import { UnreliablePost } from './unreliablePost';

const wanted = Number(process.env['BENCH_WEBHOOKS'] ?? 10_000);
const seed = Number(process.env['BENCH_SEED'] ?? 1);
const troubles = { duplicated: 0.3, late: 0.2, lost: 0.05 };
const inFlight = 24;
const pollEverySeconds = 10;
/** The desk's export keeps back the last minute, as Zendesk's does; then the poll has to come round. */
const patienceMs = 5 * 60_000;
const roomy = {
  requestsPerMinute: 1e9,
  updatesPerMinute: 1e9,
  updatesPerTicketIn10Minutes: 1e9,
  incrementalPerMinute: 1e9,
};
const desk = { desk: 'zendesk', account: benchAccount };
const questions = ['Where is my order?', 'Do you deliver to Ireland?'] as const;

const opened = z.object({ ticketId: z.string() });
const thread = z.object({
  comments: z.array(z.object({ author_id: z.number(), public: z.boolean() })),
});

/** A customer who opens a ticket, and every second time has one more question once the first is answered. */
interface Conversation {
  readonly ticketId: string;
  readonly questions: number;
  readonly replies: number;
}

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  const say = (line: string): void => console.log(line);
  const { path: cli } = await findTemporalCli({ onProgress: say });
  const temporalServer = await startTemporalServer({
    ...{ cli, stateDir: folder, inMemory: true, port: 0, uiPort: null },
    onProgress: () => undefined,
  });
  const target = { address: temporalServer.address, namespace: 'default' };
  const [temporal, native] = await Promise.all([connectTemporal(target), connectNativeForWorker(target)]);
  const secret = 'the-signing-secret-of-this-run';
  let botUserId: string | null = null;
  const api = await startServer(
    {
      api: { host: '127.0.0.1', port: 0, token: null, trustedProxies: null },
      temporal: { address: null, namespace: 'default', uiUrl: null },
    },
    {
      client: temporal.client,
      logger: createLogger('bench', 'error'),
      apiToken: 'a-token-for-this-run-only',
      accounts: [
        {
          ...desk,
          secretName: 'ZENDESK_WEBHOOK_SECRET',
          webhookSecret: () => Promise.resolve(secret),
          botUserId: () => Promise.resolve(botUserId),
        },
      ],
    },
  );
  const post = await UnreliablePost.start(api.url, troubles, seeded(seed));
  const embedded = await startEmbeddedZendesk({
    ...{ host: '127.0.0.1', port: 0, stateDir: folder, limits: roomy },
    webhook: { url: `${post.url}/webhooks/zendesk`, secret },
  });
  botUserId = (await benchHelpdesk(embedded).whoAmI({ signal: AbortSignal.timeout(10_000) })).userId;
  const workers = await startDeskhand(folder, embedded, native, temporal);
  await setPolling(temporal.client, desk, pollEverySeconds);
  try {
    console.log(machineLine());
    console.log(
      `${wanted} webhooks, ${percent(troubles.duplicated)} twice, ${percent(troubles.late)} late, ` +
        `${percent(troubles.lost)} lost; seed ${seed}\n`,
    );
    const begun = performance.now();
    const talks = await talk(embedded, botUserId, () => post.figures().sent);
    const seconds = (performance.now() - begun) / 1_000;
    report(talks, post, seconds);
  } finally {
    await setPolling(temporal.client, desk, 0);
    await workers.stop();
    await embedded.close();
    await post.stop();
    await api.stop();
    await native.close();
    await temporal.close();
    await temporalServer.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Customers come until enough webhooks have been sent; then all that was asked is waited for. */
async function talk(embedded: RunningEmbedded, bot: string, sent: () => number): Promise<Conversation[]> {
  const page = axios.create({ baseURL: `${embedded.url}/_desk/customer` });
  const { email, token, apiUrl } = embedded.credentials;
  const asAgent = axios.create({ baseURL: apiUrl, auth: { username: `${email}/token`, password: token } });
  const replies = async (ticketId: string): Promise<number> => {
    const { data } = await asAgent.get<unknown>(`/tickets/${ticketId}/comments?page[size]=100`);
    return thread
      .parse(data)
      .comments.filter((comment) => comment.public && String(comment.author_id) === bot).length;
  };
  const talks: { ticketId: string; questions: number }[] = [];
  const waitForReplies = async (ticketId: string, count: number): Promise<void> => {
    const end = Date.now() + patienceMs;
    while (Date.now() < end && (await replies(ticketId)) < count) await pause(500);
  };
  const waiting = new Set<Promise<void>>();
  let said = 0;
  const customer = async (): Promise<void> => {
    const number = talks.length + 1;
    const who = { name: 'Ana Silva', email: `customer-${number}@example.com`, subject: 'My order' };
    const { data } = await page.post<unknown>('/tickets', { ...who, body: questions[0] });
    const { ticketId } = opened.parse(data);
    const conversation = { ticketId, questions: 1 };
    talks.push(conversation);
    await waitForReplies(ticketId, 1);
    if (number % 2 === 1) return;
    conversation.questions = 2;
    await page.post(`/tickets/${ticketId}/comments`, { body: questions[1] });
    await waitForReplies(ticketId, 2);
  };
  while (sent() < wanted) {
    // Those whose webhook was lost wait for the poll; nobody else waits for them.
    if (waiting.size >= inFlight + wanted * troubles.lost) await Promise.race(waiting);
    const work = customer().finally(() => waiting.delete(work));
    waiting.add(work);
    await pause(20);
    if (sent() - said >= wanted / 10) console.log(`${(said = sent())} webhooks, ${talks.length} tickets`);
  }
  await Promise.all(waiting);
  // A second reply would come in the wake of late deliveries and of the poll.
  await pause(2 * pollEverySeconds * 1_000);
  return Promise.all(talks.map(async (each) => ({ ...each, replies: await replies(each.ticketId) })));
}

function report(talks: readonly Conversation[], post: UnreliablePost, seconds: number): void {
  const { sent, duplicated, late, lost, answers, answerMs } = post.figures();
  const statuses = [...answers].map(([status, count]) => `${count} x ${status === 0 ? 'none' : status}`);
  console.log(
    `\n${sent} webhooks sent in ${seconds.toFixed(0)} s: ${duplicated} came twice, ${late} late, ${lost} never; ` +
      `answers ${statuses.join(', ')}`,
  );
  console.log(
    `answered in ${median(answerMs).toFixed(0)} ms (median), ${quantile(answerMs, 0.99).toFixed(0)} ms (p99)`,
  );
  const asked = talks.reduce((sum, { questions: count }) => sum + count, 0);
  console.log(`${talks.length} tickets, ${asked} questions\n`);
  const goals: Goal[] = [
    {
      name: 'tickets with a question unanswered',
      measured: talks.filter(({ questions: count, replies }) => replies < count).length,
      limit: 0,
      direction: 'at most',
      reason: `within ${patienceMs / 60_000} minutes each`,
    },
    {
      name: 'tickets answered more often than asked',
      measured: talks.filter(({ questions: count, replies }) => replies > count).length,
      limit: 0,
      direction: 'at most',
      reason: 'something was said twice',
    },
    {
      name: 'milliseconds to the answer of a webhook (median)',
      measured: Math.round(median(answerMs)),
      limit: 200,
      direction: 'at most',
      reason: 'desk, customers, workers, Temporal and API share the same cores here',
    },
  ];
  for (const goal of goals) console.log(goalLine(goal));
  if (!goals.every(isMet)) process.exitCode = 1;
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
