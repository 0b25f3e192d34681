/** Asks for a note on each of many tickets at once, as five hundred ticket workflows would that have chores to do. */
import { proxyActivities } from '@temporalio/workflow';
import type { DeskActivities } from '../../activities/types';
import { deskTaskQueueOf } from '../../src/contracts/messages';
import { internalNote, plainUpdate } from '../../src/core/ticket/update';
import type { TicketRef } from '../../src/core/ticket/ticket';

export interface Chores {
  readonly desk: string;
  readonly account: string;
  readonly ticketIds: readonly string[];
  /** Temporal's: 1 is first. */
  readonly priorityKey: number;
}

export async function choresWorkflow({ desk, account, ticketIds, priorityKey }: Chores): Promise<void> {
  const { addNote } = proxyActivities<Pick<DeskActivities, 'addNote'>>({
    taskQueue: deskTaskQueueOf({ desk, account }),
    startToCloseTimeout: '45 seconds',
    heartbeatTimeout: '12 seconds',
    priority: { priorityKey },
  });
  await Promise.all(
    ticketIds.map((ticketId) => {
      const ref: TicketRef = { desk, account, ticketId };
      const update = plainUpdate(`${desk}:${account}:${ticketId}:chore:${priorityKey}`, {
        comment: internalNote('A chore.'),
      });
      return addNote({ ref, updates: [update], guard: { kind: 'any' }, budgetMs: null });
    }),
  );
}
