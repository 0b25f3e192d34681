/** Reads what reaches an allowance, which people can type by hand too. Total, as in parse.ts. */
import type { AllowanceLimit, Amounts, Given } from '../core/orders/moneyLimits';
import type { Money } from '../core/orders/orderAction';
import type { AllowanceWorkflowInput, LeftRequest } from './messages';
import { expected, isReadableObject, isText, refuse, type Parsed } from './parse';

const keyLength = 500;
const sentenceLength = 200;
/** About as far from 1970 as a date can be told. */
const latest = 8e15;
/** Ten thousand days. */
const longestMs = 864e9;

/** @param now - epoch milliseconds: when it is taken at the latest. */
export function parseTake(
  value: unknown,
  now: number,
): Parsed<{ readonly wanted: Given; readonly limit: AllowanceLimit }> {
  if (!isReadableObject(value)) {
    return expected(value, '{"key": "35436/9001/refund/48213", "amount": {...}, "limit": {...}}');
  }
  const { key, amount, limit, at = now, by = '' } = value;
  if (!isText(key, keyLength)) return refuse(`key must be a text of 1 to ${keyLength} characters`);
  if (!isMoney(amount)) return refuse(`amount must be ${moneyExample}`);
  if (!isLimit(limit)) return refuse(`limit must be ${limitExample}`);
  if (!isWhole(at, latest)) return refuse('at must be a time in milliseconds since 1970');
  if (!isBy(by)) return refuse(`by must be a text of at most ${keyLength} characters`);
  return { ok: true, value: { wanted: { key, amount, at: Math.min(at, now), by }, limit } };
}

export function parseGiveBack(value: unknown): Parsed<{ readonly key: string; readonly by: string | null }> {
  const { key, by = null } = isReadableObject(value) ? value : { key: value };
  if (!isText(key, keyLength)) return expected(value, '{"key": "35436/9001/refund/48213"}');
  return by === null || isBy(by)
    ? { ok: true, value: { key, by } }
    : refuse(`by must be a text of at most ${keyLength} characters`);
}

export function parseLeft(value: unknown): Parsed<LeftRequest> {
  if (!isReadableObject(value)) return expected(value, '{"currency": "EUR", "at": 0, "limit": {...}}');
  const { currency, at, limit } = value;
  if (!isCurrency(currency)) return refuse('currency must be a code such as "EUR"');
  if (!isWhole(at, latest)) return refuse('at must be a time in milliseconds since 1970');
  return isLimit(limit)
    ? { ok: true, value: { currency, at, limit } }
    : refuse(`limit must be ${limitExample}`);
}

/** What a run before handed on, or a ledger that begins. */
export function parseAllowanceInput(value: unknown): Parsed<AllowanceWorkflowInput> {
  const example = '{"given": [], "keptUntil": 0}';
  if (!isReadableObject(value)) return expected(value, example);
  const { given, keptUntil } = value;
  if (!Array.isArray(given) || !isWhole(keptUntil, latest)) return refuse(`the input must be ${example}`);
  const known = given.map(readGiven);
  const whole = known.filter((gift) => gift !== null);
  return whole.length === known.length
    ? { ok: true, value: { given: whole, keptUntil } }
    : refuse('given must be a list of {"key": "...", "at": 0, "amount": {...}, "by": "..."}');
}

function readGiven(value: unknown): Given | null {
  if (!isReadableObject(value)) return null;
  const { key, at, amount, by = '' } = value;
  return isText(key, keyLength) && isWhole(at, latest) && isMoney(amount) && isBy(by)
    ? { key, at, amount, by }
    : null;
}

const moneyExample = '{"minor": 1299, "currency": "EUR"}';
const limitExample =
  '{"withinMs": 86400000, "amount": {"EUR": 10000}, "count": null, "whose": "to one customer within 1 day"}';

function isMoney(value: unknown): value is Money {
  return (
    isReadableObject(value) &&
    isWhole(value['minor'], Number.MAX_SAFE_INTEGER) &&
    isCurrency(value['currency'])
  );
}

function isLimit(value: unknown): value is AllowanceLimit {
  if (!isReadableObject(value)) return false;
  const { withinMs, amount, count, whose } = value;
  return (
    isWhole(withinMs, longestMs) &&
    (amount === null || isAmounts(amount)) &&
    (count === null || isWhole(count, Number.MAX_SAFE_INTEGER)) &&
    isText(whose, sentenceLength)
  );
}

function isAmounts(value: unknown): value is Amounts {
  return (
    isReadableObject(value) &&
    Object.entries(value).every(
      ([currency, minor]) => isCurrency(currency) && isWhole(minor, Number.MAX_SAFE_INTEGER),
    )
  );
}

/** Of the right form: one that no bank knows can be counted all the same. */
function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}

function isWhole(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function isBy(value: unknown): value is string {
  return typeof value === 'string' && value.length <= keyLength;
}
