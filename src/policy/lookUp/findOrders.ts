/** Which orders a message is about, of those that are the requester's; any other order does not exist from here on. */
import { isSameOrder } from '../../core/orders/orderNumber';
import type { Order, OrderBook } from '../../orders/port';
import type { LookUpOutcome } from '../facts/facts';
import type { MayTry } from './guessOnce';
import { onlyWithThingsOf } from './thingOfOrder';
import { plainCode } from '../hear/readSlot';
import type { OrderScope, Proof } from '../schema';

export interface Search {
  readonly numbers: readonly string[];
  readonly scope: OrderScope;
  /** "" when the sender is not proven. */
  readonly email: string;
  /** "" when none was given, or the policy does not take it as proof. */
  readonly postalCode: string;
  readonly mayTryPostalCode: MayTry;
  /** Whether a code that went to the order's own address was given; `named`: as the customer called the order. */
  readonly opensByCode: (order: Order, named: string) => boolean;
  /** A code was given, right or wrong, now or before. */
  readonly hasCode: boolean;
  /** The order this conversation has been about so far; "" when there is none. */
  readonly spokenOf: string;
  /** "My other order": not the one that was spoken of. */
  readonly another: boolean;
  /** The customer's: a thing that is named in them tells which of several orders is meant. */
  readonly words: string;
  /** What needs no order is about a thing that came broken, or did not come: its order is looked for all the same. */
  readonly isAboutThing: boolean;
}

interface Proven {
  readonly order: Order;
  readonly proof: Proof;
}

export interface Found {
  readonly outcome: LookUpOutcome;
  readonly orders: readonly Order[];
  readonly notFound: readonly string[];
  /** Of several orders, what holds for all of them. */
  readonly proof: Proof | '';
  /** The numbers of those that a code has opened. */
  readonly byCode: readonly string[];
}

/** The strongest first. */
const strength: readonly Proof[] = ['email', 'mailed-code', 'postal-code'];

export async function findOrders(orderBook: OrderBook, search: Search, signal: AbortSignal): Promise<Found> {
  const { numbers, scope, email, postalCode, hasCode } = search;
  const nothing = { orders: [], notFound: [], proof: '', byCode: [] } as const;
  if (numbers.length === 0 && scope === 'none') {
    const held = await findHolding(orderBook, search, signal);
    const spoken = held.length > 0 ? held : await findSpokenOf(orderBook, search, signal);
    return spoken.length === 0
      ? { outcome: 'not-needed', ...nothing }
      : foundOf(spoken, [], { one: 'only-one', many: 'several', nothing: 'none' });
  }
  // Who is nobody to the desk can still know an order's number and postal code, or read its mail.
  if (email === '' && postalCode === '' && !hasCode) return { outcome: 'withheld', ...nothing };
  if (numbers.length > 0) {
    const { theirs, notFound } = await findNamed(orderBook, search, numbers, signal);
    return foundOf(theirs, notFound, { one: 'found', many: 'several-named', nothing: 'unknown' });
  }
  const theirs = await findUnnamed(orderBook, search, signal);
  return foundOf(theirs, [], { one: 'only-one', many: 'several', nothing: 'none' });
}

function foundOf(
  theirs: readonly Proven[],
  notFound: readonly string[],
  outcomes: { readonly one: LookUpOutcome; readonly many: LookUpOutcome; readonly nothing: LookUpOutcome },
): Found {
  const weakest = Math.max(...theirs.map(({ proof }) => strength.indexOf(proof)));
  const { one, many, nothing } = outcomes;
  return {
    outcome: theirs.length === 0 ? nothing : theirs.length === 1 ? one : many,
    orders: theirs.map(({ order }) => order),
    notFound,
    proof: strength[weakest] ?? '',
    byCode: theirs.filter(({ proof }) => proof === 'mailed-code').map(({ order }) => order.number),
  };
}

/** "My kettle arrived broken": the order that it came with, where there is but one. */
async function findHolding(
  orderBook: OrderBook,
  { isAboutThing, email, words }: Search,
  signal: AbortSignal,
): Promise<readonly Proven[]> {
  if (!isAboutThing || email === '') return [];
  const all = await orderBook.findByCustomer(email, signal);
  const theirs = all.filter((order) => isOf(order, email));
  const order = onlyWithThingsOf(words, theirs);
  return order === null ? [] : [{ order, proof: 'email' }];
}

/** "The mug in it arrived broken": what needs no order may still be about the one that was named a minute ago. */
async function findSpokenOf(
  orderBook: OrderBook,
  search: Search,
  signal: AbortSignal,
): Promise<readonly Proven[]> {
  const { spokenOf, another, email, postalCode, hasCode } = search;
  const isNobody = email === '' && postalCode === '' && !hasCode;
  if (spokenOf === '' || another || isNobody) return [];
  return (await findNamed(orderBook, search, [spokenOf], signal)).theirs;
}

/** Whether there is no such order or it is somebody else's, nothing from here on can tell. */
async function findNamed(
  orderBook: OrderBook,
  search: Search,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly theirs: readonly Proven[]; readonly notFound: readonly string[] }> {
  const found = await Promise.all(
    numbers.map(async (number) => {
      const order = await orderBook.findByNumber(number, signal);
      const proof = await proofOf(order, number, search);
      return { number, theirs: order === null || proof === null ? null : { order, proof } };
    }),
  );
  return {
    theirs: unique(found.map(({ theirs }) => theirs).filter((theirs) => theirs !== null)),
    notFound: found.filter(({ theirs }) => theirs === null).map(({ number }) => number),
  };
}

async function findUnnamed(
  orderBook: OrderBook,
  search: Search,
  signal: AbortSignal,
): Promise<readonly Proven[]> {
  const { scope, email, postalCode, hasCode, spokenOf, another, words } = search;
  const all = email === '' ? [] : await orderBook.findByCustomer(email, signal);
  const inScope = all
    .filter((order) => isOf(order, email) && isInScope(order, scope))
    .map((order): Proven => ({ order, proof: 'email' }));
  const isSpokenOf = ({ order }: Proven) => isSameOrder(order.number, spokenOf);
  const unspoken = inScope.filter((one) => !isSpokenOf(one));
  const meant = another && unspoken.length > 0 ? unspoken : inScope;
  const held = onlyWithThingsOf(
    words,
    meant.map(({ order }) => order),
  );
  if (held !== null) return meant.filter(({ order }) => order === held);
  if (another) return meant;
  const spoken = inScope.filter(isSpokenOf);
  if (spoken.length > 0) return spoken;
  // One that was proven another way is no order of the address; "it is not here" may be said of one that was delivered.
  const isEnough = inScope.length > 0 && postalCode === '' && !hasCode;
  if (spokenOf === '' || isEnough) return inScope;
  const { theirs } = await findNamed(orderBook, search, [spokenOf], signal);
  const proven = theirs.filter(({ order }) => isInScope(order, scope));
  if (proven.length > 0) return proven;
  return inScope.length > 0 ? inScope : theirs;
}

/** A try counts for a number that nobody has, too: by that alone nothing is learned. */
async function proofOf(
  order: Order | null,
  named: string,
  { email, postalCode, mayTryPostalCode, opensByCode }: Search,
): Promise<Proof | null> {
  if (order !== null && isOf(order, email)) return 'email';
  if (order !== null && opensByCode(order, named)) return 'mailed-code';
  if (postalCode === '' || !(await mayTryPostalCode(named, order?.number ?? named))) return null;
  const code = order?.postalCode ?? null;
  return code !== null && plainCode(code) === postalCode ? 'postal-code' : null;
}

function isOf(order: Order, email: string): boolean {
  return email !== '' && order.customerEmail.toLowerCase() === email;
}

function unique(all: readonly Proven[]): readonly Proven[] {
  return all.filter(
    ({ order }, index) => all.findIndex((other) => other.order.number === order.number) === index,
  );
}

function isInScope(order: Order, scope: OrderScope): boolean {
  switch (scope) {
    case 'open':
      return !['delivered', 'cancelled', 'refunded'].includes(order.status);
    case 'delivered':
      return order.status === 'delivered';
    case 'refunded':
      return order.refund !== null;
    case 'none':
      return false;
  }
}
