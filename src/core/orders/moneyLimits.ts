/**
 * What may be given away without a person, over many tickets: to one customer within a time, and to all on one day.
 * An allowance is one such ledger: what was given out of it, and what more may be. Pure.
 */
import { moneyText, type Money, type OrderAction } from './orderAction';
import { dayMs, spanText } from '../spans';

/** Minor units by currency. A currency that is not named may not be given at all. */
export type Amounts = Readonly<Record<string, number>>;

export interface MoneyLimits {
  readonly perCustomer: {
    readonly withinMs: number;
    readonly amount: Amounts | null;
    readonly count: number | null;
  } | null;
  /** Per calendar day in UTC. */
  readonly perDay: Amounts | null;
}

/** What an action that gives money away is held against: fixed when it is decided, the same on every attempt. */
export interface GiftTerms {
  readonly limits: MoneyLimits;
  /** Epoch milliseconds: it counts for this day, and from here on. */
  readonly at: number;
  /** A person decided it: it counts, and no limit stops it. */
  readonly approved: boolean;
}

/** The limit of one allowance. */
export interface AllowanceLimit {
  readonly withinMs: number;
  /** Null: any. */
  readonly amount: Amounts | null;
  /** Null: any. */
  readonly count: number | null;
  /** For agents: `to one customer within 30 days`. */
  readonly whose: string;
}

/** One gift out of an allowance. No personal data. */
export interface Given {
  /** The same gift however often it is asked for. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly amount: Money;
  /** Which attempt took it last: the give-back of an earlier one comes too late. */
  readonly by: string;
}

export interface Taken {
  readonly given: readonly Given[];
  /** A sentence for agents when it may not be given; null when it was taken. */
  readonly why: string | null;
}

/** A key is known for at least so long, however short the limit's time: a retry must not be taken for another gift. */
export const keysKeptMs = 7 * dayMs;

/** What one ledger can hold and hand on to its next run. */
const giftsAtMost = 5_000;

/** The money that an action gives away; null for what costs nothing. A cancelled order was not paid out of goodwill. */
export function moneyOf(action: OrderAction): Money | null {
  switch (action.type) {
    case 'refund':
    case 'store-credit':
      return action.amount;
    case 'cancel':
    case 'change-address':
    case 'resend-invoice':
      return null;
  }
}

/** Takes `wanted` out of the allowance, once for its key, or says why not. */
export function take(given: readonly Given[], wanted: Given, limit: AllowanceLimit): Taken {
  if (given.some(({ key }) => key === wanted.key)) {
    return {
      given: given.map((one) => (one.key === wanted.key ? { ...one, by: wanted.by } : one)),
      why: null,
    };
  }
  const kept = given.filter(({ at }) => at > wanted.at - Math.max(limit.withinMs, keysKeptMs));
  const recent = recentOf(kept, wanted.at, limit);
  const why = overCount(recent, limit) ?? overAmount(recent, wanted, limit) ?? overfull(kept);
  return { given: why === null ? [...kept, wanted] : kept, why };
}

/**
 * What was taken but not given after all goes back.
 * @param by - the attempt that gives back; null: whichever took it.
 */
export function giveBack(given: readonly Given[], key: string, by: string | null): readonly Given[] {
  return given.filter((one) => one.key !== key || (by !== null && one.by !== by));
}

/** Minor units of `currency` that may still be given at this moment; null: any amount. */
export function leftOf(
  given: readonly Given[],
  { currency, at }: { readonly currency: string; readonly at: number },
  limit: AllowanceLimit,
): number | null {
  const recent = recentOf(given, at, limit);
  if (overCount(recent, limit) !== null || overfull(given) !== null) return 0;
  if (limit.amount === null) return null;
  return Math.max(0, (limit.amount[currency] ?? 0) - sumOf(recent, currency));
}

function recentOf(given: readonly Given[], now: number, { withinMs }: AllowanceLimit): readonly Given[] {
  return given.filter(({ at }) => at > now - withinMs);
}

function sumOf(given: readonly Given[], currency: string): number {
  return given
    .filter(({ amount }) => amount.currency === currency)
    .reduce((sum, { amount }) => sum + amount.minor, 0);
}

function overCount(recent: readonly Given[], { count, whose }: AllowanceLimit): string | null {
  if (count === null || recent.length < count) return null;
  return `The policy allows ${count} ${count === 1 ? 'refund' : 'refunds'} ${whose}, and ${recent.length === 1 ? '1 was' : `${recent.length} were`} given.`;
}

function overAmount(recent: readonly Given[], { amount }: Given, limit: AllowanceLimit): string | null {
  if (limit.amount === null) return null;
  const { currency } = amount;
  const most = limit.amount[currency];
  if (most === undefined) return `The policy gives nothing in ${currency} ${limit.whose}.`;
  const before = sumOf(recent, currency);
  if (before + amount.minor <= most) return null;
  const text = (minor: number) => moneyText({ minor, currency });
  return `The policy allows ${text(most)} ${limit.whose}: ${text(before)} were given, and this is ${text(amount.minor)}.`;
}

function overfull(given: readonly Given[]): string | null {
  return given.length < giftsAtMost ? null : `This ledger holds ${giftsAtMost} gifts and can take no more.`;
}

/** One ledger that a gift is taken out of. */
export type Ledger =
  | { readonly type: 'customer'; readonly customer: string; readonly limit: AllowanceLimit | null }
  /** `2026-11-27` */
  | { readonly type: 'day'; readonly day: string; readonly limit: AllowanceLimit | null };

/** @returns the ledgers that a gift can have been taken out of; `limit` is null where these limits name none. */
export function ledgersOf(
  { customer, at }: { readonly customer: string; readonly at: number },
  { perCustomer, perDay }: MoneyLimits,
): readonly Ledger[] {
  const day = new Date(at).toISOString().slice(0, 10);
  return [
    { type: 'customer', customer, limit: perCustomer === null ? null : limitOfCustomer(perCustomer) },
    { type: 'day', day, limit: perDay === null ? null : limitOfDay(perDay, day) },
  ];
}

/** For what a person decided: it is written down, whatever was given before. */
export function anyAmount(limit: AllowanceLimit): AllowanceLimit {
  return { ...limit, amount: null, count: null };
}

function limitOfDay(perDay: Amounts, day: string): AllowanceLimit {
  return { withinMs: dayMs, amount: perDay, count: null, whose: `to all customers on ${day}` };
}

function limitOfCustomer(perCustomer: NonNullable<MoneyLimits['perCustomer']>): AllowanceLimit {
  return { ...perCustomer, whose: `to one customer within ${spanText(perCustomer.withinMs)}` };
}
