/** `/api/v2/admin/ticket_fields`: the account's own fields, made, changed and deleted as Freshdesk has it. */
import { z } from 'zod';
import { TestFreshdesk } from './testFreshdesk';

let desk: TestFreshdesk;
beforeAll(async () => {
  desk = await TestFreshdesk.start({ limits: { requestsPerMinute: 100_000 } });
});
afterAll(() => desk.stop());

const path = '/admin/ticket_fields';
const shape = z.looseObject({
  id: z.number(),
  name: z.string(),
  choices: z.array(z.object({ id: z.number(), value: z.string() }).loose()).optional(),
});
const create = (body: unknown) => desk.call('POST', path, body);
const made = async (body: unknown) => shape.parse((await create(body)).body);
const bare = z.array(z.looseObject({ id: z.number(), name: z.string() }));
const listed = async () => bare.parse((await desk.call('GET', '/ticket_fields')).body);
const dropDown = (label: string, ...values: readonly string[]) => ({
  ...{ label, type: 'custom_dropdown' },
  choices: values.map((value, at) => ({ value, position: at + 1 })),
});

it('a field that was made is on every ticket and takes its values', async () => {
  const field = await made({ label: 'Pick-up point', type: 'custom_text' });
  expect(field).toMatchObject({ name: 'cf_pick_up_point', type: 'custom_text', default: false });
  const { ticketId } = await desk.people.customerOpens('Hello');
  const shown = async () => (await desk.call('GET', `/tickets/${ticketId}`)).body;
  expect(await shown()).toMatchObject({ custom_fields: { cf_pick_up_point: null } });
  await desk.call('PUT', `/tickets/${ticketId}`, { custom_fields: { cf_pick_up_point: 'Corner shop' } });
  expect(await shown()).toMatchObject({ custom_fields: { cf_pick_up_point: 'Corner shop' } });
  expect((await desk.call('DELETE', `${path}/${field.id}`)).status).toBe(204);
  expect(await shown()).not.toHaveProperty('custom_fields.cf_pick_up_point');
  expect((await desk.call('GET', `${path}/${field.id}`)).status).toBe(404);
  const again = { custom_fields: { cf_pick_up_point: 'x' } };
  expect((await desk.call('PUT', `/tickets/${ticketId}`, again)).status).toBe(400);
});

it('a choice is added beside those that are there, each of which needs its id', async () => {
  const { id, choices = [] } = await made(dropDown('Mood', 'Calm', 'Angry'));
  const change = (body: unknown) => desk.call('PUT', `${path}/${id}`, body);
  const without = await change({ choices: [{ value: 'Calm' }, { value: 'Sad' }] });
  expect(without).toMatchObject({ status: 400, body: { errors: [{ code: 'duplicate_value' }] } });
  const withIds = [...choices.map(({ id: choice, value }) => ({ id: choice, value })), { value: 'Sad' }];
  expect((await change({ choices: withIds })).status).toBe(200);
  expect((await listed()).find((field) => field.id === id)).toMatchObject({
    choices: ['Calm', 'Angry', 'Sad'],
  });
  const after = shape.parse((await desk.call('GET', `${path}/${id}`)).body);
  expect(after.choices?.map(({ value }) => value)).toEqual(['Calm', 'Angry', 'Sad']);
  expect(after.choices?.slice(0, 2).map((choice) => choice.id)).toEqual(choices.map((choice) => choice.id));
});

it.each<[what: string, body: unknown, field: string, code: string]>([
  ['no label', { type: 'custom_text' }, 'label', 'missing_field'],
  ['an unknown type', { label: 'X', type: 'custom_colour' }, 'type', 'invalid_value'],
  ['a label that is there', { label: 'ORDER NUMBER', type: 'custom_text' }, 'label', 'duplicate_value'],
  ['a drop-down without choices', { label: 'X', type: 'custom_dropdown' }, 'choices', 'missing_field'],
  ['a choice twice', dropDown('X', 'a', 'A'), 'choices', 'duplicate_value'],
  ['choices of a text', { ...dropDown('X', 'a'), type: 'custom_text' }, 'choices', 'invalid_field'],
  [
    'what nobody knows',
    { label: 'X', type: 'custom_text', description: 'x' },
    'description',
    'invalid_field',
  ],
])('%s is refused', async (_what, body, field, code) => {
  expect(await create(body)).toMatchObject({
    status: 400,
    body: { description: 'Validation failed', errors: [{ field, code }] },
  });
});

it('the type is not to be changed, not even to what it is; nor are choices of another field', async () => {
  const { id } = await made({ label: 'Typed', type: 'custom_text' });
  const typed = await desk.call('PUT', `${path}/${id}`, { type: 'custom_text' });
  expect(typed).toMatchObject({ status: 400, body: { errors: [{ field: 'type', code: 'invalid_field' }] } });
  const mood = await made(dropDown('Weather', 'Sun'));
  const foreign = await desk.call('PUT', `${path}/${mood.id}`, { choices: [{ id: 1, value: 'Rain' }] });
  expect(foreign).toMatchObject({ status: 400, body: { errors: [{ code: 'invalid_value' }] } });
});

it('a field keeps its name when it gets another label, and the next of the first label has one of its own', async () => {
  const first = await made({ label: 'Reason', type: 'custom_text' });
  await desk.call('PUT', `${path}/${first.id}`, { label: 'Old reason' });
  const second = await made({ label: 'Reason', type: 'custom_text' });
  const names = (await listed())
    .filter(({ id }) => [first.id, second.id].includes(id))
    .map(({ name }) => name);
  expect(names).toEqual(['cf_reason', `cf_reason${second.id}`]);
});

it('those that were there at first are changed and deleted as well, and stay so after a start', async () => {
  const gift = (await listed()).find(({ name }) => name === 'cf_gift');
  const remarks = (await listed()).find(({ name }) => name === 'cf_remarks');
  await desk.call('DELETE', `${path}/${gift?.id}`);
  await desk.call('PUT', `${path}/${remarks?.id}`, { label: 'Notes' });
  desk = await desk.restart({ limits: { requestsPerMinute: 100_000 } });
  const fields = await listed();
  expect(fields.map(({ name }) => name)).not.toContain('cf_gift');
  expect(fields.find(({ name }) => name === 'cf_remarks')).toMatchObject({ label: 'Notes' });
});
