/**
 * Gathers the facts for one message; what comes after is pure. It keeps orders apart: an order of another address is,
 * from here on, an order that does not exist.
 */
import type { EarlierDeed } from '../../core/conversation/agreed';
import type { ConsultInput } from '../../core/effects';
import { isSameOrder, plainNumber } from '../../core/orders/orderNumber';
import { channelOf } from '../../core/ticket/channel';
import { maskCardNumbers } from '../../core/conversation/redaction';
import { openQuestion, type Dialogue } from '../../core/conversation/dialogue';
import type { MailedCodes } from '../../mail/port';
import type { OrderStanding } from '../../core/orders/orderStanding';
import type { OrderBook, PostalCodeGuesses } from '../../orders/port';
import { piecesLeft } from '../../orders/fits';
import { standingOf } from '../../orders/standing';
import { codeCheck } from './checkCode';
import { firstName, spokenLanguage } from '../facts/customer';
import { noOrder, type Facts, type OrderFacts } from '../facts/facts';
import { findOrders, type Found, type Search } from './findOrders';
import { mayTryCode } from './guessOnce';
import type { LoadedPolicy } from '../policy';
import { maskedExcerpt } from './mask';
import { itemsOfSlot, lineMeant, piecesMeant, slotOfItems } from '../hear/itemMeant';
import { leftOnOrder, type LeftToGive } from './leftToGive';
import { orderFacts } from '../facts/orderFacts';
import { maskCodes } from '../hear/readMailedCode';
import { clockFacts } from '../facts/shopClock';
import { aboutThingOfOrder } from './thingOfOrder';
import { itemsMeant } from '../hear/toldAtOnce';
import type { Heard, Matter } from '../hear/heard';
import { mayAskFor } from '../hear/slotsAsked';
import { namesAnother, understand } from '../hear/understand';

/** More numbers than these in one message are a list for a person, not a question to a bot. */
const numbersLookedUp = 5;
const ordersNamed = 5;
const textLength = 2_000;

interface Looked {
  readonly matter: Matter;
  readonly found: Found;
  /** Of its order, those that the matter is about. */
  readonly items: readonly string[];
  /** Minor units that may be given for the order. */
  readonly left: number;
}

/** What one message is about, with what is known of each matter; `dialogue` has what it told, and nothing decided. */
export interface KnownMatters {
  /** In the order they were said. */
  readonly matters: readonly [Facts, ...Facts[]];
  readonly dialogue: Dialogue;
  /** Of an order that was found, by its number; absent where none is known any more. */
  readonly standingOf?: (order: string) => OrderStanding | null;
}

/** @throws whatever the order book throws: the caller's retries are the caller's. */
export async function lookUpFacts(
  policy: Pick<
    LoadedPolicy,
    'intents' | 'thresholds' | 'languages' | 'proofs' | 'codeValidMs' | 'rules' | 'timeZone' | 'settings'
  >,
  orderBook: OrderBook,
  asked: ConsultInput,
  signal: AbortSignal,
  leftToGive: LeftToGive = () => Promise.resolve(null),
  codes: MailedCodes | null = null,
  guesses: PostalCodeGuesses | null = null,
): Promise<KnownMatters> {
  const email = asked.requester.trusted ? (asked.requester.email?.trim().toLowerCase() ?? '') : '';
  const read = asked.agentNoted === true ? withNotedQuestions(asked) : asked;
  const { input, number: bought } = await aboutThingOfOrder(read, policy, orderBook, email, signal);
  const heard = understand(input, policy);
  const { proven = [] } = input.dialogue;
  const known = input.dialogue.slots['order-number'];
  const postalCode = policy.proofs.includes('postal-code') ? (heard.slots['postal-code']?.value ?? '') : '';
  const spokenOf = openQuestion(input.dialogue)?.order ?? known?.value ?? '';
  const named = heard.matters.flatMap(({ orderNumbers }) => orderNumbers);
  const mayTryPostalCode = mayTryCode(input, { code: postalCode, numbers: named, spokenOf }, guesses);
  const look = async (matter: Matter): Promise<Looked> => {
    const scope = policy.intents.find(({ intent }) => intent === matter.intent)?.orders ?? 'none';
    const given = matter.orderNumbers.length === 0 && bought !== null ? [bought] : matter.orderNumbers;
    const numbers = [...new Set(given)].slice(0, numbersLookedUp);
    const search: Search = {
      numbers,
      scope,
      email,
      postalCode,
      mayTryPostalCode,
      opensByCode: codeCheck(input, heard.code, codes, policy.codeValidMs),
      hasCode: heard.code !== '' || proven.length > 0,
      spokenOf: matter.intent === null ? '' : spokenOf,
      another: heard.correction?.kind === 'another-order' || namesAnother(input.words.text),
      words: input.words.text,
      isAboutThing:
        mayAskFor('item', matter.intent ?? '', policy) &&
        heard.signals.some((signal) => signal === 'faulty-goods' || signal === 'not-received'),
    };
    const found = await findOrders(orderBook, search, signal);
    const left = await leftOnOrder(policy, matter.intent, found.orders, input.now, leftToGive);
    return { matter, found, left, items: itemsOf(policy, input, heard, matter, found) };
  };
  const [first, ...others] = heard.matters;
  const looked = [await look(first), ...(await Promise.all(others.map(look)))] as const;
  const isNewCode = heard.slots['postal-code'] !== input.dialogue.slots['postal-code'];
  // A number that is only spoken of again claims nothing new, unless another postal code is to prove it.
  const isClaim = (number: string) =>
    isNewCode ||
    (input.classification.entities.orderNumbers.includes(number) && !isSameOrder(number, known?.value ?? ''));
  // The same number twice in one message is one mistake.
  const wrong = new Set<string>();
  const byCode: string[] = [];
  for (const { found } of looked) {
    for (const number of found.notFound) if (isClaim(number)) wrong.add(plainNumber(number));
    byCode.push(...found.byCode);
  }
  // So is a wrong code, with the number that it was for.
  if (heard.code !== '' && byCode.length === 0) wrong.add(plainNumber(heard.codeFor ?? ''));
  const item = looked.map(itemTold).find((value) => value !== null);
  const dialogue: Dialogue = {
    ...input.dialogue,
    slots: withItem(heard.slots, item, input.commentId),
    mismatches: input.dialogue.mismatches + wrong.size,
    // Nobody proves it twice in one conversation.
    ...(byCode.length === 0 ? {} : { proven: [...new Set([...proven, ...byCode])] }),
  };
  const toFacts = (one: Looked) =>
    factsOf({ policy, input, heard, dialogue, canMail: codes !== null, ...one });
  const [head, ...tail] = looked;
  const orders = looked.flatMap(({ found }) => found.orders);
  const standing = (number: string) => {
    const order = orders.find((one) => one.number === number);
    return order === undefined ? null : standingOf(order);
  };
  return { matters: [toFacts(head), ...tail.map(toFacts)], dialogue, standingOf: standing };
}

function withNotedQuestions(input: ConsultInput): ConsultInput {
  const questions = input.dialogue.questions.map((question) =>
    question.kind === 'confirm' ? ({ ...question, noted: true } as const) : question,
  );
  return { ...input, dialogue: { ...input.dialogue, questions } };
}

/** Which items of its order the matter is about, where a rule may ask for one. */
function itemsOf(
  policy: Pick<LoadedPolicy, 'rules'>,
  input: ConsultInput,
  { correction }: Heard,
  matter: Matter,
  { orders }: Found,
): readonly string[] {
  const [order, ...others] = orders;
  if (order === undefined || others.length > 0 || !mayAskFor('item', matter.intent ?? '', policy)) return [];
  if (correction?.kind === 'items') return correction.items;
  return itemsMeant(input, matter, [...new Set(order.items.map(({ name }) => name))]);
}

/** Several go back together where nobody need say how many of each; null: none, or it is not known. */
function itemTold({ items, found: { orders } }: Looked): string | null {
  const [order] = orders;
  if (order === undefined || items.length === 0) return null;
  const isOnePiece = (name: string) => {
    const left = order.items.filter((entry) => entry.name === name && piecesLeft(order, entry) > 0);
    return left.length === 1 && left.every((entry) => piecesLeft(order, entry) === 1);
  };
  return items.length === 1 || items.every(isOnePiece) ? slotOfItems(items) : null;
}

/** What the customer answered to our question is known already, with where it came from. */
function withItem(slots: Dialogue['slots'], item: string | undefined, commentId: string): Dialogue['slots'] {
  const before = slots['item'];
  if (item === undefined || before?.value === item || before?.commentId === commentId) return slots;
  const from = before === undefined ? 'said' : 'corrected';
  return { ...slots, item: { value: item, from, commentId } };
}

function factsOf(
  known: {
    readonly policy: Pick<LoadedPolicy, 'languages' | 'timeZone' | 'settings'>;
    readonly input: ConsultInput;
    readonly heard: Heard;
    readonly dialogue: Dialogue;
    readonly canMail: boolean;
  } & Looked,
): Facts {
  const { policy, input, heard, matter, found, left, items, dialogue, canMail } = known;
  const { requester, words } = input;
  // A code that was typed is theirs: it is checked, and repeated nowhere.
  const text = (input.codesSent ?? []).length === 0 ? words.text : maskCodes(words.text);
  const clock = clockFacts(new Date(input.now), policy.timeZone, policy.settings.hours);
  const { today } = clock;
  const orders = found.orders.map((order) => orderFacts(order, today));
  const [single, ...others] = orders;
  const asked = matter.question ?? openQuestion(input.dialogue);
  const said = (slot: string) => dialogue.slots[slot]?.value ?? '';
  const order = single !== undefined && others.length === 0 ? single : noOrder;
  const told = itemsSaid(order, said('item'));
  const [item = '', ...otherItems] = told;
  return {
    intent: matter.intent ?? '',
    confidence: matter.confidence,
    signals: heard.signals,
    message: {
      text: maskCardNumbers(text).toLowerCase().slice(0, textLength),
      words: words.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
      attachments: words.attachmentNames.length,
      excerpt: maskedExcerpt(text),
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
      number: sayableNumber(matter.orderNumbers[0]),
      notFound: found.notFound.map(sayableNumber).filter((number) => number !== ''),
    },
    ticket: {
      tags: input.tags,
      channel: channelOf(input.channel),
      brand: input.brand ?? '',
      priority: input.priority ?? '',
      turn: input.turnNumber,
      rating: input.rating ?? '',
      reopened: input.reopened === true,
    },
    done: doneBefore(input, order),
    question: {
      open: asked !== null,
      slot: asked?.slot ?? '',
      tries: asked?.tries ?? 0,
      continued: matter.continued,
      answer: matter.continued ? heard.answer : '',
      asked,
      ...(items.length > 1 && otherItems.length === 0 ? { severalItems: true } : {}),
      ...(heard.correction?.kind === 'part' ? { part: true } : {}),
      ...(dialogue.asked === undefined ? {} : { timesAsked: dialogue.asked }),
    },
    said: {
      email: said('email'),
      postalCode: said('postal-code'),
      item: told.join(', '),
      ...(otherItems.length === 0 ? {} : { items: told }),
      pieces: otherItems.length === 0 ? piecesMeant(lineMeant(order, item), said('pieces')) : 0,
      address: said('address'),
      reason: said('reason'),
    },
    identity: {
      proof: found.proof,
      mismatches: dialogue.mismatches,
      ...(canMail ? {} : { withoutMail: true }),
    },
    limits: { left },
    clock,
  };
}

function doneBefore({ done = [] }: ConsultInput, order: OrderFacts): Facts['done'] {
  const types = (deeds: readonly EarlierDeed[]) => [...new Set(deeds.map(({ type }) => type))];
  const isMeant = (deed: EarlierDeed) => order.found && isSameOrder(deed.order, order.number);
  return { thisOrder: types(done.filter(isMeant)), anyOrder: types(done) };
}

/** Of an order with one line that one is meant; what was told for another order is none of this. */
function itemsSaid({ found, lines }: OrderFacts, said: string): readonly string[] {
  const told = itemsOfSlot(said);
  if (!found || (told.length > 0 && told.every((item) => lines.some(({ name }) => name === item))))
    return told;
  return lines.length === 1 ? lines.map(({ name }) => name) : [];
}

/** What may be said back: a number in the shape of an order's, and not of a card's. */
function sayableNumber(number: string | undefined): string {
  if (number === undefined) return '';
  return /^[\p{L}\p{N}-]{1,20}$/u.test(number) && number.replace(/\D/g, '').length < 12 ? number : '';
}
