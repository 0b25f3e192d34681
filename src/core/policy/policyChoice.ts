/** Moving an open conversation to another version of the policy, on purpose. */
import { changed } from '../changed';
import { tell } from '../stateChanges';
import type { TicketState } from '../state';

/** What a version looks like wherever one is given by hand: `p-3f2a91c07b4e`. */
export const versionPattern = /^p-[0-9a-f]{12}$/;

/** `p-3f2a91c07b4e`; of several policies, `acme p-3f2a91c07b4e`. */
export function versionName(version: string, policy: string | undefined): string {
  return policy === undefined ? version : `${policy} ${version}`;
}

export interface PolicyChoice {
  readonly version: string;
  /** Who moves it: a name or id of staff. */
  readonly by: string;
}

/** Under which version the open conversation goes on; null: none is open, the next one begins under the one in force. */
export function versionInUse({ stage, policyVersion }: TicketState): string | null {
  return stage === 'solved' ? null : policyVersion;
}

/** Why it is refused as things stand, in a sentence for whoever asks; null: it is allowed. */
export function choiceRefusal(state: TicketState, { version }: PolicyChoice): string | null {
  if (state.stage === 'closed') return 'The ticket is closed.';
  const inUse = versionInUse(state);
  // Asked again after the first one was carried out: answered in the same way.
  if (inUse === version) return null;
  if (inUse === null) {
    return 'No conversation is open on the ticket: the next one begins under the version in force then.';
  }
  return state.turn === null
    ? null
    : 'The engine is at work on the ticket: what it decides now, it decides under the version it began with. Try again when it is done.';
}

export function policyChosen(state: TicketState, choice: PolicyChoice, now: number): TicketState {
  const { version, by } = choice;
  const refused = choiceRefusal(state, choice);
  if (refused !== null) return tell(state, now, 'ignored', `Policy ${version} by ${by} refused: ${refused}`);
  if (state.policyVersion === version) return state;
  const from = state.policyVersion ?? 'none';
  return tell(
    changed(state, { policyVersion: version }),
    now,
    'agent',
    `Policy ${version} by ${by}, instead of ${from}`,
  );
}
