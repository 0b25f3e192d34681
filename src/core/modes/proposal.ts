/** What Deskhand would have done where a mode or a rule leaves it to people, and what they sent instead. */
import type { Mode } from './mode';

export interface Proposal {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly mode: Extract<Mode, 'draft' | 'shadow'>;
  readonly rule: string;
  readonly intent: string | null;
  readonly policyVersion: string;
  /** The newest of the messages it is for. */
  readonly commentId: string;
  /** The public reply; null: none. */
  readonly text: string | null;
  /** All of it in lines for people, without the reply's words: `reply with "in-transit" (en)`. No customer text. */
  readonly deeds: readonly string[];
}

/** Goes along with a look at the ticket, so that nobody's words but ours are kept. */
export interface ProposedWords {
  /** An agent's answer is one that came after this comment. */
  readonly after: string;
  readonly text: string | null;
}

/** The first public comment of an agent after it, in numbers alone. */
export interface SentWords {
  readonly commentId: string;
  /** 0 to 1, by words: 1 is the same; null: no reply was proposed. */
  readonly similarity: number | null;
}

export interface Comparison extends Pick<Proposal, 'mode' | 'rule' | 'intent' | 'policyVersion'> {
  /** Epoch milliseconds: when it was proposed, and when the answer was found. */
  readonly proposedAt: number;
  readonly at: number;
  /** `approved`: an agent sent it as it was; `edited`: mostly its words; `no-reply-proposed`: there were none to send. */
  readonly result: 'approved' | 'same-words' | 'edited' | 'other-words' | 'no-reply-proposed';
  readonly similarity: number | null;
}
