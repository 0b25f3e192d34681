import { dayMs } from '../../src/core/spans';
import { until } from './until';

/** For what counts by the day, in UTC: one that is about to end is waited out, so that all of it falls on one. */
export async function dayWithTime(leftMs = 120_000): Promise<void> {
  const isEnough = () => dayMs - (Date.now() % dayMs) > leftMs;
  await until('the next day', () => Promise.resolve(isEnough() || null), 2 * leftMs);
}
