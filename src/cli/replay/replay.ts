/** `deskhand replay`: recorded conversations, decided again under another version. Nothing is looked up or sent. */
import path from 'node:path';
import { readSettings } from '../../config/settings';
import { connectTemporal } from '../../temporal/connection';
import type { WhichRuns } from '../../temporal/recordedDecisions';
import { CommandError } from '../failure';
import { findPolicy } from '../policy/findPolicy';
import { policyBehind } from '../policy/whichPolicy';
import { exportTickets, ticketsOfFile, ticketsOfTemporal, type RecordedTicket } from './recordedTickets';
import { replayTickets } from './replayTickets';
import { readRunningSettings } from '../runningSettings';
import { temporalTarget } from '../temporalTarget';

export interface ReplayOptions {
  /** A version or a folder; null only with `export`. */
  readonly policy: string | null;
  /** Which of several policies that is for, by name; null: the one whose folder it is, or that has published it. */
  readonly of: string | null;
  readonly last: number;
  readonly which: WhichRuns;
  /** Tickets exported before, in place of Temporal's. */
  readonly file?: string;
  /** Writes the recorded tickets there, and decides nothing. */
  readonly export?: string;
  /** Shows replies whole, with what they say of customers. */
  readonly words?: boolean;
  readonly json?: boolean;
}

/** @throws PolicyError, CommandError, TemporalConnectionError */
export async function runReplay(options: ReplayOptions): Promise<void> {
  const { file, last, which } = options;
  const use = options.export === undefined ? await deciding(options) : writing(options.export);
  if (file !== undefined) return use(ticketsOfFile(path.resolve(file), last));
  const { settings } = await readRunningSettings(process.env);
  const temporal = await connectTemporal(temporalTarget(settings));
  try {
    await use(ticketsOfTemporal(temporal.client, which, last));
  } finally {
    await temporal.close();
  }
}

type UseTickets = (tickets: AsyncIterable<RecordedTicket>) => Promise<void>;

function writing(file: string): UseTickets {
  return async (tickets) => {
    const count = await exportTickets(tickets, path.resolve(file));
    console.log(`${count} tickets in ${file}. It holds what customers wrote: keep it as such.`);
  };
}

async function deciding({ policy, of, words = false, json = false }: ReplayOptions): Promise<UseTickets> {
  if (policy === null) throw new CommandError('Name what to decide by: --policy <version or folder>.');
  const { store, name } = await policyBehind(readSettings(process.env), policy, of);
  const settings = {
    policy: await findPolicy(store, policy),
    name,
    words,
    json,
    print: (text: string) => console.log(text),
    // Beside the output, so that a pipe gets none of it.
    progress: (count: number) => console.error(`${count} tickets so far`),
  };
  return (tickets) => replayTickets(tickets, settings, store);
}
