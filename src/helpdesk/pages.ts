/** Lists that desks hand out page by page. */

/** @param from - where an earlier page ended; null: at the beginning. `next`: null behind the last one. */
export type PageReader<T> = (
  from: string | null,
) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>;

/** Page by page, at most so many: `isWhole` says whether that were all. One request for each. */
export async function readPages<T>(
  read: PageReader<T>,
  mostPages: number,
): Promise<{ readonly items: readonly T[]; readonly isWhole: boolean }> {
  const items: T[] = [];
  let from: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await read(from);
    items.push(...page.items);
    from = page.next;
    if (from === null) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}
