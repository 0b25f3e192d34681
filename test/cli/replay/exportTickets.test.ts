/** `deskhand replay --export`: the file is there whole or not at all, and holds what was recorded. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { exportTickets, ticketsOfFile, type RecordedTicket } from '../../../src/cli/replay/recordedTickets';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-export-'));
  file = path.join(folder, 'tickets.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function ticket(id: number): RecordedTicket {
  return {
    ticket: { desk: 'zendesk', account: 'acme', ticketId: String(id) },
    runId: `run-${id}`,
    decisions: [{ at: '2026-11-25T10:00:00.000Z', plan: { rule: 'late', words: 'x'.repeat(2_000) } }],
  };
}

async function* tickets(count: number, end: () => void = () => undefined): AsyncGenerator<RecordedTicket> {
  for (let id = 1; id <= count; id += 1) yield await Promise.resolve(ticket(id));
  end();
}

test('every ticket is in it, and reads back as it was; nobody else may read it', async () => {
  expect(await exportTickets(tickets(200), file)).toBe(200);
  const back: RecordedTicket[] = [];
  for await (const read of ticketsOfFile(file, 500)) back.push(read);
  expect(back).toEqual(Array.from({ length: 200 }, (_, index) => ticket(index + 1)));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['tickets.jsonl']);
});

test('when the tickets break off, no half of a file is left, and the export can be made again', async () => {
  const lost = (): never => {
    throw new Error('the connection to Temporal was lost');
  };
  await expect(exportTickets(tickets(200, lost), file)).rejects.toThrow(
    'the connection to Temporal was lost',
  );
  expect(await readdir(folder)).toEqual([]);
  expect(await exportTickets(tickets(3), file)).toBe(3);
});

test('a file that is there stays as it is, also one that came while the tickets were read', async () => {
  await writeFile(file, 'mine');
  await expect(exportTickets(tickets(1), file)).rejects.toThrow(
    /tickets.jsonl is there already; name another/,
  );
  await rm(file);
  const reading = tickets(5);
  await reading.next();
  const export_ = exportTickets(reading, file);
  await writeFile(file, 'theirs');
  await expect(export_).rejects.toThrow(/is there already/);
  expect(await readFile(file, 'utf8')).toBe('theirs');
  expect(await readdir(folder)).toEqual(['tickets.jsonl']);
});

test('where nothing can be written, the file is named', async () => {
  await mkdir(path.join(folder, 'a'));
  await writeFile(path.join(folder, 'a/file'), '');
  const nowhere = path.join(folder, 'a/file/tickets.jsonl');
  await expect(exportTickets(tickets(1), nowhere)).rejects.toThrow(
    /a\/file\/tickets\.jsonl cannot be written: ENOTDIR/,
  );
  await expect(exportTickets(tickets(1), path.join(folder, 'b/tickets.jsonl'))).rejects.toThrow(/ENOENT/);
});
