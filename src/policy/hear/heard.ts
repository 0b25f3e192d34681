/** What a message means in the light of the conversation, as understand.ts finds it. */
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import type { ConsultInput } from '../../core/effects';
import type { MessageSignal, ScoredIntent } from '../../core/conversation/understanding';
import type { Correction } from './correction';

/** One thing that a message is about. Most messages have one. */
export interface Matter {
  /** An intent of the policy, or null. */
  readonly intent: string | null;
  readonly confidence: number;
  /** The message goes on with `question`. */
  readonly continued: boolean;
  /** The open question, where it is about this matter. */
  readonly question: OpenQuestion | null;
  /** Order numbers named for it now; else the order that the open question is about. */
  readonly orderNumbers: readonly string[];
}

export interface Heard {
  /** Never empty: what goes on with the open question, then the others in the order they were said. */
  readonly matters: readonly [Matter, ...Matter[]];
  readonly slots: Dialogue['slots'];
  /** To the open question; to one that asks for a value, `no` says that the customer took the matter back. */
  readonly answer: 'yes' | 'no' | '';
  /** To the question for a mailed code: six digits, or "". It is in no slot. */
  readonly code: string;
  /** The order that the code is for; null without a code. */
  readonly codeFor: string | null;
  /** What the answer to a proposal wants in its place; null: nothing that is known. */
  readonly correction: Correction | null;
  /** Of the message, but for a yes or a no that is none in the light of `correction`. */
  readonly signals: readonly MessageSignal[];
}

export type HearInput = Pick<
  ConsultInput,
  'classification' | 'dialogue' | 'words' | 'commentId' | 'requester' | 'now'
>;

export function newMatter({ intent, confidence }: ScoredIntent, orderNumbers: readonly string[]): Matter {
  return { intent, confidence, continued: false, question: null, orderNumbers };
}
