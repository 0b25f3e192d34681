/** From what an account has of ours to what it shall have, without asking or writing anything. */
import {
  covers,
  oursAmong,
  type AnyPiece,
  type Difference,
  type FoundPiece,
  type Held,
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
      /** What only people can mend. */
      readonly lacks?: readonly string[];
    }
  | {
      readonly type: 'leave';
      readonly wanted: WantedPiece;
      readonly id: string;
      /** It is somebody else's, and stays so. */
      readonly isTheirs?: true;
      readonly lacks?: readonly string[];
    }
  /** Nothing needs it any more, and yet it stays, since something would be lost with it. */
  | { readonly type: 'keep'; readonly found: FoundPiece; readonly why: string }
  | { readonly type: 'remove'; readonly found: FoundPiece; readonly why: string };

type WantedStep = Extract<Step, { readonly wanted: WantedPiece }>;

/** The kinds, in the order in which pieces are made. They are taken away in the opposite order. */
type Order = readonly Pick<PieceKind, 'name' | 'holds' | 'archives'>[];

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
  const marks = new Set(wanted.map(({ mark }) => mark));
  const steps = wanted.map((general): WantedStep => {
    const piece = (calledId === null ? undefined : general.calling?.(calledId)) ?? general;
    const step = stepTo(piece, { ours, found, marks });
    if (step.type === 'create') return step;
    kept.add(nameOf(piece.kind, step.id));
    if (general === wanted[0]) calledId = step.id;
    return step;
  });
  const others = new Set(steps.flatMap((step) => (isByAnother(step) ? [step.wanted.mark] : [])));
  const removals = lastMadeFirst(ours, order)
    .filter(({ kind, id }) => !kept.has(nameOf(kind, id)))
    .map((one) => withoutLoss(one, whyRemoved(one, marks, others), order));
  return [...steps, ...removals];
}

/**
 * Takes away all that is ours, and nothing else.
 * @param withLoss - also that with which something is lost.
 */
export function undoingPlan(found: readonly AnyPiece[], order: Order, withLoss = false): readonly Step[] {
  const why = 'Deskhand made it';
  return lastMadeFirst(oursAmong(found), order).map((one) =>
    withLoss ? { type: 'remove', found: one, why } : withoutLoss(one, why, order),
  );
}

function withoutLoss(found: FoundPiece, why: string, order: Order): Step {
  const holds = order.find(({ name }) => name === found.kind)?.holds;
  return holds === undefined
    ? { type: 'remove', found, why }
    : { type: 'keep', found, why: `${why}, and yet it stays: ${holds}` };
}

export function changesAnything(steps: readonly Step[]): boolean {
  return steps.some(({ type }) => type !== 'leave' && type !== 'keep');
}

interface Account {
  readonly ours: readonly FoundPiece[];
  readonly found: readonly AnyPiece[];
  /** Of all that is wanted. */
  readonly marks: ReadonlySet<string>;
}

function stepTo(piece: WantedPiece, { ours, found, marks }: Account): WantedStep {
  const { fixed = [], heldAgainst, servesAsWell } = piece;
  // What an admin has renamed as the policy calls it now is found by that name.
  const isMeant = (one: FoundPiece): boolean =>
    one.mark === piece.mark ||
    (heldAgainst !== undefined && !marks.has(one.mark) && servesAsWell?.(one) === true);
  const mine = ours
    .filter((one) => one.kind === piece.kind && isMeant(one))
    .map((one) => ({ id: one.id, ...held(piece, one) }))
    .filter(({ differences }) => differences.every(({ field }) => !fixed.includes(field)))
    .toSorted((a, b) => a.differences.length - b.differences.length)[0];
  const theirs = found
    .filter((one) => one.kind === piece.kind && one.mark === null && servesAsWell?.(one) === true)
    .map((one) => ({ id: one.id, ...held(piece, one) }))
    .toSorted((a, b) => a.lacks.length - b.lacks.length)[0];
  // It cannot get its name back: somebody has given that to one of their own.
  const isPutAside =
    heldAgainst !== undefined &&
    theirs !== undefined &&
    mine?.differences.some(({ field }) => field === 'name') === true;
  if (mine !== undefined && !isPutAside) {
    const { id, differences, repair, lacks } = mine;
    return differences.length === 0
      ? { type: 'leave', wanted: piece, id, ...lacking(lacks) }
      : { type: 'change', wanted: { ...piece, repair }, id, differences, ...lacking(lacks) };
  }
  if (theirs === undefined) return { type: 'create', wanted: piece };
  const { id, differences, lacks } = theirs;
  return differences.length === 0
    ? { type: 'leave', wanted: piece, id, isTheirs: true, ...lacking(lacks) }
    : { type: 'change', wanted: piece, id, differences, isTakenOver: true };
}

function held(piece: WantedPiece, found: AnyPiece): Held {
  const { heldAgainst, repair } = piece;
  return heldAgainst?.(found) ?? { differences: differencesOf(piece, found.record), repair, lacks: [] };
}

function lacking(lacks: readonly string[]): { readonly lacks?: readonly string[] } {
  return lacks.length === 0 ? {} : { lacks };
}

/** Whether what is needed will not be what was ours before. */
function isByAnother(step: WantedStep): boolean {
  return step.type === 'create' || (step.type === 'leave' && step.isTheirs === true);
}

function whyRemoved({ mark }: FoundPiece, wanted: ReadonlySet<string>, others: ReadonlySet<string>): string {
  if (others.has(mark)) return 'another one takes its place';
  return wanted.has(mark) ? 'it is there twice' : 'nothing needs it any more';
}

/** Desks let nothing go that something else calls. What was put into the archive is gone already. */
function lastMadeFirst(found: readonly FoundPiece[], order: Order): readonly FoundPiece[] {
  const placeOf = ({ kind }: FoundPiece): number => order.findIndex(({ name }) => name === kind);
  const isGone = (one: FoundPiece): boolean =>
    order[placeOf(one)]?.archives === true && one.field?.active === false;
  return found.filter((one) => !isGone(one)).toSorted((a, b) => placeOf(b) - placeOf(a));
}

function differencesOf(wanted: WantedPiece, record: FoundPiece['record']): readonly Difference[] {
  return Object.entries(wanted.shows).flatMap(([field, to]) => {
    const from = record[field];
    return covers(from, to) ? [] : [{ field, from, to }];
  });
}
