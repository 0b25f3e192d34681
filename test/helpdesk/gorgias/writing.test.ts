/** What Deskhand writes on Gorgias: on which channel, under which key, and what stays as it was. */
import { plainUpdate } from '../../../src/core/ticket/update';
import { readErrorBody } from '../../../src/helpdesk/gorgias/http';
import { note, reply } from '../contract/deskUnderTest';
import { AdapterAtGorgias } from './adapterAtGorgias';

let desk: AdapterAtGorgias;
beforeAll(async () => {
  desk = await AdapterAtGorgias.start();
});
afterEach(() => desk.faults.clear());
afterAll(() => desk.double.stop());

const fields = async (ticketId: string) => {
  const { body } = await desk.double.call('GET', `/tickets/${ticketId}?relationships=custom_fields`);
  return body;
};

test('a reply goes back the way the customer came, through the same integration, and carries its key', async () => {
  const ticketId = await desk.asks();
  await desk.apply(ticketId, [reply('17/200/reply', 'It arrives on Friday.\nBye')]);
  expect(await desk.lastMessage(ticketId)).toMatchObject({
    ...{ channel: 'email', via: 'api', public: true, from_agent: true, external_id: '17/200/reply' },
    ...{ integration_id: 28001, sender: { name: 'Deskhand' }, receiver: { email: 'ana@mail.example' } },
    source: {
      ...{ type: 'email', from: { address: 'care@demo-shop.example' } },
      to: [{ address: 'ana@mail.example', name: 'Ana Diaz' }],
    },
    ...{ body_text: 'It arrives on Friday.\nBye', body_html: '<p>It arrives on Friday.<br />Bye</p>' },
  });
});

test.each([
  ['chat', 'chat', 'ana@mail.example'],
  ['sms', 'sms', 'ana@mail.example'],
  ['phone', 'email', 'ana@mail.example'],
  ['web', 'email', 'ana@mail.example'],
])('a customer who came by %s is answered by %s', async (channel, answeredBy, address) => {
  const ticketId = await desk.asks({ channel });
  await desk.apply(ticketId, [reply('k/reply')]);
  expect(await desk.lastMessage(ticketId)).toMatchObject({
    ...{ channel: answeredBy, source: { type: answeredBy, to: [{ address }] } },
  });
});

test.each([
  ['among others', ['boss@shop.example', 'care@demo-shop.example'], [], []],
  ['in copy', ['friend@mail.example'], ['Care@demo-shop.example'], ['care@Demo-shop.example']],
  ['in copy, which nobody told Deskhand', ['friend@mail.example'], ['care@demo-shop.example'], []],
  ['unseen', [], [], []],
])('a mail that reached the shop %s is answered from an address of the shop', async (_how, to, cc, own) => {
  const ticketId = await desk.asks();
  const addresses = (all: readonly string[]) => all.map((address) => ({ address }));
  await desk.says(ticketId, {
    ...{ channel: 'email', via: 'email', from_agent: false },
    source: { type: 'email', from: { address: 'ana@mail.example' }, to: addresses(to), cc: addresses(cc) },
  });
  await desk.apply(ticketId, [reply('k/reply')], undefined, { companyAddresses: own });
  const { source } = (await desk.lastMessage(ticketId)) as { source: { from?: { address: string } } };
  expect([undefined, 'care@demo-shop.example']).toContain(source.from?.address.toLowerCase());
  expect(source).toMatchObject({ to: [{ address: 'ana@mail.example' }] });
});

test('an answer never goes to somebody in copy, even where they wrote last', async () => {
  const ticketId = await desk.asks();
  await desk.people.customerWrites(ticketId, 'Me too!', { email: 'bo@mail.example', name: 'Bo' });
  await desk.apply(ticketId, [reply('k/reply')]);
  expect(await desk.lastMessage(ticketId)).toMatchObject({
    ...{ receiver: { email: 'ana@mail.example' }, source: { to: [{ address: 'ana@mail.example' }] } },
  });
});

test('who called and left no address cannot be answered; people are told why, and a note still goes in', async () => {
  const ticketId = await desk.asks({ email: null, name: 'A caller', channel: 'phone' });
  await expect(desk.apply(ticketId, [reply('k/reply')])).rejects.toMatchObject({
    ...{ kind: 'rejected', retryable: false },
    message: 'Gorgias has no channel on which this ticket can be answered',
  });
  expect(await desk.apply(ticketId, [note('k/note')])).toMatchObject([{ outcome: 'applied' }]);
  expect(await desk.lastMessage(ticketId)).toMatchObject({
    ...{ channel: 'internal-note', public: false, receiver: null, external_id: 'k/note' },
  });
});

test('a key that is longer than an external id is known again all the same', async () => {
  const ticketId = await desk.asks();
  const long = reply(`${ticketId}/0/refund/${'#1001-'.repeat(60)}`);
  const other = reply(`${ticketId}/0/refund/${'#1001-'.repeat(60)}x`);
  expect(await desk.apply(ticketId, [long])).toMatchObject([{ outcome: 'applied' }]);
  expect(await desk.apply(ticketId, [long])).toMatchObject([{ outcome: 'already-applied' }]);
  expect(await desk.apply(ticketId, [other])).toMatchObject([{ outcome: 'applied' }]);
  expect(String((await desk.lastMessage(ticketId))['external_id'])).toMatch(/^sha256-[0-9a-f]{64}$/);
});

test('a key that somebody else has written as an external id proves nothing', async () => {
  const ticketId = await desk.asks();
  await desk.says(ticketId, { via: 'email', channel: 'email', from_agent: false, external_id: 'k/reply' });
  expect(await desk.apply(ticketId, [reply('k/reply')])).toMatchObject([{ outcome: 'applied' }]);
});

test('custom fields that others have set stay, whether Gorgias replaces the list or not', async () => {
  const ticketId = await desk.asks();
  const others = [
    { id: 70003, value: 'By phone' },
    { id: 70004, value: 2 },
  ];
  await desk.double.call('PUT', `/tickets/${ticketId}`, { custom_fields: others });
  await desk.apply(ticketId, [
    plainUpdate('k/1', { fields: { 'Order number': '48213', Parcels: 3 } }),
    plainUpdate('k/2', { fields: { Gift: true } }),
  ]);
  expect(await fields(ticketId)).toMatchObject({
    custom_fields: {
      ...{ 70001: { value: '48213' }, 70003: { value: 'By phone' } },
      ...{ 70004: { value: 3 }, 70005: { value: true } },
    },
  });
});

test('a custom field that Gorgias refuses costs nothing but itself', async () => {
  const ticketId = await desk.asks();
  const refusal = { error: { msg: 'Invalid data.', data: { custom_fields: ['no'] } } };
  desk.faults.add({
    ...{ route: 'PUT /api/tickets/*', times: 1 },
    fault: { type: 'status', status: 400, body: refusal },
  });
  const update = { ...note('k/note'), fields: { 'Order number': '48213' }, addTags: ['vip'] };
  expect(await desk.apply(ticketId, [update])).toMatchObject([
    {
      outcome: 'applied',
      fieldsNotSet: [{ field: 'Order number', why: expect.stringContaining('custom_fields') as string }],
    },
  ]);
  expect((await desk.read(ticketId)).tags).toEqual(['vip']);
});

test('waiting is snoozing for a month: agents see the ticket again then, if nobody wrote', async () => {
  const ticketId = await desk.asks();
  await desk.apply(ticketId, [plainUpdate('k/wait', { status: 'pending' })]);
  const { status, snooze_datetime: until } = (await desk.double.call('GET', `/tickets/${ticketId}`)).body as {
    status: string;
    snooze_datetime: string;
  };
  expect(status).toBe('closed');
  expect(Math.round((Date.parse(until) - Date.now()) / (24 * 3_600_000))).toBe(30);
  // On hold is the same there, and is not set anew.
  desk.faults.add({ route: 'PUT /api/tickets/*', fault: { type: 'status', status: 500 } });
  expect(await desk.apply(ticketId, [plainUpdate('k/hold', { status: 'hold' })])).toMatchObject([
    { outcome: 'applied' },
  ]);
});

test('a status that an agent has set since the reply stays when the attempt is finished', async () => {
  const ticketId = await desk.asks();
  const update = { ...reply(`${ticketId}/0/reply`), status: 'pending' as const };
  desk.faults.add({ route: 'PUT /api/tickets/*', times: 1, fault: { type: 'reset-before' } });
  await expect(desk.apply(ticketId, [update])).rejects.toMatchObject({ kind: 'unavailable' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await desk.people.agentActs(ticketId, 'Nora Lind', { status: 'solved' });
  expect(await desk.apply(ticketId, [update])).toMatchObject([{ outcome: 'already-applied' }]);
  expect((await desk.read(ticketId)).status).toBe('solved');
});

test('how often it asks: six for a reply with fields, four for a note with some, two for nothing', async () => {
  const ticketId = await desk.asks();
  const adapter = desk.open();
  const apply = (...updates: Parameters<typeof adapter.applyUpdates>[1]) =>
    desk.requestsOf(() =>
      adapter.applyUpdates(ticketId, updates, { kind: 'any' }, { signal: AbortSignal.timeout(5_000) }),
    );
  await apply(plainUpdate('k/warm', { addTags: ['vip'] }));
  expect(await apply({ ...reply('k/1'), addTags: ['a'], status: 'pending' })).toBe(6);
  expect(await apply({ ...note('k/2'), addTags: ['b'] })).toBe(4);
  expect(await apply(plainUpdate('k/3', { addTags: ['b'] }))).toBe(2);
});

test.each([
  ['fields', '{"error":{"msg":"x","data":{"status":["ana@mail.example"],"tags":["y"]}}}', 'status, tags'],
  ['a key that is no field', '{"error":{"msg":"x","data":{"ana@mail.example":["y"]}}}', null],
  ['a sentence', '{"error":"ana@mail.example is taken"}', null],
  ['a list', '["error"]', null],
  ['a page', '<h1>ana@mail.example</h1>', null],
  ['nothing', '', null],
])('of a refusal with %s only the names of fields are quoted', (_what, body, reason) => {
  expect(readErrorBody(body)).toEqual({ special: null, reason });
});
