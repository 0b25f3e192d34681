/**
 * Messages that are made of set phrases and nothing else: a plain yes, a plain no, thanks and greetings. Every word
 * must be accounted for: "yes, but to another address" is not plain, and neither is "I have no idea".
 */
import { phrasesOf, type PhraseKind } from './setPhrases';

/** "Yes?" asks back, and says yes to nothing. */
export const questionMark = /[?¿？؟⁇⁈⁉︖﹖‽⸮]/u;

const longestPhrase = 6;
/** A longer message is a story, even when it is made of these words. */
const mostWords = 14;
const longestRead = 300;

const kinds = new Map<string, PhraseKind>(
  (['courtesy', 'aside', 'hesitation', 'settled', 'pointing', 'agreeable', 'no', 'yes'] as const).flatMap(
    (kind) => phrasesOf[kind].flatMap((line) => phrasesIn(line).map((phrase) => [phrase, kind] as const)),
  ),
);

/** "Yesss", "nooo", "thankss": a letter drawn out. Only of words that stand for themselves. */
const drawnOutAtTheEnd = /(\p{L})\1+$/u;
/** "Pleeease", "biiitte": of a request only. A "suuuure" or "riiight" is as often mockery. */
const drawnOutRequest = /^(?=.*(\p{L})\1{2})(?:p+l+e+a+s+e+|b+i+t+e+)$/u;
const known = new Set([...kinds.keys()].flatMap((phrase) => phrase.split(' ')));

function asMeant(word: string): string {
  if (known.has(word)) return word;
  const atTheEnd = word.replace(drawnOutAtTheEnd, '$1');
  const kind = kinds.get(atTheEnd);
  if (kind === 'yes' || kind === 'no' || kind === 'courtesy' || kind === 'agreeable') return atTheEnd;
  return drawnOutRequest.test(word) ? 'please' : word;
}

/**
 * The kinds of the phrases that `text` consists of; null when a word belongs to none. Empty for no words.
 * @param also - phrases that count here and nowhere else.
 */
export function phraseKinds<Also extends string = never>(
  text: string,
  also: ReadonlyMap<string, Also> = new Map<string, Also>(),
): ReadonlySet<PhraseKind | Also> | null {
  // What is not looked at may turn it all round.
  const short = text.trim().replace(/\s+/gu, ' ');
  if (short.length > longestRead) return null;
  const words = wordsOf(short).map(asMeant);
  if (words.length > mostWords) return null;
  const found = new Set<PhraseKind | Also>();
  const kindOf = (phrase: readonly string[]) => also.get(phrase.join(' ')) ?? kinds.get(phrase.join(' '));
  let at = 0;
  while (at < words.length) {
    const rest = words.slice(at, at + longestPhrase);
    const length = rest.findLastIndex((_, last) => kindOf(rest.slice(0, last + 1)) !== undefined) + 1;
    const kind = kindOf(rest.slice(0, length));
    if (kind === undefined) return null;
    found.add(kind);
    at += length;
  }
  return found;
}

/** `keep it|stop`, as `phraseKinds` looks phrases up. */
export function phrasesIn(line: string): readonly string[] {
  return line.split('|').map((phrase) => wordsOf(phrase).join(' '));
}

/** Short forms are written out, so that each phrase stands in the table once. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .toLowerCase()
    .replace(/[’`´]/g, "'")
    .replace(/\p{Emoji_Modifier}|\uFE0F|\u200D/gu, '')
    .replace(/(?<=\p{L})n't(?!\p{L})/gu, ' not')
    .replace(/\bdont(?!\p{L})/gu, 'do not')
    .replace(/\b(i|you|we|it|that|he|she|they)'(?:d|ll|m|re|s|ve)(?!\p{L})/gu, shortForm)
    .replace(/\bthats(?!\p{L})/gu, 'that is')
    .replace(/\bca not\b/gu, 'can not');
  return plain.match(/[\p{L}\p{N}]+(?:'\p{L}+)*|\p{Extended_Pictographic}|\p{So}/gu) ?? [];
}

const writtenOut: Readonly<Record<string, string>> = {
  d: 'would',
  ll: 'will',
  m: 'am',
  re: 'are',
  s: 'is',
  ve: 'have',
};

function shortForm(word: string): string {
  const [pronoun = '', ending = ''] = word.split("'");
  return `${pronoun} ${writtenOut[ending] ?? ending}`;
}
