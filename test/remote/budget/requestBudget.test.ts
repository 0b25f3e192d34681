/** One budget for all who ask: in virtual time, with answers as a desk gives them. */
import { RemoteFailure } from '../../../src/remote/failures';
import type { RemoteResponse } from '../../../src/remote/http';
import {
  createRequestBudget,
  type Asked,
  type RequestBudget,
} from '../../../src/remote/budget/requestBudget';
import type { Urgency } from '../../../src/remote/budget/urgency';
import { VirtualTimers } from '../../support/virtualTimers';

const get: Asked = { method: 'GET', path: '/tickets/7' };
const put = (ticketId: number): Asked => ({ method: 'PUT', path: `/tickets/${ticketId}` });

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly endpointResetMs?: number;
}

function answer({ status = 200, headers = {}, endpointResetMs }: Answer = {}): RemoteResponse {
  const header = (name: string): string | null => headers[name] ?? null;
  return {
    ...{ status, header, text: '', link: null, date: null },
    ...{ retryAfter: header('retry-after'), endpointResetMs: endpointResetMs ?? null },
  };
}

const says = (limit: number, remaining: number, more: Record<string, string> = {}) => ({
  'x-rate-limit': String(limit),
  'x-rate-limit-remaining': String(remaining),
  ...more,
});

let timers: VirtualTimers;
let urgency: Urgency;
let step: object | null;
let wentOut: string[];
beforeEach(() => {
  timers = new VirtualTimers();
  urgency = 'reply';
  step = null;
  wentOut = [];
});

function budgetOf(perMinute: number | null): RequestBudget {
  return createRequestBudget({ perMinute, asking: () => ({ urgency, step }), timers });
}

/** Asks as that, and notes when it was let out, as `reply@1000`, or turned away: `reply-`. */
function ask(
  budget: RequestBudget,
  as: Urgency = 'reply',
  { request = get, signal = new AbortController().signal } = {},
): Promise<number> {
  urgency = as;
  return budget.admit('Zendesk', request, signal).then(
    () => {
      wentOut.push(`${as}@${Math.round(timers.now())}`);
      return 0;
    },
    (error: unknown) => {
      if (!(error instanceof RemoteFailure)) throw error;
      wentOut.push(`${as}-`);
      return error.kind === 'throttled' ? (error.retryAfterMs ?? -1) : -1;
    },
  );
}

function answered(budget: RequestBudget, given?: Answer, request = get): void {
  budget.ended(request, answer(given));
}

describe('the limit', () => {
  it('is the setting until the desk says otherwise', () => {
    const budget = budgetOf(200);
    expect(budget.state()).toMatchObject({ limit: 200, isLearnt: false, left: null });
    void ask(budget);
    answered(budget, { headers: says(700, 650) });
    expect(budget.state()).toMatchObject({ limit: 700, isLearnt: true, left: 650 });
  });

  it('changes when the company buys another plan, up and down', async () => {
    const budget = budgetOf(null);
    await ask(budget);
    answered(budget, { headers: says(700, 650) });
    await ask(budget);
    answered(budget, { headers: says(60, 40) });
    expect(budget.state()).toMatchObject({ limit: 60, left: 40 });
    for (let each = 0; each < 11; each += 1) void ask(budget);
    await timers.goOn(0);
    expect(wentOut).toHaveLength(12);
    expect(budget.state().waiting).toBe(1);
  });

  it('of a desk that says nothing stays the setting, and is kept', async () => {
    const budget = budgetOf(60);
    for (let second = 0; second < 120; second += 1) {
      void ask(budget).then(() => budget.ended(get, answer()));
      void ask(budget).then(() => budget.ended(get, answer()));
      await timers.goOn(1_000);
    }
    const sent = wentOut.filter((entry) => entry.includes('@'));
    expect(sent.length).toBeLessThanOrEqual(60 * 2 + 10);
    expect(sent.length).toBeGreaterThanOrEqual(60 * 2);
  });

  it('that nobody knows holds nobody back', async () => {
    const budget = budgetOf(null);
    await Promise.all(Array.from({ length: 500 }, () => ask(budget, 'poll')));
    expect(wentOut).toHaveLength(500);
  });
});

describe('a 429', () => {
  it('holds back everything until the time it names, urgent or not, in order of urgency then', async () => {
    const budget = budgetOf(600);
    await ask(budget);
    answered(budget, { status: 429, headers: says(600, 0, { 'retry-after': '5' }) });
    for (const as of ['poll', 'chore', 'note', 'read', 'reply'] as const) void ask(budget, as);
    await timers.goOn(4_999);
    expect(wentOut).toEqual(['reply@0']);
    expect(budget.state()).toMatchObject({ waiting: 5 });
    await timers.goOn(200);
    expect(wentOut[1]).toMatch(/^reply@5\d\d\d/);
    // The first one out asks what there is now; nobody else goes before it is answered.
    expect(wentOut).toHaveLength(2);
    answered(budget, { headers: says(600, 599) });
    await timers.goOn(2_900);
    expect(wentOut.slice(2).map((entry) => entry.split('@')[0])).toEqual(['read', 'note', 'chore', 'poll']);
  });

  it('that lasts longer than an attempt should wait sends the callers away, one behind the other', async () => {
    const budget = budgetOf(60);
    await ask(budget);
    answered(budget, { status: 429, headers: says(60, 0, { 'retry-after': '30' }) });
    const waits = await Promise.all(Array.from({ length: 20 }, () => ask(budget)));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(92_000);
    const sorted = waits.toSorted((a, b) => a - b);
    expect(sorted.every((wait, at) => at === 0 || wait - (sorted[at - 1] ?? 0) >= 999)).toBe(true);
    expect(budget.state().waiting).toBe(0);
  });

  it('has five hundred come back within minutes of it, not at one moment and not in an hour', async () => {
    const budget = budgetOf(60);
    await ask(budget);
    answered(budget, { status: 429, headers: { 'retry-after': '30' } });
    const waits = await Promise.all(Array.from({ length: 500 }, () => ask(budget, 'chore')));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(332_000);
    const perSecond = new Map<number, number>();
    for (const wait of waits) {
      const second = Math.floor(wait / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(3);
  });

  it('without a time holds back for a moment', async () => {
    const budget = budgetOf(600);
    await ask(budget);
    answered(budget, { status: 429 });
    void ask(budget);
    await timers.goOn(4_900);
    expect(wentOut).toHaveLength(1);
    await timers.goOn(300);
    expect(wentOut).toHaveLength(2);
  });

  it('about one ticket, whose limit is over ten minutes, holds back that ticket alone', async () => {
    const budget = budgetOf(600);
    await ask(budget, 'reply', { request: put(7) });
    answered(budget, { status: 429, headers: says(600, 500, { 'retry-after': '400' }) }, put(7));
    expect(await ask(budget, 'reply', { request: put(7) })).toBeGreaterThanOrEqual(400_000);
    expect(await ask(budget, 'reply', { request: put(8) })).toBe(0);
    expect(await ask(budget)).toBe(0);
  });

  it('about updates holds back all updates, and no reads', async () => {
    const budget = budgetOf(600);
    await ask(budget, 'reply', { request: put(7) });
    answered(budget, { status: 429, headers: says(600, 500, { 'retry-after': '40' }) }, put(7));
    expect(await ask(budget, 'reply', { request: put(8) })).toBeGreaterThanOrEqual(40_000);
    expect(await ask(budget)).toBe(0);
  });

  it('is over when its time is over, for one who comes then', async () => {
    const budget = budgetOf(600);
    await ask(budget);
    answered(budget, { status: 429, headers: { 'retry-after': '30' } });
    await timers.goOn(31_000);
    expect(await ask(budget)).toBe(0);
    expect(budget.state().closedForMs).toBe(0);
  });
});

it('one kind of request that the desk calls used up waits before it is refused', async () => {
  const budget = budgetOf(600);
  const look: Asked = { method: 'GET', path: '/incremental/tickets/cursor' };
  await ask(budget, 'poll', { request: look });
  answered(budget, { headers: says(600, 500), endpointResetMs: 6_000 }, look);
  void ask(budget, 'poll', { request: look });
  expect(await ask(budget, 'poll')).toBe(0);
  await timers.goOn(5_900);
  expect(wentOut).toHaveLength(2);
  await timers.goOn(200);
  expect(wentOut).toHaveLength(3);
});

describe('what is kept back', () => {
  it('for customers who wait: a fifth of what is left goes to replies and reads alone', async () => {
    const budget = budgetOf(600);
    await ask(budget);
    answered(budget, { headers: says(600, 120, { 'ratelimit-reset': '6' }) });
    void ask(budget, 'note');
    void ask(budget, 'chore');
    void ask(budget, 'poll');
    expect(await ask(budget, 'reply')).toBe(0);
    expect(await ask(budget, 'read')).toBe(0);
    await timers.goOn(5_900);
    expect(wentOut).toEqual(['reply@0', 'reply@0', 'read@0']);
    await timers.goOn(200);
    expect(wentOut.slice(3).map((entry) => entry.split('@')[0])).toEqual(['note', 'chore', 'poll']);
  });

  it('chores alone never take more than four fifths of the pace', async () => {
    const budget = budgetOf(60);
    for (let second = 0; second < 180; second += 1) {
      void ask(budget, 'chore').then(() => budget.ended(get, answer()));
      await timers.goOn(1_000);
    }
    const sent = wentOut.filter((entry) => entry.includes('@')).length;
    expect(sent).toBeLessThanOrEqual(48 * 3 + 10);
    expect(sent).toBeGreaterThanOrEqual(48 * 3 - 10);
  });

  it('a reply among waiting chores goes first, whenever it came', async () => {
    const budget = budgetOf(60);
    for (let each = 0; each < 30; each += 1) void ask(budget, 'chore');
    await timers.goOn(100);
    const before = wentOut.length;
    void ask(budget, 'reply');
    await timers.goOn(1_000);
    expect(wentOut[before]).toMatch(/^reply@/);
  });

  it('when even that is used up, a reply waits for the new window or goes to see', async () => {
    const budget = budgetOf(600);
    await ask(budget);
    answered(budget, { headers: says(600, 0) });
    void ask(budget);
    void ask(budget);
    await timers.goOn(4_900);
    expect(wentOut).toHaveLength(1);
    await timers.goOn(200);
    expect(wentOut).toHaveLength(2);
    answered(budget, { headers: says(600, 599) });
    await timers.goOn(10);
    expect(wentOut).toHaveLength(3);
  });
});

describe('an activity that has begun', () => {
  const begin = async (budget: RequestBudget, as: Urgency): Promise<object> => {
    step = {};
    await ask(budget, as);
    return step;
  };

  it('goes on without waiting: between what it read and what it writes a person could come in', async () => {
    const budget = budgetOf(60);
    const begun = await begin(budget, 'chore');
    step = null;
    for (let each = 0; each < 20; each += 1) void ask(budget);
    step = begun;
    expect(await ask(budget, 'chore', { request: put(7) })).toBe(0);
    step = {};
    void ask(budget, 'chore');
    await timers.goOn(500);
    expect(wentOut.filter((entry) => entry.startsWith('chore'))).toHaveLength(2);
  });

  it('what it takes so is missing for the next', async () => {
    const budget = budgetOf(60);
    const begun = await begin(budget, 'reply');
    for (let each = 0; each < 14; each += 1) {
      step = begun;
      await ask(budget);
    }
    step = {};
    void ask(budget);
    await timers.goOn(5_900);
    expect(wentOut).toHaveLength(15);
    await timers.goOn(200);
    expect(wentOut).toHaveLength(16);
  });

  it('waits for a 429 as everybody does', async () => {
    const budget = budgetOf(60);
    const begun = await begin(budget, 'reply');
    answered(budget, { status: 429, headers: { 'retry-after': '30' } });
    step = begun;
    expect(await ask(budget, 'reply', { request: put(7) })).toBeGreaterThan(30_000);
  });

  it('and only looks around, page after page, waits at each', async () => {
    const budget = budgetOf(60);
    const begun = await begin(budget, 'poll');
    for (let page = 0; page < 30; page += 1) {
      step = begun;
      void ask(budget, 'poll');
    }
    await timers.goOn(0);
    expect(wentOut.length).toBeLessThanOrEqual(10);
  });
});

describe('one who waits', () => {
  it('and is cancelled leaves at once, and the next takes the place', async () => {
    const budget = budgetOf(60);
    for (let each = 0; each < 10; each += 1) await ask(budget);
    const gone = new AbortController();
    const cancelled = ask(budget, 'reply', { signal: gone.signal });
    void ask(budget, 'chore');
    await timers.goOn(500);
    gone.abort();
    expect(await cancelled).toBe(-1);
    expect(budget.state().waiting).toBe(1);
    await timers.goOn(600);
    expect(wentOut.slice(10)).toEqual(['reply-', expect.stringMatching(/^chore@10\d\d/)]);
  });

  it('is not even let in when it was cancelled before', async () => {
    const budget = budgetOf(60);
    expect(await ask(budget, 'reply', { signal: AbortSignal.abort() })).toBe(-1);
    expect(wentOut).toEqual(['reply-']);
  });

  it('for longer than eight seconds comes back later, as one whom the desk asked to', async () => {
    const budget = budgetOf(10);
    const waits = Array.from({ length: 12 }, () => ask(budget));
    await timers.goOn(9_000);
    expect(wentOut.filter((entry) => entry.includes('@'))).toHaveLength(6);
    const later = (await Promise.all(waits)).filter((wait) => wait > 0);
    expect(later).toHaveLength(6);
    expect(new Set(later).size).toBe(6);
  });

  it('is told in words without a word of the ticket', async () => {
    const budget = budgetOf(60);
    await ask(budget);
    answered(budget, { status: 429, headers: { 'retry-after': '30' } });
    await expect(budget.admit('Zendesk', get, new AbortController().signal)).rejects.toMatchObject({
      message: 'Zendesk is asked again in 31 s: what the account may ask is used up',
      ...{ kind: 'throttled', retryable: true },
    });
  });
});

it('knows how many requests an activity takes of late', async () => {
  const budget = budgetOf(null);
  expect(budget.state().requestsPerStep).toBe(1);
  for (let each = 0; each < 400; each += 1) {
    step = {};
    const requests = each < 200 ? 2 : 4;
    for (let sent = 0; sent < requests; sent += 1) await ask(budget);
    step = null;
    // Whoever asks beside the activities does not count.
    await ask(budget);
  }
  expect(budget.state().requestsPerStep).toBeGreaterThan(3.5);
  expect(budget.state().requestsPerStep).toBeLessThan(4);
});
