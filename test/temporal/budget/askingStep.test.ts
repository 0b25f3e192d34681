import { MockActivityEnvironment } from '@temporalio/testing';
import { priorityKeys } from '../../../src/contracts/priorities';
import type { Asking } from '../../../src/remote/budget/requestBudget';
import { askingStep } from '../../../src/temporal/budget/askingStep';
import { quietTemporal } from '../../support/quietTemporal';

quietTemporal();

/** What is asked as within an activity, before and after it awaits something. */
async function asking(priorityKey?: number): Promise<{ readonly first: Asking; readonly later: Asking }> {
  const info = priorityKey === undefined ? {} : { priority: { priorityKey } };
  const seen: Asking[] = [];
  await new MockActivityEnvironment(info).run(async () => {
    seen.push(askingStep());
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(askingStep());
  });
  const [first, later] = seen;
  if (first === undefined || later === undefined) throw new Error('the activity did not run');
  return { first, later };
}

it.each([
  ['reply', 'reply'],
  ['read', 'read'],
  ['people', 'read'],
  ['note', 'note'],
  ['chore', 'chore'],
  ['poll', 'poll'],
] as const)('an activity of the priority %s asks as one', async (name, urgency) => {
  expect((await asking(priorityKeys[name])).first.urgency).toBe(urgency);
});

it('an activity of an older workflow, without a priority or with a strange one, is no chore', async () => {
  expect((await asking()).first.urgency).toBe('read');
  expect((await asking(9)).first.urgency).toBe('read');
});

it('one attempt is one step, whatever it awaits; another attempt is another', async () => {
  const { first, later } = await asking();
  expect(first.step).not.toBeNull();
  expect(later.step).toBe(first.step);
  expect((await asking()).first.step).not.toBe(first.step);
});

it('outside of activities somebody looks at once, and no activity is counted', () => {
  expect(askingStep()).toEqual({ urgency: 'read', step: null });
});
