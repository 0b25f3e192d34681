/** Carries out what was shown, one request after the other, and knows at every moment what is done. */
import type { KeptPiece, PieceKind } from '../../helpdesk/setup/pieces';
import type { Step } from '../../helpdesk/setup/plan';
import type { CallContext } from '../../helpdesk/port';
import { CommandError, explainFailure } from '../failure';
import { askPatiently, type Waiting } from './askPatiently';
import { doneLine } from './planLines';

/** Two hundred new options of a field are as many requests on Zendesk. Each of them has a limit of its own. */
const stepWithinMs = 600_000;

/** `isStopped` is asked before each step as well. */
export interface CarryingOut extends Waiting {
  /** The command that goes on from there. */
  readonly again: string;
  /** What belongs to a step once its piece is there, ours or somebody else's; it fails with the step. */
  readonly onThere?: (piece: KeptPiece, isOurs: boolean) => Promise<void>;
}

/** @throws CommandError when a step fails or is not begun, with what was done. */
export async function carryOut(
  kinds: readonly PieceKind[],
  steps: readonly Step[],
  { say, isStopped, again, onThere }: CarryingOut,
): Promise<void> {
  let calledId: string | null = null;
  for (const [index, step] of steps.entries()) {
    const goOn = `${index} of ${steps.length} steps were done: run "${again}" again, it finds what is there and goes on.`;
    if (isStopped()) throw new CommandError(`Stopped. ${goOn}`);
    try {
      const run = (call: CallContext) => carryOutOne(kinds, step, calledId, call);
      const id = await askPatiently(run, { say, isStopped }, stepWithinMs);
      if (index === 0) calledId = id;
      if (step.type !== 'leave' && step.type !== 'keep') say(`  ${doneLine(step)}`);
      if ('wanted' in step) {
        const isTheirs = step.type === 'leave' && step.isTheirs === true;
        await onThere?.({ kind: step.wanted.kind, mark: step.wanted.mark, id }, !isTheirs);
      }
    } catch (error) {
      throw new CommandError(`${await explainFailure(error)}\n${goOn}`);
    }
  }
}

/** @returns the piece's id. */
async function carryOutOne(
  kinds: readonly PieceKind[],
  step: Step,
  calledId: string | null,
  call: CallContext,
): Promise<string> {
  if (step.type === 'keep') return step.found.id;
  if (step.type === 'remove') {
    await kindOf(kinds, step.found.kind).remove(step.found.id, call);
    return step.found.id;
  }
  const { wanted } = step;
  const { kind, body, repair } = (calledId === null ? undefined : wanted.calling?.(calledId)) ?? wanted;
  if (step.type === 'create') return kindOf(kinds, kind).create(body, call);
  if (step.type === 'change') {
    await kindOf(kinds, kind).change(step.id, step.isTakenOver === true ? body : repair, call);
  }
  return step.id;
}

function kindOf(kinds: readonly PieceKind[], name: string): PieceKind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new TypeError(`the desk makes no ${name}`);
  return kind;
}
