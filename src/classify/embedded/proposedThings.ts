/** Things of an order in a customer's words: "the blue mug", "die blaue Tasse und die Vase". */

import { phraseKinds } from './plainWords';

/** Stands for the things that were proposed, where the customer names exactly these: see restated.ts. */
export const allProposed = 'allproposed';

const article = '(?:the|my|die|der|das|den|dem|meine[nrm]?|la|le|les|ma|mon|mes|el|los|las|mi|mis|den|det)';
const joining = /^(?:and|und|et|y|og|och|&|\+)$/iu;
const articles = new RegExp(`^${article}$`, 'iu');
const longestNames = 120;

interface Proposal {
  /** The names of what is in the order. */
  readonly choices: readonly string[];
  /** Those that the proposal is about, each with its one piece. */
  readonly proposed: readonly string[];
  /** A word of a name that limits an answer as well: an "Only One" lamp. */
  readonly saysMore: (words: string) => boolean;
}

/**
 * @returns the text with one word in their place; as it was, where others are named, or not all of them.
 */
export function withProposed(text: string, { choices, proposed, saysMore }: Proposal): string {
  if (proposed.length === 0 || text.length > longestNames * (proposed.length + 1)) return text;
  const words = [...text.matchAll(/[\p{L}\p{N}'’-]+|[&+]/gu)];
  const known = choices.flatMap(wordsOf);
  const isOfThing = (word: string) => known.some((other) => isSame(word, other));
  const first = words.findIndex(([word]) => isOfThing(word));
  const last = words.findLastIndex(([word]) => isOfThing(word));
  if (first === -1) return text;
  const mentions: string[][] = [[]];
  for (const [word] of words.slice(first, last + 1)) {
    if (joining.test(word)) mentions.push([]);
    else if (!articles.test(word)) mentions.at(-1)?.push(word.toLowerCase());
  }
  const named = mentions.map((mention) => namedThing(mention.join(' '), choices));
  // Of a thing that is called "No Problem", a "no" is no mention.
  const isAnswer = mentions.flat().some((word) => phraseKinds(word) !== null || saysMore(word));
  // "The lamp and the lamp" are two.
  const isTwice =
    new Set(named).size < named.length || mentions.some((mention) => new Set(mention).size < mention.length);
  const isExact =
    !isAnswer &&
    !isTwice &&
    named.every((name) => name !== null && proposed.includes(name)) &&
    proposed.every((name) => named.includes(name));
  if (!isExact) return text;
  const from = articles.test(words[first - 1]?.[0] ?? '') ? first - 1 : first;
  const end = words[last];
  const start = words[from]?.index ?? 0;
  return `${text.slice(0, start)}${allProposed}${text.slice((end?.index ?? 0) + (end?.[0].length ?? 0))}`;
}

/** @returns the one name that holds all the words; null where none does, or several do. */
export function namedThing(said: string, choices: readonly string[]): string | null {
  const words = wordsOf(said);
  if (words.length === 0) return null;
  const [only, ...others] = [...new Set(choices)].filter((choice) => {
    const held = wordsOf(choice);
    return words.every((word, at) => held.some((other) => isSame(word, other, at === words.length - 1)));
  });
  return only === undefined || others.length > 0 ? null : only;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** But for German endings: "der blauen Tasse". An "s" may be a second piece, and so may the "n" of "Tassen". */
function isSame(word: string, other: string, isLast = false): boolean {
  const [said, name] = [bare(word), bare(other)];
  return said === name || (!isLast && withoutEnding(said) === withoutEnding(name));
}

function bare(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function withoutEnding(word: string): string {
  return word.replace(/(?<=\p{L}{3}e)[nrm]$/u, '');
}
