/** Between `deskhand up` and its children: the word of a child that it serves, on a channel that nobody else has. */
const word = 'ready';

export function sayReady(): void {
  // A parent that is gone is no failure of ours.
  if (process.connected) process.send?.(word, undefined, undefined, () => undefined);
}

export function isReadyWord(message: unknown): boolean {
  return message === word;
}
