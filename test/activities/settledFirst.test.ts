/**
 * A step that writes asks what an attempt that died may have sent before it does anything that could fail. One that failed
 * first would pass for having asked: the attempt after it would write at once, and what comes late would be there twice.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { createDeskActivities } from '../../activities/deskActivities';
import type { DeskActivities } from '../../activities/types';
import { plainUpdate } from '../../src/core/ticket/update';
import type { Helpdesk } from '../../src/helpdesk/port';
import { createPolicyProcessor } from '../../src/policy/processor';
import { RemoteFailure } from '../../src/remote/failures';
import { adapterAtFreshdesk, type AdapterAtFreshdesk } from '../helpdesk/freshdesk/adapterAtFreshdesk';
import { AdapterAtZendesk } from '../helpdesk/zendesk/adapterAtZendesk';
import { smallPolicy } from '../policy/smallPolicy';
import { order, shopOf } from '../policy/support';
import { quietTemporal } from '../support/quietTemporal';
import { undisturbed } from './undisturbed';

quietTemporal();

let freshdesk: AdapterAtFreshdesk;
let zendesk: AdapterAtZendesk;
let stepsAt: (desk: Helpdesk) => DeskActivities;
const waited: number[] = [];
beforeAll(async () => {
  [freshdesk, zendesk] = await Promise.all([adapterAtFreshdesk(), AdapterAtZendesk.start()]);
  const shop = { ...shopOf(order()), act: () => Promise.reject(new Error('nothing is to be done')) };
  const policy = createPolicyProcessor(await smallPolicy(), shop);
  const unreadable = () => Promise.reject(new Error('the policy cannot be read just now'));
  stepsAt = (desk) =>
    createDeskActivities({
      ...{ desk, shop, policy: { ...policy, modes: unreadable, holdingReplyOf: unreadable } },
      allowances: {
        take: () => Promise.resolve('nothing is given here'),
        giveBack: () => Promise.resolve(),
        left: () => Promise.resolve(null),
      },
      thisAttempt: () => ({
        ...undisturbed,
        settled: (withinMs) => {
          waited.push(withinMs);
          const died = 'an earlier attempt ended without a word';
          return Promise.reject(
            new RemoteFailure('unavailable', died, { retryable: true, retryAfterMs: withinMs }),
          );
        },
      }),
      hintTicket: () => Promise.reject(new Error('nobody is to be hinted at')),
      notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
    });
});
beforeEach(() => {
  waited.length = 0;
});
afterAll(() => Promise.all([freshdesk.double.stop(), zendesk.double.stop()]));

const plain = { guard: { kind: 'any' }, budgetMs: null } as const;
const updates = [plainUpdate('1/0/note', { comment: { public: false, text: 'x', html: null } })];
const followUp = { key: '1/0/follow-up', note: 'x', group: null, tags: [], budgetMs: null };
const holding = {
  key: '1/0/holding',
  isPublic: true,
  policyVersion: null,
  customer: { name: null, locale: null, language: null },
  within: { strictest: 'auto', intents: [] },
} as const;

type Write = (steps: DeskActivities, ref: Ref) => Promise<unknown>;
type Ref = Parameters<DeskActivities['fetchTicket']>[0]['ref'];
const writes: readonly [string, Write][] = [
  ['a reply', (steps, ref) => steps.replyToTicket({ ref, updates, ...plain })],
  ['a note', (steps, ref) => steps.addNote({ ref, updates, ...plain })],
  ['a hand-off', (steps, ref) => steps.handOff({ ref, updates, ...plain })],
  ['an escalation', (steps, ref) => steps.escalateTicket({ ref, updates, ...plain })],
  ['a close', (steps, ref) => steps.closeTicket({ ref, updates, ...plain })],
  ['a reminder', (steps, ref) => steps.followUpWithCustomer({ ref, updates, ...plain })],
  ['a holding reply', (steps, ref) => steps.sendHoldingReply({ ref, ...holding, ...plain })],
  ['a follow-up', (steps, ref) => steps.openFollowUp({ ref, ...followUp })],
  [
    'what is told where a ticket was merged into',
    (steps, ref) => steps.openFollowUp({ ref, ...followUp, mergedInto: '2' }),
  ],
];

/** Of an attempt that follows another one. */
const failureOf = (act: () => Promise<unknown>): Promise<unknown> =>
  new MockActivityEnvironment({ attempt: 2 }).run(act).then(
    () => 'it was done',
    (failure: unknown) => failure,
  );

test.each(writes)('%s is waited with, whatever else fails just now', async (_what, write) => {
  const down = freshdesk.faults.add({ fault: { type: 'status', status: 503 } });
  const steps = stepsAt(freshdesk.open({ settleMs: 30_000 }));
  const ref = { desk: 'freshdesk', account: 'demo', ticketId: '1' };
  let failure: unknown;
  const asked = await freshdesk.requestsOf(async () => {
    failure = await failureOf(() => write(steps, ref));
  });
  freshdesk.faults.clear(down);
  expect(failure).toMatchObject({
    ...{ type: 'unavailable', nonRetryable: false, nextRetryDelay: 30_000 },
    message: 'an earlier attempt ended without a word',
  });
  expect(asked).toBe(0);
  expect(waited).toEqual([30_000]);
});

test('a desk that refuses what comes late is not waited for', async () => {
  const { ticketId } = await zendesk.people.customerOpens('Where is my order?');
  const steps = stepsAt(zendesk.open());
  const ref = { desk: 'zendesk', account: 'demo', ticketId };
  const applied = await new MockActivityEnvironment({ attempt: 2 }).run(() =>
    steps.handOff({ ref, updates, ...plain, within: { strictest: 'off', intents: [] } }),
  );
  expect(applied).toMatchObject([{ outcome: 'applied' }]);
  expect(waited).toEqual([]);
});
