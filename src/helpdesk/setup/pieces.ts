/**
 * What `deskhand connect` makes on an account: a list of pieces. Each piece of ours is known by a mark in what the desk lets
 * one write beside it, whatever an admin renames it to.
 */
import { isObject } from '../../core/isObject';
import type { CustomField } from '../../core/ticket/customField';
import { RemoteFailure } from '../../remote/failures';
import type { CallContext } from '../port';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export interface WantedPiece {
  /** The name of its `PieceKind`. */
  readonly kind: string;
  /** What tells it from all our other pieces: `events`. */
  readonly mark: string;
  readonly name: string;
  /** As it is sent when it is made. */
  readonly body: JsonObject;
  /** As it is sent when it is mended: without name and description, which are an admin's to change. */
  readonly repair: JsonObject;
  /** What the account shows of it as long as nobody changes it. */
  readonly shows: JsonObject;
  /** Of `shows`, what the desk lets nobody change: a piece that differs there is made anew. */
  readonly fixed?: readonly string[];
  /** Whether somebody else's serves as well, since the desk has room for one alone; absent: it has room for many. */
  readonly servesAsWell?: (theirs: AnyPiece) => boolean;
  /** What it is, beside its name: `drop-down: parcel, late`. */
  readonly what?: string;
  /** In place of `shows` and `repair`, where what is to be done depends on what is there. Then people's stays as it is. */
  readonly heldAgainst?: (found: AnyPiece) => Held;
  /** The same, calling the first piece, whose id is known once that is there; absent: it calls none. */
  readonly calling?: (id: string) => WantedPiece;
}

export interface Difference {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The same as people read it; absent: told by the three. */
  readonly words?: string;
}

/** One that is there, beside what is wanted. */
export interface Held {
  readonly differences: readonly Difference[];
  /** What mends them. */
  readonly repair: JsonObject;
  /** What only people can mend, with how; completes "the field X ...". */
  readonly lacks: readonly string[];
}

/** A custom field of the account, whatever the desk calls its parts. */
export interface ShownField extends Pick<CustomField, 'options'> {
  /** Null: of a kind that a policy cannot set. */
  readonly kind: CustomField['kind'] | null;
  readonly active: boolean;
}

/** A piece of ours, as the account has it. */
export interface FoundPiece {
  readonly kind: string;
  readonly id: string;
  readonly mark: string;
  readonly name: string;
  /** What calls us has `endpoint`, what can be switched off `active` or `status`, whatever the desk calls them. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Of a custom field. */
  readonly field?: ShownField;
}

/** Of anybody: those of others have no mark. */
export type AnyPiece = Omit<FoundPiece, 'mark'> & { readonly mark: string | null };

/** One sort of thing that a desk lets a program make. Every method throws `RemoteFailure`, 403 where the right lacks. */
export interface PieceKind {
  /** As people call it: `webhook`. */
  readonly name: string;
  /** What would be lost with one: it is taken away only when somebody asks for just that. Absent: nothing. */
  readonly holds?: string;
  /** What is taken away is there still, switched off, and can be had back. */
  readonly archives?: true;
  /** The desk has no room for a mark: ours are known by the kept ids alone. */
  readonly unmarked?: true;
  /** All that are on the account. */
  list(call: CallContext): Promise<readonly AnyPiece[]>;
  /** @returns its id. */
  create(body: JsonObject, call: CallContext): Promise<string>;
  change(id: string, body: JsonObject, call: CallContext): Promise<void>;
  /** One that is gone already is no failure. */
  remove(id: string, call: CallContext): Promise<void>;
}

/** Which pieces are ours where the desk has no room for a mark: kept once they were made. */
export interface KeptPiece {
  readonly kind: string;
  readonly mark: string;
  readonly id: string;
}

export function markOf(text: unknown): string | null {
  return typeof text === 'string' ? (/\[deskhand:([a-z0-9-]{1,40})\]/.exec(text)?.[1] ?? null) : null;
}

export function marked(text: string, mark: string): string {
  return `${text} Made by "deskhand connect": change it there. [deskhand:${mark}]`;
}

/** @throws RemoteFailure, except that it is gone already. */
export async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.status !== 404) throw error;
  }
}

/** Everything on the account of these kinds; ours have their marks. */
export async function piecesOn(
  kinds: readonly PieceKind[],
  kept: readonly KeptPiece[],
  call: CallContext,
): Promise<readonly AnyPiece[]> {
  const found: AnyPiece[] = [];
  for (const kind of kinds) {
    for (const piece of await kind.list(call)) {
      const ours = kept.find((one) => one.kind === piece.kind && one.id === piece.id);
      found.push(piece.mark === null && ours !== undefined ? { ...piece, mark: ours.mark } : piece);
    }
  }
  return found;
}

export function oursAmong(pieces: readonly AnyPiece[]): readonly FoundPiece[] {
  return pieces.flatMap(({ mark, ...piece }) => (mark === null ? [] : [{ ...piece, mark }]));
}

/** Where it calls; null: nowhere. */
export function endpointOf({ record: { endpoint } }: Pick<AnyPiece, 'record'>): string | null {
  return typeof endpoint === 'string' ? endpoint : null;
}

/** Whether it shows what is wanted: a desk may show more of it, in another order, and a number as a text. */
export function covers(shown: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(shown) || shown.length !== wanted.length) return false;
    return wanted.every((one) => shown.some((other) => covers(other, one)));
  }
  if (isObject(wanted)) {
    return isObject(shown) && Object.entries(wanted).every(([key, value]) => covers(shown[key], value));
  }
  return (
    shown === wanted || (isNumberOrText(shown) && isNumberOrText(wanted) && String(shown) === String(wanted))
  );
}

function isNumberOrText(value: unknown): value is string | number {
  return typeof value === 'number' || typeof value === 'string';
}
