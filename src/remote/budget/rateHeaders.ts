/**
 * What a desk says of its limits in the headers of an answer. Each family of names has a meaning of its own, and no desk
 * sends two that contradict.
 */

import { longestWaitMs } from '../failures';

/** A header's value by its name in lower case; null: it is not there. */
export type ReadHeader = (name: string) => string | null;

export interface RateReading {
  /** Requests a minute. */
  readonly limit: number | null;
  /** Requests that are left of it, for all who share the account. */
  readonly remaining: number | null;
  /** Milliseconds until they are all there again: a minute at most, since it is counted by the minute. */
  readonly resetMs: number | null;
}

const longestWindowMs = 60_000;

export function readRate(header: ReadHeader): RateReading {
  const leaky = leakyBucket(header('x-gorgias-account-api-call-limit'));
  if (leaky !== null) return leaky;
  return {
    // developer.zendesk.com/api-reference/introduction/rate-limits; developers.freshdesk.com/api/#ratelimit
    limit: first(header, ['x-rate-limit', 'x-ratelimit-total', 'ratelimit-limit'], 1),
    remaining: first(header, ['x-rate-limit-remaining', 'x-ratelimit-remaining', 'ratelimit-remaining'], 0),
    resetMs: windowMs(number(header('ratelimit-reset'), 0)),
  };
}

/**
 * Zendesk's limit of one kind of request alone, `zendesk-ratelimit-tickets-index: total=100; remaining=99; resets=41`:
 * milliseconds until such a request may come again, a quarter of an hour at most; null: it may at once.
 */
export function endpointResetMs(headers: Readonly<Record<string, unknown>>): number | null {
  const waits = Object.entries(headers).flatMap(([name, value]) => {
    if (!name.startsWith('zendesk-ratelimit-') || typeof value !== 'string') return [];
    const { remaining, resets } = Object.fromEntries(
      [...value.matchAll(/(\w+)=(\d{1,9})/g)].map(([, key = '', digits]) => [key, Number(digits)]),
    ) as Partial<Record<string, number>>;
    return remaining === 0 && resets !== undefined && resets > 0 ? [resets * 1_000] : [];
  });
  return waits.length === 0 ? null : Math.min(Math.max(...waits), longestWaitMs);
}

/** `10/40`: used of a bucket that is empty again after twenty seconds (developers.gorgias.com/reference/limitations). */
function leakyBucket(value: string | null): RateReading | null {
  const found = /^(\d{1,9})\/(\d{1,9})$/.exec(value?.trim() ?? '');
  if (found === null) return null;
  const [used, size] = [Number(found[1]), Number(found[2])];
  if (size < 1) return null;
  const turnsAMinute = 3;
  const remaining = Math.max(0, size - used) * turnsAMinute;
  return { limit: size * turnsAMinute, remaining, resetMs: 20_000 };
}

function first(header: ReadHeader, names: readonly string[], least: number): number | null {
  for (const name of names) {
    const value = number(header(name), least);
    if (value !== null) return value;
  }
  return null;
}

/** Null for what is no number: a header that says nonsense says nothing. */
function number(value: string | null, least: number): number | null {
  const text = value?.trim() ?? '';
  if (!/^\d{1,9}$/.test(text)) return null;
  return Number(text) < least ? null : Number(text);
}

/** One that does not fit the limit would shut the desk for ever: after a minute one looks again. */
function windowMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.min(seconds * 1_000, longestWindowMs);
}
