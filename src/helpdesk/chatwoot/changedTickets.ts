/** The list of conversations by what happened last in them, in pages: app/finders/conversation_finder.rb */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { DeskHttp } from '../deskHttp';
import { openSince, type NewestFirst } from '../newestFirst';
import type { CallContext } from '../port';
import { conversationsAnswer } from './schemas';

export function newestConversations(
  request: DeskHttp,
  accountPath: string,
  call: CallContext,
  status: 'all' | 'open' | 'pending' = 'all',
): NewestFirst {
  const path = `${accountPath}/conversations`;
  return async (from) => {
    const page = Number(from ?? 1);
    const query = { status, assignee_type: 'all', sort_by: 'last_activity_at_desc', page };
    const asked = { method: 'GET', path, query, answer: conversationsAnswer, about: 'account' } as const;
    const { payload } = (await request(asked, call)).body.data;
    return {
      tickets: payload.map(({ id, last_activity_at: at }) => ({
        id,
        at: Math.floor(at * 1_000),
        isOpen: true,
      })),
      // How many there are on a page is the administrator's choice: the one behind the last has none.
      next: payload.length === 0 ? null : String(page + 1),
    };
  };
}

/** One request where nothing is ours; else one more for each page of those that are open, and of those that wait for a bot. */
export async function ticketsLeftOpen(
  request: DeskHttp,
  accountPath: string,
  since: number,
  call: CallContext,
): Promise<readonly string[]> {
  const query = { status: 'all', labels: `${answeredTag},${handedOffTag}` };
  const path = `${accountPath}/conversations`;
  const asked = { method: 'GET', path, query, answer: conversationsAnswer, about: 'account' } as const;
  if ((await request(asked, call)).body.data.meta.all_count === 0) return [];
  const open = await openSince(newestConversations(request, accountPath, call, 'open'), since);
  const pending = await openSince(newestConversations(request, accountPath, call, 'pending'), since);
  return [...new Set([...open, ...pending])];
}
