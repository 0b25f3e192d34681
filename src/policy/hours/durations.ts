/** Durations as policies write them: by the clock, `4h`, or in business time, `2 business hours`, `3 business days`. */
import { z } from 'zod';
import type { Wait } from '../../core/hours/wait';

const byClock = /^\d{1,4}(ms|s|m|h|d)$/;
const business = /^(\d{1,4}) business (minute|hour|day)s?$/;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const businessUnitMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Milliseconds of a duration by the clock that the schema has accepted. */
export function durationMs(text: string): number {
  return Number.parseInt(text, 10) * (unitMs[text.replace(/^\d+/, '')] ?? Number.NaN);
}

export function isBusinessTime(text: string): boolean {
  return business.test(text);
}

/** Of a duration that the schema has accepted. */
export function readWait(text: string): Wait {
  const [, count, unit = ''] = business.exec(text) ?? [];
  if (count === undefined) return { afterMs: durationMs(text) };
  return {
    afterMs: Number(count) * (businessUnitMs[unit] ?? Number.NaN),
    countedIn: unit === 'day' ? 'business-days' : 'business-hours',
  };
}

const duration = z
  .string()
  .regex(byClock, {
    error: ({ input }) =>
      business.test(String(input))
        ? 'must go by the clock, such as "3s", "30m", "4h" or "2d": business time is for customer-silence, approval-time, escalation, hand-back, wait and follow-up'
        : 'must be a duration such as "3s", "30m", "4h" or "2d"',
  })
  .describe('A duration: 500ms, 3s, 30m, 4h or 2d');

const wait = z
  .string()
  .regex(new RegExp(`${byClock.source}|${business.source}`), {
    error:
      'must be a duration such as "30m", "4h" or "2d", in business time "2 business hours" or "3 business days"',
    abort: true,
  })
  .describe('30m, 4h, 2d, 2 business hours, 3 business days');

/** What is no duration was told as such. Nothing that is waited for may be over at once: it would come again and again. */
export function durationBetween(from: string, to: string) {
  return duration.refine((text) => isBetween(text, from, to), `must be from "${from}" to "${to}"`);
}

function isBetween(text: string, from: string, to: string): boolean {
  const ms = durationMs(text);
  return !(ms < durationMs(from) || ms > durationMs(to));
}

/** About four months of a working week: for so long the holidays ahead are known. */
const longestBusinessMs = { 'business-hours': 720 * 3_600_000, 'business-days': 90 * 86_400_000 } as const;

function waitBetween(from: string, to: string) {
  return wait
    .refine((text) => isBusinessTime(text) || isBetween(text, from, to), `must be from "${from}" to "${to}"`)
    .refine((text) => {
      const { afterMs, countedIn } = readWait(text);
      return countedIn === undefined || (afterMs > 0 && afterMs <= longestBusinessMs[countedIn]);
    }, 'must be from "1 business minute" to "720 business hours", or from "1 business day" to "90 business days"');
}

export const longest = '9999d';
/** Messages are gathered so long. */
export const gathering = durationBetween('100ms', '1d');
/** How long something counts. */
export const waitingByClock = durationBetween('1m', longest);
/** For what people are waited for. */
export const waiting = waitBetween('1m', longest);
/** For what happens while a customer is silent. */
export const silence = waitBetween('1m', '365d');
