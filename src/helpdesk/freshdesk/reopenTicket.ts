/**
 * How one goes on where a ticket was closed: Freshdesk's closed tickets can be changed, and so the follow-up is the
 * ticket itself, opened again. The same key, the same note.
 */
import { plainUpdate } from '../../core/ticket/update';
import { applyUpdates } from './applyUpdates';
import type { Writing } from './writeRequests';

export async function reopenTicket(
  writing: Omit<Writing, 'updates' | 'guard'>,
  followUp: { key: string; note: string; group: string | null; tags: readonly string[] },
): Promise<{ ticketId: string }> {
  const { key, note, group, tags } = followUp;
  const update = plainUpdate(key, {
    comment: { public: false, text: note, html: null },
    status: 'open',
    addTags: tags,
    group,
  });
  await applyUpdates({ ...writing, updates: [update], guard: { kind: 'any' } });
  return { ticketId: writing.ticketId };
}
