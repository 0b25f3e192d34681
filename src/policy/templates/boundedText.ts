import type { Emitter } from 'liquidjs';

/** Characters of a text before it is tidied: above any reply, below what desks take (64 kB). */
const longestText = 30_000;

/** What the library's own limits leave out is how much is written. */
export class BoundedText implements Emitter {
  buffer = '';
  write(piece: unknown): void {
    this.buffer += String(piece);
    if (this.buffer.length > longestText) {
      throw new Error(`makes a text of more than ${longestText} characters`);
    }
  }
}
