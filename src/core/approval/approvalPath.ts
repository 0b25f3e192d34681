/** What happens while a draft waits and nobody decides: people are reminded, another group is asked, then it is handed off. */
import { changed } from '../changed';
import { reminderKey } from '../businessKeys';
import { waitOf, type Wait } from '../hours/wait';
import { intentsOfTurn } from '../modes/modeOf';
import { tellApprovalWanted } from '../notices/tellPeople';
import type { PolicySettings } from '../policy/plan';
import { deadlineAfter, enqueueNote, tell } from '../stateChanges';
import type { Deadline, PendingApproval, TicketState } from '../state';
import { isoMinute } from '../story';
import { internalNote, plainUpdate } from '../ticket/update';

type Waiting = Pick<PendingApproval, 'reminded'> & { readonly since: number };

/** When somebody is reminded next, or, where that comes first, when the draft is handed off. */
export function decideBy(settings: PolicySettings, { since, reminded = 0 }: Waiting): Deadline {
  const last = handedOffAt(settings, since);
  const step = settings.approvalPath?.[reminded];
  if (step === undefined) return last;
  const next = deadlineAfter({ settings }, since, waitIn(step), 'approval-reminder');
  return next.at < last.at ? next : last;
}

/** When nobody can decide about it any more. */
export function handedOffAt(settings: PolicySettings, since: number): Deadline {
  const { approvalMs, countedIn } = settings;
  return deadlineAfter({ settings }, since, waitOf(approvalMs, countedIn?.approval), 'approval');
}

function waitIn({ afterMs, countedIn }: Wait): Wait {
  return countedIn === undefined ? { afterMs } : { afterMs, countedIn };
}

/** Whoever slept through several reminders is reminded once, of the newest. */
export function remindOfDraft(state: TicketState, now: number): TicketState {
  const { approval, settings } = state;
  const since = approval?.since;
  if (approval === null || since === undefined) return state;
  const path = settings.approvalPath ?? [];
  const isDue = (step: Wait) =>
    deadlineAfter({ settings }, since, waitIn(step), 'approval-reminder').at <= now;
  const reminded = path.findLastIndex(isDue) + 1;
  const step = path[reminded - 1];
  if (step === undefined || reminded <= (approval.reminded ?? 0)) {
    return changed(state, { deadline: decideBy(settings, { ...approval, since }) });
  }
  const { draftId } = approval;
  const until = handedOffAt(settings, since).at;
  const whose = step.group === null ? '' : ` ${step.group} is asked now.`;
  const text =
    `Draft ${draftId} waits for approval since ${isoMinute(since)}.${whose} ` +
    `Nobody has approved or rejected it; at ${isoMinute(until)} the ticket is handed off.`;
  const waiting = changed(
    tell(
      state,
      now,
      'waiting',
      `Reminded of the draft${step.group === null ? '' : `: ${step.group} is asked`}`,
    ),
    {
      approval: { ...approval, reminded },
      deadline: decideBy(settings, { since, reminded }),
    },
  );
  const key = reminderKey(draftId, reminded);
  const noted = enqueueNote(waiting, plainUpdate(key, { comment: internalNote(text), group: step.group }), {
    strictest: 'draft',
    intents: intentsOfTurn(state.heldTurn),
  });
  return tellApprovalWanted(noted, key, now, until);
}
