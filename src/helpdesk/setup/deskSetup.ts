/** What of setting up an account is a desk's own; the rest, from the plan to the doctor, all of them share. */
import type { CallContext } from '../port';
import type { NeededField } from './neededFields';
import type { PieceKind, WantedPiece } from './pieces';
import type { Step } from './plan';

/** What somebody wants of a connection. */
export interface SetupWishes {
  /** Where the desk reaches this Deskhand: `https://deskhand.acme.example/webhooks/freshdesk`. */
  readonly endpoint: string;
  /** Whether the team's views are made as well. */
  readonly views: boolean;
  /** The custom fields that policies set; empty where none are to be made. */
  readonly fields: readonly NeededField[];
  /** Whether a trigger calls, on a desk that has other means as well. */
  readonly trigger: boolean;
  /** Who Deskhand is there. */
  readonly botUserId: string;
}

/** An account, opened to be set up. */
export interface DeskSetup {
  /** In the order in which pieces are made: what is called comes before what calls it. */
  readonly kinds: readonly PieceKind[];
  /** In that order as well. */
  wanted(wishes: SetupWishes): readonly WantedPiece[];
  readonly secret: SecretOfSetup;
}

/** Where the secret comes from that deliveries are checked with. */
type SecretOfSetup =
  /** We choose it, and the pieces send it along. */
  | { readonly from: 'us' }
  /** The desk makes one with the piece of this mark. */
  | {
      readonly from: 'desk';
      readonly mark: (wishes: Pick<SetupWishes, 'trigger'>) => string;
      readonly read: (id: string, call: CallContext) => Promise<string>;
    };

/** As the desk shows it now. Null: its piece is not there yet, or it is ours to choose. @throws RemoteFailure */
export async function shownSecret(
  { secret }: Pick<DeskSetup, 'secret'>,
  wishes: Pick<SetupWishes, 'trigger'>,
  steps: readonly Step[],
  call: CallContext,
): Promise<string | null> {
  if (secret.from === 'us') return null;
  const mark = secret.mark(wishes);
  const ids = steps.flatMap((step) => ('id' in step && step.wanted.mark === mark ? [step.id] : []));
  return ids[0] === undefined ? null : secret.read(ids[0], call);
}
