/**
 * A postal code is short, and many orders share one: in one message it is tried for one order only, and for one order
 * only so often, over all tickets. Whether there is such an order makes no difference to either.
 */
import { hiddenName } from '../../contracts/hiddenName';
import type { ConsultInput } from '../../core/effects';
import { isSameOrder, plainNumber } from '../../core/orders/orderNumber';
import type { PostalCodeGuesses } from '../../orders/port';

/**
 * Whether the code may be tried for an order; asked only where nothing else opens it.
 * @param named - as the customer called it.
 * @param number - the shop's own, where there is such an order: every spelling counts for the same one.
 */
export type MayTry = (named: string, number: string) => Promise<boolean>;

/**
 * @param message.numbers - all that the message names.
 * @param message.spokenOf - the order it is about where it names none.
 */
export function mayTryCode(
  { ref, words }: Pick<ConsultInput, 'ref' | 'words'>,
  message: { readonly code: string; readonly numbers: readonly string[]; readonly spokenOf: string },
  guesses: PostalCodeGuesses | null,
): MayTry {
  const { code, numbers, spokenOf } = message;
  return async (called, number) => {
    const meant = numbers.length === 0 ? spokenOf : namedWith(code, numbers, words.text);
    if (!isSameOrder(called, meant)) return false;
    return guesses === null || guesses.take(number, guessKey(ref.ticketId, number, code));
  };
}

/** The same guess on the same ticket is one, however often the conversation comes back to it. Names no code. */
function guessKey(ticketId: string, number: string, code: string): string {
  return hiddenName(JSON.stringify([ticketId, plainNumber(number), code]));
}

/** The last number before the code, or the first behind it; the first one where the message does not hold the code. */
function namedWith(code: string, numbers: readonly string[], text: string): string {
  const place = placeOf(code, text) ?? 0;
  const byPlace = numbers
    .map((number) => ({ number, at: placeOf(number, text) ?? 0 }))
    .toSorted((one, other) => one.at - other.at);
  return (byPlace.findLast(({ at }) => at < place) ?? byPlace[0])?.number ?? '';
}

/** As a word of its own, with blanks and dashes between its signs or without. */
function placeOf(word: string, text: string): number | null {
  const signs = (word.match(/[\p{L}\p{N}]/gu) ?? []).join('[\\s.-]?');
  if (signs === '') return null;
  const place = text.search(new RegExp(`(?<![\\p{L}\\p{N}])${signs}(?![\\p{L}\\p{N}])`, 'iu'));
  return place === -1 ? null : place;
}
