/** One order number in its spellings. */

/** What the spellings have in common: `#48213`, ` 48213`; `web-00097`, `WEB-00097`. Dashes and dots tell orders apart. */
export function plainNumber(number: string): string {
  return number.trim().replace(/^#\s*/, '').toLowerCase();
}

export function isSameOrder(one: string, other: string): boolean {
  return plainNumber(one) === plainNumber(other);
}
