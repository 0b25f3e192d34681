/** Days, durations and amounts as people write them in scenarios. Null: it is not one. */
import type { Money } from '../../core/orders/orderAction';

const dayMs = 86_400_000;
const longestMs = 366 * dayMs;

const namedDays = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|milliseconds?)$/, 1],
  [/^(?:s|seconds?)$/, 1_000],
  [/^(?:m|minutes?)$/, 60_000],
  [/^(?:h|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, dayMs],
  [/^(?:w|weeks?)$/, 7 * dayMs],
];

/** Milliseconds of `3 days`, `30m`. */
export function durationOf(text: string): number | null {
  const [, count, word = ''] = /^(\d{1,6}) ?([a-z]+)$/.exec(text.trim()) ?? [];
  const unit = units.find(([shape]) => shape.test(word))?.[1];
  if (count === undefined || unit === undefined) return null;
  const ms = Number(count) * unit;
  return ms <= longestMs ? ms : null;
}

/**
 * `2026-11-21` of that, of `today`, `3 days ago` or `in 2 days`.
 * @param now - epoch milliseconds, the clock of the scenario.
 */
export function dayOf(text: string, now: number): string | null {
  const words = text.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(words)) return isoDay(Date.parse(words)) === words ? words : null;
  const named = namedDays.get(words);
  if (named !== undefined) return isoDay(now + named * dayMs);
  const ago = /^(\d{1,3}) days? ago$/.exec(words)?.[1];
  if (ago !== undefined) return isoDay(now - Number(ago) * dayMs);
  const ahead = /^in (\d{1,3}) days?$/.exec(words)?.[1];
  return ahead === undefined ? null : isoDay(now + Number(ahead) * dayMs);
}

function isoDay(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}

/** Epoch milliseconds of `2026-11-25 10:00`; UTC where no zone is named. */
export function momentOf(text: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim());
  if (parts === null) return null;
  const [, day = '', time = '', seconds = ':00', zone = 'Z'] = parts;
  const at = Date.parse(`${day}T${time}${seconds}${zone}`);
  return Number.isNaN(at) || dayOf(day, 0) === null ? null : at;
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** `EUR 12.90`, with as many decimals as the currency has. */
export function readMoney(text: string): Money | null {
  const [, currency = '', whole = '', part = ''] =
    /^([A-Z]{3}) (\d{1,9})(?:\.(\d{1,3}))?$/.exec(text.trim()) ?? [];
  if (!currencies.has(currency)) return null;
  const digits = decimalsOf(currency);
  return part === '' || part.length === digits
    ? { minor: Number(`${whole}${part.padEnd(digits, '0')}`), currency }
    : null;
}

const decimals = new Map<string, number>();

/** Making a number format takes longer than all else that is read of a scenario. */
function decimalsOf(currency: string): number {
  const known = decimals.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  decimals.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}
