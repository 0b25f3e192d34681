/**
 * `npm run record-histories`: records what open tickets of this version look like, for test/replay.test.ts to run
 * against later code. To be run at a release, into a folder of its version; older folders stay.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Deskhand, until } from '../support/deskhand';
import { historyToJson } from '../support/historyJson';
import globalSetup from '../support/globalSetup';
import globalTeardown from '../support/globalTeardown';

const by = { by: 'maria' };

const stories: Record<string, (deskhand: Deskhand) => Promise<number>> = {
  'answered-twice': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
    await deskhand.hint(ticketId);
    await until('two replies', async () => ((await deskhand.publicReplies(ticketId)).length === 2 ? true : null));
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'handed-off-and-escalated': async (deskhand) => {
    const ticketId = await deskhand.ask('I want to talk to a human');
    await deskhand.untilStage(ticketId, 'handed-off');
    await deskhand.handle(ticketId).executeUpdate('escalate', { args: [by] });
    await until('the escalation on the desk', async () => ((await deskhand.people.ticket(ticketId)).priority === 'high' ? true : null));
    return ticketId;
  },
  'taken-over-and-handed-back': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await deskhand.handle(ticketId).signal('handBack', by);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    return ticketId;
  },
  'stopped-while-replying': async (deskhand) => {
    deskhand.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 2, fault: { type: 'status', status: 503, body: 'down' } });
    const ticketId = await deskhand.ask('Where is my order?');
    await until('the reply to be under way', async () => ((await deskhand.view(ticketId)).turnPhase === 'acting' ? true : null));
    await deskhand.handle(ticketId).executeUpdate('takeOver', { args: [by] });
    await until('the draft to be noted', async () => ((await deskhand.notes(ticketId)).length === 1 ? true : null));
    return ticketId;
  },
  'given-to-people-after-a-failure': async (deskhand) => {
    deskhand.desk.faults.add({ route: 'PUT /api/v2/tickets/*', times: 1, fault: { type: 'status', status: 422, body: { error: 'RecordInvalid' } } });
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'handed-off');
    return ticketId;
  },
  'closed-by-an-agent': async (deskhand) => {
    const ticketId = await deskhand.ask('Where is my order?');
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    await deskhand.handle(ticketId).executeUpdate('close', { args: [by] });
    await deskhand.handle(ticketId).result();
    return ticketId;
  },
};

async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  const folder = path.join(__dirname, version);
  await mkdir(folder, { recursive: true });
  await globalSetup();
  const deskhand = await Deskhand.start({ settings: { settleMs: 500 } });
  try {
    for (const [name, tell] of Object.entries(stories)) {
      const history = await deskhand.handle(await tell(deskhand)).fetchHistory();
      await writeFile(path.join(folder, `${name}.json`), historyToJson(history));
      process.stdout.write(`${name}: ${history.events?.length ?? 0} events\n`);
    }
  } finally {
    await deskhand.stop();
    await globalTeardown();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
