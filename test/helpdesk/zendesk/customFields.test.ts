/** Custom fields: set with the reply, by name or id; what the desk lacks or does not take costs nothing but itself. */
import axios from 'axios';
import { plainUpdate, type FieldValue, type TicketUpdate } from '../../../src/core/ticket/update';
import { createZendeskDesk } from '../../../src/helpdesk/zendesk/createZendeskDesk';
import { AdapterAtZendesk } from './adapterAtZendesk';
import { anyCall, openWire } from './wire';

let at: AdapterAtZendesk;
const made = new Map<string, number>();
beforeAll(async () => {
  at = await AdapterAtZendesk.start();
  for (const field of [
    { type: 'integer', title: 'Pieces' },
    { type: 'checkbox', title: 'Faulty', tag: 'goods_faulty' },
    { type: 'regexp', title: 'Voucher', regexp_for_validation: '^V-[0-9]{4}$' },
    { type: 'date', title: 'Promised for' },
  ]) {
    const answer = await create(field);
    made.set(field.title, answer.data.ticket_field.id);
  }
});
afterEach(() => at.faults.clear());
afterAll(() => at.double.stop());

const create = (field: Record<string, unknown>, email = at.double.desk.credentials.email) =>
  axios.post<{ ticket_field: { id: number } }>(
    `${at.double.desk.apiUrl}/ticket_fields`,
    { ticket_field: field },
    {
      auth: { username: `${email}/token`, password: at.double.desk.credentials.token },
      validateStatus: () => true,
    },
  );

interface Shaped {
  readonly ticket_field: {
    readonly custom_field_options: readonly { readonly id: number; readonly value: string }[];
  };
}
const ofFields = (
  method: string,
  address: string,
  data?: unknown,
  email = at.double.desk.credentials.email,
) =>
  axios.request<unknown>({
    ...{ method, url: `${at.double.desk.apiUrl}/ticket_fields${address}`, data },
    auth: { username: `${email}/token`, password: at.double.desk.credentials.token },
    validateStatus: () => true,
  });

interface Shown {
  readonly tags: readonly string[];
  readonly status: string;
  readonly custom_fields: readonly { readonly id: number; readonly value: unknown }[];
}
const shown = async (ticketId: string): Promise<Shown> =>
  (await at.get<{ ticket: Shown }>(`/tickets/${ticketId}`)).ticket;

const fieldOn = ({ custom_fields: fields }: Shown, id: number): unknown =>
  fields.find((field) => field.id === id)?.value;

async function valueOf(ticketId: string, title: string): Promise<unknown> {
  const fields = await at.open().customFields(anyCall());
  const id = Number(fields.find(({ name }) => name === title)?.id);
  return (await shown(ticketId)).custom_fields.find((field) => field.id === id)?.value;
}

function reply(key: string, fields: Readonly<Record<string, FieldValue>>): TicketUpdate {
  return plainUpdate(key, {
    comment: { public: true, text: 'It arrives on Friday.', html: null },
    addTags: ['deskhand_answered'],
    status: 'pending',
    fields,
  });
}
const apply = (ticketId: string, update: TicketUpdate) =>
  at.open().applyUpdates(ticketId, [update], { kind: 'any' }, anyCall());
const opened = async () => (await at.people.customerOpens('Where is my order?')).ticketId;

test('the fields that a policy can set are named, with the options of a choice', async () => {
  const fields = await at.open().customFields(anyCall());
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['Order number', 'text'],
    ['Contact reason', 'choice'],
    ['Pieces', 'whole-number'],
    ['Faulty', 'yes-no'],
    ['Voucher', 'text'],
    ['Promised for', 'date'],
  ]);
  expect(fields[1]?.options).toContainEqual({ tag: 'reason_return', name: 'Return' });
});

test('values of every kind go with the reply, in one update, and tags follow them', async () => {
  const ticketId = await opened();
  const pieces = String(made.get('Pieces'));
  const fields = {
    'order number': '48213',
    'Contact reason': 'Return',
    [pieces]: 2,
    Faulty: true,
    Voucher: 'V-1234',
    'Promised for': '2026-11-27',
  };
  const before = (await at.get<{ audits: unknown[] }>(`/tickets/${ticketId}/audits`)).audits.length;
  const [applied] = await apply(ticketId, reply('k/reply', fields));
  expect(applied).toMatchObject({ outcome: 'applied' });
  expect(applied?.fieldsNotSet).toBeUndefined();
  expect(await valueOf(ticketId, 'Order number')).toBe('48213');
  expect(await valueOf(ticketId, 'Contact reason')).toBe('reason_return');
  expect(await valueOf(ticketId, 'Pieces')).toBe('2');
  expect(await valueOf(ticketId, 'Faulty')).toBe(true);
  expect(await valueOf(ticketId, 'Voucher')).toBe('V-1234');
  expect(await valueOf(ticketId, 'Promised for')).toBe('2026-11-27');
  const ticket = await shown(ticketId);
  expect(ticket.tags).toEqual(expect.arrayContaining(['reason_return', 'goods_faulty', 'deskhand_answered']));
  expect(ticket.status).toBe('pending');
  const after = (await at.get<{ audits: unknown[] }>(`/tickets/${ticketId}/audits`)).audits.length;
  expect(after - before).toBe(1);
});

test('another option takes the place of the first, and of its tag; an unticked box loses its own', async () => {
  const ticketId = await opened();
  await apply(ticketId, reply('k/1', { 'Contact reason': 'reason_return', Faulty: true }));
  await apply(ticketId, reply('k/2', { 'Contact reason': 'reason_refund', Faulty: false }));
  const { tags } = await shown(ticketId);
  expect(tags).toContain('reason_refund');
  expect(tags).not.toContain('reason_return');
  expect(tags).not.toContain('goods_faulty');
});

test('a field named in two ways is set once, as the later one says, with that one’s tag alone', async () => {
  const ticketId = await opened();
  const fields = { 'Contact reason': 'reason_return', 'contact reason': 'reason_refund' };
  const [applied] = await apply(ticketId, reply('k/reply', fields));
  expect(applied?.fieldsNotSet).toBeUndefined();
  expect(await valueOf(ticketId, 'Contact reason')).toBe('reason_refund');
  const { tags } = await shown(ticketId);
  expect(tags).toContain('reason_refund');
  expect(tags).not.toContain('reason_return');
});

test('a field that is as it should be is not written again', async () => {
  const ticketId = await opened();
  const fields = { 'Order number': '48213', Pieces: 2, Faulty: true, 'Contact reason': 'reason_return' };
  await apply(ticketId, plainUpdate('k/1', { fields }));
  const audits = await at.get<{ audits: unknown[] }>(`/tickets/${ticketId}/audits`);
  await apply(ticketId, plainUpdate('k/2', { fields }));
  expect(await at.get(`/tickets/${ticketId}/audits`)).toEqual(audits);
});

test('unknown fields and values that do not fit are named; the reply and the others are there, once', async () => {
  const ticketId = await opened();
  const fields = {
    'Order nmber': '48213',
    'Order number': '48213',
    'Contact reason': 'whatever',
    Pieces: 'a dozen',
  };
  for (const outcome of ['applied', 'already-applied']) {
    const [applied] = await apply(ticketId, reply('k/reply', fields));
    expect(applied).toMatchObject({
      outcome,
      fieldsNotSet: [
        {
          field: 'Order nmber',
          why: expect.stringContaining('it has "Order number", "Contact reason"') as string,
        },
        { field: 'Contact reason', why: expect.stringContaining('reason_delivery, reason_return') as string },
        { field: 'Pieces', why: 'it takes whole numbers only' },
      ],
    });
  }
  expect(await valueOf(ticketId, 'Order number')).toBe('48213');
  const { comments } = await at.open().fetchTicket(ticketId, anyCall());
  expect(comments.filter(({ author }) => author === 'bot')).toHaveLength(1);
});

test('a value that only the desk can judge is refused with all the rest: the rest goes without it, told by both tries', async () => {
  const ticketId = await opened();
  for (const outcome of ['applied', 'already-applied']) {
    const [applied] = await apply(ticketId, reply('k/reply', { Voucher: 'none', 'Order number': '48213' }));
    expect(applied?.outcome).toBe(outcome);
    expect(applied?.fieldsNotSet?.map(({ field }) => field)).toEqual(['Voucher', 'Order number']);
  }
  expect((await shown(ticketId)).status).toBe('pending');
});

test('a refusal that has nothing to do with the fields is one', async () => {
  const ticketId = await opened();
  const update = { ...reply('k/reply', { 'Order number': '48213' }), assignee: 'nobody@elsewhere.example' };
  await expect(apply(ticketId, update)).rejects.toMatchObject({ kind: 'rejected' });
});

test('an update without fields asks for none', async () => {
  const ticketId = await opened();
  at.faults.add({ route: 'GET /api/v2/ticket_fields', fault: { type: 'status', status: 500 } });
  expect(await apply(ticketId, plainUpdate('k/1', { status: 'open', addTags: ['x'] }))).toMatchObject([
    { outcome: 'applied' },
  ]);
  await expect(apply(ticketId, reply('k/2', { Faulty: true }))).rejects.toMatchObject({ retryable: true });
});

test('all pages are read; what the desk itself owns, what is not in use and other kinds are left out', async () => {
  const asked: string[] = [];
  const field = (id: number, title: string, more = {}) => ({ id, title, type: 'text', ...more });
  const wire = await openWire(({ path }) => {
    asked.push(path);
    return {
      body: path.includes('page[after]')
        ? { ticket_fields: [field(3, 'Second page')], meta: { has_more: false } }
        : {
            ticket_fields: [
              field(1, 'Subject', { type: 'subject', removable: false }),
              field(2, 'Old', { active: false }),
              field(4, 'Several', { type: 'multiselect' }),
            ],
            meta: { has_more: true, after_cursor: 'abc' },
          },
    };
  });
  const desk = createZendeskDesk({
    ...wire.connection,
    account: 'acme',
    companyAddresses: [],
    ticketUrl: null,
  });
  expect((await desk.customFields(anyCall())).map(({ name }) => name)).toEqual(['Second page']);
  expect(asked).toHaveLength(2);
  await wire.close();
});

describe('the embedded desk', () => {
  test.each([
    [{ type: 'dropdown', title: 'X' }, 400],
    [{ type: 'text' }, 400],
    [{ type: 'tagger', title: 'X' }, 422],
    [{ type: 'regexp', title: 'X', regexp_for_validation: '(' }, 400],
  ])('refuses a field like %j with %i', async (field, status) => {
    expect((await create(field)).status).toBe(status);
  });

  test.each<[string, string, unknown]>([
    ['POST', '', { ticket_field: { type: 'text', title: 'X' } }],
    ['PUT', '/:faulty', { ticket_field: { title: 'X' } }],
    ['POST', '/:faulty/options', { custom_field_option: { name: 'X', value: 'x' } }],
    ['DELETE', '/:faulty', undefined],
  ])('lets admins %s %s, and nobody else', async (method, place, body) => {
    const address = place.replace(':faulty', String(made.get('Faulty')));
    const answer = await ofFields(method, address, body, 'nora@demo-shop.example');
    expect(answer.status).toBe(403);
  });

  test('keeps what agents read and what customers do, and who has switched it off', async () => {
    const told = { description: 'For customers.', agent_description: 'For agents.' };
    const { ticket_field: field } = (await create({ type: 'text', title: 'Mood', ...told })).data;
    const shownField = async () => (await at.get<Shaped>(`/ticket_fields/${field.id}`)).ticket_field;
    expect(await shownField()).toMatchObject({ ...told, raw_description: 'For customers.', active: true });
    const change = { ticket_field: { active: false, agent_description: 'Not for us.' } };
    expect((await ofFields('PUT', `/${field.id}`, change)).status).toBe(200);
    expect(await shownField()).toMatchObject({
      ...{ title: 'Mood', active: false, description: 'For customers.', agent_description: 'Not for us.' },
    });
    expect((await at.open().customFields(anyCall())).map(({ name }) => name)).not.toContain('Mood');
  });

  describe('of a drop-down', () => {
    const option = (value: string, more: object = {}) => ({ name: `As "${value}"`, value, ...more });
    const dropDown = async (...values: readonly string[]) => {
      const custom_field_options = values.map((value) => option(value));
      const answer = await create({ type: 'tagger', title: `Of ${values.join()}`, custom_field_options });
      return answer.data.ticket_field.id;
    };
    const optionsOf = async (id: number) =>
      (await at.get<Shaped>(`/ticket_fields/${id}`)).ticket_field.custom_field_options;
    const add = (id: number, given: unknown) =>
      ofFields('POST', `/${id}/options`, { custom_field_option: given });

    test('adds an option beside those that are there, and changes one by its id', async () => {
      const id = await dropDown('late');
      const [late] = await optionsOf(id);
      expect(await add(id, option('lost'))).toMatchObject({
        status: 201,
        data: { custom_field_option: { value: 'lost', raw_name: 'As "lost"', default: false } },
      });
      expect(await add(id, { id: late?.id, name: 'Too late', value: 'late' })).toMatchObject({ status: 200 });
      expect(await optionsOf(id)).toMatchObject([
        { id: late?.id, name: 'Too late', value: 'late' },
        { value: 'lost' },
      ]);
    });

    test.each<[what: string, given: unknown, status: number]>([
      ['a tag that it has', option('late', { name: 'Another' }), 422],
      ['a name that it has', { name: 'as "LATE"', value: 'another' }, 422],
      ['a tag of two words', option('too late'), 400],
      ['no tag', { name: 'X' }, 400],
      ['no option', undefined, 400],
    ])('refuses %s', async (_what, given, status) => {
      const id = await dropDown('late');
      expect((await add(id, given)).status).toBe(status);
      expect(await optionsOf(id)).toHaveLength(1);
    });

    test('refuses a list with one of them twice, or with none, and one that is too long', async () => {
      const id = await dropDown('late', 'lost');
      const twice = { type: 'tagger', title: 'X', custom_field_options: [option('late'), option('late')] };
      expect((await create(twice)).status).toBe(422);
      const many = Array.from({ length: 2_001 }, (_, at) => option(`at_${at}`));
      for (const custom_field_options of [[], many]) {
        const answer = await ofFields('PUT', `/${id}`, { ticket_field: { custom_field_options } });
        expect(answer.status).toBe(422);
      }
      expect(await optionsOf(id)).toHaveLength(2);
    });

    test('an option that a list leaves out is gone with its values, and the others keep their ids', async () => {
      const id = await dropDown('late', 'lost');
      const [, lost] = await optionsOf(id);
      const tickets = [await opened(), await opened()];
      const values = ['late', 'lost'];
      for (const [index, ticketId] of tickets.entries()) {
        await at.put(`/tickets/${ticketId}`, { ticket: { custom_fields: [{ id, value: values[index] }] } });
      }
      const left = { ticket_field: { custom_field_options: [option('lost'), option('new')] } };
      expect((await ofFields('PUT', `/${id}`, left)).status).toBe(200);
      expect(await optionsOf(id)).toMatchObject([{ id: lost?.id, value: 'lost' }, { value: 'new' }]);
      const kept = await Promise.all(tickets.map(async (ticketId) => fieldOn(await shown(ticketId), id)));
      expect(kept).toEqual([null, 'lost']);
    });

    test('has options, which no other kind has', async () => {
      expect((await add(Number(made.get('Pieces')), option('late'))).status).toBe(404);
      expect((await add(1, option('late'))).status).toBe(404);
    });
  });

  test('a field that is deleted is gone from every ticket, and nothing else is', async () => {
    const gone = (await create({ type: 'text', title: 'Gone' })).data.ticket_field.id;
    const pieces = Number(made.get('Pieces'));
    const ticketId = await opened();
    const custom_fields = [
      { id: gone, value: 'x' },
      { id: pieces, value: 3 },
    ];
    await at.put(`/tickets/${ticketId}`, { ticket: { custom_fields } });
    expect((await ofFields('DELETE', `/${gone}`)).status).toBe(204);
    const ticket = await shown(ticketId);
    expect(ticket.custom_fields.map(({ id }) => id)).not.toContain(gone);
    expect(fieldOn(ticket, pieces)).toBe('3');
    expect((await ofFields('DELETE', `/${gone}`)).status).toBe(404);
  });

  test('shows one field, and none that is not there', async () => {
    const id = made.get('Faulty');
    expect(await at.get(`/ticket_fields/${id}`)).toMatchObject({
      ticket_field: { title: 'Faulty', type: 'checkbox', tag: 'goods_faulty', removable: true },
    });
    await expect(at.get('/ticket_fields/1')).rejects.toMatchObject({ response: { status: 404 } });
  });

  test('takes the option from its tag, and empties the field with it', async () => {
    const ticketId = await opened();
    await at.put(`/tickets/${ticketId}`, { ticket: { tags: ['reason_refund', 'goods_faulty'] } });
    expect(await valueOf(ticketId, 'Contact reason')).toBe('reason_refund');
    expect(await valueOf(ticketId, 'Faulty')).toBe(true);
    await at.put(`/tickets/${ticketId}`, { ticket: { tags: ['other'] } });
    expect(await valueOf(ticketId, 'Contact reason')).toBeNull();
    expect(await valueOf(ticketId, 'Faulty')).toBe(false);
  });

  test('drops what it does not know without a word, empties what is set to nothing, refuses the rest', async () => {
    const ticketId = await opened();
    const [pieces, promised] = [made.get('Pieces'), made.get('Promised for')];
    const set = (id: number | undefined, value: unknown) =>
      at.put(`/tickets/${ticketId}`, { ticket: { custom_fields: [{ id, value }] } });
    await set(1, 'nobody');
    await set(pieces, 3);
    await set(pieces, { three: true });
    expect(await valueOf(ticketId, 'Pieces')).toBe('3');
    await set(pieces, null);
    expect(await valueOf(ticketId, 'Pieces')).toBeNull();
    await expect(set(promised, 'soon')).rejects.toMatchObject({ response: { status: 422 } });
  });
});
