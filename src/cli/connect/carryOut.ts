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
}

/**
 * @returns the ids of what is there now, by mark.
 * @throws CommandError when a step fails or is not begun, with what was done.
 */
export async function carryOut(
  account: SetupAccount,
  steps: readonly Step[],
  { say, isStopped, again }: CarryingOut,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [index, step] of steps.entries()) {
    const goOn = `${index} of ${steps.length} steps were done: run "${again}" again, it finds what is there and goes on.`;
    if (isStopped()) throw new CommandError(`Stopped. ${goOn}`);
    try {
      await carryOutOne(account, step, ids);
    } catch (error) {
      throw new CommandError(`${await explainFailure(error)}\n${goOn}`);
    }
    if (step.type !== 'leave') say(`  ${doneLine(step)}`);
  }
  return ids;
}

async function carryOutOne(account: SetupAccount, step: Step, ids: Map<string, string>): Promise<void> {
  const call = { signal: AbortSignal.timeout(withinMs) };
  if (step.type === 'remove') {
    await account.remove(step.found.kind, step.found.id, call);
    return;
  }
  const { kind, mark, body } = step.wanted;
  if (step.type === 'create') {
    ids.set(mark, await account.create(kind, body, call));
    return;
  }
  if (step.type === 'change') {
    const changes = Object.fromEntries(
      step.differences.flatMap(({ field }) => {
        const value = body[field];
        return value === undefined ? [] : [[field, value]];
      }),
    );
    await account.change(kind, step.id, changes, call);
  }
  ids.set(mark, step.id);
}
