/** What `day` and `money` are given in a template: with anything else the reply could never be written. */
import { entryShapes, factShapes } from '../facts/facts';
import { didYouMean } from '../policyError';
import { currencies } from '../schema';

interface FilterMistake {
  /** From 0, within the template. */
  readonly offset: number;
  readonly message: string;
}

const shapes = [...Object.values(factShapes), ...Object.values(entryShapes)].filter(
  (shape) => typeof shape === 'object',
);
const numbers = new Set([
  ...shapes.flatMap((shape) =>
    Object.entries(shape).flatMap(([field, type]) => (type === 'int' ? [field] : [])),
  ),
  // Of what is done.
  'amount',
]);

/** A fact, where one stands before it; the filter; and what follows its colon. */
const use = /(?:([A-Za-z_]\w*(?:\.\w+)+)\s*)?\|\s*(day|money)\b\s*(?::\s*("[^"]*"|'[^']*'|[\w.]+))?/g;
const output = /\{\{[^]*?\}\}|\{%[^]*?%\}/g;

export function findWrongFilter(source: string): FilterMistake | null {
  for (const { index, 0: tag } of source.matchAll(output)) {
    for (const match of tag.matchAll(use)) {
      const [, fact = '', filter, argument = ''] = match;
      const message = filter === 'day' ? wrongDay(fact) : (wrongAmount(fact) ?? wrongCurrency(argument));
      if (message !== null) return { offset: index + match.index, message };
    }
  }
  return null;
}

function wrongDay(fact: string): string | null {
  return fact === '' || /\.(\w+On|today)$/.test(fact)
    ? null
    : `writes ${fact} as a day, which it is not. A day is clock.today and what ends in "On", such as order.expectedOn`;
}

function wrongAmount(fact: string): string | null {
  return fact === '' || numbers.has(fact.split('.').at(-1) ?? '')
    ? null
    : `writes ${fact} as money, which it is not. An amount is order.total, deed.amount and the like`;
}

function wrongCurrency(argument: string): string | null {
  if (argument === '')
    return 'writes money without its currency. Write {{ order.total | money: order.currency }}';
  const written = /^["'](.*)["']$/.exec(argument)?.[1];
  if (written !== undefined) {
    if (currencies.has(written)) return null;
    return `writes money in "${written}", which is no currency. Write order.currency, or a code such as "EUR".${didYouMean(written, [...currencies])}`;
  }
  // What `assign` gave a name is told apart by nobody.
  if (/^[A-Za-z_]\w*$/.test(argument) || /\.\w*[cC]urrency$/.test(argument)) return null;
  return `writes money in ${argument}, which is no currency. Write order.currency, or a code such as "EUR"`;
}
