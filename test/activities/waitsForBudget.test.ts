/** An activity that waits for its account's turn is alive, and can be stopped. */
import { once } from 'node:events';
import { CancelledFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { attempt } from '../../activities/attempt';
import { createRequestBudget, type RequestBudget } from '../../src/remote/budget/requestBudget';
import { askingStep } from '../../src/temporal/budget/askingStep';
import { quietTemporal } from '../support/quietTemporal';
import { VirtualTimers } from '../support/virtualTimers';

quietTemporal();

const request = { method: 'PUT', path: '/tickets/7' } as const;

/** The desk has just asked to be left alone for five seconds. */
async function closedBudget(timers: VirtualTimers): Promise<RequestBudget> {
  const budget = createRequestBudget({ perMinute: 600, asking: askingStep, timers });
  await budget.admit('Zendesk', request, new AbortController().signal);
  const header = (name: string): string | null => (name === 'retry-after' ? '5' : null);
  budget.ended(request, {
    ...{ status: 429, retryAfter: '5', date: null, link: null, text: '', header, endpointResetMs: null },
  });
  return budget;
}

it('it goes on telling that it lives, and leaves when it is cancelled', async () => {
  const budget = await closedBudget(new VirtualTimers());
  const environment = new MockActivityEnvironment({ startToCloseTimeoutMs: 45_000 });
  const running = environment.run(() => attempt(null, (signal) => budget.admit('Zendesk', request, signal)));
  const ended = expect(running).rejects.toBeInstanceOf(CancelledFailure);
  await once(environment, 'heartbeat');
  expect(budget.state().waiting).toBe(1);
  environment.cancel();
  await ended;
  expect(budget.state().waiting).toBe(0);
});

it('it goes on within the same attempt once its turn has come', async () => {
  const timers = new VirtualTimers();
  const budget = await closedBudget(timers);
  const running = new MockActivityEnvironment().run(() =>
    attempt(null, async (signal) => {
      await budget.admit('Zendesk', request, signal);
      return 'went out';
    }),
  );
  await timers.goOn(4_900);
  expect(budget.state().waiting).toBe(1);
  await timers.goOn(300);
  await expect(running).resolves.toBe('went out');
});

it('one whose turn is far off ends as throttled, to be repeated then: a retry costs less than a minute of heartbeats', async () => {
  const timers = new VirtualTimers();
  const budget = await closedBudget(timers);
  const header = (): null => null;
  budget.ended(request, {
    ...{ status: 429, retryAfter: '45', date: null, link: null, text: '', header, endpointResetMs: null },
  });
  const running = new MockActivityEnvironment().run(() =>
    attempt(600_000, (signal) => budget.admit('Zendesk', request, signal)),
  );
  await expect(running).rejects.toMatchObject({
    ...{ type: 'throttled', nonRetryable: false },
    nextRetryDelay: expect.any(Number) as number,
  });
});
