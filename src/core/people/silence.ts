/** How long people have said nothing, where the policy has a silence rule. What comes of it is in teamSilence.ts. */
import type { HandOffReason } from '../policy/plan';

export interface TeamSilence {
  /** As of the last look: the customer's messages that nobody has answered. Null: none. Times are epoch milliseconds. */
  readonly waits: {
    readonly since: number;
    readonly oldestId: string;
    readonly newestId: string;
    readonly newestAt: number;
  } | null;
  /** When people came or wrote last, an internal note too, or were called. Epoch milliseconds. */
  readonly stirredAt: number;
  /** Why the ticket was given to people last; absent: it was not. */
  readonly about?: HandOffReason | undefined;
  /** The newest message for which the policy had no answer of its own. */
  readonly triedFor?: string | undefined;
}
