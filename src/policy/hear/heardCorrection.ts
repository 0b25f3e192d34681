/** An answer to a proposal that wants something else in its place: what is made of it. Pure. */
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import type { MessageSignal } from '../../core/conversation/understanding';
import type { LoadedPolicy } from '../policy';
import { correctionOf, onlyRemarksOn, type Correction } from './correction';
import { newMatter, type Heard, type HearInput, type Matter } from './heard';
import { itemsOfSlot } from './itemMeant';
import { slotsAfter } from './slots';
import { asksFor } from './slotsAsked';

/** @returns null where the answer is none, or none that could be told from any other answer. */
export function correctionHeard(
  { words, classification, dialogue }: HearInput,
  question: OpenQuestion,
  { thresholds }: Pick<LoadedPolicy, 'thresholds'>,
): Correction | null {
  const { signals, entities, intent, confidence } = classification;
  if (signals.includes('never-mind')) return null;
  const said = { text: words.text, numbers: entities.orderNumbers, slots: dialogue.slots };
  const correction = correctionOf(said, question);
  // "Yes, the blue one", which was proposed, and nothing beside it.
  if (signals.includes('affirms') && correction?.kind === 'items') {
    const told = itemsOfSlot(dialogue.slots['item']?.value ?? '');
    const isAll = told.length === correction.items.length;
    if (isAll && correction.items.every((item) => told.includes(item))) return null;
  }
  // "Yes, cancel it, the lamp is ugly": all of it, and why.
  const isRemark = signals.includes('affirms') && onlyRemarksOn(words.text, question.choices);
  if (correction?.kind === 'part' && isRemark) return null;
  // "No, do not cancel it, the lamp is for Saturday": nothing is to be done to any part.
  if (correction?.kind === 'part' && signals.includes('declines')) return null;
  // "The blue mug arrived broken", to a proposal that has a blue lamp in it.
  const isOther = intent !== null && intent !== question.intent && confidence >= thresholds.newTopicFrom;
  return correction?.kind === 'part' && isOther ? null : correction;
}

/** Whatever a classifier makes of the words: they go on with the question, and are no plain yes or no to it. */
export function heardAs(
  correction: Correction,
  question: OpenQuestion,
  input: HearInput,
  policy: Pick<LoadedPolicy, 'rules'>,
): Heard {
  const { kind } = correction;
  const known = question.order === null ? [] : [question.order];
  const numbers = kind === 'order' ? [correction.number] : kind === 'another-order' ? [] : known;
  const same = { intent: question.intent, confidence: 1 };
  const goesOn: Matter = { ...same, continued: true, question, orderNumbers: numbers };
  const outdated = kind === 'items' ? ['pieces'] : kind === 'not-that' ? [correction.slot, 'pieces'] : [];
  const slots = withoutSlots(input.dialogue.slots, outdated);
  return {
    matters: kind === 'order-too' ? [goesOn, newMatter(same, [correction.number])] : [goesOn],
    slots: slotsAfter(
      { ...input, dialogue: { ...input.dialogue, slots } },
      {
        question,
        said: kind === 'address' ? { address: correction.address } : {},
        number: kind === 'order' || kind === 'order-too' ? correction.number : undefined,
        wantsEmail: asksFor('email', policy),
      },
    ),
    answer: kind === 'order-too' ? 'yes' : '',
    code: '',
    codeFor: null,
    correction,
    signals: input.classification.signals.filter((signal) => !plainAnswers.includes(signal)),
  };
}

const plainAnswers: readonly MessageSignal[] = ['affirms', 'declines', 'none-of-these', 'courtesy-only'];

function withoutSlots(slots: Dialogue['slots'], names: readonly string[]): Dialogue['slots'] {
  return Object.fromEntries(Object.entries(slots).filter(([name]) => !names.includes(name)));
}
