/** `custom_attribute_definitions` of conversations: an administrator's, keys that are unique, values that stay. */
import { z } from 'zod';
import { TestChatwoot } from './testChatwoot';

let desk: TestChatwoot;
beforeAll(async () => {
  desk = await TestChatwoot.start({ botRole: 'administrator', limits: { requestsPerMinute: 100_000 } });
});
afterAll(() => desk.stop());

const path = '/custom_attribute_definitions';
const shape = z.looseObject({ id: z.number(), attribute_key: z.string() });
const of = (body: unknown) => ({ custom_attribute_definition: body });
const create = (body: unknown) => desk.call('POST', path, of(body));
const made = async (body: unknown) => shape.parse((await create(body)).body);
const listed = async (query = '') => z.array(shape).parse((await desk.call('GET', `${path}${query}`)).body);
const mood = { attribute_display_name: 'Mood', attribute_key: 'mood', attribute_display_type: 'list' };

it('one that was made is taken on conversations; deleted, it takes nothing away and lets nothing in', async () => {
  const { id } = await made({ ...mood, attribute_values: ['calm', 'angry'], attribute_description: 'How.' });
  expect((await listed('?attribute_model=0')).find((one) => one.id === id)).toMatchObject({
    ...{ ...mood, attribute_values: ['calm', 'angry'], attribute_description: 'How.' },
    attribute_model: 'conversation_attribute',
  });
  expect(await listed('?attribute_model=1')).toEqual([]);
  const { ticketId } = await desk.people.customerOpens('Hello');
  const set = (value: string) =>
    desk.call('POST', `/conversations/${ticketId}/custom_attributes`, { custom_attributes: { mood: value } });
  expect((await set('calm')).status).toBe(200);
  expect((await desk.call('DELETE', `${path}/${id}`)).status).toBe(204);
  expect((await desk.call('GET', `/conversations/${ticketId}`)).body).toMatchObject({
    custom_attributes: { mood: 'calm' },
  });
  expect((await set('angry')).status).toBe(422);
  expect((await desk.call('PATCH', `${path}/${id}`, of({ attribute_display_name: 'X' }))).status).toBe(404);
});

it('a list of values takes the place of the one that was there, and the rest stays', async () => {
  const { id } = await made({ ...mood, attribute_key: 'mood_2', attribute_values: ['calm'] });
  const change = of({ attribute_values: ['calm', 'sad'] });
  expect((await desk.call('PATCH', `${path}/${id}`, change)).body).toMatchObject({
    ...{ attribute_display_name: 'Mood', attribute_key: 'mood_2', attribute_values: ['calm', 'sad'] },
  });
  const renamed = of({ attribute_display_name: 'How they are', attribute_key: 'mood_2' });
  expect((await desk.call('PATCH', `${path}/${id}`, renamed)).body).toMatchObject({
    ...{ attribute_display_name: 'How they are', attribute_values: ['calm', 'sad'] },
  });
  expect((await desk.call('GET', `${path}/${id}`)).body).toMatchObject({ attribute_key: 'mood_2' });
});

it.each<[what: string, body: unknown, attribute: string]>([
  ['no name', { attribute_key: 'x' }, 'custom_attribute_definition'],
  ['no key', { attribute_display_name: 'X' }, 'custom_attribute_definition'],
  ['a key with a blank', { ...mood, attribute_key: 'a b' }, 'custom_attribute_definition'],
  ['a key that is there', { ...mood, attribute_key: 'order_number' }, 'attribute_key'],
  ['a key that conversations have', { ...mood, attribute_key: 'priority' }, 'attribute_key'],
  ['an unknown type', { ...mood, attribute_display_type: 'colour' }, 'custom_attribute_definition'],
  ['what nobody knows', { ...mood, colour: 'red' }, 'colour'],
])('%s is refused', async (_what, body, attribute) => {
  expect(await create(body)).toMatchObject({ status: 422, body: { attributes: [attribute] } });
});

it('a key that is there is refused for a change, too', async () => {
  const { id } = await made({ ...mood, attribute_key: 'mood_3' });
  const taken = await desk.call('PATCH', `${path}/${id}`, of({ attribute_key: 'gift' }));
  expect(taken).toMatchObject({ status: 422, body: { attributes: ['attribute_key'] } });
});

it('those that were there at first are changed and deleted as well, and stay so after a start', async () => {
  await desk.call('DELETE', `${path}/5`);
  await desk.call('PATCH', `${path}/3`, of({ attribute_display_name: 'Boxes' }));
  desk = await desk.restart({ botRole: 'administrator', limits: { requestsPerMinute: 100_000 } });
  const found = await listed();
  expect(found.map(({ id }) => id)).not.toContain(5);
  expect(found.find(({ id }) => id === 3)).toMatchObject({ attribute_display_name: 'Boxes' });
});

it('an agent sees them, and makes, changes and deletes none', async () => {
  const agents = await TestChatwoot.start({ botRole: 'agent' });
  const refused = [
    await agents.call('POST', path, of(mood)),
    await agents.call('PATCH', `${path}/1`, of({ attribute_display_name: 'X' })),
    await agents.call('DELETE', `${path}/1`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(await agents.call('GET', path)).toMatchObject({ status: 200, body: { length: 6 } });
  await agents.stop();
});
