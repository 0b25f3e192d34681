/** What has come while people have the ticket, or are to have it, for its story: no customer text. */
import {
  isAfterId,
  isCustomerComment,
  machineReadings,
  type TicketComment,
  type TicketSnapshot,
} from '../ticket/ticket';

/**
 * Who has written since the look before; null: nobody on the customer's side.
 * @param lastKnownId - the newest customer comment of that look; null: none, or there was no look.
 */
export function whoWrote(snapshot: TicketSnapshot, lastKnownId: string | null): string | null {
  const news = snapshot.comments.filter(
    (comment) => isCustomerComment(comment) && isAfterId(snapshot, comment, lastKnownId),
  );
  if (news.length === 0) return null;
  const people = news.filter(({ reading }) => !machineReadings.includes(reading));
  if (people.some(isRequesters)) return 'The customer wrote again';
  if (people.length > 0) return 'Somebody other than the requester wrote';
  return news.some(({ reading }) => reading === 'undeliverable')
    ? 'A mail could not be delivered'
    : 'An automatic message came';
}

function isRequesters({ author }: TicketComment): boolean {
  return author === 'requester';
}
