/** Finds the value that was asked for in a customer's words, or nothing. Pure; order numbers come classified. */
import type { OpenQuestion } from '../core/dialogue';
import { askSlots, type AskSlot } from './schema';

const longestReason = 300;
const longestAddress = 300;

export function isAskSlot(name: string): name is AskSlot {
  return askSlots.some((slot) => slot === name);
}

/** @returns null when the words hold no such value: it is asked for again, up to the rule's limit. */
export function readSlot(
  slot: Exclude<AskSlot, 'order-number'>,
  text: string,
  question: Pick<OpenQuestion, 'kind' | 'choices'>,
): string | null {
  const said = text.trim();
  switch (slot) {
    case 'topic':
      return null;
    case 'email':
      return /[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[\p{L}\p{N}-]{2,}/u.exec(said)?.[0].toLowerCase() ?? null;
    case 'postal-code':
      return readPostalCode(said);
    case 'item':
      return readChoice(said, question.choices);
    case 'address':
      return question.kind === 'ask' ? readAddress(said) : null;
    case 'reason':
      return question.kind === 'ask' && /\p{L}{3}/u.test(said) ? said.slice(0, longestReason) : null;
  }
}

/** Written alone, or after its name: `1050`, `SW1A 1AA`, `75011`, "PLZ 10115". */
function readPostalCode(said: string): string | null {
  const shape = '(?=[A-Z0-9 -]*\\d)[A-Z0-9]{1,5}(?:[ -]?[A-Z0-9]{2,5})?';
  const named = new RegExp(
    `(?:post(?:al)? ?code|zip(?: code)?|plz|postleitzahl|code postal|código postal|postnummer|postnr)\\W{0,4}(?:is |ist |est |es |er )?(${shape})(?![A-Z0-9])`,
    'iu',
  );
  const alone = new RegExp(`^\\W*(?:it's |it is )?(${shape})\\W*$`, 'iu');
  const found = named.exec(said)?.[1] ?? alone.exec(said)?.[1];
  return found === undefined ? null : plainPostalCode(found);
}

/** `sw1a1aa`: what two spellings of one code have in common. */
export function plainPostalCode(code: string): string {
  return code.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** The only one of the choices that holds every word that any of them holds: "the blue one". */
function readChoice(said: string, choices: readonly string[]): string | null {
  const words = wordsOf(said);
  const known = new Set(choices.flatMap(wordsOf));
  const meant = words.filter((word) => known.has(word));
  if (meant.length === 0) return null;
  const fitting = choices.filter((choice) => {
    const held = new Set(wordsOf(choice));
    return meant.every((word) => held.has(word));
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1);
}

/** A street with a number and a place: whether it exists is for the shop to say. */
function readAddress(said: string): string | null {
  const lines = said
    .split(/\n|(?<=\d\p{L}?),|,(?=\s*\d)/u)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const address = lines.join('\n').slice(0, longestAddress);
  const words = address.match(/\p{L}{2,}/gu)?.length ?? 0;
  return words >= 2 && /\d/.test(address) ? address : null;
}
