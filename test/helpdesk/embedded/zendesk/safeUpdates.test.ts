/** A safe update goes through on exactly the ticket that was read, whoever moved it meanwhile and however. */
import fc from 'fast-check';
import { agents, roomyLimits, TestDesk, ticketIn } from './harness';

let desk: TestDesk;
let now = Date.parse('2026-03-02T10:00:00.400Z');
beforeAll(async () => {
  desk = await TestDesk.start({ clock: () => now, limits: roomyLimits });
});
afterAll(() => desk.stop());

const stampOf = async (id: string) => (await desk.ticket(id)).updated_at;
const safely = (id: string, stamp: string, change: Record<string, unknown> = { priority: 'urgent' }) =>
  desk.put(id, { ...change, safe_update: true, updated_stamp: stamp });
const conflict = { status: 409, body: { error: 'UpdateConflict' } };

describe('a stamp is stale after', () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ["a customer's words", (id) => desk.customerWrites(id, 'Hello?')],
    ["a copied person's words", (id) => desk.customerWrites(id, { body: 'x', email: 'third@example.com' })],
    ['an attachment', (id) => desk.customerWrites(id, { attachments: [{ file_name: 'a.png' }] })],
    ["an agent's reply", (id) => desk.put(id, { comment: { body: 'x' } }, { as: agents.nora })],
    ["an agent's note", (id) => desk.put(id, { comment: { body: 'x', public: false } })],
    ['an assignment', (id) => desk.put(id, { assignee_email: agents.tomas })],
    ['a status', (id) => desk.put(id, { status: 'hold' })],
    ['a tag', (id) => desk.call('PUT', `/api/v2/tickets/${id}/tags`, { tags: ['a'] })],
    ['another safe update', async (id) => safely(id, await stampOf(id), { subject: 'Other' })],
  ])('%s: 409, and nothing is written', async (_what, move) => {
    const id = await desk.newTicket();
    const read = await stampOf(id);
    await move(id);
    const before = { ticket: await desk.ticket(id), audits: await desk.audits(id) };
    const write = await safely(id, read, { comment: { body: 'Stale', public: true }, tags: ['bot'] });
    expect(write).toMatchObject(conflict);
    expect({ ticket: await desk.ticket(id), audits: await desk.audits(id) }).toEqual(before);
    expect((await safely(id, before.ticket.updated_at)).status).toBe(200);
  });
});

describe('a stamp is good after', () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ['nothing', () => Promise.resolve()],
    ['a reading', (id) => desk.comments(id)],
    ['a write that changed nothing', (id) => desk.put(id, { status: 'new' })],
    ['a write that was refused', (id) => desk.put(id, { status: 'asleep' })],
    ['a write to another ticket', async () => desk.put(await desk.newTicket(), { status: 'open' })],
    ['hours', () => Promise.resolve((now += 3_600_000))],
  ])('%s', async (_what, happen) => {
    const id = await desk.newTicket();
    const read = await stampOf(id);
    await happen(id);
    expect((await safely(id, read)).status).toBe(200);
  });

  it('a restart', async () => {
    const id = await desk.newTicket();
    const read = await stampOf(id);
    desk = await desk.restart({ clock: () => now, limits: roomyLimits });
    expect((await safely(id, read)).status).toBe(200);
    expect(await safely(id, read)).toMatchObject(conflict);
  });
});

it.each([
  ['of another ticket', '2026-03-02T09:00:00Z'],
  ['of a second later', '2026-03-02T10:00:01Z'],
  ['without a time', '2026-03-02'],
  ['that is empty', ''],
  ['in seconds', '1772445600'],
])('a stamp %s is no stamp of this one: 409', async (_what, stamp) => {
  now = Date.parse('2026-03-02T10:00:00.400Z');
  expect(await safely(await desk.newTicket(), stamp)).toMatchObject(conflict);
});

it('the answer has the next stamp, so that updates may follow each other without reading', async () => {
  const id = await desk.newTicket();
  let stamp = await stampOf(id);
  for (const priority of ['low', 'normal', 'high', 'urgent']) {
    const answer = await safely(id, stamp, { priority, comment: { body: priority } });
    expect(answer.status).toBe(200);
    stamp = ticketIn(answer).updated_at;
  }
  expect(await desk.comments(id)).toHaveLength(5);
});

it('of a person and a bot who read the same, one is written and the other told', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await desk.newTicket();
    const read = await stampOf(id);
    const write = (body: string, as: string) =>
      desk.put(id, { comment: { body }, safe_update: true, updated_stamp: read }, { as });
    const answers = await Promise.all([
      write('bot', desk.desk.credentials.email),
      write('person', agents.nora),
      write('another person', agents.tomas),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await desk.comments(id)).toHaveLength(2);
  }
});

it('whatever moves the ticket in whatever order, exactly the writes on the newest stamp go through', async () => {
  const step = fc.record({
    from: fc.nat({ max: 5 }),
    waits: fc.constantFrom(0, 300, 1_000, 5_000),
    safe: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const id = await desk.newTicket();
      const stamps = [await stampOf(id)];
      for (const [index, { from, waits, safe }] of steps.entries()) {
        now += waits;
        // 0 is the newest stamp, 1 the one before, and so on.
        const stamp = stamps.at(-1 - Math.min(from, stamps.length - 1)) ?? '';
        const change = { comment: { body: `word ${index}` } };
        const answer = safe ? await safely(id, stamp, change) : await desk.put(id, change);
        expect(answer.status).toBe(!safe || stamp === stamps.at(-1) ? 200 : 409);
        if (answer.status === 200) stamps.push(ticketIn(answer).updated_at);
      }
      expect(new Set(stamps).size).toBe(stamps.length);
      expect(await desk.comments(id)).toHaveLength(stamps.length);
    }),
    { numRuns: 40 },
  );
});
