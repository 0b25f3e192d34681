/**
 * What may be given away without a person, over many tickets: to one customer within a time, and to all on one day.
 * An allowance is one such account: what was given out of it, and what more may be. Pure.
 */
import { moneyText, type Money, type OrderAction } from './orderAction';

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

/** The limit of one allowance. */
export interface AllowanceLimit {
  readonly withinMs: number;
  readonly amount: Amounts | null;
  readonly count: number | null;
  /** For agents: `to one customer within 30 days`. */
  readonly whose: string;
}

/** One gift out of an allowance. No personal data. */
export interface Given {
  /** The order action's key: the same gift however often it is asked for. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly amount: Money;
}

export interface Taken {
  readonly given: readonly Given[];
  /** A sentence for agents when it may not be given; null when it was taken. */
  readonly why: string | null;
}

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
  if (given.some(({ key }) => key === wanted.key)) return { given, why: null };
  const recent = given.filter(({ at }) => at > wanted.at - limit.withinMs);
  const why = overCount(recent, limit) ?? overAmount(recent, wanted, limit);
  return { given: why === null ? [...recent, wanted] : recent, why };
}

/** What was taken but not given after all goes back. */
export function giveBack(given: readonly Given[], key: string): readonly Given[] {
  return given.filter((entry) => entry.key !== key);
}

function overCount(recent: readonly Given[], { count, whose }: AllowanceLimit): string | null {
  if (count === null || recent.length < count) return null;
  return `The policy allows ${count} ${count === 1 ? 'refund' : 'refunds'} ${whose}, and ${recent.length === 1 ? '1 was' : `${recent.length} were`} given.`;
}

function overAmount(recent: readonly Given[], { amount }: Given, limit: AllowanceLimit): string | null {
  if (limit.amount === null) return null;
  const most = limit.amount[amount.currency];
  if (most === undefined) return `The policy gives nothing in ${amount.currency} ${limit.whose}.`;
  const before = recent
    .filter((entry) => entry.amount.currency === amount.currency)
    .reduce((sum, entry) => sum + entry.amount.minor, 0);
  if (before + amount.minor <= most) return null;
  const text = (minor: number) => moneyText({ minor, currency: amount.currency });
  return `The policy allows ${text(most)} ${limit.whose}: ${text(before)} were given, and this is ${text(amount.minor)}.`;
}

/** @param day - `2026-11-27`. */
export function limitOfDay(perDay: Amounts, day: string): AllowanceLimit {
  return { withinMs: dayMs, amount: perDay, count: null, whose: `to all customers on ${day}` };
}

export function limitOfCustomer(perCustomer: NonNullable<MoneyLimits['perCustomer']>): AllowanceLimit {
  return { ...perCustomer, whose: `to one customer within ${timeInWords(perCustomer.withinMs)}` };
}

const dayMs = 86_400_000;

function timeInWords(ms: number): string {
  const units = [
    ['day', dayMs],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [name, size] = units.find(([, unit]) => ms % unit === 0) ?? ['second', 1_000];
  const count = ms / size;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
