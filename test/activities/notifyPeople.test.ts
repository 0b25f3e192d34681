/** From a ticket's step to a notice, of workflows that began before there was more to tell than a sentence as well. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { createTicketActivities } from '../../activities/ticketActivities';
import type { NotifyPeopleInput } from '../../activities/types';
import type { Mode } from '../../src/core/modes/mode';
import type { Notice } from '../../src/core/notices/notice';

const step: NotifyPeopleInput = {
  ref: { desk: 'zendesk', account: 'acme', ticketId: '35436' },
  reason: 'failure',
  message: 'Ticket 35436 does not exist on the desk (any more).',
};
const notUsed = (): never => {
  throw new Error('not used');
};

async function noticesOf(
  input: NotifyPeopleInput,
  company: Mode = 'auto',
  intents: Readonly<Record<string, Mode>> = {},
): Promise<readonly Notice[]> {
  const told: Notice[] = [];
  const activities = createTicketActivities({
    classifier: { name: 'none', classify: notUsed },
    policy: {
      settingsOf: notUsed,
      holdingReplyOf: notUsed,
      consult: notUsed,
      modes: () => Promise.resolve({ company, intents }),
    },
    notifier: {
      tell: (notice) => {
        told.push(notice);
        return Promise.resolve();
      },
      send: notUsed,
    },
  });
  await new MockActivityEnvironment({ scheduledTimestampMs: 1_764_064_800_000 }).run(
    (asked: NotifyPeopleInput) => activities.notifyPeople(asked),
    input,
  );
  return told;
}

async function noticeOf(input: NotifyPeopleInput, company?: Mode): Promise<Notice> {
  const [notice] = await noticesOf(input, company);
  if (notice === undefined) throw new Error('nobody was told');
  return notice;
}

it('a step of today is told as it is', async () => {
  const about = { kind: 'escalation', key: '35436/7/escalate-1', since: 7, next: 'Take it.' } as const;
  expect(await noticeOf({ ...step, reason: 'anger', about })).toEqual({
    ...about,
    ticket: step.ref,
    reason: 'anger',
    what: step.message,
  });
});

it('a step of an older workflow is a failure of that ticket, once for all its attempts', async () => {
  expect(await noticeOf(step)).toEqual({
    kind: 'failure',
    key: '35436/1764064800000',
    since: 1_764_064_800_000,
    next: 'Look at the ticket.',
    ticket: step.ref,
    reason: 'failure',
    what: step.message,
  });
});

describe.each(['shadow', 'off'] as const)(
  'under %s, which was switched on after the step was decided,',
  (mode) => {
    it.each(['escalation', 'approval', 'deadline', 'hand-off'] as const)(
      'nobody is called: %s',
      async (kind) => {
        const about = { kind, key: 'k', since: 7, next: 'Take it.' };
        await expect(noticesOf({ ...step, about }, mode)).rejects.toMatchObject({
          type: 'mode-forbids',
          message: `the mode is ${mode} now`,
        });
      },
    );

    it('that something broke is told all the same', async () => {
      expect((await noticeOf(step, mode)).kind).toBe('failure');
    });
  },
);

describe('under a mode of what the ticket is about', () => {
  const about = { kind: 'escalation', key: 'k', since: 7, next: 'Take it.' } as const;
  const complaintsOff = { complaint: 'off', return_refund: 'draft' } as const;

  it.each([
    [['complaint'], false],
    [['order_status', 'complaint'], false],
    [['return_refund'], true],
    [['order_status'], true],
    [[], true],
  ])('of %s people are called: %s', async (intents, isCalled) => {
    const told = noticesOf({ ...step, about, intents }, 'auto', complaintsOff);
    if (isCalled) expect(await told).toHaveLength(1);
    else await expect(told).rejects.toMatchObject({ type: 'mode-forbids', message: 'the mode is off now' });
  });

  it('that something broke is told all the same', async () => {
    expect(await noticesOf({ ...step, intents: ['complaint'] }, 'auto', complaintsOff)).toHaveLength(1);
  });
});
