/** What an agent wrote where something had been proposed, as a number: nobody's words get into the history. */
import { diffArrays } from 'diff';
import type { ProposedWords, SentWords } from '../src/core/modes/proposal';
import { compareIds } from '../src/core/ticket/ticket';
import type { DeskComment } from '../src/helpdesk/port';

/** A long answer is compared by its beginning: two of them with nothing in common take 60 ms of a processor. */
const wordsCompared = 600;

/** @returns null: no agent has answered in public since. */
export function sentSince(
  comments: readonly DeskComment[],
  { after, text }: ProposedWords,
): SentWords | null {
  const answer = comments.find(
    (comment) => comment.author === 'agent' && comment.public && compareIds(comment.id, after) > 0,
  );
  if (answer === undefined) return null;
  return { commentId: answer.id, similarity: text === null ? null : similarity(text, answer.body) };
}

/**
 * The share of words that both have, in their order: 1 is the same words, whatever stands between them. Rounded down
 * to hundredths, so that only the same is 1.
 */
function similarity(proposed: string, sent: string): number {
  const one = wordsOf(proposed);
  const other = wordsOf(sent);
  const all = one.length + other.length;
  if (all === 0) return 1;
  const common = diffArrays(one, other)
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0);
  return Math.floor((200 * common) / all) / 100;
}

/** Letters and digits of any script; case, punctuation and layout are no difference. */
function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.slice(0, wordsCompared);
}
