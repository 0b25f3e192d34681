/** Tickets with their recorded decisions, one at a time: from Temporal, or from a file that was exported before. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { hasCode } from '../../contracts/errorCode';
import { recordedDecisions, recordedRuns, type WhichRuns } from '../../temporal/recordedDecisions';
import { CommandError } from '../failure';

const recordedTicket = z.object({
  ticket: z.object({ desk: z.string(), account: z.string(), ticketId: z.string() }),
  runId: z.string(),
  decisions: z.array(z.object({ at: z.string(), plan: z.unknown() })),
});
export type RecordedTicket = z.infer<typeof recordedTicket>;

/** Tickets that were never decided about are left out, and do not count. */
export async function* ticketsOfTemporal(
  client: Client,
  which: WhichRuns,
  last: number,
): AsyncGenerator<RecordedTicket> {
  let count = 0;
  for await (const run of recordedRuns(client, which)) {
    if (count >= last) return;
    const decisions: RecordedTicket['decisions'] = [];
    for await (const decision of recordedDecisions(client, run)) decisions.push(decision);
    if (decisions.length === 0) continue;
    count += 1;
    yield { ticket: run.ref, runId: run.runId, decisions };
  }
}

/**
 * One ticket a line, as `exportTickets` writes them.
 * @throws CommandError with the line.
 */
export async function* ticketsOfFile(file: string, last: number): AsyncGenerator<RecordedTicket> {
  const input = createReadStream(file, 'utf8');
  try {
    await once(input, 'open');
  } catch (error) {
    const why = hasCode(error, 'ENOENT') ? 'there is no such file' : String(error);
    throw new CommandError(`${file} cannot be read: ${why}.`);
  }
  let line = 0;
  let count = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    if (count >= last) return;
    count += 1;
    yield readLine(file, line, text);
  }
}

function readLine(file: string, line: number, text: string): RecordedTicket {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${file}:${line} is no JSON. Each line is a ticket that \`--export\` wrote.`);
  }
  const parsed = recordedTicket.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where =
    issue === undefined || issue.path.length === 0 ? 'the line' : issue.path.map(String).join('.');
  throw new CommandError(
    `${file}:${line} is no recorded ticket: ${where} ${issue?.message ?? 'is wrong'}. Each line is a ticket that \`--export\` wrote.`,
  );
}

/**
 * Readable by its owner alone: it holds what customers wrote.
 * @returns how many tickets. @throws CommandError when the file is there already or cannot be written.
 */
export async function exportTickets(tickets: AsyncIterable<RecordedTicket>, file: string): Promise<number> {
  const output = createWriteStream(file, { mode: 0o600, flags: 'wx' });
  try {
    await once(output, 'open');
  } catch (error) {
    const why = hasCode(error, 'EEXIST') ? 'it is there already; name another, or delete it' : String(error);
    throw new CommandError(`${file} cannot be written: ${why}.`);
  }
  let count = 0;
  for await (const ticket of tickets) {
    if (!output.write(`${JSON.stringify(ticket)}\n`)) await once(output, 'drain');
    count += 1;
  }
  output.end();
  await once(output, 'finish');
  return count;
}
