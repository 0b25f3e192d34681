/** `/api/custom-fields` of tickets: made and changed, archived and never deleted. */
import { z } from 'zod';
import { TestGorgias } from './testGorgias';

let desk: TestGorgias;
beforeAll(async () => {
  desk = await TestGorgias.start();
});
afterAll(() => desk.stop());

const path = '/custom-fields';
const shape = z.looseObject({ id: z.number(), label: z.string() });
const text = { data_type: 'text', input_settings: { input_type: 'input' } };
const dropDown = (...choices: readonly string[]) => ({
  data_type: 'text',
  input_settings: { input_type: 'dropdown', choices },
});
const field = (label: string, definition: unknown = text) => ({ object_type: 'Ticket', label, definition });
const create = (body: unknown) => desk.call('POST', path, body);
const made = async (body: unknown) => shape.parse((await create(body)).body);
const change = (id: number, body: unknown) => desk.call('PUT', `${path}/${id}`, body);
const labels = async (query: string) => {
  const { body } = await desk.call('GET', `${path}?object_type=Ticket&${query}`);
  return z
    .object({ data: z.array(shape) })
    .parse(body)
    .data.map(({ label }) => label);
};
const off = '2026-11-27T10:00:00+00:00';

it('one that was made takes its values; archived, it is out of sight with all of them, and comes back', async () => {
  const { id } = await made({ ...field('Mood', dropDown('calm', 'angry')), description: 'How they are.' });
  expect((await desk.call('GET', `${path}/${id}`)).body).toMatchObject({
    ...{ label: 'Mood', description: 'How they are.', deactivated_datetime: null },
    definition: dropDown('calm', 'angry'),
  });
  const { ticketId } = await desk.people.customerOpens('Hello');
  const set = (value: unknown) =>
    desk.call('PUT', `/tickets/${ticketId}`, { custom_fields: [{ id, value }] });
  expect((await set('sad')).status).toBe(400);
  expect((await set('calm')).status).toBe(202);
  expect((await change(id, { deactivated_datetime: off })).status).toBe(202);
  expect(await labels('archived=false')).not.toContain('Mood');
  expect(await labels('archived=true')).toEqual(['Mood']);
  expect(await labels('search=mood')).toEqual(['Mood']);
  await change(id, { deactivated_datetime: null });
  expect(await labels('archived=false')).toContain('Mood');
  const { body } = await desk.call('GET', `/tickets/${ticketId}?relationships=custom_fields`);
  expect(body).toMatchObject({ custom_fields: { [id]: { value: 'calm' } } });
});

it('a list of choices takes the place of the one that was there; the type stays', async () => {
  const { id } = await made(field('Weather', dropDown('sun')));
  const changed = await change(id, { definition: dropDown('sun', 'rain'), label: 'Sky', priority: 3 });
  expect(changed.body).toMatchObject({ label: 'Sky', priority: 3, definition: dropDown('sun', 'rain') });
  const typed = await change(id, {
    definition: { data_type: 'number', input_settings: { input_type: 'input_number' } },
  });
  expect(typed).toMatchObject({ status: 400, body: { error: { data: { 'definition.data_type': [/./] } } } });
});

it.each<[what: string, definition: unknown]>([
  ['a number', { data_type: 'number', input_settings: { input_type: 'input_number', placeholder: null } }],
  [
    'a yes and no',
    { data_type: 'boolean', input_settings: { input_type: 'dropdown', choices: [true, false] } },
  ],
])('%s is shown as it was made', async (what, definition) => {
  expect((await create(field(`As ${what}`, definition))).body).toMatchObject({ definition });
});

it.each<[what: string, body: Record<string, unknown>, mistake: string]>([
  ['no label', { object_type: 'Ticket', definition: text }, 'label'],
  ['a label of nothing', field(''), 'label'],
  ['no definition', { object_type: 'Ticket', label: 'X' }, 'definition'],
  ['an unknown type', field('X', { data_type: 'date', input_settings: {} }), 'definition.data_type'],
  ['a drop-down without choices', field('X', dropDown()), 'definition.input_settings.choices'],
  ['those of customers', { ...field('X'), object_type: 'Customer' }, 'object_type'],
  ['a description that is too long', { ...field('X'), description: 'x'.repeat(1_025) }, 'description'],
  ['what nobody knows', { ...field('X'), colour: 'red' }, 'colour'],
])('%s is refused', async (_what, body, mistake) => {
  const answer = await create(body);
  expect(answer.status).toBe(400);
  const { error } = z
    .object({ error: z.object({ data: z.record(z.string(), z.unknown()) }) })
    .parse(answer.body);
  expect(Object.keys(error.data)).toEqual([mistake]);
});

it('there is no deletion, and nothing to see of one that is not there', async () => {
  const { id } = await made(field('Kept'));
  expect((await desk.call('DELETE', `${path}/${id}`)).status).toBe(404);
  expect(await labels('search=kept')).toEqual(['Kept']);
  expect((await desk.call('GET', `${path}/1`)).status).toBe(404);
  expect((await change(1, { label: 'X' })).status).toBe(404);
});

it('those that were there at first are changed as well, and stay so after a start', async () => {
  expect((await change(70_003, { label: 'Notes' })).status).toBe(202);
  desk = await desk.restart();
  expect(await labels('archived=false')).toContain('Notes');
  expect(await labels('archived=false')).not.toContain('Remarks');
});
