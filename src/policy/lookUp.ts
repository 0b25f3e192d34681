/**
 * Gathers the facts for one message. The only part of the policy that does I/O, and the one that keeps orders
 * apart: an order of another address is, from here on, an order that does not exist.
 */
import type { ConsultInput } from '../core/effects';
import { maskCardNumbers } from '../core/redaction';
import { openQuestion, type Dialogue } from '../core/dialogue';
import type { Order, OrderBook } from '../orders/port';
import { noOrder, type Facts, type LookUpOutcome, type OrderFacts } from './facts';
import type { LoadedPolicy } from './policy';
import { maskedExcerpt } from './mask';
import { orderFacts } from './orderFacts';
import type { OrderScope } from './schema';
import { plainCode } from './readSlot';
import { shopClock } from './shopClock';
import { namesAnother, understand, type Heard, type Matter } from './understand';

/** More numbers than these in one message are a list for a person, not a question to a bot. */
const numbersLookedUp = 5;
const ordersNamed = 5;
const textLength = 2_000;

interface Found {
  readonly outcome: LookUpOutcome;
  readonly orders: readonly Order[];
  readonly notFound: readonly string[];
  readonly proof: 'email' | 'postal-code' | '';
}

/** What one message is about, with what is known of each matter; `dialogue` has what it told, and nothing decided. */
export interface KnownMatters {
  /** In the order they were said. */
  readonly matters: readonly [Facts, ...Facts[]];
  readonly dialogue: Dialogue;
}

/** @throws whatever the order book throws: the caller's retries are the caller's. */
export async function lookUpFacts(
  policy: Pick<LoadedPolicy, 'intents' | 'thresholds' | 'languages' | 'proofs' | 'rules' | 'timeZone'>,
  orderBook: OrderBook,
  input: ConsultInput,
  signal: AbortSignal,
): Promise<KnownMatters> {
  const heard = understand(input, policy);
  const known = input.dialogue.slots['order-number'];
  const email = input.requester.trusted ? (input.requester.email?.trim().toLowerCase() ?? '') : '';
  const look = async (matter: Matter): Promise<{ readonly matter: Matter; readonly found: Found }> => {
    const scope = policy.intents.find(({ intent }) => intent === matter.intent)?.orders ?? 'none';
    const numbers = [...new Set(matter.orderNumbers)].slice(0, numbersLookedUp);
    const search: Search = {
      numbers,
      scope,
      email,
      postalCode: policy.proofs.includes('postal-code') ? (heard.slots['postal-code']?.value ?? '') : '',
      spokenOf: openQuestion(input.dialogue)?.order ?? known?.value ?? '',
      another: namesAnother(input.words.text),
    };
    return { matter, found: await findOrders(orderBook, search, signal) };
  };
  const [first, ...others] = heard.matters;
  const looked = [await look(first), ...(await Promise.all(others.map(look)))] as const;
  const isNewCode = heard.slots['postal-code'] !== input.dialogue.slots['postal-code'];
  // A number that is only spoken of again claims nothing new, unless another postal code is to prove it.
  const isClaim = (number: string) =>
    isNewCode || (input.classification.entities.orderNumbers.includes(number) && number !== known?.value);
  // The same number twice in one message is one mistake.
  const wrong = new Set(
    looked.flatMap(({ found }) => found.notFound.filter(isClaim).map((number) => number.toLowerCase())),
  );
  const dialogue: Dialogue = {
    ...input.dialogue,
    slots: heard.slots,
    mismatches: input.dialogue.mismatches + wrong.size,
  };
  const toFacts = ({ matter, found }: (typeof looked)[number]) =>
    factsOf({ policy, input, heard, matter, found, dialogue });
  const [head, ...tail] = looked;
  return { matters: [toFacts(head), ...tail.map(toFacts)], dialogue };
}

function factsOf(known: {
  readonly policy: Pick<LoadedPolicy, 'languages' | 'timeZone'>;
  readonly input: ConsultInput;
  readonly heard: Heard;
  readonly matter: Matter;
  readonly found: Found;
  readonly dialogue: Dialogue;
}): Facts {
  const { policy, input, heard, matter, found, dialogue } = known;
  const { classification, requester, words } = input;
  const clock = shopClock(new Date(input.now), policy.timeZone);
  const { today } = clock;
  const orders = found.orders.map((order) => orderFacts(order, today));
  const [single, ...others] = orders;
  const asked = matter.question ?? openQuestion(input.dialogue);
  const said = (slot: string) => dialogue.slots[slot]?.value ?? '';
  const order = single !== undefined && others.length === 0 ? single : noOrder;
  return {
    intent: matter.intent ?? '',
    confidence: matter.confidence,
    signals: classification.signals,
    message: {
      text: maskCardNumbers(words.text).toLowerCase().slice(0, textLength),
      words: words.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
      attachments: words.attachmentNames.length,
      excerpt: maskedExcerpt(words.text),
    },
    customer: {
      name: firstName(requester.name),
      known: orders.length > 0,
      trusted: requester.trusted,
      language: spokenLanguage(said('language'), requester.locale, policy.languages[0]),
    },
    order,
    orders: { count: orders.length, list: orders.slice(0, ordersNamed) },
    lookup: {
      outcome: found.outcome,
      number: plainNumber(matter.orderNumbers[0]),
      notFound: found.notFound.map(plainNumber).filter((number) => number !== ''),
    },
    ticket: { tags: input.tags, channel: input.channel, turn: input.turnNumber },
    question: {
      open: asked !== null,
      slot: asked?.slot ?? '',
      tries: asked?.tries ?? 0,
      continued: matter.continued,
      answer: matter.continued ? heard.answer : '',
      asked,
    },
    said: {
      email: said('email'),
      postalCode: said('postal-code'),
      item: itemOf(order, said('item')),
      address: said('address'),
      reason: said('reason'),
    },
    identity: { proof: found.proof, mismatches: dialogue.mismatches },
    clock,
  };
}

interface Search {
  readonly numbers: readonly string[];
  readonly scope: OrderScope;
  /** "" when the sender is not proven. */
  readonly email: string;
  /** "" when none was given, or the policy does not take it as proof. */
  readonly postalCode: string;
  /** The order this conversation has been about so far; "" when there is none. */
  readonly spokenOf: string;
  /** "My other order": not the one that was spoken of. */
  readonly another: boolean;
}

async function findOrders(orderBook: OrderBook, search: Search, signal: AbortSignal): Promise<Found> {
  const { numbers, scope, email, postalCode } = search;
  const nothing = { orders: [], notFound: [], proof: '' } as const;
  if (numbers.length === 0 && scope === 'none') return { outcome: 'not-needed', ...nothing };
  // Who is nobody to the desk can still know an order's number and postal code.
  if (email === '' && postalCode === '') return { outcome: 'withheld', ...nothing };
  if (numbers.length > 0) {
    const { orders, notFound } = await findNamed(orderBook, search, numbers, signal);
    return {
      outcome: outcomeOf(orders, { one: 'found', many: 'several-named', nothing: 'unknown' }),
      orders,
      notFound,
      proof: proofOf(orders, email),
    };
  }
  const orders = await findUnnamed(orderBook, search, signal);
  return {
    outcome: outcomeOf(orders, { one: 'only-one', many: 'several', nothing: 'none' }),
    orders,
    notFound: [],
    proof: proofOf(orders, email),
  };
}

/** Whether there is no such order or it is somebody else's, nothing from here on can tell. */
async function findNamed(
  orderBook: OrderBook,
  { email, postalCode }: Search,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<Pick<Found, 'orders' | 'notFound'>> {
  const isProven = (order: Order) =>
    postalCode !== '' && order.postalCode !== null && plainCode(order.postalCode) === postalCode;
  const isTheirs = (order: Order | null): order is Order =>
    order !== null && (isOf(order, email) || isProven(order));
  const found = await Promise.all(
    numbers.map(async (number) => ({ number, order: await orderBook.findByNumber(number, signal) })),
  );
  return {
    orders: unique(found.flatMap(({ order }) => (isTheirs(order) ? [order] : []))),
    notFound: found.filter(({ order }) => !isTheirs(order)).map(({ number }) => number),
  };
}

async function findUnnamed(
  orderBook: OrderBook,
  search: Search,
  signal: AbortSignal,
): Promise<readonly Order[]> {
  const { scope, email, postalCode, spokenOf, another } = search;
  const all = email === '' ? [] : await orderBook.findByCustomer(email, signal);
  const inScope = all.filter((order) => isOf(order, email) && isInScope(order, scope));
  const isSpokenOf = ({ number }: Order) => number.toLowerCase() === spokenOf.toLowerCase();
  if (another) {
    const others = inScope.filter((order) => !isSpokenOf(order));
    return others.length > 0 ? others : inScope;
  }
  const spoken = inScope.filter(isSpokenOf);
  if (spoken.length > 0) return spoken;
  // An order that was proven by its postal code is no order of the address.
  if (spokenOf === '' || postalCode === '') return inScope;
  const { orders } = await findNamed(orderBook, search, [spokenOf], signal);
  const proven = orders.filter((order) => isInScope(order, scope));
  return proven.length > 0 ? proven : inScope;
}

function isOf(order: Order, email: string): boolean {
  return email !== '' && order.customerEmail.toLowerCase() === email;
}

function proofOf(orders: readonly Order[], email: string): Found['proof'] {
  if (orders.length === 0) return '';
  return orders.every((order) => isOf(order, email)) ? 'email' : 'postal-code';
}

function outcomeOf(
  orders: readonly Order[],
  outcomes: { readonly one: LookUpOutcome; readonly many: LookUpOutcome; readonly nothing: LookUpOutcome },
): LookUpOutcome {
  if (orders.length === 0) return outcomes.nothing;
  return orders.length === 1 ? outcomes.one : outcomes.many;
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

/** Of an order with one line that one is meant; what was told for another order is none of this. */
function itemOf({ found, lines }: OrderFacts, said: string): string {
  if (!found || lines.some(({ name }) => name === said)) return said;
  return lines.length === 1 ? (lines[0]?.name ?? '') : '';
}

function spokenLanguage(heard: string, locale: string | null, fallback: string): string {
  if (heard !== '') return heard;
  return locale?.split(/[-_]/)[0]?.toLowerCase() ?? fallback;
}

/** What may be said back: a number in the shape of an order's, and not of a card's. */
function plainNumber(number: string | undefined): string {
  if (number === undefined) return '';
  return /^[\p{L}\p{N}-]{1,20}$/u.test(number) && number.replace(/\D/g, '').length < 12 ? number : '';
}
