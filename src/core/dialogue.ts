/**
 * What has been said and asked in one conversation: the questions that are open, the values that were given, and
 * where each came from. The policy advances it turn by turn; the state carries it over days and restarts.
 */
import type { OrderAction } from './orderAction';

export interface OpenQuestion {
  /** `ask`: a value is missing; `confirm`: a yes to exactly `actions` is. */
  readonly kind: 'ask' | 'confirm';
  /** What is asked for: `order-number`; of a `confirm`: `confirmation`. */
  readonly slot: string;
  readonly intent: string;
  /** The rule that asked, and goes on when it is answered. */
  readonly rule: string;
  /** How many times it has been asked; after the policy's limit a person takes over. */
  readonly tries: number;
  /** The question as it was put, without greeting: it is put again after an aside. */
  readonly text: string;
  /** It was put again after an aside once: not every time. */
  readonly reminded: boolean;
  /** The order it is about; null where that is what was asked, or none is meant. */
  readonly order: string | null;
  /** What the customer may choose from, where it is a choice (order numbers); empty otherwise. */
  readonly choices: readonly string[];
  /** What a yes allows, and nothing else; empty for `ask`. */
  readonly actions: readonly OrderAction[];
}

export interface Slot {
  readonly value: string;
  /**
   * `said`: in the customer's words; `chosen`: out of what was offered; `corrected`: said after another value;
   * `known`: from the desk or the shop.
   */
  readonly from: 'said' | 'chosen' | 'corrected' | 'known';
  /** The customer comment that held it; null for `known`. */
  readonly commentId: string | null;
}

export interface Dialogue {
  /** The last one was asked last. Those before it were put aside by another topic and are come back to. */
  readonly questions: readonly OpenQuestion[];
  /** By slot name: `order-number`, `postal-code`. */
  readonly slots: Readonly<Record<string, Slot>>;
  /** How often an order was named that is not the requester's: after the policy's limit a person decides. */
  readonly mismatches: number;
}

export const newDialogue: Dialogue = { questions: [], slots: {}, mismatches: 0 };

/** The question that the next message most likely answers. */
export function openQuestion(dialogue: Dialogue): OpenQuestion | null {
  return dialogue.questions.at(-1) ?? null;
}

/** Nobody waits for an answer any more; what the customer has told stays known. */
export function dropQuestions(dialogue: Dialogue): Dialogue {
  return { ...dialogue, questions: [] };
}
