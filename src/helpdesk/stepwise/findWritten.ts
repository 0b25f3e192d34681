/** What an earlier attempt wrote. */
import { parseKey } from '../../core/businessKeys';
import { compareIds } from '../../core/ticket/ticket';
import type { OutgoingComment } from '../../core/ticket/update';
import type { WrittenComment } from './stepwiseDesk';

/** By the key that it carries. */
export function findByKey(comments: readonly WrittenComment[], key: string): WrittenComment | undefined {
  return comments.find((one) => one.author === 'bot' && one.key === key);
}

/**
 * By its key, and where that is gone by its words: ours, without a key, the same words, newer than the message that the
 * key is about. Or by having no words left: a reply that an agent took back is not sent again.
 *
 * @param comment - null: only whether something stands there under the key; any words then.
 * @param saysTheSame - whether a comment of the desk's says what `comment` says, however it was laid out anew.
 */
export function findByKeyOrWords(
  comments: readonly WrittenComment[],
  key: string,
  comment: OutgoingComment | null,
  saysTheSame: (html: string, comment: OutgoingComment) => boolean,
): WrittenComment | undefined {
  const marked = findByKey(comments, key);
  if (marked !== undefined) return marked;
  const about = messageOf(key);
  return comments.find((one) => {
    if (one.author !== 'bot' || one.key !== null || one.public !== (comment?.public ?? true)) return false;
    if (about !== null && compareIds(one.id, about) <= 0) return false;
    const isTakenBack = about !== null && one.public && one.html === '';
    return isTakenBack || (comment === null ? about !== null : saysTheSame(one.html, comment));
  });
}

/** Without blanks and what nobody sees: what is left of words however a desk lays them out anew. */
export function lettersOf(text: string): string {
  return text.normalize('NFC').replaceAll(/[\s\p{Cf}]+/gu, '');
}

/** The message that the key names; null: none. */
function messageOf(key: string): string | null {
  const parsed = parseKey(key);
  const about = parsed !== null && 'about' in parsed ? parsed.about : null;
  return about !== null && /^\d+$/.test(about) ? about : null;
}
