/** A short answer means nothing without the question before it: "51877", "the second one", "neither". */
import type { OpenQuestion } from '../../core/conversation/dialogue';
import { findOrderNumbers } from '../reading/orderNumbers';
import { phraseKinds } from './plainWords';

export type Answer =
  /** `choices`: those of the question; a number that was not offered stands for itself. */
  | { readonly kind: 'chosen'; readonly choices: readonly string[] }
  | { readonly kind: 'none-of-these' }
  /** The message is not, or not only, an answer: read it like any other. */
  | { readonly kind: 'other' };

/** Longer messages are stories, even when a number or "first" occurs in them. */
const longestAnswer = 80;

const refusal =
  /^[^\p{L}]*(?:no|nope|nah|nein|non|nee|nej|nei|não|neither(?: one)?|none|no(?:ne| one)? of (?:them|these|those)|neither of (?:them|these|those)|not (?:any|either) of (?:them|these|those)|keine?s? (?:von|davon|der)\b.*|weder noch|aucune?(?: des deux)?|ni l'une? ni l'autre|ningun[oa](?: de (?:los|las) dos)?|nessun[oa](?: dei due| delle due)?|ingen af (?:dem|delene)|geen van (?:beide|allen?)|ingen av dem)[^\p{L}]*(?:thanks|thank you|please|sorry|danke|merci|gracias|grazie|tak|bedankt|tack)?[^\p{L}]*$/iu;

const bothOfThem =
  /^[^\p{L}]*(?:both(?: (?:one|order)s| of (?:them|these|those))?|(?:alle )?beide|les deux|amb[oa]s|l[oa]s dos|entramb[ie]|tutt[ie] e due|begge(?: to)?|allebei|båda)[^\p{L}]*(?:please|bitte|thanks|s'il vous plaît|por favor|per favore|tak|graag|tack)?[^\p{L}]*$/iu;
const allOfThem =
  /^[^\p{L}]*(?:all(?: of (?:them|these|those))?|alle|toutes|tous|tod[oa]s|tutt[ie]|allemaal|alla)[^\p{L}]*(?:please|bitte|thanks|s'il vous plaît|por favor|per favore|tak|graag|tack)?[^\p{L}]*$/iu;

const ordinals: readonly (readonly [RegExp, number])[] = [
  [
    ordinal(
      'first|1st|erste[nrs]?|premi(?:er|ère)|primer[oa]?|prim[oa]|første|eerste|första',
      'one|eins|un|uno|et|1',
    ),
    0,
  ],
  [
    ordinal(
      'second|2nd|zweite[nrs]?|deuxième|second[oae]?|segund[oa]|anden|tweede|andra',
      'two|zwei|deux|dos|due|to|twee|två|2',
    ),
    1,
  ],
  [
    ordinal(
      'third|3rd|dritte[nrs]?|troisième|tercer[oa]?|terz[oa]|tredje|derde',
      'three|drei|trois|tres|tre|3',
    ),
    2,
  ],
  [ordinal('fourth|4th|vierte[nrs]?|quatrième|cuart[oa]|fjerde', 'four|vier|quatre|cuatro|fire|4'), 3],
];
/** Of orders, the last one that we listed and the one that was placed last are not the same. */
const last = ordinal('last|letzte[nrs]?|dernière?|últim[oa]|ultim[oa]|sidste|laatste|sista', '');

const numberWord = /(?<!\p{L})(?:two|zwei|beiden|deux|dos|to|three|drei|trois|tres|tre)(?!\p{L})/iu;

/** "The second one", "number two". */
function ordinal(words: string, numbers: string): RegExp {
  const counted =
    numbers === '' ? '' : `|(?:number|no\\.?|nr\\.?|nummer|numéro|número|numero|n°) ?(?:${numbers})`;
  return new RegExp(`(?<!\\p{L})(?:${words}${counted})(?![\\p{L}\\p{N}])`, 'iu');
}

const fillers = new Set(
  'the a an one please pls my it its is that this thanks thank you order for number of i mean think with in and for'.split(
    ' ',
  ),
);

export function readAnswer(text: string, question: Pick<OpenQuestion, 'slot' | 'choices'>): Answer {
  const said = text.trim();
  if (said === '' || said.length > longestAnswer) return { kind: 'other' };
  const { choices } = question;
  const exact = choices.find((choice) => choice.toLowerCase() === said.toLowerCase());
  if (exact !== undefined) return { kind: 'chosen', choices: [exact] };
  if (refusal.test(said)) return { kind: 'none-of-these' };
  if (asksForOrder(question)) {
    const numbers = findOrderNumbers(said, true);
    if (numbers.length > 0) {
      return isBareNumber(said) ? { kind: 'chosen', choices: numbers } : { kind: 'other' };
    }
  }
  if (choices.length === 0) return { kind: 'other' };
  // "Both" of three leaves a doubt; "all" does not.
  if (allOfThem.test(said) || (choices.length === 2 && bothOfThem.test(said))) {
    return { kind: 'chosen', choices };
  }
  // "Yes, that one": there is one only.
  if (choices.length === 1 && isYes(said)) return { kind: 'chosen', choices };
  const picked = byOrdinal(said, question) ?? byEnding(said, choices) ?? byName(said, choices);
  return picked === null ? { kind: 'other' } : { kind: 'chosen', choices: [picked] };
}

/** What is chosen then is an order. */
export function asksForOrder({ slot }: Pick<OpenQuestion, 'slot'>): boolean {
  return /order/i.test(slot);
}

/** "51877", "#51877 please", "it's order 51877 thanks": nothing beside the number that asks for something. */
function isBareNumber(said: string): boolean {
  const rest = contentWords(said.replace(/\S*\d\S*/gu, ' ').replace(/'s\b/g, ''));
  return rest.every((word) =>
    /^(?:bestellung|bestellnummer|nummer|bitte|danke|no|nr|hi|hello|sorry|here|ok|yes|commande|pedido|merci|tak|gracias|oh|ah|ach|so|oui|ja|sí|si|le|la|el|es|est|c|ist|lautet|die|das|der|meine|ma|mi|min|numéro|número|numero|voici|aquí|hier|er|den|ordre|ordren|ordrenummer|pardon|perdón|désolée?|entschuldigung)$/.test(
      word,
    ),
  );
}

function isYes(said: string): boolean {
  if (/[?¿？؟]/u.test(said)) return false;
  const kinds = phraseKinds(said);
  return kinds !== null && !kinds.has('no') && (kinds.has('yes') || kinds.has('pointing'));
}

function byOrdinal(said: string, question: Pick<OpenQuestion, 'slot' | 'choices'>): string | null {
  if (contentWords(said).length > 3) return null;
  const { choices } = question;
  const found = ordinals.find(([pattern]) => pattern.test(said));
  // "One of the first two" is no choice.
  if (found !== undefined && numberWord.test(said.replace(found[0], ' '))) return null;
  if (found !== undefined) return choices.at(found[1]) ?? null;
  return last.test(said) && !asksForOrder(question) ? (choices.at(-1) ?? null) : null;
}

/** "the one ending in 877" */
function byEnding(said: string, choices: readonly string[]): string | null {
  const digits = /\b\d{2,}\b/.exec(said)?.[0];
  return digits === undefined ? null : only(choices.filter((choice) => numberOf(choice).endsWith(digits)));
}

/** "the lamp", where the choices say what is in each order: `51877 (desk lamp)`. */
function byName(said: string, choices: readonly string[]): string | null {
  const words = contentWords(said);
  if (words.length === 0 || words.length > 4) return null;
  return only(choices.filter((choice) => words.every((word) => choice.toLowerCase().includes(word))));
}

function only(choices: readonly string[]): string | null {
  return choices.length === 1 ? (choices[0] ?? null) : null;
}

function contentWords(said: string): string[] {
  return (said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !fillers.has(word));
}

/** Of a choice that is an order number, with or without words that describe it. */
export function numberOf(choice: string): string {
  return findOrderNumbers(choice, true)[0] ?? choice;
}
