/** The list of conversations by what happened last in them, in pages: app/finders/conversation_finder.rb */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { NewestFirst } from '../api/newestFirst';
import type { CallContext } from '../port';
import type { ThreadChanges } from '../stepwise/threadDesk';
import type { ChatwootAccount } from './http';
import { conversationsAnswer } from './schemas';

export function changedTickets({ ofAccount, path }: ChatwootAccount): ThreadChanges {
  const list = (query: Readonly<Record<string, string | number>>, call: CallContext) =>
    ofAccount.getDated(`${path}/conversations`, conversationsAnswer, call, query);

  const newest =
    (status: 'all' | 'open' | 'pending', call: CallContext): NewestFirst =>
    async (from) => {
      const page = Number(from ?? 1);
      const query = { status, assignee_type: 'all', sort_by: 'last_activity_at_desc', page };
      const { body, clock } = await list(query, call);
      const { payload } = body.data;
      const tickets = payload.map(({ id, last_activity_at: at }) => ({ id, at: Date.parse(at) }));
      // How many there are on a page is the administrator's choice: the one behind the last has none.
      return { tickets, next: payload.length === 0 ? null : String(page + 1), clock };
    };

  return {
    newest: (call) => newest('all', call),
    hasWorked: async (call) => {
      const { body } = await list({ status: 'all', labels: `${answeredTag},${handedOffTag}` }, call);
      return body.data.meta.all_count > 0;
    },
    /** Those that are open, and those that wait for a bot. */
    waiting: (call) => [newest('open', call), newest('pending', call)],
  };
}
