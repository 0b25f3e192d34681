/** The tag of a draft that waits comes off where people take the ticket, or solve it: nothing else is written there. */
import { keyBeside } from '../businessKeys';
import { enqueueNote } from '../stateChanges';
import type { QueuedStep, TicketState } from '../state';
import { approvalTag, sendTag } from '../ticket/tags';
import { plainUpdate, type TicketUpdate } from '../ticket/update';

export function withoutLeftTag(before: TicketState, after: TicketState): TicketState {
  const draftId = before.approval?.draftId;
  if (draftId === undefined || after.approval !== null) return after;
  const isPeoples = after.stage === 'with-person' || after.stage === 'solved';
  if (
    !isPeoples ||
    after.steps.some((queued) => writes(queued, ({ removeTags }) => removeTags.includes(approvalTag)))
  )
    return after;
  return enqueueNote(
    after,
    plainUpdate(keyBeside(draftId, 'untagged'), { removeTags: [approvalTag, sendTag] }),
  );
}

/** Whether the tag was found left between these two. */
export function takesTagAway({ approval }: TicketState, { steps }: TicketState): boolean {
  if (approval === null) return false;
  const key = keyBeside(approval.draftId, 'untagged');
  return steps.some((queued) => writes(queued, (update) => update.key === key));
}

function writes({ step }: QueuedStep, isIt: (update: TicketUpdate) => boolean): boolean {
  return step.type === 'update-ticket' && step.updates.some(isIt);
}
