/** What a customer told people while they had the ticket, for when they give it back. No words get into the history. */
import type { ToldToPeople } from '../../core/people/toldToPeople';
import type { Author } from '../../core/ticket/ticket';
import { findOrderNumbers } from './orderNumbers';

interface Said {
  readonly id: string;
  readonly author: Author;
  readonly public: boolean;
  readonly text: string | null;
}

/** A number stands near the beginning; the rest of a long mail is quotations. */
const longestRead = 5_000;

/** Since our last words, in public, by the customer or by an agent. Null: of no order, or of several. */
export function toldToPeople(comments: readonly Said[]): ToldToPeople | null {
  const ours = comments.findLastIndex(({ author, public: shown }) => author === 'bot' && shown);
  const named = comments
    .slice(ours + 1)
    .filter(({ author, public: shown }) => shown && (author === 'requester' || author === 'agent'))
    .flatMap(({ id, text }) =>
      findOrderNumbers((text ?? '').slice(0, longestRead)).map((orderNumber) => ({
        orderNumber,
        commentId: id,
      })),
    );
  const [first] = named;
  const isOne = named.every(({ orderNumber }) => orderNumber === first?.orderNumber);
  return first !== undefined && isOne ? first : null;
}
