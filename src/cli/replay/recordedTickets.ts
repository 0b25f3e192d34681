/** Tickets with their recorded decisions, one at a time: from Temporal, or from a file that was exported before. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { link, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
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

/** In characters: more than the longest history that a Temporal server keeps of one ticket. */
const longestLine = 64 * 1024 * 1024;

/**
 * One ticket a line, as `exportTickets` writes them.
 * @throws CommandError with the line.
 */
export async function* ticketsOfFile(file: string, last: number): AsyncGenerator<RecordedTicket> {
  const found = await stat(file).catch((error: unknown) => {
    const why = hasCode(error, 'ENOENT') ? 'there is no such file' : String(error);
    throw new CommandError(`${file} cannot be read: ${why}.`);
  });
  if (!found.isFile()) {
    throw new CommandError(`${file} cannot be read: it is no file. Name the one that \`--export\` wrote.`);
  }
  const input = createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  try {
    await once(input, 'open');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${String(error)}.`);
  }
  let line = 0;
  let count = 0;
  for await (const text of linesIn(input)) {
    line += 1;
    if (text === null) {
      throw new CommandError(
        `${file}:${line} is no recorded ticket: it is longer than 64 MB. Each line is a ticket that \`--export\` wrote.`,
      );
    }
    if (text.trim() === '') continue;
    if (count >= last) return;
    count += 1;
    yield readLine(file, line, text);
  }
}

/** Null in place of a line that is too long to be held; nothing follows it. */
async function* linesIn(input: AsyncIterable<string>): AsyncGenerator<string | null> {
  let begun = '';
  for await (const chunk of input) {
    const texts = chunk.split('\n');
    const rest = texts.pop() ?? '';
    for (const text of texts) {
      yield begun + text;
      begun = '';
    }
    begun += rest;
    if (begun.length <= longestLine) continue;
    yield null;
    return;
  }
  yield begun;
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
 * Readable by its owner alone: it holds what customers wrote. It is there whole or not at all.
 * @returns how many tickets. @throws CommandError when the file is there already or cannot be written; what
 * `tickets` throws is thrown on.
 */
export async function exportTickets(tickets: AsyncIterable<RecordedTicket>, file: string): Promise<number> {
  const isThere = `${file} is there already; name another, or delete it.`;
  // Told before all the tickets are read; another that comes meanwhile is found at the end.
  if (existsSync(file)) throw new CommandError(isThere);
  const draft = `${file}.part-${randomUUID()}`;
  const count = { tickets: 0 };
  try {
    await pipeline(linesOf(tickets, count), createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    await link(draft, file);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new CommandError(isThere);
    if (!isOfFile(error)) throw error;
    throw new CommandError(`${file} cannot be written: ${error.message}.`);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  return count.tickets;
}

async function* linesOf(
  tickets: AsyncIterable<RecordedTicket>,
  count: { tickets: number },
): AsyncGenerator<string> {
  for await (const ticket of tickets) {
    count.tickets += 1;
    yield `${JSON.stringify(ticket)}\n`;
  }
}

const fileCalls: readonly unknown[] = ['open', 'write', 'close', 'link'];

/** What went wrong with the tickets themselves is not the file's fault. */
function isOfFile(error: unknown): error is NodeJS.ErrnoException {
  return (
    typeof error === 'object' && error !== null && 'syscall' in error && fileCalls.includes(error.syscall)
  );
}
