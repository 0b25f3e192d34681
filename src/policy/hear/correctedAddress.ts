/** A piece of an address in place of the one that was proposed: "number 14", "no, Elm Street 14", "8200 Aarhus". Pure. */

/** As it is kept: a line for the street, a last one for code and town. */
const lastLine =
  /^(?<code>(?:[A-Z]{1,2}-)?\d{4,5}|\p{L}{1,2}\d[\p{L}\d]? ?\d\p{L}{2})(?:,? (?<town>\p{L}.*))?$/iu;
const houseNumber = /(?<![\p{L}\d])\d{1,4} ?[a-z]?(?![\p{L}\d])/iu;

const lead =
  /^(?:(?:no|nope|nein|nee|non|nej|yes|yeah|ok|okay|ja|oui|sí|si|sorry|pardon|perdón|but|aber|mais|pero|men|it(?:['’]s| is)|that(?:['’]s| is)|it should be|the|es ist|das ist|c['’]est|es|det er|to|at|in|an(?! de[rnm] )|au|à|a|el|la|le|die|meant|i meant|ich meinte)(?:[\s,.:;!]+|$))+/iu;
const numberSaid =
  /^(?:house )?(?:number|no\.?|nr\.?|nummer|hausnummer|haus(?:nummer)? nr\.?|num[eé]ro|número|n[°º]|husnummer)(?: is| ist| est| es| er|:)? ?(\d{1,4} ?[a-z]?)$/iu;
const codeSaid =
  /^(?:post(?:al)? ?code|zip(?: code)?|plz|postleitzahl|code postal|código postal|postnummer)(?: is| ist| lautet| est| es| er|:)? ?(\S{3,8}(?: \S{3})?)$/iu;
const codeAndTown = /^(?:[A-Z]{1,2}-)?\d{4,5},? \p{L}[\p{L} .'’-]{1,40}$/iu;
const bareCode = /^\d{4,5}$/;
const street = /^(?:\p{L}[\p{L} .'’-]{2,50} \d{1,4} ?[a-z]?|\d{1,4}[a-z]?,? \p{L}[\p{L} .'’-]{3,50})$/iu;
const streetWord =
  /(?<!\p{L})(?:street|st|road|rd|avenue|ave|lane|drive|close|way|square|rue|boulevard|chemin|quai|calle|avenida|plaza|paseo|camino)(?!\p{L})|(?:stra(?:ß|ss)e|str\.?|weg|allee|platz|gasse|damm|ufer|vej|gade|allé)(?!\p{L})/iu;
/** "8000 Aarhus is right": said of an address, and no part of one. */
const judged =
  /(?<!\p{L})(?:right|wrong|correct|incorrect|fine|richtig|falsch|stimmt|correct[oa]|incorrect[oa]|rigtigt?|forkert)\P{L}*$/iu;
const isSaidToBe = /(?:['’]s|(?<!\p{L})(?:is|be|ist|est|es|er))[\s,:]*$/iu;

/**
 * @param told - the proposed address.
 * @param order - the number of the order that it is for.
 * @returns it with that piece in place of its own; null where the words tell no such piece, or `told` has none.
 */
export function correctedAddress(said: string, told: string, order: string | null): string | null {
  const lines = told.split('\n');
  const end = lines.at(-1) ?? '';
  const place = lastLine.exec(end)?.groups;
  const [first = ''] = lines;
  if (lines.length < 2 || place === undefined || !houseNumber.test(first) || judged.test(said)) return null;
  const before = lead.exec(said)?.[0] ?? '';
  const piece = said
    .slice(before.length)
    .replace(/[\s.!,]+$/u, '')
    .replace(/\s+/gu, ' ');
  const withEnd = (last: string) => [...lines.slice(0, -1), last].join('\n');
  const withStreet = (line: string) => [line, ...lines.slice(1)].join('\n');
  const number = (numberSaid.exec(piece) ?? numberSaid.exec(said.trim()))?.[1];
  if (number !== undefined) return changed(withStreet(first.replace(houseNumber, number)), told);
  const isCode = isSaidToBe.test(before) && isLikeCode(piece, place['code'] ?? '', order ?? '');
  const code = codeSaid.exec(piece)?.[1] ?? (isCode ? piece : undefined);
  if (code !== undefined) return changed(withEnd([code, place['town'] ?? ''].join(' ').trim()), told);
  if (codeAndTown.test(piece)) return changed(withEnd(piece), told);
  return isStreet(piece, first) ? changed(withStreet(piece), told) : null;
}

/** "It is 8200": what is as long as an order's number may be one. */
function isLikeCode(piece: string, code: string, order: string): boolean {
  return (
    bareCode.test(piece) &&
    bareCode.test(code) &&
    piece.length === code.length &&
    piece.length !== order.length
  );
}

/** "After 17" has the form of one. */
function isStreet(piece: string, before: string): boolean {
  const words = new Set(before.toLowerCase().match(/\p{L}{3,}/gu));
  const isLike =
    piece
      .toLowerCase()
      .match(/\p{L}{3,}/gu)
      ?.some((word) => words.has(word)) === true;
  return street.test(piece) && (isLike || streetWord.test(piece));
}

function changed(address: string, told: string): string | null {
  return address === told ? null : address;
}
