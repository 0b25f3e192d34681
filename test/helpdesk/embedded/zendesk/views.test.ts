/** Views: what is in them, how they are written and shown, and what is refused. */
import { z } from 'zod';
import { agents, idsIn, roomyLimits, TestDesk } from './harness';

let desk: TestDesk;
const unsolved = { field: 'status', operator: 'less_than', value: 'solved' };
const ids: Record<string, number> = {};

beforeAll(async () => {
  desk = await TestDesk.start({ limits: roomyLimits });
  const nora = desk.people.agentId('Nora Lind');
  const changes = {
    untouched: {},
    tagged: { tags: ['vip', 'late'] },
    noras: { assignee_id: nora, status: 'open' },
    solved: { status: 'solved', assignee_id: nora, tags: ['vip'] },
  };
  for (const [name, change] of Object.entries(changes)) {
    const id = await desk.newTicket();
    await desk.put(id, change);
    ids[name] = Number(id);
  }
  ids['nora'] = nora;
  ids['support'] = desk.people.groupId('Support');
});
afterAll(() => desk.stop());

const one = z.object({ view: z.looseObject({ id: z.number() }) });
const make = async (view: Record<string, unknown>) => one.parse((await post(view)).body).view.id;
const post = (view: unknown) => desk.call('POST', '/api/v2/views', { view });
const ticketsOf = async (id: number) =>
  idsIn(await desk.get(`/api/v2/views/${id}/tickets`), 'tickets').sort();
const named = (...names: readonly string[]) => names.map((name) => ids[name]).sort();

it.each<[string, () => { all: unknown[]; any?: unknown[] }, readonly string[]]>([
  ['those not solved', () => ({ all: [unsolved] }), ['untouched', 'tagged', 'noras']],
  [
    'those with a tag of several',
    () => ({ all: [unsolved, { field: 'current_tags', operator: 'includes', value: 'late other' }] }),
    ['tagged'],
  ],
  [
    'those without a tag',
    () => ({ all: [unsolved, { field: 'current_tags', operator: 'not_includes', value: 'vip' }] }),
    ['untouched', 'noras'],
  ],
  [
    "an agent's",
    () => ({ all: [{ field: 'assignee_id', operator: 'is', value: String(ids['nora']) }] }),
    ['noras', 'solved'],
  ],
  [
    'those that meet any of several, and all of others',
    () => ({
      all: [{ field: 'status', operator: 'is_not', value: 'closed' }],
      any: [
        { field: 'status', operator: 'is', value: 'solved' },
        { field: 'current_tags', operator: 'includes', value: 'late' },
      ],
    }),
    ['tagged', 'solved'],
  ],
  [
    'those beyond a status',
    () => ({ all: [{ field: 'status', operator: 'greater_than', value: 'open' }] }),
    ['solved'],
  ],
])('has %s', async (_what, conditions, expected) => {
  expect(await ticketsOf(await make({ title: 'a view', ...conditions() }))).toEqual(named(...expected));
});

it('shows its conditions below one key, keeps over a restart, and is gone when it was deleted', async () => {
  const id = await make({
    title: 'kept',
    description: 'why',
    all: [unsolved],
    output: { columns: ['status'] },
  });
  desk = await desk.restart({ limits: roomyLimits });
  expect((await desk.get(`/api/v2/views/${id}`)).body).toMatchObject({
    view: { id, title: 'kept', description: 'why', active: true, conditions: { all: [unsolved], any: [] } },
  });
  expect(await desk.call('DELETE', `/api/v2/views/${id}`)).toMatchObject({ status: 204 });
  expect(await desk.get(`/api/v2/views/${id}`)).toMatchObject({ status: 404 });
});

it('is changed in what is named', async () => {
  const id = await make({ title: 'before', description: 'why', all: [unsolved] });
  const answer = await desk.call('PUT', `/api/v2/views/${id}`, { view: { title: 'after', active: false } });
  expect(answer.body).toMatchObject({
    view: { title: 'after', description: 'why', active: false, conditions: { all: [unsolved] } },
  });
});

it.each<[string, unknown, number]>([
  ['without a title', { title: '', all: [unsolved] }, 400],
  ['without conditions', { title: 'x' }, 400],
  [
    'with tags alone',
    { title: 'x', all: [{ field: 'current_tags', operator: 'includes', value: 'a' }] },
    422,
  ],
  ['with a field that is none', { title: 'x', all: [{ ...unsolved, field: 'mood' }] }, 400],
  ['with an operator that is none', { title: 'x', all: [{ ...unsolved, operator: 'like' }] }, 400],
  ['that is a text', 'x', 400],
])('is refused %s', async (_what, view, status) => {
  expect(await post(view)).toMatchObject({ status });
});

it('is written by admins and read by agents', async () => {
  const id = await make({ title: 'x', all: [unsolved] });
  const as = agents.nora;
  expect(await desk.get(`/api/v2/views/${id}/tickets`, { as })).toMatchObject({ status: 200 });
  for (const method of ['PUT', 'DELETE']) {
    const body = method === 'PUT' ? { view: { title: 'mine' } } : undefined;
    expect(await desk.call(method, `/api/v2/views/${id}`, body, { as })).toMatchObject({ status: 403 });
  }
  expect(await desk.get('/api/v2/views/none/tickets')).toMatchObject({ status: 400 });
});
