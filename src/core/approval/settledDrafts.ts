/** What became of drafts that waited for approval: whoever decides about one a moment too late is told who has, and when. */
import { changed } from '../changed';
import { assertNever } from '../failure';
import type { SettledDraft, Stage, TicketState } from '../state';
import { isoMinute } from '../story';

const settledKept = 20;

/** A later word on the same draft stands. */
export function settleDraft(state: TicketState, settled: SettledDraft): TicketState {
  const others = (state.settledDrafts ?? []).filter(({ draftId }) => draftId !== settled.draftId);
  return changed(state, { settledDrafts: [...others, settled].slice(-settledKept) });
}

export function settledDraft(
  { settledDrafts = [] }: Pick<TicketState, 'settledDrafts'>,
  draftId: string,
): SettledDraft | null {
  return settledDrafts.find((settled) => settled.draftId === draftId) ?? null;
}

/** One that waited and waits no longer, without anybody's word, is void. */
export function withVoidDraft(before: TicketState, after: TicketState, now: number): TicketState {
  const draftId = before.approval?.draftId;
  if (draftId === undefined || after.approval?.draftId === draftId) return after;
  if (settledDraft(after, draftId) !== null) return after;
  return settleDraft(after, { draftId, how: 'void', by: null, why: whyVoid[after.stage], at: now });
}

const whyVoid: Readonly<Record<Stage, string>> = {
  answering: 'what it answered is decided anew',
  'waiting-for-approval': 'another one was made in its place',
  'waiting-for-customer': 'what it answered is dealt with',
  'with-person': 'a person has the ticket',
  watching: 'the mode leaves the ticket to people',
  'handed-off': 'the ticket was handed off',
  escalated: 'the ticket was escalated',
  solved: 'the ticket was solved',
  closed: 'the ticket was closed',
};

/** A whole sentence for whoever comes too late. */
export function settledText({ draftId, how, by, why, at }: SettledDraft, isUnderWay: boolean): string {
  const when = isoMinute(at);
  switch (how) {
    case 'approved': {
      const then = isUnderWay ? 'it is being carried out' : 'there is nothing left to decide';
      return `Draft ${draftId} was approved by ${by ?? 'somebody'} at ${when}: ${then}.`;
    }
    case 'rejected':
      return `Draft ${draftId} was rejected by ${by ?? 'somebody'} at ${when}: people have the ticket.`;
    case 'timed-out':
      return `Nobody decided about draft ${draftId} in time: the ticket was handed off at ${when}.`;
    case 'void':
      return `Draft ${draftId} is void since ${when}: ${why ?? 'it does not fit any more'}.`;
    default:
      return assertNever(how);
  }
}
