/** From what an account has of ours to what it shall have, without asking or writing anything. */
import { isObject } from '../../../core/isObject';
import { pieceKinds, type FoundPiece, type WantedPiece } from './pieces';

export type Step =
  | { readonly type: 'create'; readonly wanted: WantedPiece }
  | {
      readonly type: 'change';
      readonly wanted: WantedPiece;
      readonly id: string;
      readonly differences: readonly Difference[];
    }
  | { readonly type: 'leave'; readonly wanted: WantedPiece; readonly id: string }
  | { readonly type: 'remove'; readonly found: FoundPiece; readonly why: string };

export interface Difference {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Makes and mends first, and takes away last: what works goes on working until its successor is there. */
export function planOf(wanted: readonly WantedPiece[], found: readonly FoundPiece[]): readonly Step[] {
  const kept = new Set<FoundPiece>();
  let webhookId: string | null = null;
  const steps = wanted.map((general): Step => {
    const piece = (webhookId === null ? undefined : general.calling?.(webhookId)) ?? general;
    const ours = found.filter(({ kind, mark }) => kind === piece.kind && mark === piece.mark);
    const [best] = ours.toSorted((a, b) => differencesOf(piece, a).length - differencesOf(piece, b).length);
    if (best === undefined) return { type: 'create', wanted: piece };
    kept.add(best);
    if (piece.kind === 'webhook') webhookId = best.id;
    const differences = differencesOf(piece, best);
    return differences.length === 0
      ? { type: 'leave', wanted: piece, id: best.id }
      : { type: 'change', wanted: piece, id: best.id, differences };
  });
  const marks = new Set(wanted.map(({ mark }) => mark));
  const removals = lastMadeFirst(found)
    .filter((one) => !kept.has(one))
    .map((one): Step => {
      const why = marks.has(one.mark) ? 'it is there twice' : 'nothing needs it any more';
      return { type: 'remove', found: one, why };
    });
  return [...steps, ...removals];
}

/** Takes away all that is ours, and nothing else. */
export function undoingPlan(found: readonly FoundPiece[]): readonly Step[] {
  return lastMadeFirst(found).map((one) => ({ type: 'remove', found: one, why: 'Deskhand made it' }));
}

/** Zendesk lets no webhook go that a trigger calls. */
function lastMadeFirst(found: readonly FoundPiece[]): readonly FoundPiece[] {
  return found.toSorted((a, b) => pieceKinds.indexOf(b.kind) - pieceKinds.indexOf(a.kind));
}

export function changesAnything(steps: readonly Step[]): boolean {
  return steps.some(({ type }) => type !== 'leave');
}

function differencesOf(wanted: WantedPiece, found: FoundPiece): Difference[] {
  return Object.entries(wanted.shows).flatMap(([field, to]) => {
    const from = found.record[field];
    return covers(from, to) ? [] : [{ field, from, to }];
  });
}

/** Whether it shows what is wanted: a desk may show more of it, in another order, and a number as a text. */
function covers(shown: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(shown) || shown.length !== wanted.length) return false;
    return wanted.every((one) => shown.some((other) => covers(other, one)));
  }
  if (isObject(wanted)) {
    return isObject(shown) && Object.entries(wanted).every(([key, value]) => covers(shown[key], value));
  }
  return shown === wanted || (typeof shown === 'number' && String(shown) === wanted);
}
