/** The ticket that another one was merged into is deleted: what nobody answered is put before people all the same. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createDeskActivities } from '../../activities/deskActivities';
import { createPolicyProcessor } from '../../src/policy/processor';
import { AdapterAtZendesk } from '../helpdesk/zendesk/adapterAtZendesk';
import { smallPolicy } from '../policy/smallPolicy';
import { order, shopOf } from '../policy/support';
import { undisturbed } from './undisturbed';

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterAll(() => at.double.stop());

test('on a ticket that follows the one that was merged away, once', async () => {
  const { ticketId: away } = await at.people.customerOpens('Where is my parcel?');
  await at.people.agentActs(away, 'Nora Lind', { status: 'closed' });
  const shop = { ...shopOf(order()), act: () => Promise.reject(new Error('nothing is to be done')) };
  const hinted: string[] = [];
  const activities = createDeskActivities({
    desk: at.open(),
    ...{ policy: createPolicyProcessor(await smallPolicy(), shop), shop },
    allowances: {
      take: () => Promise.resolve('nothing is given here'),
      giveBack: () => Promise.resolve(),
      left: () => Promise.resolve(null),
    },
    thisAttempt: () => undisturbed,
    hintTicket: (ref) => Promise.resolve(void hinted.push(ref.ticketId)),
    notifier: { tell: () => Promise.resolve(), send: () => Promise.resolve() },
  });
  const ref = { desk: 'zendesk', account: 'demo', ticketId: away };
  const told = { key: `${away}/1/follow-up`, note: 'The customer waits.', group: 'Billing', tags: [] };
  const open = (): Promise<{ ticketId: string }> =>
    new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(() =>
      activities.openFollowUp({ ref, ...told, mergedInto: '999999', budgetMs: null }),
    );

  const [first, again] = [await open(), await open()];
  expect(again).toEqual(first);
  expect(hinted).toEqual([first.ticketId, first.ticketId]);
  const { ticket } = await at.get<{ ticket: object }>(`/tickets/${first.ticketId}`);
  expect(ticket).toMatchObject({
    group_id: at.people.groupId('Billing'),
    via: { source: { from: { ticket_id: Number(away) } } },
  });
});
