/**
 * The adapters keep within the budget that the desk's own headers tell: over real HTTP, against the embedded desks, with
 * desk and budget on one clock that only goes on when it is told to.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { startEmbeddedFreshdesk } from '../../src/helpdesk/embedded/freshdesk/startFreshdesk';
import { startEmbeddedGorgias } from '../../src/helpdesk/embedded/gorgias/startGorgias';
import { startEmbeddedZendesk } from '../../src/helpdesk/embedded/zendesk/desk';
import { createFreshdeskDesk } from '../../src/helpdesk/freshdesk/createFreshdeskDesk';
import { createGorgiasDesk } from '../../src/helpdesk/gorgias/createGorgiasDesk';
import type { Helpdesk } from '../../src/helpdesk/port';
import { createZendeskDesk } from '../../src/helpdesk/zendesk/createZendeskDesk';
import { createRequestBudget, type RequestBudget } from '../../src/remote/budget/requestBudget';
import type { Urgency } from '../../src/remote/budget/urgency';
import { RemoteFailure } from '../../src/remote/failures';
import type { Faults } from '../../src/remote/faults';
import { VirtualTimers } from '../support/virtualTimers';

const requestsPerMinute = 60;
const common = { account: 'acme', companyAddresses: [], ticketUrl: null };

interface Running {
  readonly faults: Faults;
  readonly close: () => Promise<void>;
  /** One process that works for the account: they share the desk, and no budget. */
  readonly process: (budget: RequestBudget) => Helpdesk;
}

async function zendesk(stateDir: string, clock: () => number): Promise<Running> {
  const limits = { requestsPerMinute };
  const desk = await startEmbeddedZendesk({ host: '127.0.0.1', port: 0, stateDir, clock, limits });
  const { apiUrl, email, token } = desk.credentials;
  const auth = { type: 'api-token', email, token } as const;
  const process = (budget: RequestBudget) => createZendeskDesk({ ...common, apiUrl, auth, budget });
  return { faults: desk.faults, close: () => desk.close(), process };
}

async function freshdesk(stateDir: string, clock: () => number): Promise<Running> {
  const limits = { requestsPerMinute };
  const desk = await startEmbeddedFreshdesk({ host: '127.0.0.1', port: 0, stateDir, clock, limits });
  const { apiUrl, credentials } = desk;
  const process = (budget: RequestBudget) =>
    createFreshdeskDesk({ ...common, apiUrl, apiKey: credentials.token, budget });
  return { faults: desk.faults, close: () => desk.close(), process };
}

/** As many a minute: its bucket takes twenty seconds to run out. */
async function gorgias(stateDir: string, clock: () => number): Promise<Running> {
  const limits = { bucket: requestsPerMinute / 3 };
  const desk = await startEmbeddedGorgias({ host: '127.0.0.1', port: 0, stateDir, clock, limits });
  const { apiUrl, credentials } = desk;
  const signIn = { email: credentials.email, apiKey: credentials.token };
  const process = (budget: RequestBudget) => createGorgiasDesk({ ...common, apiUrl, ...signIn, budget });
  return { faults: desk.faults, close: () => desk.close(), process };
}

describe.each([
  ['Zendesk', zendesk],
  ['Gorgias', gorgias],
  ['Freshdesk', freshdesk],
])('%s', (_name, start) => {
  let folder: string;
  let timers: VirtualTimers;
  let desk: Running;
  let urgency: Urgency;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-budget-'));
    timers = new VirtualTimers(Date.UTC(2026, 0, 5, 9));
    desk = await start(folder, timers.now);
    urgency = 'read';
  });
  afterEach(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const budgetOf = (perMinute: number | null): RequestBudget =>
    createRequestBudget({ perMinute, asking: () => ({ urgency, step: null }), timers });

  /** Null: it was answered. Of looks nothing is kept, so each is one request. */
  async function look(
    helpdesk: Helpdesk,
    signal = new AbortController().signal,
  ): Promise<RemoteFailure | null> {
    try {
      await helpdesk.findAgent('nobody@shop.example', { signal });
      return null;
    } catch (error) {
      if (error instanceof RemoteFailure) return error;
      throw error;
    }
  }

  it('tells its limit with the first answer, and what is left with every one', async () => {
    const budget = budgetOf(200);
    const helpdesk = desk.process(budget);
    expect(await look(helpdesk)).toBeNull();
    expect(budget.state()).toMatchObject({ limit: requestsPerMinute, isLearnt: true });
    const { left } = budget.state();
    await look(helpdesk);
    expect(budget.state().left).toBeLessThan(left ?? 0);
  });

  it('is not asked again in this process before the time its 429 named', async () => {
    const budget = budgetOf(null);
    const helpdesk = desk.process(budget);
    desk.faults.add({ times: 1, fault: { type: 'status', status: 429, retryAfter: 30, body: 'Slow down' } });
    expect(await look(helpdesk)).toMatchObject({ kind: 'throttled', retryAfterMs: 30_000 });
    desk.faults.clear();
    desk.faults.add({ fault: { type: 'status', status: 418 } });
    const waits = await Promise.all(Array.from({ length: 10 }, () => look(helpdesk)));
    for (const failure of waits) {
      expect(failure).toMatchObject({ kind: 'throttled', status: null });
      expect(failure?.retryAfterMs).toBeGreaterThan(30_000);
    }
    expect(new Set(waits.map((failure) => failure?.retryAfterMs)).size).toBe(10);
    expect(desk.faults.list()).toEqual([expect.objectContaining({ struck: 0 })]);
    desk.faults.clear();
    await timers.goOn(31_000);
    expect(await look(helpdesk)).toBeNull();
  });

  it('gives another process what this one leaves, and both stop at what is kept for replies', async () => {
    const [one, other] = [budgetOf(null), budgetOf(null)];
    const [first, second] = [desk.process(one), desk.process(other)];
    await Promise.all([look(first), look(second)]);
    urgency = 'chore';
    const results: (RemoteFailure | null)[] = [];
    // In more than a minute two processes of chores without end are never once refused by the desk.
    for (let asked = 2; asked <= 160; asked += 2) {
      for (const process of [first, second]) void look(process).then((result) => results.push(result));
      // A second goes by once each is answered, or waits for its turn.
      while (results.length + one.state().waiting + other.state().waiting < asked) await setImmediate();
      await timers.goOn(1_000);
    }
    expect(results.filter((failure) => failure?.status === 429)).toEqual([]);
    expect(results.filter((failure) => failure === null).length).toBeGreaterThan(requestsPerMinute * 0.9);
    urgency = 'reply';
    expect(await look(first)).toBeNull();
    expect(one.state().left).toBeGreaterThanOrEqual(5);
  });

  it('one who is cancelled while waiting never reaches it', async () => {
    const budget = budgetOf(null);
    const helpdesk = desk.process(budget);
    desk.faults.add({ times: 1, fault: { type: 'status', status: 429, retryAfter: 5 } });
    await look(helpdesk);
    const cancel = new AbortController();
    const waiting = look(helpdesk, cancel.signal);
    await timers.goOn(1_000);
    expect(budget.state().waiting).toBe(1);
    cancel.abort();
    expect(await waiting).toMatchObject({ kind: 'cancelled' });
    expect(budget.state().waiting).toBe(0);
  });
});
