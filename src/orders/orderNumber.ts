/** What two spellings of one order number have in common: `#48213`, ` 48213`. */
export function plainNumber(number: string): string {
  return number.trim().replace(/^#\s*/, '').toLowerCase();
}
