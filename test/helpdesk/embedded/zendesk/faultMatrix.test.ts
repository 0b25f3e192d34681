/**
 * Every kind of fault on every kind of request: what the caller sees, and whether the desk did what it was asked.
 * The two are independent, and a client that confuses them answers twice or not at all.
 */
import { z } from 'zod';
import type { Fault } from '../../../../src/remote/faults';
import { retryAfterMs } from '../../../../src/remote/failures';
import { roomyLimits, TestDesk } from './harness';

let desk: TestDesk;
let id: string;
beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
});
beforeEach(async () => {
  desk.desk.faults.clear();
  id = await desk.newTicket();
});
afterAll(() => desk.stop());

interface Request {
  readonly route: string;
  readonly send: () => Promise<{ status: number; text: string; body: unknown }>;
  /** How often it has been done. */
  readonly done: () => Promise<number>;
}
const tickets = async (): Promise<number> =>
  z.object({ count: z.number() }).parse((await desk.get('/api/v2/search?query=type:ticket')).body).count;
const requests: Record<string, () => Request | Promise<Request>> = {
  'a reply': async () => {
    const before = (await desk.comments(id)).length;
    return {
      route: 'PUT /api/v2/tickets/*',
      send: () => desk.put(id, { comment: { body: 'reply', public: true } }),
      done: async () => (await desk.comments(id)).length - before,
    };
  },
  'a new ticket': async () => {
    const before = await tickets();
    return {
      route: 'POST /api/v2/tickets',
      send: () => desk.call('POST', '/api/v2/tickets', { ticket: { comment: { body: 'new' } } }),
      done: async () => (await tickets()) - before,
    };
  },
  'a tag': () => ({
    route: 'PUT /api/v2/tickets/*/tags',
    send: () => desk.call('PUT', `/api/v2/tickets/${id}/tags`, { tags: ['struck'] }),
    done: async () => ((await desk.ticket(id)).tags.includes('struck') ? 1 : 0),
  }),
};
const kinds: readonly [string, Fault, 'answered' | 'broken' | 'unreadable', boolean][] = [
  ['a status', { type: 'status', status: 503 }, 'answered', false],
  ['a reset before', { type: 'reset-before' }, 'broken', false],
  ['a reset after', { type: 'reset-after' }, 'broken', true],
  ['a delay', { type: 'delay', ms: 60 }, 'answered', true],
  ['a malformed body', { type: 'malformed' }, 'unreadable', true],
];

describe.each(Object.keys(requests))('%s', (what) => {
  it.each(kinds)('under %s', async (_kind, fault, seen, applied) => {
    const request = await requests[what]?.();
    if (request === undefined) throw new Error('no such request');
    desk.desk.faults.add({ route: request.route, times: 1, fault });
    const outcome = await request.send().then(
      (answer) => (answer.body === null ? 'unreadable' : 'answered'),
      () => 'broken',
    );
    expect(outcome).toBe(seen);
    expect(await request.done()).toBe(applied ? 1 : 0);
    expect(desk.desk.faults.list().map(({ struck }) => struck)).toEqual([1]);
    expect((await request.send()).status).toBeLessThan(300);
  });
});

describe.each<[string, string]>([
  ['a ticket', '/api/v2/tickets/1'],
  ['its comments', '/api/v2/tickets/1/comments'],
  ['its audits', '/api/v2/tickets/1/audits'],
  ['oneself', '/api/v2/users/me'],
  ['groups', '/api/v2/groups'],
  ['a search', '/api/v2/search?query=type:ticket'],
])('reading %s', (_what, address) => {
  it.each(kinds)('under %s', async (_kind, fault, seen) => {
    desk.desk.faults.add({ route: `GET ${address.replace(/\?.*/, '')}`, times: 1, fault });
    const outcome = await desk.get(address).then(
      (answer) => (answer.body === null ? 'unreadable' : 'answered'),
      () => 'broken',
    );
    expect(outcome).toBe(seen);
    expect((await desk.get(address)).body).not.toBeNull();
  });
});

it('a fault comes before everything else: also who is refused meets it', async () => {
  desk.desk.faults.add({ route: 'GET /api/v2/users/me', times: 1, fault: { type: 'status', status: 502 } });
  expect((await desk.get('/api/v2/users/me', { as: null })).status).toBe(502);
  expect((await desk.get('/api/v2/users/me', { as: null })).status).toBe(401);
});

describe('Retry-After', () => {
  /** Far enough that the time which the tests before have taken makes no difference, and within what is waited at all. */
  const tenMinutes = 600_000;
  it.each<[string, string | number, number | null]>([
    ['seconds', 7, 7_000],
    ['seconds as a text', '7', 7_000],
    ['part of a second', 0.5, 500],
    ['zero', 0, null],
    ['a negative number', -5, null],
    ['a date to come', new Date(Date.now() + tenMinutes).toUTCString(), tenMinutes],
    ['a date gone by', 'Wed, 21 Oct 2015 07:28:00 GMT', null],
    ['words', 'soon', null],
    ['nothing', '', null],
  ])(
    'in the form of %s goes out as it was given, and is obeyed as far as it means something',
    async (_form, retryAfter, wait) => {
      desk.desk.faults.add({ fault: { type: 'status', status: 429, retryAfter } });
      const { status, headers } = await desk.get(`/api/v2/tickets/${id}`);
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe(String(retryAfter));
      const read = retryAfterMs(headers.get('retry-after'), headers.get('date'));
      if (wait === null) expect(read).toBeNull();
      else if (wait < tenMinutes) expect(read).toBe(wait);
      else expect(Math.abs((read ?? 0) - wait)).toBeLessThan(tenMinutes / 2);
    },
  );

  it('that is not asked for is not there', async () => {
    desk.desk.faults.add({ fault: { type: 'status', status: 429 } });
    expect((await desk.get('/api/v2/users/me')).headers.get('retry-after')).toBeNull();
  });
});

describe('several rules', () => {
  it('come one after the other: a storm that ends', async () => {
    const route = 'GET /api/v2/users/me';
    desk.desk.faults.add({ route, times: 2, fault: { type: 'status', status: 429, retryAfter: 1 } });
    desk.desk.faults.add({ route, times: 1, fault: { type: 'status', status: 503 } });
    const seen: number[] = [];
    for (let n = 0; n < 5; n += 1) seen.push((await desk.get(route.slice(4))).status);
    expect(seen).toEqual([429, 429, 503, 200, 200]);
  });

  it('by chance strike the same requests whenever they are thrown from the same seed', async () => {
    const storm = async (seed: number): Promise<string> => {
      desk.desk.faults.clear();
      desk.desk.faults.add({ chance: 0.5, seed, fault: { type: 'status', status: 500 } });
      const seen: number[] = [];
      for (let n = 0; n < 40; n += 1) seen.push((await desk.get('/api/v2/users/me')).status);
      return seen.map((status) => (status === 500 ? 'x' : '.')).join('');
    };
    const first = await storm(7);
    expect(first).toMatch(/x.*\..*x/);
    expect(await storm(7)).toBe(first);
    expect(await storm(8)).not.toBe(first);
  });

  it('by chance 0 never strike, by chance 1 always, and times counts strikes only', async () => {
    desk.desk.faults.add({ chance: 0, fault: { type: 'status', status: 500 } });
    desk.desk.faults.add({ chance: 1, times: 3, fault: { type: 'status', status: 502 } });
    const seen: number[] = [];
    for (let n = 0; n < 5; n += 1) seen.push((await desk.get('/api/v2/users/me')).status);
    expect(seen).toEqual([502, 502, 502, 200, 200]);
    expect(desk.desk.faults.list().map(({ struck }) => struck)).toEqual([0, 3]);
  });

  it('are gone after a restart', async () => {
    const other = await TestDesk.start();
    other.desk.faults.add({ fault: { type: 'status', status: 500 } });
    const again = await other.restart();
    expect((await again.get('/api/v2/users/me')).status).toBe(200);
    await again.stop();
  });
});

it('a request that was reset after it was applied is told to webhooks and page like any other', async () => {
  desk.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'reset-after' } });
  await expect(desk.put(id, { comment: { body: 'done all the same' }, status: 'pending' })).rejects.toThrow();
  expect((await desk.get(`/_desk/tickets/${id}`)).body).toMatchObject({
    ticket: { status: 'pending' },
    comments: [{}, { text: 'done all the same' }],
  });
});
