/**
 * Gathers the facts for one message. The only part of the policy that does I/O, and the one that keeps orders
 * apart: an order of another address is, from here on, an order that does not exist.
 */
import type { ConsultInput } from '../core/effects';
import type { OpenQuestion } from '../core/plan';
import type { Order, OrderBook } from '../orders/port';
import { noOrder, type Facts, type LookUpOutcome } from './facts';
import type { LoadedPolicy } from './policy';
import { maskedExcerpt } from './mask';
import { orderFacts } from './orderFacts';
import type { OrderScope } from './schema';
import { understand } from './understand';

/** More numbers than these in one message are a list for a person, not a question to a bot. */
const numbersLookedUp = 5;
const ordersNamed = 5;
const textLength = 2_000;

interface Found {
  readonly outcome: LookUpOutcome;
  readonly orders: readonly Order[];
  readonly notFound: readonly string[];
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
  const given = classification.entities.orderNumbers;
  const numbers = [...new Set(given.length > 0 ? given : orderInQuestion(question))].slice(
    0,
    numbersLookedUp,
  );
  const email = requester.trusted ? (requester.email?.trim().toLowerCase() ?? '') : '';
  const found = await findOrders(orderBook, { numbers, scope, email }, signal);
  const now = new Date(input.now);
  const today = now.toISOString().slice(0, 10);
  const orders = found.orders.map((order) => orderFacts(order, today));
  const [single, ...others] = orders;
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
      known: orders.length > 0,
      trusted: requester.trusted,
      language: spokenLanguage(classification.language, requester.locale, policy.languages[0]),
    },
    order: single !== undefined && others.length === 0 ? single : noOrder,
    orders: { count: orders.length, list: orders.slice(0, ordersNamed) },
    lookup: {
      outcome: found.outcome,
      number: plainNumber(numbers[0]),
      notFound: found.notFound.map(plainNumber).filter((number) => number !== ''),
    },
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
  if (numbers.length === 0 && scope === 'none') return { outcome: 'not-needed', orders: [], notFound: [] };
  if (email === '') return { outcome: 'withheld', orders: [], notFound: [] };
  const isTheirs = (order: Order) => order.customerEmail.toLowerCase() === email;
  if (numbers.length > 0) {
    const found = await Promise.all(
      numbers.map(async (number) => ({ number, order: await orderBook.findByNumber(number, signal) })),
    );
    const theirs = found.flatMap(({ order }) => (order !== null && isTheirs(order) ? [order] : []));
    const notFound = found.filter(({ order }) => order === null || !isTheirs(order));
    const orders = unique(theirs);
    return {
      outcome: outcomeOf(orders, { one: 'found', many: 'several-named', nothing: 'unknown' }),
      orders,
      notFound: notFound.map(({ number }) => number),
    };
  }
  const all = (await orderBook.findByCustomer(email, signal)).filter(isTheirs);
  const orders = all.filter((order) => isInScope(order, scope));
  const outcome = outcomeOf(orders, { one: 'only-one', many: 'several', nothing: 'none' });
  return { outcome, orders, notFound: [] };
}

function outcomeOf(
  orders: readonly Order[],
  outcomes: { readonly one: LookUpOutcome; readonly many: LookUpOutcome; readonly nothing: LookUpOutcome },
): LookUpOutcome {
  if (orders.length === 0) return outcomes.nothing;
  return orders.length === 1 ? outcomes.one : outcomes.many;
}

/** "What would you like to know about order 51877?": the answer is about that order, without naming it again. */
function orderInQuestion(question: OpenQuestion | null): readonly string[] {
  return question?.slot === 'topic' ? question.choices : [];
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
function plainNumber(number: string | undefined): string {
  if (number === undefined) return '';
  return /^[\p{L}\p{N}-]{1,20}$/u.test(number) && number.replace(/\D/g, '').length < 12 ? number : '';
}
