/** What is known of an account, and how often it is asked for. */
import { createDirectory, type People } from '../../../src/helpdesk/stepwise/directory';
import { RemoteFailure } from '../../../src/remote/failures';
import { anyCall } from '../contract/deskUnderTest';

const nora = { id: '7', name: 'Nora Lind', email: 'Nora@shop.example', isActive: true };
const gone = { id: '8', name: null, email: null, isActive: false };
const billing = { id: '1', name: 'Billing' };
const field = { id: 'f1', name: 'Order number', kind: 'text' as const, choices: [] };

/** An account of two, which counts what it is asked. */
function account(more: Partial<People> = {}) {
  const asked: string[] = [];
  const told = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const people: People = {
    whoAmI: () => told('me', { userId: '7', name: 'Deskhand', role: 'agent' }),
    staff: () => told('staff', [nora, gone]),
    groups: () => told('groups', [billing, { id: '2', name: 'Returns' }]),
    membersOf: ({ id }) => told(`members of ${id}`, id === '1' ? [nora, gone] : []),
    fields: () => told('fields', [field, { ...field, id: 'f2', name: 'Files', kind: undefined }]),
    ...more,
  };
  const clock = { now: 0 };
  return { asked, clock, directory: createDirectory('Acme', people, () => clock.now) };
}

test('who we are is asked for every time it is to be proven, and else once', async () => {
  const { directory, asked } = account();
  await directory.identity(anyCall());
  await directory.identity(anyCall());
  expect(asked).toEqual(['me']);
  await directory.whoAmI(anyCall());
  expect(asked).toEqual(['me', 'me']);
});

test('the staff are asked for anew after ten minutes', async () => {
  const { directory, asked, clock } = account();
  expect(await directory.staffEmails(anyCall())).toEqual(new Set(['nora@shop.example']));
  clock.now = 10 * 60_000 - 1;
  await directory.staffEmails(anyCall());
  expect(asked).toEqual(['staff']);
  clock.now = 10 * 60_000;
  await directory.staffEmails(anyCall());
  expect(asked).toEqual(['staff', 'staff']);
});

test.each<[number, boolean]>([
  [403, true],
  [401, false],
])('a list of the staff that answers %d: passed over is %p', async (status, isPassedOver) => {
  const refused = new RemoteFailure('unauthorized', 'no', { retryable: false, status });
  const { directory } = account({ staff: () => Promise.reject(refused) });
  const asked = directory.staffEmails(anyCall());
  if (isPassedOver) expect(await asked).toEqual(new Set());
  else await expect(asked).rejects.toBe(refused);
});

test.each(['7', 'nora@SHOP.example'])('somebody who says %s is found, with their groups', async (who) => {
  const { directory } = account();
  expect(await directory.findAgent(who, anyCall())).toEqual({
    ...{ id: '7', name: 'Nora Lind', email: 'Nora@shop.example', isActive: true, isOurs: true },
    groups: ['Billing'],
  });
});

test('somebody who has left has no groups, and none are asked for', async () => {
  const { directory, asked } = account();
  expect(await directory.findAgent('8', anyCall())).toEqual({
    ...{ id: '8', name: '8', email: null, isActive: false, groups: [] },
  });
  expect(asked).toEqual(['staff', 'me']);
});

test.each(['9', 'nobody@shop.example', 'Nora'])('nobody is called %s', async (who) => {
  expect(await account().directory.findAgent(who, anyCall())).toBeNull();
});

test('where the desk can be asked for one, the list is not', async () => {
  const { directory, asked } = account({
    byId: () => Promise.resolve(nora),
    byEmail: () => Promise.resolve(null),
  });
  expect(await directory.findAgent('7', anyCall())).toMatchObject({ name: 'Nora Lind' });
  expect(await directory.agentIdByEmail('nora@shop.example', anyCall())).toBeNull();
  expect(asked).not.toContain('staff');
});

test.each([
  ['7', '1', true],
  ['7', '2', false],
  ['7', '3', false],
])('whether %s is in the group %s: %p', async (agentId, groupId, isIn) => {
  expect(await account().directory.isInGroup(agentId, groupId, anyCall())).toBe(isIn);
});

test('fields that can be set are remembered until one is named that is not among them', async () => {
  const { directory, asked } = account();
  expect(await directory.customFields('order NUMBER', anyCall())).toEqual([
    { id: 'f1', name: 'Order number', kind: 'text', options: [] },
  ]);
  await directory.customFields('Order number', anyCall());
  expect(asked).toEqual(['fields']);
  await directory.customFields('Gift', anyCall());
  await directory.customFields(null, anyCall());
  expect(asked).toEqual(['fields', 'fields', 'fields']);
});
