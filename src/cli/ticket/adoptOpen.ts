/** `deskhand ticket start --open`: takes up the open tickets that the desk had before Deskhand came, at a bounded rate. */
import { setTimeout as delay } from 'node:timers/promises';
import { deskNameOf } from '../../config/deskSettings';
import type { Settings } from '../../config/settings';
import { deskKinds } from '../../helpdesk/deskKinds';
import { readEmbeddedDeskCredentials } from '../../helpdesk/embedded/common/credentials';
import { createZendeskHttp, type ZendeskConnection } from '../../helpdesk/zendesk/http';
import { openTickets } from '../../helpdesk/zendesk/openTickets';
import { RemoteFailure } from '../../remote/failures';
import type { ApiClient } from '../apiClient';
import { confirm } from '../connect/ask';
import { CommandError } from '../failure';
import type { Terminal } from './approval';

export interface AdoptOptions {
  /** The id of a view; left out: all new and open tickets. */
  readonly view?: string;
  readonly atMost: number;
  readonly perMinute: number;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export interface AdoptingFrom {
  readonly settings: Settings;
  readonly api: Pick<ApiClient, 'list' | 'start'>;
  readonly terminal: Terminal;
  readonly isStopped: () => boolean;
}

const desk = 'zendesk';
const withinMs = 60_000;

/** @throws CommandError; RemoteFailure where the desk does not tell. */
export async function adoptOpenTickets(options: AdoptOptions, from: AdoptingFrom): Promise<void> {
  const { terminal, api, isStopped } = from;
  const { view = null, atMost, perMinute } = options;
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const request = createZendeskHttp(await connectionOf(from.settings));
  const open = await openTickets(request, view, { signal: AbortSignal.timeout(withinMs) }).catch(
    (error: unknown) => {
      if (view === null || !(error instanceof RemoteFailure) || error.status !== 404) throw error;
      throw new CommandError(
        `Zendesk has no view ${view} that we may see: its number is in the address of the view, /agent/filters/<number>.`,
      );
    },
  );
  const { account, accountsFile } = from.settings;
  const whose = { desk, ...(accountsFile === null ? {} : { account }) };
  const running = await runningTickets(api, whose);
  const left = open.filter((ticketId) => !running.has(ticketId));
  const taken = left.slice(0, atMost);
  const where = view === null ? 'on the desk' : `in view ${view}`;
  say(
    `${count(open.length)} new or open ${where}: ${open.length - left.length} run already, ${left.length} do not.`,
  );
  if (taken.length < left.length) say(`The first ${taken.length} are taken (--at-most ${atMost}).`);
  if (taken.length === 0) return;
  say(
    `Deskhand looks at each of them, ${perMinute} a minute: what no agent has and waits for an answer is answered now, ` +
      'in the mode that holds (deskhand mode).',
  );
  if (options.dryRun === true) {
    say('Nothing was started (--dry-run).');
    return;
  }
  if (options.yes !== true) await confirm(terminal, `Start ${count(taken.length)}?`);
  for (const [index, ticketId] of taken.entries()) {
    const goOn = `${index} of ${taken.length} were started: run the same again, those that run are told apart.`;
    if (isStopped()) throw new CommandError(`Stopped. ${goOn}`);
    if (index > 0) await delay(60_000 / perMinute);
    try {
      await api.start({ ...whose, ticketId });
    } catch (error) {
      throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${goOn}`);
    }
  }
  say(`${count(taken.length)} started: deskhand ticket list`);
}

async function connectionOf({ desk: served, stateDir }: Settings): Promise<ZendeskConnection> {
  if (served.kind === 'zendesk') return served;
  const name = deskNameOf(served);
  if (served.kind !== 'embedded' || name !== desk) {
    throw new CommandError(
      `Open tickets are taken up on Zendesk alone: on ${deskKinds[name].title}, start each with "deskhand ticket start ${name} <id>".`,
    );
  }
  const { apiUrl, email, token } = await readEmbeddedDeskCredentials(stateDir, name);
  return { apiUrl, auth: { type: 'api-token', email, token } };
}

async function runningTickets(
  api: AdoptingFrom['api'],
  whose: Readonly<Record<string, string>>,
): Promise<ReadonlySet<string>> {
  const running = new Set<string>();
  let cursor: string | null = null;
  do {
    const filters: Record<string, string> = { ...whose, state: 'open', limit: '100' };
    if (cursor !== null) filters['cursor'] = cursor;
    const page = await api.list(filters);
    for (const { ticketId } of page.tickets) running.add(ticketId);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return running;
}

function count(tickets: number): string {
  return tickets === 1 ? '1 ticket' : `${tickets} tickets`;
}
