/** A tenth of what has been waited: looking takes time from what is waited for, and from the other tests. */
const pauseAfter = (waitedMs: number): number => Math.min(Math.max(waitedMs / 10, 50), 400);

/**
 * Looks again and again until there is something, less often the longer it takes.
 * @throws Error naming what did not happen, with the last mistake of looking as its cause.
 */
export async function until<T>(what: string, look: () => Promise<T | null>, withinMs = 90_000): Promise<T> {
  const start = Date.now();
  let lastError: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== null) return found;
    } catch (error) {
      lastError = error;
    }
    const waited = Date.now() - start;
    if (waited > withinMs) throw new Error(`waited ${withinMs} ms for ${what}`, { cause: lastError });
    await new Promise((resolve) => setTimeout(resolve, pauseAfter(waited)));
  }
}
