/** Carries out what was shown, one request after the other, and knows at every moment what is done. */
import type { SetupAccount } from '../../helpdesk/zendesk/setup/account';
import type { Step } from '../../helpdesk/zendesk/setup/plan';
import { CommandError, explainFailure } from '../failure';
import { doneLine } from './planLines';

const withinMs = 30_000;

export interface CarryingOut {
  readonly say: (line: string) => void;
  /** Asked before each step: somebody wants to stop. */
  readonly isStopped: () => boolean;
  /** The command that goes on from there. */
  readonly again: string;
  /** What belongs to a step once its piece is there; it fails with the step. */
  readonly onThere?: (mark: string, id: string) => Promise<void>;
}

/**
 * @throws CommandError when a step fails or is not begun, with what was done.
 */
export async function carryOut(
  account: SetupAccount,
  steps: readonly Step[],
  { say, isStopped, again, onThere }: CarryingOut,
): Promise<void> {
  let webhookId: string | null = null;
  for (const [index, step] of steps.entries()) {
    const goOn = `${index} of ${steps.length} steps were done: run "${again}" again, it finds what is there and goes on.`;
    if (isStopped()) throw new CommandError(`Stopped. ${goOn}`);
    try {
      const id = await carryOutOne(account, step, webhookId);
      if (step.type !== 'remove' && step.wanted.kind === 'webhook') webhookId = id;
      if (step.type !== 'leave') say(`  ${doneLine(step)}`);
      if (step.type !== 'remove') await onThere?.(step.wanted.mark, id);
    } catch (error) {
      throw new CommandError(`${await explainFailure(error)}\n${goOn}`);
    }
  }
}

/** @returns the piece's id. */
async function carryOutOne(account: SetupAccount, step: Step, webhookId: string | null): Promise<string> {
  const call = { signal: AbortSignal.timeout(withinMs) };
  if (step.type === 'remove') {
    await account.remove(step.found.kind, step.found.id, call);
    return step.found.id;
  }
  const { wanted } = step;
  const { kind, body, repair } = (webhookId === null ? undefined : wanted.calling?.(webhookId)) ?? wanted;
  if (step.type === 'create') return account.create(kind, body, call);
  if (step.type === 'change') await account.change(kind, step.id, repair, call);
  return step.id;
}
