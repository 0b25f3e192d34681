/**
 * What has been said and asked in one conversation: the questions that are open, the values that were given, and
 * where each came from. The policy advances it turn by turn; the state carries it over days and restarts.
 */
import type { OrderAction } from '../orders/orderAction';

/** An order that the customer may choose, as they would describe it. */
export interface OfferedOrder {
  readonly number: string;
  /** ISO 8601 date. */
  readonly placedOn: string;
  readonly items: readonly string[];
}

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
  /** Of a proposal, the names of all things that it is about; absent where it is about none, or about several pieces of one. */
  readonly proposed?: readonly string[];
  /** The template that put it; absent where it was asked before that was kept. */
  readonly template?: string;
  /** Of the orders among `choices`, what tells them apart; absent where no order is chosen. */
  readonly offered?: readonly OfferedOrder[];
  /** An agent has written a note since it was put: what a yes to it allows is done only with an agent's word. */
  readonly noted?: true;
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
  /** Orders whose code was given, by number: who reads their mail has shown it. Absent: none. */
  readonly proven?: readonly string[];
  /**
   * How often each thing was asked for and not answered yet, whichever rule asked and whatever came between; by
   * what src/policy/decide/timesAsked.ts calls the same question. Absent before the first question.
   */
  readonly asked?: Readonly<Record<string, number>>;
}

export const newDialogue: Dialogue = { questions: [], slots: {}, mismatches: 0 };

/** The question that the next message most likely answers. */
export function openQuestion(dialogue: Dialogue): OpenQuestion | null {
  return dialogue.questions.at(-1) ?? null;
}

/** Nobody waits for an answer any more; what the customer has told stays known. */
export function dropQuestions(dialogue: Dialogue): Dialogue {
  return { ...dialogue, questions: [], ...(dialogue.asked === undefined ? {} : { asked: {} }) };
}
