/** What changes on a desk reaches its ticket: by the desk's own calls, and by looking where a call was lost. */
import { status } from '@grpc/grpc-js';
import { isGrpcServiceError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { pollDesk } from '../../../activities/pollDesk';
import type { PollDeskResult } from '../../../activities/types';
import { hintSignal, ticketWorkflowId } from '../../../src/contracts/messages';
import type { Hint } from '../../../src/core/events';
import { plainUpdate } from '../../../src/core/ticket/update';
import { hintTicket } from '../../../src/temporal/hintTicket';
import { runServer, webhookSecret, type TestServer } from '../../server/running';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { until } from '../../support/until';
import { anyCall, DeskInUse, note, reply, type DeskUnderTest } from './deskUnderTest';

const hourMs = 3_600_000;
const deaf = { tell: () => Promise.resolve(), send: () => Promise.resolve() };

/** A server that takes the desk's calls. No worker runs: what a ticket was told stays to be looked at. */
class Intake {
  secret = webhookSecret;
  private readonly tested: DeskUnderTest;
  private running: { readonly temporal: TestTemporal; readonly server: TestServer } | null = null;

  /** @param botUserId - asked at each delivery. */
  constructor(tested: DeskUnderTest, botUserId: () => Promise<string>) {
    this.tested = tested;
    beforeAll(async () => {
      const temporal = await startTestTemporal();
      const server = await runServer(temporal, {
        desk: { desk: tested.desk, account: 'demo' },
        webhookSecret: () => Promise.resolve(this.secret),
        botUserId,
      });
      this.running = { temporal, server };
    }, 60_000);
    afterEach(() => {
      this.secret = webhookSecret;
    });
    afterAll(async () => {
      await this.started.server.server.stop();
      await this.started.temporal.stop();
    });
  }

  get target() {
    return { url: this.started.server.server.url + this.path, secret: webhookSecret };
  }

  get path(): string {
    return `/webhooks/${this.tested.desk}`;
  }

  post(body: string | Buffer, headers: Readonly<Record<string, string>>, path = this.path) {
    return this.started.server.anyone.post<Record<string, unknown>>(path, Buffer.from(body), {
      headers: { 'content-type': 'application/json', ...headers },
      maxRedirects: 0,
    });
  }

  /** As the desk itself would send it. */
  deliver(body: string | Buffer, at = new Date()) {
    return this.post(body, this.tested.deliveries.headers(Buffer.from(body), webhookSecret, at));
  }

  async hints(ticketId: string): Promise<readonly Hint[]> {
    const { client } = this.started.temporal;
    const handle = client.workflow.getHandle(ticketWorkflowId(this.ref(ticketId)));
    try {
      const { events } = await handle.fetchHistory();
      return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
        const payload = signal?.signalName === hintSignal ? signal.input?.payloads?.[0] : undefined;
        return payload === undefined ? [] : [defaultPayloadConverter.fromPayload<Hint>(payload)];
      });
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) return [];
      throw error;
    }
  }

  untilHints(ticketId: string, count: number): Promise<readonly Hint[]> {
    return until(`${count} hints at ticket ${ticketId}`, async () => {
      const hints = await this.hints(ticketId);
      return hints.length >= count ? hints : null;
    });
  }

  /** A look as the poll makes it, in a process that knows nothing but the cursor. @param ahead - of the desk's clock. */
  look(at: DeskInUse, cursor: string | null, since: number, ahead = 0): Promise<PollDeskResult> {
    const { client } = this.started.temporal;
    const hint = async (ref: { desk: string; account: string; ticketId: string }, id: string) => {
      await hintTicket(client, ref, { id, source: 'poll', kind: 'changed', commentId: null });
    };
    const clock = (): number => at.now + ahead;
    const ports = { desk: at.desk.open(), hintTicket: hint, notifier: deaf, clock };
    return pollDesk(ports, { cursor, since }, new AbortController().signal);
  }

  private ref(ticketId: string) {
    return { desk: this.tested.desk, account: 'demo', ticketId };
  }

  private get started() {
    if (this.running === null) throw new Error('the intake is not started');
    return this.running;
  }
}

export function intake(tested: DeskUnderTest): void {
  const calls = new Intake(tested, async () => (await at.desk.open().whoAmI(anyCall())).userId);
  const at: DeskInUse = new DeskInUse(tested, { ownClock: true, webhook: () => calls.target });
  const { about, headers } = tested.deliveries;
  const nobody = '770001';

  describe('by a call of the desk', () => {
    test('of a new ticket, and of what its customer writes on it', async () => {
      const ticketId = await at.asks();
      const made = at.desk.abilities.hintsOfANewTicket;
      const opened = await calls.untilHints(ticketId, made);
      expect(opened.map(({ source }) => source)).toEqual(Array(made).fill('webhook'));
      await at.people.customerWrites(ticketId, 'Well?');
      const hints = await calls.untilHints(ticketId, made + 1);
      expect(new Set(hints.map(({ id }) => id)).size).toBe(hints.length);
    });

    test('and never of what we have written ourselves', async () => {
      const made = at.desk.abilities.hintsOfANewTicket;
      const ticketId = await at.asks();
      await calls.untilHints(ticketId, made);
      await at.apply(ticketId, [
        { ...reply('k/reply'), addTags: ['deskhand_answered'] },
        note('k/note'),
        plainUpdate('k/up', { priority: 'high' }),
      ]);
      // Calls come in turn, and none of ours takes a longer way.
      await calls.untilHints(await at.asks('Another one'), made);
      expect(await calls.hints(ticketId)).toHaveLength(made);
    });

    test('made twice: the ticket is told so, and knows the same call again where the desk names it', async () => {
      const body = about('880001');
      const sent = new Date();
      for (let time = 0; time < 2; time += 1) {
        expect(await calls.deliver(body, sent)).toMatchObject({ status: 202, data: { accepted: true } });
      }
      const ids = (await calls.hints('880001')).map(({ id }) => id);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(at.desk.abilities.namesDeliveries ? 1 : 2);
    });

    test('of a ticket that has vanished: the look finds that, once and for all', async () => {
      expect((await calls.deliver(about(nobody + '9'))).status).toBe(202);
      await expect(at.read(nobody + '9')).rejects.toMatchObject({
        kind: 'ticket-not-found',
        retryable: false,
      });
    });
  });

  describe('is refused with a problem document, and tells no ticket', () => {
    afterEach(async () => {
      expect(await calls.hints(nobody)).toEqual([]);
    });
    const refusedAs = (status: number) => ({
      status,
      data: {
        status,
        title: expect.any(String) as unknown,
        detail: expect.stringMatching(/\S{3}/) as unknown,
      },
    });

    test.each<[string, () => Readonly<Record<string, string>>]>([
      ['without a proof', () => ({})],
      ['with an empty one', () => emptied(headers(Buffer.from(about(nobody)), webhookSecret, new Date()))],
      [
        "with another account's",
        () => headers(Buffer.from(about(nobody)), 'secret-of-another-account', new Date()),
      ],
    ])('%s', async (_what, proof) => {
      expect(await calls.post(about(nobody), proof())).toMatchObject(refusedAs(401));
    });

    test('with the proof of another body, where the body is what is proven', async () => {
      const others = headers(Buffer.from(about('1')), webhookSecret, new Date());
      const { status } = await calls.post(about(nobody + '7'), others);
      expect(status).toBe(at.desk.abilities.proof === 'signature' ? 401 : 202);
    });

    test('recorded, and sent again when it is stale, where a delivery bears a time', async () => {
      const { staleAfterMs } = at.desk.abilities;
      const off = (staleAfterMs ?? hourMs) + 10_000;
      for (const sent of [Date.now() - off, Date.now() + off]) {
        const answer = await calls.deliver(about(nobody + '6'), new Date(sent));
        expect(answer.status).toBe(staleAfterMs === null ? 202 : 401);
      }
    });

    test.each<[string, string | Buffer]>([
      ['nothing', ''],
      ['cut in the middle', about(nobody).slice(0, -2)],
      ['no JSON', `ticket=${nobody}`],
      ['a page', '<html><body>502 Bad Gateway</body></html>'],
      ['null', 'null'],
      ['a list', `[${nobody}]`],
      ['an object of something else', '{"hello":"world"}'],
      ['bytes that are no UTF-8', Buffer.concat([Buffer.from(about(nobody)), Buffer.from([0xff, 0xfe])])],
      ['UTF-16', Buffer.from(about(nobody), 'utf16le')],
      ['100,000 lists, one in the other', '['.repeat(100_000) + ']'.repeat(100_000)],
      ['an id that is none', about('007')],
      ['an id that is a path', about('1/../2')],
      ['an id of 30 digits', about('9'.repeat(30))],
      ['a placeholder that nobody has filled', about('{{ticket.id}}')],
    ])('%s', async (_what, body) => {
      expect(await calls.deliver(body)).toMatchObject(refusedAs(400));
    });

    test('larger than any delivery', async () => {
      const body = Buffer.concat([Buffer.from(about(nobody)), Buffer.alloc(1024 * 1024, ' ')]);
      expect(await calls.deliver(body)).toMatchObject(refusedAs(413));
    });

    test('at the address of a desk that is not served here', async () => {
      const body = about(nobody);
      const proof = headers(Buffer.from(body), webhookSecret, new Date());
      expect(await calls.post(body, proof, '/webhooks/another-desk')).toMatchObject({ status: 404 });
    });
  });

  describe('by looking', () => {
    /** Everything that was before is known. */
    async function begun(): Promise<{ cursor: string | null; since: number }> {
      at.now += hourMs;
      const since = at.now;
      await at.asks('the one that the account begins with');
      at.now += 120_000;
      return { cursor: (await calls.look(at, null, since)).cursor, since };
    }

    test('where a call was lost, once, and from then on what is new', async () => {
      const { cursor, since } = await begun();
      calls.secret = 'somebody has changed it';
      const lost = await at.asks('lost');
      at.now += 120_000;
      const found = await calls.look(at, cursor, since);
      expect(found).toMatchObject({ hinted: 1, complete: true });
      expect(await calls.hints(lost)).toMatchObject([{ source: 'poll' }]);
      const again = await calls.look(at, found.cursor, since);
      expect(again.hinted).toBe(0);
      await at.people.customerWrites(lost, 'Well?');
      at.now += 120_000;
      expect(await calls.look(at, again.cursor ?? found.cursor, since)).toMatchObject({ hinted: 1 });
      const [first, second] = await calls.hints(lost);
      expect(second?.id).not.toBe(first?.id);
    });

    test.each([-10, 10])(
      'where our clock is %i minutes ahead of the desk’s, from the first minute on, and nothing from before',
      async (minutes) => {
        // Its adapter does not tell the desk's time.
        if (tested.desk === 'zendesk') return;
        at.now += hourMs;
        calls.secret = 'somebody has changed it';
        const before = await at.asks('before the start');
        at.now += 60_000;
        const since = at.now + minutes * 60_000;
        at.now += 1_000;
        const first = await at.asks('right after it');
        await calls.look(at, null, since, minutes * 60_000);
        expect([await calls.hints(before), await calls.hints(first)]).toMatchObject([
          [],
          [{ source: 'poll' }],
        ]);
      },
    );

    test('after the desk was away: the cursor stays where it was, and nothing is missed', async () => {
      const { cursor, since } = await begun();
      calls.secret = 'somebody has changed it';
      const meanwhile = await at.asks('meanwhile');
      at.now += 120_000;
      const { changed } = at.desk.routes;
      at.desk.faults.add({ route: changed, times: 1, fault: { type: 'status', status: 503 } });
      at.desk.faults.add({ route: changed, times: 1, fault: { type: 'malformed' } });
      at.desk.faults.add({ route: changed, times: 1, fault: { type: 'status', status: 429, retryAfter: 7 } });
      for (const kindOfTrouble of ['unavailable', 'malformed', 'throttled']) {
        await expect(calls.look(at, cursor, since)).rejects.toMatchObject({ kind: kindOfTrouble });
      }
      expect(await calls.look(at, cursor, since)).toMatchObject({ hinted: 1 });
      expect(await calls.hints(meanwhile)).toHaveLength(1);
    });
  });
}

function emptied(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, '']));
}
