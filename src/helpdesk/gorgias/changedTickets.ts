/** The list of tickets, newest change first: developers.gorgias.com/reference/list-tickets. */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { DeskRequests } from '../api/deskCalls';
import type { ThreadChanges } from '../stepwise/threadDesk';
import { tagsAnswer, ticketsAnswer } from './schemas';

export function changedTickets({ ofAccount }: DeskRequests): ThreadChanges {
  return {
    newest: (call) => async (cursor) => {
      const order = { order_by: 'updated_datetime:desc', trashed: false, limit: 100 };
      const query = cursor === null ? order : { ...order, cursor };
      const { body, clock } = await ofAccount.getDated('/tickets', ticketsAnswer, call, query);
      const { data, meta } = body;
      const tickets = data.filter(({ spam }) => spam !== true);
      return {
        tickets: tickets.map(({ id, status, updated_datetime: updated, created_datetime: created }) => ({
          ...{ id, isOpen: status === 'open', at: Date.parse(updated ?? created) },
        })),
        ...{ next: meta?.next_cursor ?? null, clock },
      };
    },
    /** A tag is there from the first ticket on that had it. */
    hasWorked: async (call) => {
      const { data } = await ofAccount.get('/tags', tagsAnswer, call, { search: 'deskhand', limit: 100 });
      return data.some(({ name }) => name === answeredTag || name === handedOffTag);
    },
  };
}
