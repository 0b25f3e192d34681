/** Who somebody is on the desk, by id or address: an agent with their groups, one who has left, or nobody. */
import type { Fault } from '../../../src/remote/faults';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall } from './wire';

let at: AdapterAtZendesk;
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const find = (who: string) => at.open().findAgent(who, anyCall());
const nora = () => ({
  id: String(at.people.agentId('Nora Lind')),
  ...{ name: 'Nora Lind', email: 'nora@demo-shop.example', isActive: true },
  groups: ['Support', 'Tier 2'],
});

it('a customer is no agent, and in no group', async () => {
  await at.people.customerOpens('Hello');
  expect(await find('ana@mail.example')).toMatchObject({ isActive: false, groups: [] });
});

it('Deskhand’s own user is told from all others, by address and by id', async () => {
  const me = await at.open().whoAmI(anyCall());
  expect(await find(me.userId)).toMatchObject({ name: me.name, isActive: true, isOurs: true });
  expect(await find(at.double.desk.credentials.email)).toMatchObject({ id: me.userId, isOurs: true });
  expect(await find(nora().id)).not.toHaveProperty('isOurs');
});

const left: Readonly<Record<string, Record<string, unknown>>> = {
  'was deleted': { active: false },
  'was suspended': { suspended: true },
  'is a customer now': { role: 'end-user' },
};
it.each(Object.entries(left))('somebody who %s is known, and no longer active', async (_how, change) => {
  const { id, name, email } = nora();
  const user = { id: Number(id), name, email, role: 'agent', ...change };
  const fault: Fault = { type: 'status', status: 200, body: { users: [user] } };
  at.faults.add({ route: 'GET /api/v2/users/show_many', fault });
  expect(await find(id)).toMatchObject({ name, isActive: false, groups: [] });
});

it('a group that came after the first look is found', async () => {
  const desk = at.open();
  expect((await desk.findAgent(nora().id, anyCall()))?.groups).toEqual(['Support', 'Tier 2']);
  const memberships = { group_memberships: [{ group_id: 777 }, { group_id: 778 }] };
  const groups = {
    groups: [
      { id: 777, name: 'Nights' },
      { id: 778, name: 'Gone', deleted: true },
    ],
  };
  const answers = { [`users/${nora().id}/group_memberships`]: memberships, groups };
  for (const [path, body] of Object.entries(answers)) {
    at.faults.add({ route: `GET /api/v2/${path}`, fault: { type: 'status', status: 200, body } });
  }
  expect((await desk.findAgent(nora().id, anyCall()))?.groups).toEqual(['Nights']);
});

it.each<[string, Fault, string]>([
  ['down', { type: 'status', status: 503 }, 'unavailable'],
  ['odd', { type: 'status', status: 200, body: { people: [] } }, 'malformed'],
  ['shut', { type: 'status', status: 401 }, 'unauthorized'],
])('a desk that is %s says nothing of anybody', async (_how, fault, kind) => {
  at.faults.add({ fault });
  await expect(find(nora().id)).rejects.toMatchObject({ kind });
  await expect(find('nora@demo-shop.example')).rejects.toMatchObject({ kind });
});
