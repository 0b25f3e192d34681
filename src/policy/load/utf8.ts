/** The bytes of a file as text, or where they are none: what is guessed would reach customers as "f\ufffdr". */
import { isUtf8 } from 'node:buffer';

const lineFeed = 0x0a;

/** @returns the text, without a byte order mark; or the place of the first byte that is no UTF-8, counted from 1. */
export function decodeUtf8(
  bytes: Buffer,
): { readonly text: string } | { readonly line: number; readonly column: number; readonly message: string } {
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes) };
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(lineFeed, start);
    const written = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || !isUtf8(written)) {
      const message =
        'is not written in UTF-8. Save the file as UTF-8, and look whether its letters are still right';
      return { line, column: readableCharacters(written) + 1, message };
    }
    start = end + 1;
    line += 1;
  }
}

/** Before the first byte that cannot be read. */
function readableCharacters(line: Buffer): number {
  const read = new TextDecoder().decode(line);
  const broken = read.indexOf('\ufffd');
  return broken === -1 ? read.length : broken;
}
