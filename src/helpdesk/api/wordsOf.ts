/**
 * A desk's words for ours: `wordsOf({ chat: ['WebWidget'], messaging: ['Sms', 'Line'] })` knows `Sms` as `messaging`. Desks
 * invent words, so what is not there is no mistake.
 */
export function wordsOf<Ours extends string>(
  theirs: Readonly<Partial<Record<Ours, readonly string[]>>>,
): ReadonlyMap<string, Ours> {
  const found = new Map<string, Ours>();
  let ours: Ours;
  for (ours in theirs) for (const word of theirs[ours] ?? []) found.set(word, ours);
  return found;
}
