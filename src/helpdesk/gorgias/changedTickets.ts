/** The list of tickets, newest change first: developers.gorgias.com/reference/list-tickets. */
import { answeredTag, handedOffTag } from '../../core/ticket/tags';
import type { DeskHttp } from '../deskHttp';
import { openSince, type NewestFirst } from '../newestFirst';
import type { CallContext } from '../port';
import { tagsAnswer, ticketsAnswer } from './schemas';

const perPage = 100;

export function newestTickets(request: DeskHttp, call: CallContext): NewestFirst {
  return async (cursor) => {
    const order = { order_by: 'updated_datetime:desc', trashed: false, limit: perPage };
    const query = cursor === null ? order : { ...order, cursor };
    const { body } = await request(
      { method: 'GET', path: '/tickets', query, answer: ticketsAnswer, about: 'account' },
      call,
    );
    const tickets = body.data.filter(({ spam }) => spam !== true);
    return {
      tickets: tickets.map(({ id, status, updated_datetime: updated, created_datetime: created }) => ({
        ...{ id, isOpen: status === 'open', at: Date.parse(updated ?? created) },
      })),
      next: body.meta?.next_cursor ?? null,
    };
  };
}

/** A tag is there from the first ticket on that had it. One request where none of ours is; else those of the list. */
export async function ticketsLeftOpen(
  request: DeskHttp,
  since: number,
  call: CallContext,
): Promise<readonly string[]> {
  const query = { search: 'deskhand', limit: perPage };
  const { body: tags } = await request(
    { method: 'GET', path: '/tags', query, answer: tagsAnswer, about: 'account' },
    call,
  );
  const hasWorked = tags.data.some(({ name }) => name === answeredTag || name === handedOffTag);
  return hasWorked ? openSince(newestTickets(request, call), since) : [];
}
