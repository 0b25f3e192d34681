/** What a classifier says of a customer's words. It describes; it never decides (see docs/policy.md). */

/** Things a message can carry beside its intent, each of which a policy may answer to. */
export const messageSignals = [
  'asks-for-human',
  'anger',
  'legal',
  'safety',
  'thanks',
  'greeting',
  'card-number',
  /** Thanks, a greeting, "ok", and not a word more. */
  'courtesy-only',
  /** Says that something has not arrived or cannot be found. */
  'not-received',
  /** Says that something arrived broken or is not what was ordered. */
  'faulty-goods',
  /** Says that somebody else is or was in their account. */
  'account-misuse',
  /** Turns down everything that our question offered. */
  'none-of-these',
  /** A plain yes, and a plain no, to what we asked. */
  'affirms',
  'declines',
  /** Takes back what was asked for: "never mind". */
  'never-mind',
] as const;
export type MessageSignal = (typeof messageSignals)[number];

export interface ScoredIntent {
  readonly intent: string;
  /** Calibrated probability, 0 to 1. */
  readonly confidence: number;
}

/** What another clause of the same message asks for. */
export interface FurtherIntent extends ScoredIntent {
  /** Those named in its clause. */
  readonly orderNumbers: readonly string[];
}

/** What a message is about should the thing that it asks for be an order, or in one: "where are my mugs?" */
export interface ThingSought extends ScoredIntent {
  /** As the customer named it. */
  readonly thing: string;
}

export interface Classification {
  /** The accepted intent; null when the message is outside everything the policy knows. */
  readonly intent: string | null;
  /** Of `intent`; of the best guess where `intent` is null. */
  readonly confidence: number;
  /** Best first, the accepted one included; at most five. */
  readonly ranking: readonly ScoredIntent[];
  /** Primary language subtag (`en`, `de`), or `und` when the text is too short to tell. */
  readonly language: string;
  readonly entities: {
    /** Order numbers as the customer wrote them, without `#`; phone numbers, dates and amounts are left out. */
    readonly orderNumbers: readonly string[];
  };
  readonly signals: readonly MessageSignal[];
  /** Which of the open question's choices the message picks; left out when it picks none. */
  readonly chosen?: readonly string[];
  /** Accepted intents beside `intent`, in the order they were said; left out when there are none. */
  readonly further?: readonly FurtherIntent[];
  /** Where `intent` is null: the classifier does not know what was bought. */
  readonly sought?: ThingSought;
  /** Which classifier said so, for the decision's record: `embedded@1`. */
  readonly classifier: string;
}
