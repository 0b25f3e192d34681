/** How a customer is addressed: by which name, and in which language. */

/**
 * The first word of the requester's name, or "". A name is whatever its owner typed: one that carries an address
 * or a web page ("evil-prize.example") is left out, so that nobody makes the bot send links to others.
 */
export function firstName(name: string | null): string {
  const plain = (name ?? '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const [first = ''] = plain.split(/\s+/);
  return /[@/:\\]|www\.|\p{L}\.\p{L}/iu.test(plain) || first.length > 40 || !/\p{L}/u.test(first)
    ? ''
    : first;
}

/** @param heard - as they write; "": not known. */
export function spokenLanguage(heard: string, locale: string | null, fallback: string): string {
  if (heard !== '') return heard;
  return locale?.split(/[-_]/)[0]?.toLowerCase() ?? fallback;
}
