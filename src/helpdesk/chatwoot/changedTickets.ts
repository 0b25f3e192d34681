/** The list of conversations by what happened last in them, in pages: app/finders/conversation_finder.rb */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { NewestFirst } from '../newestFirst';
import type { CallContext } from '../port';
import type { ChatwootAccount } from './http';
import { conversationsAnswer } from './schemas';

export function newestConversations(
  { ofAccount, path }: ChatwootAccount,
  call: CallContext,
  status: 'all' | 'open' | 'pending' = 'all',
): NewestFirst {
  return async (from) => {
    const page = Number(from ?? 1);
    const query = { status, assignee_type: 'all', sort_by: 'last_activity_at_desc', page };
    const { data } = await ofAccount.get(`${path}/conversations`, conversationsAnswer, call, query);
    return {
      tickets: data.payload.map(({ id, last_activity_at: at }) => ({
        ...{ id, at: Math.floor(at * 1_000), isOpen: true },
      })),
      // How many there are on a page is the administrator's choice: the one behind the last has none.
      next: data.payload.length === 0 ? null : String(page + 1),
    };
  };
}

export async function hasWorked({ ofAccount, path }: ChatwootAccount, call: CallContext): Promise<boolean> {
  const query = { status: 'all', labels: `${answeredTag},${handedOffTag}` };
  const { data } = await ofAccount.get(`${path}/conversations`, conversationsAnswer, call, query);
  return data.meta.all_count > 0;
}
