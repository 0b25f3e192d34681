/** Rate limits: counted as Zendesk counts, told in its headers, and over when they say so. */
import fc from 'fast-check';
import { RateLimits } from '../../../../src/helpdesk/embedded/common/rateLimits';
import { agents, roomyLimits, TestDesk } from './harness';

let now = Date.parse('2026-03-02T10:00:00Z');
let desk: TestDesk | null = null;
afterEach(async () => {
  await desk?.stop();
  desk = null;
});
async function start(limits: Record<string, number>): Promise<TestDesk> {
  desk = await TestDesk.start({ clock: () => now, limits: { ...roomyLimits, ...limits } });
  return desk;
}

it('every answer of the API tells what is left of the account', async () => {
  const running = await start({ requestsPerMinute: 3 });
  const left = async (address: string) => {
    const { headers } = await running.get(address);
    return [
      headers.get('x-rate-limit'),
      headers.get('x-rate-limit-remaining'),
      headers.get('ratelimit-limit'),
      headers.get('ratelimit-remaining'),
      headers.get('ratelimit-reset'),
    ];
  };
  expect(await left('/api/v2/users/me')).toEqual(['3', '2', '3', '2', '60']);
  now += 15_500;
  expect(await left('/api/v2/tickets/99')).toEqual(['3', '1', '3', '1', '45']);
  expect((await running.get('/_desk/tickets')).headers.get('x-rate-limit')).toBeNull();
});

it('the account: 429 with Retry-After until the minute is over', async () => {
  const running = await start({ requestsPerMinute: 2 });
  await running.get('/api/v2/users/me');
  await running.get('/api/v2/users/me');
  now += 20_000;
  const refused = await running.get('/api/v2/users/me');
  expect(refused).toMatchObject({ status: 429, body: { error: 'APIRateLimitExceeded' } });
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');
  now += 40_000;
  const after = await running.get('/api/v2/users/me');
  expect(after.status).toBe(200);
  expect(after.headers.get('retry-after')).toBeNull();
});

it('updates of one ticket by one user: 30 in ten minutes; another user and another ticket go on', async () => {
  const running = await start({ updatesPerTicketIn10Minutes: 30 });
  const [id, other] = [await running.newTicket(), await running.newTicket()];
  for (let n = 0; n < 30; n += 1) {
    expect((await running.put(id, { comment: { body: `reply ${n}` } })).status).toBe(200);
  }
  const refused = await running.put(id, { comment: { body: 'one too many' } });
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ code: 'TooManyRequests' }] } });
  expect(refused.headers.get('retry-after')).toBe('600');
  expect((await running.put(`${id}.json`, { priority: 'low' })).status).toBe(429);
  expect((await running.put(id, { priority: 'low' }, { as: agents.nora })).status).toBe(200);
  expect((await running.put(other, { priority: 'low' })).status).toBe(200);
  expect(await running.comments(id)).toHaveLength(31);
  now += 600_000;
  expect((await running.put(id, { comment: { body: 'later' } })).status).toBe(200);
});

it('updates of the account count PUTs only; a refused one changes nothing', async () => {
  const running = await start({ updatesPerMinute: 1 });
  const [first, second] = [await running.newTicket(), await running.newTicket()];
  expect((await running.put(first, { status: 'open' })).status).toBe(200);
  expect((await running.put(second, { status: 'open' })).status).toBe(429);
  expect((await running.ticket(second)).status).toBe('new');
  const tags = await running.call('PUT', `/api/v2/tickets/${second}/tags`, { tags: ['x'] });
  expect(tags.status).toBe(200);
});

it('exports have a limit and a header of their own', async () => {
  const running = await start({ incrementalPerMinute: 1 });
  const ask = () => running.get('/api/v2/incremental/tickets/cursor?start_time=1');
  const first = await ask();
  expect(first.headers.get('zendesk-ratelimit-incremental-exports-cursor')).toBe(
    'total=1; remaining=0; resets=60',
  );
  const second = await ask();
  expect(second.status).toBe(429);
  expect(second.headers.get('retry-after')).toBe('60');
  expect((await running.get('/api/v2/users/me')).status).toBe(200);
});

it("a request without credentials counts as the account's, and is told 401", async () => {
  const running = await start({ requestsPerMinute: 1 });
  expect((await running.get('/api/v2/users/me', { as: null })).status).toBe(401);
  expect((await running.get('/api/v2/users/me')).status).toBe(429);
});

it('never lets more through than the limit within one window, however the requests fall', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ wait: fc.nat(90_000), name: fc.constantFrom('a', 'b') }), { maxLength: 60 }),
      (limit, requests) => {
        let time = 0;
        const limits = new RateLimits(() => time);
        const windows = new Map<string, { start: number; allowed: number }>();
        for (const { wait, name } of requests) {
          time += wait;
          const known = windows.get(name);
          const window =
            known === undefined || time >= known.start + 60_000 ? { start: time, allowed: 0 } : known;
          windows.set(name, window);
          const allowance = limits.take(name, limit, 60);
          expect(allowance.allowed).toBe(window.allowed < limit);
          if (allowance.allowed) window.allowed += 1;
          expect(allowance.remaining).toBe(limit - window.allowed);
          expect(allowance.resetSeconds).toBe(Math.max(1, Math.ceil((window.start + 60_000 - time) / 1000)));
        }
      },
    ),
  );
});
