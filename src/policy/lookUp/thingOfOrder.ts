/**
 * "Where are my mugs?" says nothing to who does not know what was bought. Where such a thing is in an order of theirs,
 * the message is about that order.
 */
import type { ConsultInput } from '../../core/effects';
import { openQuestion } from '../../core/conversation/dialogue';
import type { Order, OrderBook } from '../../orders/port';
import { thingsFitting, wordsBeside } from '../hear/thingsNamed';
import type { LoadedPolicy } from '../policy';

/** A longer text is a story, and what it names may stand anywhere in it. */
const longestRead = 300;

/**
 * "Cancel the one with the blanket": of several orders, the only one that holds whatever of them the words name. Figures
 * name nothing: "10 days ago" is no word of a candle of 10 cm.
 */
export function onlyWithThingsOf(words: string, orders: readonly Order[]): Order | null {
  if (words.length > longestRead) return null;
  const things = orders.map(({ items }) => items.map(({ name }) => name).join(' '));
  const fitting = thingsFitting(words.replace(/\d+/gu, ' '), things) ?? [];
  const [only, ...others] = orders.filter((_, place) => fitting.includes(things[place] ?? ''));
  return only === undefined || others.length > 0 ? null : only;
}

export interface ThingOfOrder {
  readonly input: ConsultInput;
  /** The only order of theirs with that thing; null: none, or several. */
  readonly number: string | null;
}

/**
 * @param email - that the desk vouches for; "": none, and nothing is known of what they bought.
 * @returns the message as it came, where it was understood by itself or names nothing that they bought.
 */
export async function aboutThingOfOrder(
  input: ConsultInput,
  { intents }: Pick<LoadedPolicy, 'intents'>,
  orderBook: OrderBook,
  email: string,
  signal: AbortSignal,
): Promise<ThingOfOrder> {
  const { classification, dialogue } = input;
  const { intent, sought, entities } = classification;
  const asIs = { input, number: null };
  const isPlain = intent === null && openQuestion(dialogue) === null && entities.orderNumbers.length === 0;
  if (sought === undefined || !isPlain || email === '') return asIs;
  const scope = intents.find((known) => known.intent === sought.intent)?.orders ?? 'none';
  if (scope === 'none') return asIs;
  const orders = await orderBook.findByCustomer(email, signal);
  const holding = orders.filter(({ items }) => {
    const names = items.map(({ name }) => name);
    return (
      (thingsFitting(sought.thing, names) ?? []).length > 0 && wordsBeside(sought.thing, names).length === 0
    );
  });
  const [only, ...others] = holding;
  if (only === undefined) return asIs;
  return {
    input: {
      ...input,
      classification: { ...classification, intent: sought.intent, confidence: sought.confidence },
    },
    number: others.length === 0 ? only.number : null,
  };
}
