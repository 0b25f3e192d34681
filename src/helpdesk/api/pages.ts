/** Lists that desks hand out page by page. */
import { compareIds } from '../../core/ticket/ticket';
import { malformedAnswer } from '../../remote/failures';

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

/**
 * Of a list that has no order to ask for, so that its newest are found by walking to the end.
 * @param known - what was read before. @returns both, oldest first, each as it was read last.
 * @throws RemoteFailure `malformed` where there is no end.
 */
export async function readToEnd<T extends { readonly id: string }>(
  title: string,
  known: readonly T[],
  read: PageReader<T>,
): Promise<readonly T[]> {
  const { items, isWhole } = await readPages(read, mostToEnd);
  if (!isWhole) throw malformedAnswer(title, 200, 'the messages have no end');
  const byId = new Map([...known, ...items].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => compareIds(a.id, b.id));
}

/** A ticket that has more is none that people write. */
const mostToEnd = 100;
