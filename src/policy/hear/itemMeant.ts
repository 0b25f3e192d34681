/** Which line of the order the customer's item is, and how many pieces of it are meant. Pure. */
import type { Facts, LineFacts } from '../facts/facts';

/** Several are one value of the slot: no name has a line end. */
export function slotOfItems(items: readonly string[]): string {
  return items.join('\n');
}

export function itemsOfSlot(value: string): readonly string[] {
  return value === '' ? [] : value.split('\n');
}

/** The slot's value for "all of them"; others are whole numbers: `2`. */
export const allPieces = 'all';

/** Null: none of that name can go back, or several can, and which one is meant is not known. */
export function lineMeant({ lines }: Facts['order'], item: string): LineFacts | null {
  const [only, ...others] = lines.filter(({ name, left }) => name === item && left > 0);
  return only === undefined || others.length > 0 ? null : only;
}

/**
 * @param told - the slot's value; "" where the customer has told none.
 * @returns how many of the pieces that can go back; 0 where it is not known, or is more than there are.
 */
export function piecesMeant(line: LineFacts | null, told: string): number {
  if (line === null) return 0;
  if (line.left === 1 || told === allPieces) return line.left;
  const count = /^[1-9]\d{0,4}$/.test(told) ? Number(told) : 0;
  return count <= line.left ? count : 0;
}
