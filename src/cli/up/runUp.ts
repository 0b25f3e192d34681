/**
 * `deskhand up`: Temporal, desk, worker and API as processes of one terminal, and, on the embedded desk, a customer
 * who asks. Everything is stopped in the reverse order, so that what is under way can be finished.
 */
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { accountNameInFull, withShared, type EngineSettings, type Settings } from '../../config/settings';
import { deskKinds } from '../../helpdesk/deskKinds';
import { servedDesk } from '../../helpdesk/openHelpdesk';
import { demoMailFolder } from '../../mail/openMailer';
import { demoCustomer } from '../../orders/demoShop';
import { connectTemporal } from '../../temporal/connection';
import { choosePort } from '../../temporal/provision/ports';
import { apiUrl, connectApi } from '../apiClient';
import { CommandError } from '../failure';
import { inForceBeside, policyInForce } from '../policy/inForce';
import { brokenOrders } from './checkOrders';
import { checkAccounts, type CheckedPolicy } from './checkAccounts';
import { startChild, type RunningChild } from './child';
import { Conversation } from './conversation';
import { findDemoTicket, sayTicketLinks, untilAnswered } from './demo';
import { openDeskPage } from './embeddedDesk';
import { demoLeftOpen } from './leftOpen';
import { webhookSecret } from '../webhookSecret';
import { listeningWords } from './listening';
import { publishAddresses, withdrawAddresses } from './runningDeskhand';
import { ownCommand, serviceOptions, type ServiceName } from './services';
import { lockStateFolder } from './stateLock';
import { obtainTemporal } from './temporal';

export interface UpOptions {
  /** End after the demo ticket was answered. */
  readonly once: boolean;
  readonly print?: (line: string) => void;
  /** How the program itself is run; by default as this process was. */
  readonly command?: readonly [string, ...string[]];
}

/**
 * @returns the exit code: 0 when it was stopped, or `once` saw the answer; 1 when it did not.
 * @throws CommandError, TemporalNotFound, ServerStartError, TemporalConnectionError when it cannot start; what was
 *   started is stopped first.
 */
export async function runUp(settings: EngineSettings, options: UpOptions): Promise<number> {
  const { once, print = (line) => console.log(line), command = ownCommand() } = options;
  const [{ desk: firstDesk, accountsFile }] = settings.accounts;
  if (once && firstDesk.kind !== 'embedded') {
    const set = accountsFile === null ? deskKinds[firstDesk.kind].keys.address : 'DESKHAND_ACCOUNTS';
    throw new CommandError(
      `--once asks a question on the embedded desk, but ${set} is set. Unset it, or leave --once out.`,
    );
  }
  const policies = await checkAccounts(settings, print);
  await mkdir(settings.stateDir, { recursive: true });
  const lock = await lockStateFolder(settings.stateDir);
  const stopping = new AbortController();
  const children: RunningChild[] = [];
  const releaseSignals = onSignals(print, stopping, children);
  const cleanUps: (() => Promise<void>)[] = [lock.release];
  try {
    const broken = await Promise.all(settings.accounts.map(brokenOrders));
    for (const why of new Set(broken)) if (why !== null) print(`Shop: ${why}`);
    return await run();
  } catch (error) {
    if (stopping.signal.aborted)
      return stopping.signal.reason instanceof CommandError ? fail(print, stopping.signal.reason) : 0;
    throw error;
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
    releaseSignals();
    print('Stopped.');
  }

  async function run(): Promise<number> {
    const temporal = await obtainTemporal(settings, {
      onProgress: print,
      onGivenUp: (why) => {
        print(`${why}. It has died again and again, and nothing goes on without it: the rest is stopped.`);
        stopping.abort(new CommandError('Start again: open tickets go on where they were.'));
      },
      signal: stopping.signal,
    });
    cleanUps.push(async () => {
      if (settings.temporal.address === null) print('Stopping Temporal ...');
      await temporal.stop();
    });
    const actual = await withFreePorts(settings, print, { address: temporal.address, uiUrl: temporal.uiUrl });
    const connected = await connectTemporal({
      address: temporal.address,
      namespace: settings.temporal.namespace,
    });
    cleanUps.push(connected.close);

    const context = {
      settings: actual,
      env: { ...temporal.env, ...placeOf(actual) },
      command,
      connection: connected.connection,
      onProgress: print,
    };
    const [first] = actual.accounts;
    const names: ServiceName[] =
      first.desk.kind === 'embedded' ? ['desk', 'worker', 'API'] : ['worker', 'API'];
    for (const name of names) {
      stopping.signal.throwIfAborted();
      const child = await startChild(serviceOptions(name, context));
      children.push(child);
      cleanUps.push(async () => {
        print(`Stopping ${name} ...`);
        await child.stop();
      });
    }
    stopping.signal.throwIfAborted();
    await publishAddresses(first, temporal.address);
    cleanUps.push(() => withdrawAddresses(actual.stateDir));
    sayLinks(actual, await policiesInForce(settings, policies), print);
    return first.desk.kind === 'embedded'
      ? converse(first, first.desk.port)
      : listen(actual, connected.client);
  }

  async function converse(actual: Settings, deskPort: number): Promise<number> {
    const page = openDeskPage(`http://127.0.0.1:${deskPort}`);
    const api = await connectApi(actual);
    const view = (ticketId: string) => api.show({ ...servedDesk(actual), ticketId }).catch(() => null);
    const conversation = new Conversation({ page, view, print });
    const existing = once ? null : await findDemoTicket(page, view);
    await conversation.passOverExisting(existing);
    const ticketId = existing ?? (await page.ask(demoCustomer.question));
    sayTicketLinks(existing === null ? 'opens' : 'opened', ticketId, { settings: actual, deskPort, print });
    // What is there already stands above the last words, not below.
    await conversation.update().catch(() => undefined);
    const watching = watch(conversation, stopping.signal);
    if (once) {
      const outcome = await untilAnswered({ page, view, ticketId, signal: stopping.signal });
      await conversation.update().catch(() => undefined);
      print(outcome.type === 'answered' ? `Ticket ${ticketId} is answered.` : `Not answered: ${outcome.why}`);
      stopping.abort();
      await watching;
      return outcome.type === 'answered' ? 0 : 1;
    }
    print('\nThe desk page takes more messages, as a customer or as an agent. Ctrl-C stops everything.');
    await watching;
    return endOf(stopping.signal);
  }

  async function listen(actual: EngineSettings, client: Client): Promise<number> {
    const leftOpen = await demoLeftOpen(client, actual.stateDir).catch(() => null);
    if (leftOpen !== null) print(leftOpen);
    for (const account of actual.accounts) {
      print(listeningWords({ ...account, webhookSecret: await webhookSecret(account) }));
    }
    print('Ctrl-C stops everything.');
    await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }));
    return endOf(stopping.signal);
  }

  function endOf(signal: AbortSignal): number {
    return signal.reason instanceof CommandError ? fail(print, signal.reason) : 0;
  }
}

function fail(print: (line: string) => void, error: CommandError): number {
  print(error.message);
  return 1;
}

async function watch(conversation: Conversation, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // A desk that is down for a moment is told of by its own lines.
    await conversation.update().catch(() => undefined);
    await delay(300, undefined, { signal }).catch(() => undefined);
  }
}

const sameSignalMs = 500;

/** The first Ctrl-C or SIGTERM stops in order, the second at once. */
function onSignals(
  print: (line: string) => void,
  stopping: AbortController,
  children: readonly RunningChild[],
): () => void {
  let first: number | null = null;
  const onSignal = (): void => {
    // One Ctrl-C can come several times: from the terminal and passed on by npm.
    if (first !== null && Date.now() - first < sameSignalMs) return;
    first ??= Date.now();
    if (stopping.signal.aborted) {
      print('Killing what still runs.');
      for (const child of children) child.kill();
      return;
    }
    print('');
    stopping.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
}

async function policiesInForce(
  { accounts }: EngineSettings,
  policies: ReadonlyMap<Settings, readonly CheckedPolicy[]>,
): Promise<readonly string[]> {
  const lines = accounts.flatMap((account) => {
    const of = accounts.length === 1 ? '' : `${accountNameInFull(account)}: `;
    return (policies.get(account) ?? []).map(async (policy) => {
      const inForce = await policyInForce(policy.store);
      if (inForce === null) return [];
      const brands = policy.name === undefined ? '' : `; for ${policy.brands.join(', ')}`;
      return [`${of}${inForceBeside(inForce, policy)}${brands}`];
    });
  });
  return (await Promise.all(lines)).flat();
}

async function withFreePorts(
  settings: EngineSettings,
  print: (line: string) => void,
  temporal: { address: string; uiUrl: string | null },
): Promise<EngineSettings> {
  const { api } = settings;
  const apiPort = await choosePort(api.port, 'the API', print, { host: api.host });
  const actual = withShared(settings, {
    api: { ...api, port: apiPort },
    temporal: { ...settings.temporal, ...temporal },
  });
  const [{ desk, ...first }, ...others] = actual.accounts;
  if (desk.kind !== 'embedded') return actual;
  const port = await choosePort(desk.port, 'the desk', print, { taken: [apiPort] });
  return { ...actual, accounts: [{ ...first, desk: { ...desk, port } }, ...others] };
}

function placeOf({ stateDir, api, accounts: [{ desk }] }: EngineSettings): NodeJS.ProcessEnv {
  return {
    DESKHAND_STATE_DIR: stateDir,
    DESKHAND_PORT: String(api.port),
    ...(desk.kind === 'embedded' ? { DESKHAND_DESK_PORT: String(desk.port) } : {}),
  };
}

function sayLinks(
  settings: EngineSettings,
  policies: readonly string[],
  print: (line: string) => void,
): void {
  const { temporal, accounts, mail, stateDir } = settings;
  print('');
  print(`  Web UI     ${temporal.uiUrl ?? 'set TEMPORAL_UI_URL to have links'}`);
  for (const account of accounts) {
    const { desk } = account;
    const of = accounts.length === 1 ? '' : `${accountNameInFull(account)}: `;
    print(`  Desk       ${of}${desk.kind === 'embedded' ? `http://127.0.0.1:${desk.port}` : desk.apiUrl}`);
  }
  print(`  API docs   ${apiUrl(settings)}/docs`);
  for (const policy of policies) print(`  Policy     ${policy}`);
  print(`  State      ${stateDir}`);
  if (mail?.kind === 'folder') {
    print(`  Mails      ${demoMailFolder(settings)} (codes for customers: kept here, not sent)`);
  }
  print('');
}
