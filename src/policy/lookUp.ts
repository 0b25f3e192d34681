/**
 * Gathers the facts for one message. The only part of the policy that does I/O, and the one that keeps orders
 * apart: an order of another address is, from here on, an order that does not exist.
 */
import type { ConsultInput } from '../core/effects';
import type { Order, OrderBook } from '../orders/port';
import { noOrder, type Facts, type LookUpOutcome } from './facts';
import type { LoadedPolicy } from './policy';
import { maskedExcerpt } from './mask';
import { orderBrief, orderFacts } from './orderFacts';
import type { OrderScope } from './schema';
import { understand } from './understand';

/** More numbers than these in one message are a list for a person, not a question to a bot. */
const numbersLookedUp = 5;
const ordersNamed = 5;
const textLength = 2_000;

interface Found {
  readonly outcome: LookUpOutcome;
  readonly orders: readonly Order[];
}

/** @throws whatever the order book throws: the caller's retries are the caller's. */
export async function lookUpFacts(
  policy: Pick<LoadedPolicy, 'intents' | 'thresholds' | 'languages'>,
  orderBook: OrderBook,
  input: ConsultInput,
  signal: AbortSignal,
): Promise<Facts> {
  const { classification, requester, question, words } = input;
  const { intent, confidence, continued } = understand(input, policy);
  const scope = policy.intents.find((known) => known.intent === intent)?.orders ?? 'none';
  const numbers = [...new Set(classification.entities.orderNumbers)].slice(0, numbersLookedUp);
  const email = requester.trusted ? (requester.email?.trim().toLowerCase() ?? '') : '';
  const found = await findOrders(orderBook, { numbers, scope, email }, signal);
  const now = new Date(input.now);
  const today = now.toISOString().slice(0, 10);
  const [single, ...others] = found.orders;
  return {
    intent: intent ?? '',
    confidence,
    signals: classification.signals,
    message: {
      text: words.text.toLowerCase().slice(0, textLength),
      words: words.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
      attachments: words.attachmentNames.length,
      excerpt: maskedExcerpt(words.text),
    },
    customer: {
      name: firstName(requester.name),
      known: found.orders.length > 0,
      trusted: requester.trusted,
      language: spokenLanguage(classification.language, requester.locale, policy.languages[0]),
    },
    order: single !== undefined && others.length === 0 ? orderFacts(single, today) : noOrder,
    orders: {
      count: found.orders.length,
      list: found.orders.slice(0, ordersNamed).map(orderBrief),
    },
    lookup: { outcome: found.outcome, number: plainNumber(numbers[0]) },
    ticket: { tags: input.tags, channel: input.channel, turn: input.turnNumber },
    question: {
      open: question !== null,
      slot: question?.slot ?? '',
      tries: question?.tries ?? 0,
      continued,
      asked: question,
    },
    clock: {
      today,
      weekday: now.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase(),
      hour: now.getUTCHours(),
    },
  };
}

async function findOrders(
  orderBook: OrderBook,
  wanted: { readonly numbers: readonly string[]; readonly scope: OrderScope; readonly email: string },
  signal: AbortSignal,
): Promise<Found> {
  const { numbers, scope, email } = wanted;
  if (numbers.length === 0 && scope === 'none') return { outcome: 'not-needed', orders: [] };
  if (email === '') return { outcome: 'withheld', orders: [] };
  const isTheirs = (order: Order) => order.customerEmail.toLowerCase() === email;
  if (numbers.length > 0) {
    const found = await Promise.all(numbers.map((number) => orderBook.findByNumber(number, signal)));
    const theirs = unique(found.filter((order) => order !== null).filter(isTheirs));
    return { outcome: outcomeOf(theirs, 'found', 'unknown'), orders: theirs };
  }
  const all = (await orderBook.findByCustomer(email, signal)).filter(isTheirs);
  const inScope = all.filter((order) => isInScope(order, scope));
  return { outcome: outcomeOf(inScope, 'only-one', 'none'), orders: inScope };
}

function outcomeOf(orders: readonly Order[], one: LookUpOutcome, nothing: LookUpOutcome): LookUpOutcome {
  if (orders.length === 0) return nothing;
  return orders.length === 1 ? one : 'several';
}

function unique(orders: readonly Order[]): readonly Order[] {
  return orders.filter((order, index) => orders.findIndex(({ number }) => number === order.number) === index);
}

function isInScope(order: Order, scope: OrderScope): boolean {
  switch (scope) {
    case 'open':
      return !['delivered', 'cancelled', 'refunded'].includes(order.status);
    case 'refunded':
      return order.refund !== null;
    case 'none':
      return false;
  }
}

/**
 * The first word of the requester's name, or "". A name is whatever its owner typed: one that carries an address
 * or a web page is left out, so that nobody makes the bot send links to others.
 */
function firstName(name: string | null): string {
  const plain = (name ?? '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const [first = ''] = plain.split(/\s+/);
  return /[@/:\\]|www\./i.test(plain) || first.length > 40 || !/\p{L}/u.test(first) ? '' : first;
}

function spokenLanguage(detected: string, locale: string | null, fallback: string): string {
  if (detected !== 'und') return detected;
  return locale?.split(/[-_]/)[0]?.toLowerCase() ?? fallback;
}

/** What may be said back: a number in the shape of an order's, and not of a card's. */
function plainNumber(number = ''): string {
  return /^[\p{L}\p{N}-]{1,20}$/u.test(number) && number.replace(/\D/g, '').length < 12 ? number : '';
}
