/**
 * A ticket's conversations: everything behind its first message, oldest first, in pages. There is no order to ask for,
 * so the newest are found by walking to the end. developers.freshdesk.com/api/#list_all_ticket_notes
 */
import { malformedAnswer } from '../../remote/failures';
import type { CallContext } from '../port';
import { deskName, type FreshdeskHttp } from './http';
import { conversationsAnswer, type FreshdeskConversation } from './schemas';
import { ticketPath } from './ticketPath';

const perPage = 100;
/** A ticket that has more is none that people write. */
const mostPages = 100;

export interface Conversations {
  /** Oldest first; at least the newest 100. */
  readonly newest: readonly FreshdeskConversation[];
  /** Where the next look may begin. */
  readonly lastPage: number;
}

/** One request, and one more for each further hundred. */
export async function readConversations(
  request: FreshdeskHttp,
  ticketId: string,
  call: CallContext,
  fromPage = 1,
): Promise<Conversations> {
  let before: readonly FreshdeskConversation[] = [];
  for (let page = fromPage; page < fromPage + mostPages; page += 1) {
    const { body, hasNext } = await request(
      {
        method: 'GET',
        path: `${ticketPath(ticketId)}/conversations`,
        query: { page, per_page: perPage },
        answer: conversationsAnswer,
        about: 'ticket',
      },
      call,
    );
    if (!hasNext) return { newest: [...before, ...body], lastPage: page };
    before = body;
  }
  throw malformedAnswer(deskName, 200, 'the conversations have no end');
}
