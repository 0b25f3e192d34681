/** Temporal and the shop are out: nothing that was accepted is lost, customers hear one word and then their answer. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { hintSignal, ticketWorkflowId } from '../../src/contracts/messages';
import { createHttpShop } from '../../src/orders/http/createHttpShop';
import { startShopServer } from '../../src/orders/http/shopServer';
import { openDemoShop } from '../../src/orders/demoShop';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { connectTemporal } from '../../src/temporal/connection';
import { setPolling } from '../../src/temporal/polling';
import { startTemporalServer, type RunningServer } from '../../src/temporal/provision/startTemporalServer';
import { deliver, runServer, type TestServer } from '../server/running';
import { Deskhand } from '../support/deskhand';
import { ownPort } from '../support/ports';
import type { TestTemporal } from '../support/temporalServer';
import { readTestRun, repository } from '../support/testRun';
import { until } from '../support/until';

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const minute = 60_000;
const longer = 'it takes longer than usual';

let outOfTheShop: ReturnType<typeof shopThatDoesNotAnswer>;
beforeAll(() => {
  outOfTheShop = shopThatDoesNotAnswer();
  // Told by its test.
  outOfTheShop.catch(nothing);
});
afterAll(() => outOfTheShop.then(nothing, nothing));

describe('Temporal is killed', () => {
  let folder: string;
  let port: number;
  let server: RunningServer;
  let temporal: TestTemporal;

  const start = (): Promise<RunningServer> =>
    startTemporalServer({
      cli: readTestRun().cli,
      stateDir: folder,
      port,
      uiPort: null,
      onProgress: nothing,
    });
  const kill = async (): Promise<void> => {
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-killed-'));
    port = await ownPort();
    server = await start();
    const { address } = server;
    const connected = await connectTemporal({ address, namespace: 'default' });
    const nativeConnection = await NativeConnection.connect({ address });
    temporal = {
      ...{ address, namespace: 'default', client: connected.client, connection: connected.connection },
      nativeConnection,
      stop: async () => {
        await nativeConnection.close();
        await connected.close();
      },
    };
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const hintsOf = async (ticketId: string): Promise<number> => {
    const ref = { desk: 'zendesk', account: 'demo', ticketId };
    const { events } = await temporal.client.workflow.getHandle(ticketWorkflowId(ref)).fetchHistory();
    return (events ?? []).filter(
      (event) => event.workflowExecutionSignaledEventAttributes?.signalName === hintSignal,
    ).length;
  };

  it('under 200 webhooks: each is kept, or refused so that the desk repeats it', async () => {
    const patient = await runServer(temporal, { answerWithinMs: 5_000, logger: silent });
    // Once Temporal is gone, whoever waits for it waits in vain.
    const hasty = await runServer(temporal, { answerWithinMs: 500, logger: silent });
    const numbers = Array.from({ length: 200 }, (_, index) => String(index + 1));
    const post = (ticketId: string, api: TestServer = patient) =>
      deliver(api, JSON.stringify({ ticket_id: ticketId }), { invocationId: `invocation-${ticketId}` });
    try {
      let accepted = 0;
      const kills: Promise<void>[] = [];
      const waiting = [...numbers];
      const answers = new Map<string, Awaited<ReturnType<typeof post>>>();
      const sender = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const answer = await post(next, kills.length === 0 ? patient : hasty);
          answers.set(next, answer);
          accepted += answer.status === 202 ? 1 : 0;
          if (accepted >= 60 && kills.length === 0) kills.push(kill());
        }
      };
      await Promise.all(Array.from({ length: 20 }, sender));
      await Promise.all(kills);
      const kept = numbers.filter((number) => answers.get(number)?.status === 202);
      const refused = numbers.filter((number) => !kept.includes(number));
      expect(kept.length).toBeGreaterThanOrEqual(60);
      expect(refused.length).toBeGreaterThan(50);
      for (const number of refused) {
        const { status, headers } = answers.get(number) ?? {};
        expect([status, headers?.['retry-after']]).toEqual([503, '5']);
      }

      server = await start();
      for (const number of kept) expect(await hintsOf(number)).toBe(1);
      // As the desk repeats what was not taken.
      const isTaken = async (number: string) => ((await post(number)).status === 202 ? true : null);
      for (const number of refused) await until(`${number} to be taken`, () => isTaken(number));
      for (const number of refused) expect(await hintsOf(number)).toBeGreaterThanOrEqual(1);
    } finally {
      await patient.server.stop();
      await hasty.server.stop();
      await temporal.stop();
    }
  });

  it('with no webhook at all, the poll finds what was written meanwhile', async () => {
    const deskhand = await Deskhand.start({ temporal });
    try {
      const before = await deskhand.ask('Where is my order?');
      await deskhand.untilStage(before, 'waiting-for-customer');
      await setPolling(temporal.client, deskhand.helpdesk, 1);
      await kill();
      const meanwhile = [
        await deskhand.people.customerOpens('Where is my order?'),
        await deskhand.people.customerOpens('Has my parcel been sent?'),
      ];
      await deskhand.people.customerWrites(before, 'Do you deliver to Ireland?');
      server = await start();
      expect(server.address).toBe(temporal.address);
      // What was under way in the moment of the kill is found dead first.
      const expected = [...meanwhile.map((ticketId) => [ticketId, 1] as const), [before, 2] as const];
      for (const [ticketId, count] of expected) {
        const answered = async () =>
          (await deskhand.publicReplies(ticketId)).length === count ? true : null;
        await until(`ticket ${ticketId} to have ${count} answers`, answered, 120_000);
      }
    } finally {
      await deskhand.stop();
    }
  });
});

/** What the customer reads of it. Beside the tests above, since it waits for retries: half a minute, in which nothing is done. */
async function shopThatDoesNotAnswer() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  const token = 'a-token-only-for-tests';
  const policy = await loadPolicy(path.join(repository, 'policies/demo-shop'));
  const orders = openDemoShop({ file: path.join(folder, 'orders.json'), clock: Date.now });
  const shop = await startShopServer({ host: '127.0.0.1', port: 0, token, shop: orders });
  const overHttp = createHttpShop({ apiUrl: shop.url, token });
  const deskhand = await Deskhand.start({
    settings: { holdingReplyAfterMs: 2_000, stepBudgetMs: 10 * minute },
    policy: (_, allowances) => createPolicyProcessor(policy, overHttp, { allowances }),
  });
  try {
    shop.faults.add({ fault: { type: 'status', status: 503 } });
    const ticketId = await deskhand.ask('Where is my order?');
    await until('the customer to be told', async () =>
      (await deskhand.publicReplies(ticketId)).length === 1 ? true : null,
    );
    const { stage } = await deskhand.view(ticketId);
    const { status } = await deskhand.people.ticket(ticketId);
    shop.faults.clear();
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return { stage, status, replies: await deskhand.publicReplies(ticketId) };
  } finally {
    await deskhand.stop();
    await shop.close();
    await rm(folder, { recursive: true, force: true });
  }
}

it('a shop that does not answer: the customer is told once, and gets the answer when it is back', async () => {
  const { stage, status, replies } = await outOfTheShop;
  expect([stage, status]).toEqual(['answering', 'new']);
  const [word, answer, ...more] = replies;
  expect(word?.text).toContain(longer);
  expect(answer?.text).toContain('48213');
  expect(more).toEqual([]);
});
