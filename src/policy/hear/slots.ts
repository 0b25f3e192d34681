/** What the conversation knows after a message, each value with where it came from. Pure. */
import type { Dialogue, OpenQuestion, Slot } from '../../core/conversation/dialogue';
import type { ConsultInput } from '../../core/effects';
import type { SaidValues } from './readSlot';

/** What was told for one order action, and is asked for anew for the next. */
const toldForOneDeed: readonly string[] = ['item', 'pieces', 'address', 'reason'];
/** A street, a town and the name of an item are the same in every language. */
const languageless = ['address', 'item', 'pieces', 'email', 'postal-code'] as const;
/** So many words and no more say little about the language that they are in: "ja", "la segunda". */
const fewWords = 3;

type SlotInput = Pick<ConsultInput, 'classification' | 'dialogue' | 'words' | 'commentId' | 'requester'>;

interface Told {
  /** That the message goes on with; null: none. */
  readonly question: OpenQuestion | null;
  readonly said: SaidValues;
  /** The first order number that it names. */
  readonly number: string | undefined;
  /** A rule asks for it: else the customer's address is in no dialogue. */
  readonly wantsEmail: boolean;
}

export function slotsAfter(
  input: SlotInput,
  { question, said, number, wantsEmail }: Told,
): Dialogue['slots'] {
  const { questions, slots: before } = input.dialogue;
  // Where no question waits for an answer, nothing waits for what was told for the last deed.
  const slots: Record<string, Slot> = {
    ...(questions.length === 0 ? withoutDeedSlots(before) : before),
    ...(wantsEmail ? known(input) : {}),
    ...(question !== null && languageless.some((name) => name in said) ? {} : language(input, question)),
  };
  for (const [name, value] of Object.entries(said)) {
    slots[name] = slotOf(value, slots[name], question, input.commentId);
  }
  const named = slots['order-number'];
  if (number !== undefined && named?.value !== number) {
    slots['order-number'] = slotOf(number, named, question, input.commentId);
  }
  return slots;
}

/** The next cancellation or refund begins without what was told for the last one. */
export function withoutDeedSlots(slots: Dialogue['slots']): Dialogue['slots'] {
  if (!toldForOneDeed.some((name) => Object.hasOwn(slots, name))) return slots;
  return Object.fromEntries(Object.entries(slots).filter(([name]) => !toldForOneDeed.includes(name)));
}

function slotOf(
  value: string,
  before: Slot | undefined,
  question: OpenQuestion | null,
  commentId: string,
): Slot {
  if (before !== undefined && before.from !== 'known' && before.value === value) return before;
  if (question?.kind === 'ask' && question.choices.includes(value)) {
    return { value, from: 'chosen', commentId };
  }
  return { value, from: before === undefined ? 'said' : 'corrected', commentId };
}

/** The address that the desk vouches for, unless the customer gave another. */
function known({ dialogue, requester }: SlotInput): Readonly<Record<string, Slot>> {
  const email = requester.trusted ? (requester.email?.trim().toLowerCase() ?? '') : '';
  const told = dialogue.slots['email'];
  if (email === '' || (told !== undefined && told.from !== 'known')) return {};
  return { email: { value: email, from: 'known', commentId: null } };
}

/** So that "ja" is answered in the language of the messages before it. */
function language(
  { dialogue, words, classification, commentId }: SlotInput,
  question: OpenQuestion | null,
): Readonly<Record<string, Slot>> {
  const heard = classification.language;
  // The name of what was bought is in the shop's language.
  const names = new Set(question?.choices.flatMap(wordsIn));
  const count = wordsIn(words.text).filter((word) => !names.has(word)).length;
  const before = dialogue.slots['language'];
  if (heard === 'und' || before?.value === heard || (before !== undefined && count <= fewWords)) return {};
  return { language: { value: heard, from: 'said', commentId } };
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
