/** The list's cursors: Temporal's own page tokens, signed together with the list they belong to. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalid } from './problems';

export interface Cursors {
  of(pageToken: Uint8Array, query: string): string;
  /** @throws Problem 422 when no server with this key gave the cursor out for this very list. */
  pageTokenOf(cursor: string, query: string): Buffer;
}

const signatureBytes = 32;

/**
 * Temporal takes a page token at its word: an invented one is an error of the server, not of the caller.
 * @param secret - the API's token: servers that share it take each other's cursors.
 */
export function createCursors(secret: string, namespace: string): Cursors {
  const signatureOf = (pageToken: Uint8Array, query: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['list-cursor', namespace, query, Buffer.from(pageToken).toString('base64')]))
      .digest();

  return {
    of: (pageToken, query) => Buffer.concat([signatureOf(pageToken, query), pageToken]).toString('base64url'),

    pageTokenOf: (cursor, query) => {
      const bytes = Buffer.from(cursor, 'base64url');
      const signature = bytes.subarray(0, signatureBytes);
      const pageToken = bytes.subarray(signatureBytes);
      if (signature.length === signatureBytes && timingSafeEqual(signature, signatureOf(pageToken, query))) {
        return pageToken;
      }
      throw invalid([
        {
          path: 'querystring.cursor',
          message: 'must be the nextCursor of this very list, with the same filters, unchanged',
          found: 'another text',
        },
      ]);
    },
  };
}
