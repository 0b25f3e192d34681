/** Finds the value that was asked for in a customer's words, or nothing. Pure; order numbers come classified. */
import type { OpenQuestion } from '../../core/conversation/dialogue';
import type { ConsultInput } from '../../core/effects';
import { readMailedCode } from './readMailedCode';
import { readPieces } from './readPieces';
import { askSlots, type AskSlot } from '../schema';
import { saysFine, thingsNamed } from './thingsNamed';

export const longestReason = 300;
const longestAddress = 300;
const longestCorrection = 150;
/** A value stands at the beginning of an answer, and patterns need time for each character. */
export const longestRead = 1_000;

/** By slot name: what a message says to the open question, and nothing that was only known before. */
export type SaidValues = Readonly<Partial<Record<AskSlot, string>>>;

type Message = Pick<ConsultInput, 'words' | 'classification' | 'dialogue'>;

/**
 * @param isNewTopic - the words seem to be about something else: then only what cannot be mistaken counts.
 * @returns for a `confirm` what differs from the values that the proposal was made of: "no, the blue one".
 */
export function valuesSaid(message: Message, question: OpenQuestion, isNewTopic: boolean): SaidValues {
  const { classification, dialogue, words } = message;
  const { signals, chosen = [], entities } = classification;
  if (
    ['affirms', 'declines', 'never-mind', 'none-of-these'].some((plain) => signals.some((s) => s === plain))
  ) {
    return {};
  }
  if (question.kind === 'confirm') {
    // "Where is the blue one?" corrects nothing.
    if (isNewTopic && words.text.includes('?')) return {};
    const corrected = Object.entries(dialogue.slots).flatMap(([name, slot]) => {
      if (!isAskSlot(name) || name === 'order-number') return [];
      const value = readSlot(name, words.text, question);
      return value === null || value === slot.value ? [] : [[name, value] as const];
    });
    return Object.fromEntries(corrected);
  }
  const { slot } = question;
  if (!isAskSlot(slot) || slot === 'order-number') return {};
  if (isNewTopic && (slot === 'address' || slot === 'reason' || slot === 'pieces')) return {};
  const [only] = chosen;
  const isOne = only !== undefined && chosen.length === 1 && question.choices.includes(only);
  if (slot === 'item' && isOne && !saysFine(words.text)) return { item: only };
  // "I do not know, where is order 48213?" holds a number, and no address.
  const unnumbered = withoutNumbers(words.text, entities.orderNumbers);
  // Nor does "order 48213, 1 mug" tell two numbers of pieces.
  const text =
    slot === 'pieces' ? unnumbered : slot === 'address' && !readAddress(unnumbered) ? '' : words.text;
  const value = readSlot(slot, text, question);
  // Who sends the order number once more has not told the postal code.
  const isOrder = question.order !== null && value !== null && plainCode(value) === plainCode(question.order);
  return value === null || isOrder ? {} : { [slot]: value };
}

/** What is told without being asked for, where the words name it: "my postal code is 1050". */
export function valuesNamed(text: string): SaidValues {
  const code = readNamedPostalCode(text.slice(0, longestRead));
  return code === null ? {} : { 'postal-code': code };
}

function isAskSlot(name: string): name is AskSlot {
  return askSlots.some((slot) => slot === name);
}

/** @returns null when the words hold no such value: it is asked for again, up to the rule's limit. */
export function readSlot(
  slot: Exclude<AskSlot, 'order-number'>,
  text: string,
  question: Pick<OpenQuestion, 'kind' | 'choices'>,
): string | null {
  const said = text.trim().slice(0, longestRead);
  switch (slot) {
    case 'topic':
      return null;
    case 'email':
      return /[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[\p{L}\p{N}-]{2,}/u.exec(said)?.[0].toLowerCase() ?? null;
    case 'postal-code':
      return readPostalCode(said);
    case 'mailed-code':
      return readMailedCode(said);
    case 'item':
      return readItem(said, question.choices);
    case 'pieces':
      return readPieces(said, question.kind === 'ask');
    case 'address':
      return question.kind === 'ask' ? readAddress(said) : readCorrectedAddress(said);
    case 'reason':
      return question.kind === 'ask' && /\p{L}{3}/u.test(said) && !/\?\s*$/.test(said)
        ? said.slice(0, longestReason)
        : null;
  }
}

const codeShape =
  '(?=[A-Z0-9 -]*\\d)(?:[A-Z]{1,2}-)?[A-Z0-9]{1,6}(?:[ -]?(?:(?=[A-Z]{0,3}\\d)[A-Z0-9]{2,5}|[A-Z]{2}(?!\\p{L})))?';
const namedCode = new RegExp(
  `(?:post(?:al)? ?code|zip(?: code)?|plz|cp|c\\.p\\.?|postleitzahl|code postal|código postal|codice postale|postcode|postnummer|postnr)\\W{0,4}(?:is |ist |est |es |er |è |lautet )?(${codeShape})(?![A-Z0-9])`,
  'iu',
);
const codeAlone = new RegExp(
  `^\\W*(?:it'?s |it is |that'?s |that is |das ist |es ist |c'est (?:le )?|le |es (?:el )?|el |è |det er )?(${codeShape})(?:,? \\p{L}[\\p{L}.'-]{2,30}(?: \\p{L}{1,20})?)?\\W*$`,
  'iu',
);

/** Written alone, with its town, or after its name: `1050`, `SW1A 1AA`, `10115 Berlin`, "PLZ 10115". */
function readPostalCode(said: string): string | null {
  return readNamedPostalCode(said) ?? plainPostalCode(codeAlone.exec(said)?.[1]);
}

function readNamedPostalCode(said: string): string | null {
  return plainPostalCode(namedCode.exec(said)?.[1]);
}

/** Without the country: `DK-2100` is `2100`. */
function plainPostalCode(found: string | undefined): string | null {
  const plain = plainCode((found ?? '').replace(/^[A-Z]{1,2}-/i, ''));
  return plain.length >= 3 && plain.length <= 10 ? plain : null;
}

/** `sw1a1aa`: what two spellings of one code have in common. */
export function plainCode(code: string): string {
  return code.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The only one that the words name; the same name twice is one. */
function readItem(said: string, choices: readonly string[]): string | null {
  const [only, ...others] = thingsNamed(said, [...new Set(choices)]);
  return only === undefined || others.length > 0 ? null : only;
}

export function withoutNumbers(text: string, numbers: readonly string[]): string {
  return numbers.reduce((rest, number) => rest.replaceAll(number, ' '), text);
}

/** "No, Elm Street 4": but "No 5, Elm Street" is a street. */
const answering =
  /^(?:(?:no|nope|nein|nee|non|nej|yes|ja|oui|sí|si|ok|okay|sorry|pardon|perdón|undskyld)[,.:;!]+\s*|(?:but|aber|mais|pero|men)\s+)+/iu;
/** "An Lindenweg 7"; but "An der Alster 12" is a street. */
const leadIn =
  /^(?:(?:hi|hello|please|pls|bitte|hallo|it is|it's|my (?:new |delivery )?address is|the (?:new |right |correct )?address is|(?:send|ship|deliver) (?:it|them|this) to|meine (?:neue )?adresse (?:ist|lautet)|die (?:neue |richtige )?adresse (?:ist|lautet)|mon adresse est|l'adresse est|mi (?:nueva )?dirección es|la dirección es|min (?:nye )?adresse er|adressen er|(?:(?:my|the) )?new address|(?:meine |die )?neue adresse|(?:ma |la )?nouvelle adresse|(?:mi |la )?nueva dirección|à l'adresse suivante|a la (?:siguiente )?dirección|to|an(?! de[rnm] )|(?:a|à)(?= (?:\d|calle|avenida|plaza|paseo|camino|rue|avenue|boulevard|place|quai|chemin)))[\s,:]+)+/iu;
/** "... 8200 Aarhus pls": no part of the town. */
const courtesy =
  /(?:[\s,.!]+(?:please|pls|plz|thanks|thank you|thx|bitte|danke|vielen dank|merci|svp|s'il vous plaît|gracias|por favor|porfa|tak|👍|🙏|😊|🙂))+[\s.!]*$/iu;
/** "12 Baker Street, London NW1 6XE": the town comes before its code. */
const townAndCode = /,\s*(?=\p{Lu}[\p{L} .'-]{1,40} [A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$)/u;

/** "Not Elm Street 4, 8000 Aarhus but Oak Road 12, 8200 Aarhus", and the other way round. */
const notThatBut =
  /^(?:it(?:'s| is) |es ist |c'est |es |det er |ce n'est )?(?:not|nicht|pas|no|ikke)(?: (?:to|an|nach|à|a|til))? .{3,150}?,? (?:but|sondern|mais|sino|men)(?: (?:to|an|nach|à|a|til))? /isu;
const andNotThat =
  /(?:(?:^|[,;.])\s{0,3}(?:(?:and|und|et|y|og)\s)?|\s(?:and|und|et|y|og)\s)(?:not|nicht|pas|no|ikke)\s(?!\d).*$/isu;
const towns = /(?<![\p{L}\p{N}])\d{4,5},? \p{Lu}\p{L}+/gu;

function withoutRefused(said: string): string {
  const meant = said.replace(notThatBut, '');
  return meant === said ? said.replace(andNotThat, '') : meant;
}

/** Only the end is looked at: from each of many blanks in a row the pattern would be tried anew. */
function withoutCourtesy(said: string): string {
  const from = Math.max(0, said.length - 200);
  return said.slice(0, from) + said.slice(from).replace(courtesy, '');
}

/** A street with a number and a place: whether it exists is for the shop to say. */
function readAddress(said: string): string | null {
  if (/\?\s*$/.test(said)) return null;
  const plain = withoutCourtesy(said).replace(answering, '').replace(leadIn, '');
  const meant = withoutRefused(plain).replace(leadIn, '').replace(townAndCode, '\n');
  // Of two, which is meant is not for us to guess.
  if ((meant.match(towns)?.length ?? 0) > 1) return null;
  const lines = meant
    .split(/\n|(?<=\d\p{L}?),|,(?=\s*\d)/u)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const address = lines.join('\n').slice(0, longestAddress);
  const words = address.match(/\p{L}{2,}/gu)?.length ?? 0;
  return words >= 2 && /\d/.test(address) ? address : null;
}

/** "No, to Elm Street 4, 8000 Aarhus": a street with its number, and a postal code; a story with a date is none. */
function readCorrectedAddress(said: string): string | null {
  const rest = said.replace(
    /^(?:no|nein|non|nee|nej|não|sorry|yes,? but|ja,? aber|oui,? mais|sí,? pero)(?:[\s,.:!]+|$)(?:(?:it is|it's|but|to|send it to|please|nach|an(?! de[rnm] )|à|a|til|naar)\s+)*/iu,
    '',
  );
  const numbers = rest.match(/\d+/g) ?? [];
  const isShort = rest.length <= longestCorrection && !rest.includes('?');
  const hasCode = /\d{4,5}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}/iu.test(rest);
  return isShort && hasCode && numbers.length >= 2 ? readAddress(rest) : null;
}
