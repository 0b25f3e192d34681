/** A ticket of another desk or account is refused before anything is asked: its number may be one of ours, too. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createDeskActivities } from '../../activities/deskActivities';
import type { DeskActivities } from '../../activities/types';
import { plainUpdate } from '../../src/core/ticket/update';
import { createZendeskDesk } from '../../src/helpdesk/zendesk/createZendeskDesk';
import { createPolicyProcessor } from '../../src/policy/processor';
import { openWire, type Wire } from '../helpdesk/zendesk/wire';
import { smallPolicy } from '../policy/smallPolicy';
import { order, shopOf } from '../policy/support';
import { undisturbed } from './undisturbed';

let wire: Wire;
let activities: DeskActivities;
beforeAll(async () => {
  wire = await openWire(() => ({ status: 500 }));
  const shop = { ...shopOf(order()), act: () => Promise.reject(new Error('nothing is to be done')) };
  activities = createDeskActivities({
    desk: createZendeskDesk({
      ...wire.connection,
      ...{ account: 'acme', companyAddresses: [], ticketUrl: null },
    }),
    policy: createPolicyProcessor(await smallPolicy(), shop),
    shop,
    allowances: {
      take: () => Promise.resolve('nothing is given here'),
      giveBack: () => Promise.resolve(),
      left: () => Promise.resolve(null),
    },
    thisAttempt: () => undisturbed,
    hintTicket: () => Promise.reject(new Error('nobody is to be hinted at')),
    notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
  });
});
afterAll(() => wire.close());

const guard = { kind: 'any' } as const;
const updates = [plainUpdate('1/0/note', { addTags: ['vip'] })];
const followUp = { key: '1/0/follow-up', note: 'x', group: null, tags: [] };

describe.each([
  ['another account', { desk: 'zendesk', account: 'globex', ticketId: '1' }, 'zendesk/globex'],
  ['another desk', { desk: 'freshdesk', account: 'acme', ticketId: '1' }, 'freshdesk/acme'],
])('of %s', (_which, ref, named) => {
  test.each<[string, () => Promise<unknown>]>([
    ['is not read', () => activities.fetchTicket({ ref, budgetMs: null })],
    ['gets no reply', () => activities.replyToTicket({ ref, guard, updates, budgetMs: null })],
    ['gets no note', () => activities.addNote({ ref, guard, updates, budgetMs: null })],
    ['is not handed off', () => activities.handOff({ ref, guard, updates, budgetMs: null })],
    ['gets no follow-up', () => activities.openFollowUp({ ref, ...followUp, budgetMs: null })],
    [
      'is no merge of ours',
      () => activities.openFollowUp({ ref, ...followUp, mergedInto: '2', budgetMs: null }),
    ],
  ])('%s', async (_what, act) => {
    const ran = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(act);
    await expect(ran).rejects.toMatchObject({
      type: 'rejected',
      nonRetryable: true,
      message: expect.stringContaining(`this worker serves zendesk/acme, not ${named}`) as string,
    });
    expect(wire.asked).toEqual([]);
  });
});
