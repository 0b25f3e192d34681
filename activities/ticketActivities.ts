/** The activities that touch no desk: understanding, policy, and calling people. */
import { activityInfo } from '@temporalio/activity';
import type { Classifier } from '../src/classify/port';
import { isHandsOff, modeFor } from '../src/core/modes/mode';
import type { Notice } from '../src/core/notices/notice';
import type { Notifier } from '../src/notify/port';
import type { PolicyProcessor } from '../src/policy/port';
import { attempt } from './attempt';
import { modeForbids } from './modeForbids';
import { policyNamed } from './policyNamed';
import type { NotifyPeopleInput, TicketActivities } from './types';

export interface TicketActivityPorts {
  readonly classifier: Classifier;
  readonly policy: PolicyProcessor;
  readonly notifier: Notifier;
}

export function createTicketActivities({
  classifier,
  policy,
  notifier,
}: TicketActivityPorts): TicketActivities {
  return {
    classifyMessage: (input, since, waitsSince) =>
      attempt(ownBudgetMs(), (signal) => classifier.classify(input, signal), { since, waitsSince }),
    consultPolicy: (input, since, waitsSince) =>
      attempt(ownBudgetMs(), (signal) => policyNamed(policy, input.policy).consult(input, signal), {
        since,
        waitsSince,
      }),
    notifyPeople: (input) =>
      attempt(null, async () => {
        const notice = noticeOf(input);
        // That something broke is told in any mode.
        const { modes } = policyNamed(policy, input.policy);
        const mode = notice.kind === 'failure' ? 'auto' : modeFor(await modes(), input.intents ?? []);
        if (isHandsOff(mode)) throw modeForbids(mode);
        await notifier.tell(notice);
      }),
    sendNotices: ({ channel, batch }) => attempt(null, (signal) => notifier.send(channel, batch, signal)),
  };
}

/** Workflows that began before there was more to tell have a sentence only. */
function noticeOf({ ref, reason, message, about, brand }: NotifyPeopleInput): Notice {
  const { scheduledTimestampMs: since } = activityInfo();
  const plain = {
    kind: 'failure',
    key: `${ref.ticketId}/${since}`,
    since,
    next: 'Look at the ticket.',
  } as const;
  const ofBrand = brand === undefined ? {} : { brand };
  return { ...(about ?? plain), ...ofBrand, ticket: ref, reason, what: message };
}

/** Temporal would end a local activity at this time with nothing but that it is over: so it ends itself, and says why. */
function ownBudgetMs(): number | null {
  return activityInfo().scheduleToCloseTimeoutMs;
}
