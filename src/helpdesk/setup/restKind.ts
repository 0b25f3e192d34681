/** A kind of piece behind an API that has one address for all and one below it for each. */
import { z } from 'zod';
import type { DeskCalls } from '../api/deskCalls';
import { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';
import { unlessGone, type AnyPiece, type JsonObject, type PieceKind } from './pieces';

interface RestKind<T> {
  /** As people call it: `webhook`. */
  readonly name: string;
  /** Who may manage them: added where the desk refuses. */
  readonly right: string;
  /** Of all: `/views`. */
  readonly path: string;
  readonly changeBy: 'PATCH' | 'PUT';
  readonly list: (call: CallContext) => Promise<readonly T[]>;
  readonly pieceOf: (record: T) => Omit<AnyPiece, 'kind'>;
  /** The id in what is answered to a creation. */
  readonly made: z.ZodType<string>;
  /** How a body is sent; absent: as it is. */
  readonly sent?: (body: JsonObject) => JsonObject;
}

export function restKind<T>(calls: DeskCalls, of: RestKind<T>): PieceKind {
  const { name, path, made, changeBy, sent = (body: JsonObject) => body } = of;
  const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;
  const allowed = <R>(asking: Promise<R>): Promise<R> => withRight(asking, of.right);
  return {
    name,
    list: async (call) =>
      (await allowed(of.list(call))).map((record) => ({ kind: name, ...of.pieceOf(record) })),
    create: (body, call) => allowed(calls.send('POST', path, sent(body), made, call)),
    change: async (id, body, call) => {
      await allowed(calls.send(changeBy, pathOf(id), sent(body), z.unknown(), call));
    },
    remove: async (id, call) => {
      await unlessGone(allowed(calls.remove(pathOf(id), call)));
    },
  };
}

/** The credentials were accepted before: what is refused here, by whichever of the two statuses, is the right. */
export async function withRight<R>(asking: Promise<R>, right: string): Promise<R> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof RemoteFailure) || (error.status !== 401 && error.status !== 403)) throw error;
    throw new RemoteFailure(error.kind, `${error.message}; ${right}`, error);
  }
}
