import fc from 'fast-check';

/** Code points that are halves of a pair are no characters. */
const halves = { from: 0xd800, count: 0x800 };

/**
 * For `fc.string`: any character of Unicode, as its unit `binary` has them. For that one fast-check makes a map of them
 * all, which takes a second and 85 MB that stay.
 */
export const anyCharacter = fc
  .nat({ max: 0x10_ffff - halves.count })
  .map((place) => String.fromCodePoint(place < halves.from ? place : place + halves.count), placeOf);

/** The way back, by which fast-check finds smaller examples. @throws Error for what is not one character. */
function placeOf(text: unknown): number {
  const [character, ...more] = typeof text === 'string' ? text : '';
  const code = character?.codePointAt(0);
  if (code === undefined || more.length > 0) throw new Error('this is not one character');
  return code < halves.from ? code : code - halves.count;
}
