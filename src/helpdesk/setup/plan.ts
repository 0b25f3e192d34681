/** From what an account has of ours to what it shall have, without asking or writing anything. */
import {
  covers,
  oursAmong,
  type AnyPiece,
  type FoundPiece,
  type PieceKind,
  type WantedPiece,
} from './pieces';

export type Step =
  | { readonly type: 'create'; readonly wanted: WantedPiece }
  | {
      readonly type: 'change';
      readonly wanted: WantedPiece;
      readonly id: string;
      readonly differences: readonly Difference[];
      /** It was somebody else's: it gets our mark as well. */
      readonly isTakenOver?: true;
    }
  | {
      readonly type: 'leave';
      readonly wanted: WantedPiece;
      readonly id: string;
      /** It is somebody else's, and stays so. */
      readonly isTheirs?: true;
    }
  | { readonly type: 'remove'; readonly found: FoundPiece; readonly why: string };

type KeepingStep = Exclude<Step, { readonly type: 'remove' }>;

export interface Difference {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The names of the kinds, in the order in which pieces are made. They are taken away in the opposite order. */
type Order = readonly Pick<PieceKind, 'name'>[];

/** Makes and mends first, and takes away last: what works goes on working until its successor is there. */
export function planOf(
  wanted: readonly WantedPiece[],
  found: readonly AnyPiece[],
  order: Order,
): readonly Step[] {
  const ours = oursAmong(found);
  const nameOf = (kind: string, id: string): string => `${kind} ${id}`;
  const kept = new Set<string>();
  let calledId: string | null = null;
  const steps = wanted.map((general): Step => {
    const piece = (calledId === null ? undefined : general.calling?.(calledId)) ?? general;
    const step = stepTo(piece, ours, found);
    if (step.type === 'create') return step;
    kept.add(nameOf(piece.kind, step.id));
    if (general === wanted[0]) calledId = step.id;
    return step;
  });
  const created = new Set(steps.flatMap((step) => (step.type === 'create' ? [step.wanted.mark] : [])));
  const marks = new Set(wanted.map(({ mark }) => mark));
  const removals = lastMadeFirst(ours, order)
    .filter(({ kind, id }) => !kept.has(nameOf(kind, id)))
    .map((one): Step => ({ type: 'remove', found: one, why: whyRemoved(one, marks, created) }));
  return [...steps, ...removals];
}

/** Takes away all that is ours, and nothing else. */
export function undoingPlan(found: readonly AnyPiece[], order: Order): readonly Step[] {
  return lastMadeFirst(oursAmong(found), order).map((one) => ({
    type: 'remove',
    found: one,
    why: 'Deskhand made it',
  }));
}

export function changesAnything(steps: readonly Step[]): boolean {
  return steps.some(({ type }) => type !== 'leave');
}

function stepTo(piece: WantedPiece, ours: readonly FoundPiece[], found: readonly AnyPiece[]): KeepingStep {
  const { fixed = [], servesAsWell } = piece;
  const mine = ours
    .filter(({ kind, mark }) => kind === piece.kind && mark === piece.mark)
    .map(({ id, record }) => ({ id, differences: differencesOf(piece, record) }))
    .filter(({ differences }) => differences.every(({ field }) => !fixed.includes(field)))
    .toSorted((a, b) => a.differences.length - b.differences.length)[0];
  if (mine !== undefined) {
    const { id, differences } = mine;
    return differences.length === 0
      ? { type: 'leave', wanted: piece, id }
      : { type: 'change', wanted: piece, id, differences };
  }
  const theirs = found.find(
    ({ kind, mark, record }) => kind === piece.kind && mark === null && servesAsWell?.(record) === true,
  );
  if (theirs === undefined) return { type: 'create', wanted: piece };
  const differences = differencesOf(piece, theirs.record);
  return differences.length === 0
    ? { type: 'leave', wanted: piece, id: theirs.id, isTheirs: true }
    : { type: 'change', wanted: piece, id: theirs.id, differences, isTakenOver: true };
}

function whyRemoved({ mark }: FoundPiece, wanted: ReadonlySet<string>, created: ReadonlySet<string>): string {
  if (created.has(mark)) return 'another one takes its place';
  return wanted.has(mark) ? 'it is there twice' : 'nothing needs it any more';
}

/** Desks let nothing go that something else calls. */
function lastMadeFirst(found: readonly FoundPiece[], order: Order): readonly FoundPiece[] {
  const placeOf = ({ kind }: FoundPiece): number => order.findIndex(({ name }) => name === kind);
  return found.toSorted((a, b) => placeOf(b) - placeOf(a));
}

function differencesOf(wanted: WantedPiece, record: FoundPiece['record']): readonly Difference[] {
  return Object.entries(wanted.shows).flatMap(([field, to]) => {
    const from = record[field];
    return covers(from, to) ? [] : [{ field, from, to }];
  });
}
