/** Proof of likeness: a public Freshdesk client that we did not write works against the embedded desk. */
import Freshdesk from 'freshdesk-api';
import { TestFreshdesk } from './testFreshdesk';

let desk: TestFreshdesk;
let client: Freshdesk;
let ticketId: number;
beforeAll(async () => {
  desk = await TestFreshdesk.start();
  client = new Freshdesk(desk.desk.url, desk.desk.credentials.token);
  ticketId = Number((await desk.people.customerOpens('Where is my order?')).ticketId);
});
afterEach(() => desk.desk.faults.clear());
afterAll(() => desk.stop());

interface Said {
  readonly body: unknown;
  readonly pageIsLast: boolean;
}
type Callback = (error: unknown, body: unknown, extra: { readonly pageIsLast: boolean }) => void;

function ask(call: (done: Callback) => void): Promise<Said> {
  return new Promise((resolve, reject) => {
    call((error, body, extra) =>
      error === null || error === undefined
        ? resolve({ body, pageIsLast: extra.pageIsLast })
        : reject(error instanceof Error ? error : new Error('no answer')),
    );
  });
}

it('shows a ticket, bare, its first message as HTML and as text', async () => {
  const { body } = await ask((done) => client.getTicket(ticketId, done));
  expect(body).toMatchObject({
    id: ticketId,
    subject: 'My parcel',
    status: 2,
    priority: 1,
    source: 1,
    description: '<p>Where is my order?</p>',
    description_text: 'Where is my order?',
  });
  expect(body).not.toHaveProperty('conversations');
  expect(body).not.toHaveProperty('deleted');
});

it('creates and updates a ticket by numbers', async () => {
  const fields = {
    ...{ subject: 'From the client', description: '<p>Hello</p>', email: 'bo@example.com' },
    ...{ status: 2, priority: 1, tags: ['first'] },
  };
  const made = (await ask((done) => client.createTicket(fields, done))).body;
  expect(made).toMatchObject({ subject: 'From the client', tags: ['first'] });
  const { id } = made as { id: number };
  const change = { status: 4, priority: 3, tags: ['second'], custom_fields: { cf_order_number: '48213' } };
  expect((await ask((done) => client.updateTicket(id, change, done))).body).toMatchObject({
    ...{ status: 4, priority: 3, tags: ['second'] },
    custom_fields: { cf_order_number: '48213', cf_gift: null },
  });
});

it('writes a reply and a note, and lists both behind the first message, which is not among them', async () => {
  await ask((done) => client.createReply(ticketId, { body: '<p>On its way.</p>' }, done));
  await ask((done) => client.createNote(ticketId, { body: 'By rule.', private: true }, done));
  const { body, pageIsLast } = await ask((done) => client.listAllConversations(ticketId, done));
  expect(body).toMatchObject([
    { body: '<p>On its way.</p>', body_text: 'On its way.', incoming: false, private: false, source: 0 },
    { body_text: 'By rule.', incoming: false, private: true, source: 2 },
  ]);
  expect(pageIsLast).toBe(true);
});

it('says by a Link header that there is another page', async () => {
  const long = (await desk.people.customerOpens('one')).ticketId;
  for (let n = 0; n < 31; n += 1) await desk.people.customerWrites(long, 'more');
  const { body, pageIsLast } = await ask((done) => client.listAllConversations(Number(long), done));
  expect(body).toHaveLength(30);
  expect(pageIsLast).toBe(false);
});

it('answers a missing ticket with nothing at all, which is no JSON', async () => {
  await expect(ask((done) => client.getTicket(999_999, done))).rejects.toMatchObject({
    name: 'FreshdeskError',
    status: 404,
    message: 'The requested entity was not found',
  });
});

it('says what is wrong of an update', async () => {
  await expect(
    ask((done) => client.updateTicket(ticketId, { status: 'resolved' }, done)),
  ).rejects.toMatchObject({
    status: 400,
    message: 'Validation failed',
    data: {
      errors: [
        {
          field: 'status',
          message: "It should be one of these values: '2,3,4,5,6,7'",
          code: 'invalid_value',
        },
      ],
    },
  });
});

it('tells who asks too often to wait, in plain text', async () => {
  const other = await TestFreshdesk.start({ limits: { requestsPerMinute: 2 } });
  try {
    const hasty = new Freshdesk(other.desk.url, other.desk.credentials.token);
    const look = () => ask((done) => hasty.listAllTickets({}, done));
    await look();
    await look();
    await expect(look()).rejects.toMatchObject({
      status: 429,
      retryAfter: expect.any(Number) as number,
      data: expect.stringContaining('exceeded') as string,
    });
  } finally {
    await other.stop();
  }
});
