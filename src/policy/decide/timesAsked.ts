/**
 * How often the same thing was asked, whichever rule asked it and whatever came between: a limit on tries that begins
 * anew with each aside is none. Pure.
 */
import type { Dialogue, OpenQuestion } from '../../core/conversation/dialogue';
import { orderSpokenOf, type Facts } from '../facts/facts';

type TimesAsked = NonNullable<Dialogue['asked']>;
type Asked = Pick<OpenQuestion, 'kind' | 'slot' | 'intent' | 'order'>;

/** What is told for a whole conversation; anything else is told for one order. */
const ofTheConversation: readonly string[] = ['order-number', 'email', 'postal-code', 'topic'];
/** Of a ticket that goes on for years, what was asked last. */
const kept = 20;

/** What two questions have in common that ask for the same thing; a proposal is the same for one intent only. */
export function sameQuestion({ kind, slot, intent, order }: Asked): string {
  if (kind === 'confirm') return `${slot}:${intent}:${order ?? ''}`;
  return ofTheConversation.includes(slot) ? slot : `${slot}:${order ?? ''}`;
}

/** How often this was asked and not answered, before this message. */
export function timesAsked(question: Pick<Asked, 'kind' | 'slot'>, facts: Facts): number {
  const { asked, timesAsked: counts = {} } = facts.question;
  const { intent } = facts;
  const counted = counts[sameQuestion({ ...question, intent, order: orderSpokenOf(facts) })] ?? 0;
  const isOpen =
    asked !== null && asked.kind === question.kind && asked.slot === question.slot && asked.intent === intent;
  return isOpen ? Math.max(counted, asked.tries) : counted;
}

interface Answered {
  readonly facts: Facts;
  /** What is asked of it now; null: nothing. */
  readonly question: OpenQuestion | null;
  /** Slots whose value is known by now. */
  readonly known: readonly string[];
}

/** @param open - the questions that are open after this message. @returns null before the first question. */
export function timesAskedAfter(
  answers: readonly Answered[],
  open: readonly OpenQuestion[],
): TimesAsked | null {
  const before = answers[0]?.facts.question.timesAsked;
  if (before === undefined && open.length === 0) return null;
  const waiting = new Set(open.map(sameQuestion));
  const settled = new Set(answers.flatMap(settledBy).filter((same) => !waiting.has(same)));
  const counts = new Map(Object.entries(before ?? {}));
  for (const question of open) {
    const same = sameQuestion(question);
    counts.set(same, Math.max(counts.get(same) ?? 0, question.tries));
  }
  return Object.fromEntries([...counts].filter(([same]) => !settled.has(same)).slice(-kept));
}

/** What was told, what was said yes or no to, and what was taken back. */
function settledBy({ facts, question, known }: Answered): readonly string[] {
  const { intent } = facts;
  const { asked, continued, answer } = facts.question;
  const order = orderSpokenOf(facts);
  const told = known.map((slot) => sameQuestion({ kind: 'ask', slot, intent, order }));
  const isAnswered = continued && asked !== null && question === null && answer !== '';
  return isAnswered ? [...told, sameQuestion(asked)] : told;
}
