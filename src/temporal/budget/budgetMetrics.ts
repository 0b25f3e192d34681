/** What a worker's own metrics say of an account's budget, beside those of the Temporal SDK. No ticket, no person. */
import type { MetricMeter } from '@temporalio/common';
import type { DeskAccount } from '../../contracts/messages';
import type { RequestBudget } from '../../remote/budget/requestBudget';

/** @returns writes the figures as they are just then. */
export function budgetMetrics(
  meter: MetricMeter,
  account: DeskAccount,
  budget: RequestBudget,
): () => Promise<void> {
  const tags = { desk: account.desk, account: account.account };
  const gauge = (name: string, help: string) =>
    meter.createGauge(`deskhand_desk_requests_${name}`, 'int', undefined, help);
  const limit = gauge('limit', 'Requests a minute that the desk allows, or the setting until it said so.');
  const left = gauge('left', "Requests of this minute that are left, by the desk's last word.");
  const waiting = gauge('waiting', 'Requests that wait for their turn in this process.');
  const closed = gauge('closed_seconds', 'Until the desk may be asked again after a 429; 0: now.');
  return () => {
    const state = budget.state();
    if (state.limit !== null) limit.set(state.limit, tags);
    if (state.left !== null) left.set(state.left, tags);
    waiting.set(state.waiting, tags);
    closed.set(Math.ceil(state.closedForMs / 1_000), tags);
    return Promise.resolve();
  };
}
