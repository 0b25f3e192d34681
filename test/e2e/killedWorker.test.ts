/**
 * `kill -9` of the worker at any step of a turn: after a restart every ticket has exactly one reply and one note. The
 * worker is a process of its own, started as a user would; tickets are held at every step by holding the desk.
 */
import type { Command } from '../cli/processes';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';
import { startWorkerProcess } from '../support/workerProcess';

let deskhand: Deskhand;
let worker: Command | null = null;
beforeAll(async () => {
  deskhand = await Deskhand.start({ workers: false });
});
afterAll(async () => {
  await worker?.kill();
  await deskhand.stop();
});

async function expectOneReplyAndOneNote(ticketId: number): Promise<void> {
  await until(`ticket ${ticketId} to be answered`, async () =>
    (await deskhand.view(ticketId)).stage === 'waiting-for-customer' ? true : null,
  );
  expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
  expect(await deskhand.notes(ticketId)).toHaveLength(1);
}

/** Where a ticket is when the worker dies: the request that is held, before or after the desk applied it. */
const steps = {
  'reading the ticket': ['GET /api/v2/tickets/{id}', 1, 'delay'],
  'reading the comments': ['GET /api/v2/tickets/{id}/comments', 1, 'delay'],
  'reading back before the reply': ['GET /api/v2/tickets/{id}/audits', 1, 'delay'],
  'the reply is on its way': ['PUT /api/v2/tickets/{id}', 1, 'delay'],
  'the reply is applied, unknown to the worker': ['PUT /api/v2/tickets/{id}', 1, 'reset-after'],
  'the note is on its way': ['PUT /api/v2/tickets/{id}', 2, 'delay'],
  'the note is applied, unknown to the worker': ['PUT /api/v2/tickets/{id}', 2, 'reset-after'],
} as const;

it('at every step at once, and between the steps', async () => {
  worker = await startWorkerProcess(deskhand);
  const held: number[] = [];
  for (const [route, nth, type] of Object.values(steps)) {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    const { faults } = deskhand.desk;
    const at = { route: route.replace('{id}', String(ticketId)), times: 1 };
    // The requests before the one that is meant pass, held for a moment so short that nobody notices.
    for (let before = 1; before < nth; before += 1) faults.add({ ...at, fault: { type: 'delay', ms: 0 } });
    faults.add({ ...at, fault: type === 'delay' ? { type, ms: 6_000 } : { type } });
    held.push(ticketId);
    await deskhand.hint(ticketId);
  }
  // These are caught wherever they happen to be: settling, being classified, consulting the policy.
  const moving: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    const ticketId = await deskhand.people.customerOpens('Where is my order?');
    moving.push(ticketId);
    await deskhand.hint(ticketId);
    await new Promise((resolve) => setTimeout(resolve, 350));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await worker.kill();
  worker = await startWorkerProcess(deskhand);
  for (const ticketId of [...held, ...moving]) await expectOneReplyAndOneNote(ticketId);
});

it('again and again while tickets come in: nothing is lost, nothing is said twice', async () => {
  worker ??= await startWorkerProcess(deskhand);
  const tickets: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    for (let index = 0; index < 5; index += 1) {
      tickets.push(await deskhand.ask('Where is my order?'));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await new Promise((resolve) => setTimeout(resolve, 1_900 + 400 * round));
    await worker.kill();
    // What arrives while nobody works is kept by Temporal.
    tickets.push(await deskhand.ask('Where is my order?'));
    worker = await startWorkerProcess(deskhand);
  }
  for (const ticketId of tickets) await expectOneReplyAndOneNote(ticketId);
});
