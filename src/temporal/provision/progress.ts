/** Receives one line for people: a step that begins, goes on, ends or fails. */
export type OnProgress = (line: string) => void;

const firstAfterMs = 2_000;
const thenEveryMs = 5_000;

/**
 * Says that `what` still goes on, 2 seconds after its start and every 5 seconds from then on, until it is settled.
 * `detail` is asked each time for how far it has come.
 */
export async function sayingProgress<T>(
  what: string,
  onProgress: OnProgress,
  work: Promise<T>,
  detail: () => string = () => '',
): Promise<T> {
  const start = Date.now();
  const say = (): void => {
    const seconds = Math.round((Date.now() - start) / 1_000);
    const how = detail();
    onProgress(`  ... ${what}, ${seconds} s${how === '' ? '' : `, ${how}`}`);
  };
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    say();
    every = setInterval(say, thenEveryMs);
  }, firstAfterMs);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(every);
  }
}
