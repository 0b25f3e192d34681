/** What nobody had answered on a ticket that was merged away is put before people where it goes on. */
import { internalNote, plainUpdate } from '../src/core/ticket/update';
import type { CallContext, Helpdesk } from '../src/helpdesk/port';

type FollowUp = Parameters<Helpdesk['openFollowUp']>[1];

/** One is merged into another that was merged itself, seldom; and never in a circle, unless somebody tries. */
const mostMerges = 5;

/** @returns where people find it: the ticket merged into, or one that follows it where it is closed by now. */
export async function tellMergeTarget(
  desk: Helpdesk,
  into: string,
  followUp: FollowUp,
  call: CallContext,
  merges = 1,
): Promise<{ ticketId: string }> {
  const target = await desk.fetchTicket(into, call);
  if (target.mergedInto !== undefined && merges < mostMerges) {
    return tellMergeTarget(desk, target.mergedInto, followUp, call, merges + 1);
  }
  if (target.status === 'closed') return desk.openFollowUp(into, followUp, call);
  const { key, note, agreed, group, tags } = followUp;
  const isSomebodys = target.assignee?.kind === 'agent';
  const update = plainUpdate(key, {
    comment: internalNote(note),
    addTags: tags,
    status: 'open',
    // Another group might take it from whoever has it.
    group: isSomebodys ? null : group,
    ...(agreed === undefined ? {} : { agreed }),
  });
  await desk.applyUpdates(into, [update], { kind: 'any' }, call);
  return { ticketId: into };
}
