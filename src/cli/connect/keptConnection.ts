/** What an earlier connect has kept of an account, and what belongs to what it wants there. */
import { randomBytes } from 'node:crypto';
import {
  deskConnectionFile,
  readDeskConnection,
  writeDeskConnection,
  type DeskConnectionFile,
} from '../../config/deskConnection';
import type { Settings } from '../../config/settings';
import type { ConnectedDesk } from '../../helpdesk/deskKinds';
import type { KeptPiece } from '../../helpdesk/setup/pieces';
import type { Step } from '../../helpdesk/setup/plan';
import { CommandError } from '../failure';

/** @throws CommandError when it is of another account, DeskConnectionError */
export async function keptFor(settings: Settings, desk: ConnectedDesk): Promise<DeskConnectionFile | null> {
  const kept = await readDeskConnection(settings);
  if (kept === null || kept.apiUrl === desk.apiUrl) return kept;
  throw new CommandError(
    `${deskConnectionFile(settings)} belongs to ${kept.apiUrl}: a state folder serves one account. ` +
      'Set DESKHAND_STATE_DIR to another folder for this one, or disconnect the other first.',
  );
}

/** Of a desk that sends what we choose: what is set wins, then what was chosen before. */
export function ownSecret({ webhookSecret }: Settings, kept: DeskConnectionFile | null): string {
  return webhookSecret ?? kept?.secret ?? randomBytes(32).toString('base64url');
}

/** Whether the file knows of it what the plan knows. */
export function isKnown(step: Step, pieces: readonly KeptPiece[]): boolean {
  if (step.type === 'keep')
    return pieces.some(({ kind, id }) => kind === step.found.kind && id === step.found.id);
  if (step.type !== 'leave' || step.isTheirs === true) return true;
  return pieces.some(({ kind, id }) => kind === step.wanted.kind && id === step.id);
}

interface Keeping {
  /** Writes the file anew. @param made - ours; null: nothing new is. */
  readonly keep: (secret: string | null, made: KeptPiece | null) => Promise<void>;
  /** Empty before it is known. */
  readonly secret: () => string;
}

/** The file is written as soon as the secret is known, and whenever more of ours is there. */
export function keepConnection(
  settings: Settings,
  rest: Omit<DeskConnectionFile, 'secret' | 'pieces'>,
  steps: readonly Step[],
  say: (line: string) => void,
): Keeping {
  let known: string | null = null;
  let ours = steps.flatMap(thereAlready);
  return {
    keep: async (secret, made) => {
      const isFirst = known === null;
      known = secret ?? known;
      if (made !== null)
        ours = [...ours.filter(({ kind, id }) => kind !== made.kind || id !== made.id), made];
      if (known === null) return;
      await writeDeskConnection(settings, { ...rest, secret: known, pieces: ours });
      if (isFirst) say(`  wrote ${deskConnectionFile(settings)}`);
    },
    secret: () => known ?? '',
  };
}

function thereAlready(step: Step): readonly KeptPiece[] {
  if (step.type === 'keep') return [{ kind: step.found.kind, mark: step.found.mark, id: step.found.id }];
  const isOurs =
    (step.type === 'leave' && step.isTheirs !== true) ||
    (step.type === 'change' && step.isTakenOver !== true);
  return isOurs ? [{ kind: step.wanted.kind, mark: step.wanted.mark, id: step.id }] : [];
}
