/** What is known of a ticket once its fields were set: the next update of the same turn builds on it. */
import { withFields } from '../../../src/helpdesk/stepwise/thread';
import type { Thread } from '../../../src/helpdesk/stepwise/threadDesk';

const thread: Thread<null, null> = {
  ...{ ticketId: '17', ownUserId: '7', requesterId: '5', assigneeId: null, groupId: null },
  ...{ status: 'open', priority: null, tags: ['vip'], comments: [], ticket: null, messages: [] },
  me: { userId: '7', name: 'Deskhand', role: 'agent' },
  custom: { gift: true },
};
const field = { id: 'order', name: 'Order number', kind: 'text', options: [] } as const;
const custom = [{ name: 'Order number', field, value: '48213' }];

test('what was sent is there, what was not stays', () => {
  expect(withFields(thread, { status: 'pending', custom }, {})).toEqual({
    ...thread,
    status: 'pending',
    custom: { gift: true, order: '48213' },
  });
});

test('what the answer shows is more than what was sent', () => {
  expect(withFields(thread, { status: 'pending' }, { status: 'solved', assigneeId: '9' })).toMatchObject({
    ...{ status: 'solved', assigneeId: '9', tags: ['vip'] },
  });
});

test('an answer without custom fields makes none forgotten, lest a desk that replaces all loses them', () => {
  expect(withFields(thread, { custom }, { custom: {} }).custom).toEqual({ gift: true, order: '48213' });
});

test('where tickets did not show them, what we have set is all that is known', () => {
  const unshown = { ...thread, custom: undefined };
  expect(withFields(unshown, { custom }, {}).custom).toEqual({ order: '48213' });
  expect(withFields(unshown, { tags: [] }, { custom: { gift: false } }).custom).toEqual({ gift: false });
});
