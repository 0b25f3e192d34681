/**
 * `POST /api/v2/tickets/{id}/merge` (developer.zendesk.com/api-reference/ticketing/tickets/tickets/#merge-tickets-into-target-ticket).
 * Zendesk queues a job; here it is done when it is answered.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordInvalid } from '../answers/errors';
import type { Ticket, User } from '../store/records';
import { ticketById } from './ticketRoutes';
import { changeTicket, type NewComment, type Writer } from './ticketChanges';

const bodySchema = z.object({
  ids: z.array(z.number().int()).min(1).max(5),
  target_comment: z.string().optional(),
  source_comment: z.string().optional(),
  target_comment_is_public: z.boolean().default(false),
  source_comment_is_public: z.boolean().default(false),
});

export function mergeRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  app.post<{ Params: { id: string } }>('/api/v2/tickets/:id/merge', async (request) => {
    const user = requireStaff(authenticate(request));
    const target = ticketById(store, request.params.id);
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) throw invalidAttribute('ids', 'must be a list of 1 to 5 tickets');
    const { ids, ...body } = parsed.data;
    const sources = ids.map((id) => ticketById(store, String(id)));
    if ([target, ...sources].some(({ status }) => status === 'closed') || ids.includes(target.id)) {
      throw recordInvalid('base', 'Merge: closed tickets, and a ticket with itself, cannot be merged');
    }
    const writer = (): Writer => ({
      ...{ user, custom: {}, flags: [], now: desk.clock() },
      via: { channel: 'web', source: { from: {}, to: {}, rel: 'merge' } },
    });
    for (const source of sources) {
      await desk.change((tx) => {
        const text = body.source_comment ?? noticeOf(target);
        return changeTicket(
          store,
          tx,
          ticketById(store, String(source.id)),
          {
            comment: comment(user, text, body.source_comment_is_public),
            ...{ status: 'closed', tags: [...source.tags, 'closed_by_merge'] },
          },
          writer(),
        );
      });
    }
    await desk.change((tx) => {
      const text = body.target_comment ?? sources.map((source) => lastWordsOf(source)).join('\n\n');
      const change = { comment: comment(user, text, body.target_comment_is_public) };
      return changeTicket(store, tx, ticketById(store, request.params.id), change, writer());
    });
    const id = randomUUID();
    const results = ids.map((each) => ({ id: each, action: 'update', success: true, status: 'Updated' }));
    return {
      job_status: {
        ...{ id, url: `${origin(request)}/api/v2/job_statuses/${id}.json`, status: 'completed' },
        ...{ total: ids.length, progress: ids.length, message: 'Completed', results },
      },
    };
  });

  function lastWordsOf({ id, subject }: Ticket): string {
    const words = store.comments.get(id)?.findLast((said) => said.public && said.via.source.rel !== 'merge');
    return `Request #${id} "${subject}" was closed and merged into this request. Last comment in request #${id}:\n\n${words?.plain_body ?? ''}`;
  }
}

function noticeOf({ id, subject }: Ticket): string {
  return `This request was closed and merged into request #${id} "${subject}".`;
}

function comment(author: User, text: string, isPublic: boolean): NewComment {
  return { text, html: null, public: isPublic, author, attachments: [] };
}
