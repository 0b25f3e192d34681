/**
 * Text that a gateway has passed on without decoding it (RFC 2045, 6.7): `Gr=C3=B6=C3=9Fe`, lines that end in `=`.
 * There every `=` of the writer's own is written `=3D`, which tells it from "size=40, color=20".
 */
export function decodedQuotedPrintable(text: string): string {
  const written = text.replace(/\r\n/g, '\n');
  if (!/=(?:\n|[CDE][\dA-F]=[89AB][\dA-F])/.test(written)) return text;
  if (/=(?![\dA-F]{2}|\n|$)/.test(written)) return text;
  try {
    return written
      .replace(/=\n/g, '')
      .replace(/(?:=[\dA-F]{2})+/g, (bytes) =>
        utf8.decode(Buffer.from(bytes.replaceAll('=', ''), 'hex'), { stream: false }),
      );
  } catch {
    return text; // Not UTF-8: left as it came.
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
