/** `deskhand connect zendesk`: looks, shows what it will do, and does it once somebody has agreed. */
import {
  forgetZendeskConnection,
  readZendeskConnection,
  writeZendeskConnection,
  zendeskConnectionFile,
  type ZendeskConnectionFile,
} from '../../config/zendeskConnection';
import { openSetupAccount } from '../../helpdesk/zendesk/setup/account';
import { webhookEndpoint, webhookMark, wantedPieces } from '../../helpdesk/zendesk/setup/pieces';
import { changesAnything, planOf, undoingPlan } from '../../helpdesk/zendesk/setup/plan';
import { CommandError } from '../failure';
import type { Terminal } from '../ticket/approval';
import { ask, confirm } from './ask';
import { carryOut, type CarryingOut } from './carryOut';
import { oneAtATime } from './oneAtATime';
import { lookAtZendesk, sayOthers } from './lookAtZendesk';
import { planLine } from './planLines';
import { accountInPath, webhookSecretName } from '../webhookNames';
import { publicUrlOf } from './publicUrl';
import { zendeskTarget, type ZendeskTarget } from './zendeskTarget';

export interface ConnectOptions {
  readonly url?: string;
  readonly publicUrl?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** Left out: the team's views are made as well. */
  readonly views?: boolean;
  /** A trigger calls, instead of event subscriptions; left out: as the last time, else by events. */
  readonly trigger?: boolean;
}

export interface ConnectingFrom {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Somebody has pressed Ctrl-C: the step under way is finished, the next is not begun. */
  readonly isStopped: () => boolean;
}

const withinMs = 30_000;
const call = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(withinMs) });

/** @throws SettingsError, CommandError, RemoteFailure, ZendeskConnectionError */
export async function connectZendesk(options: ConnectOptions, from: ConnectingFrom): Promise<void> {
  const target = await zendeskTarget(options, from.env, from.terminal);
  const connect = (): Promise<void> => connectTo(target, options, from);
  await (options.dryRun === true ? connect() : oneAtATime(target.settings.stateDir, connect));
}

async function connectTo(
  target: ZendeskTarget,
  options: ConnectOptions,
  from: ConnectingFrom,
): Promise<void> {
  const { terminal } = from;
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const { settings, connection } = target;
  const account = openSetupAccount(connection);
  const { me, found } = await lookAtZendesk(target, account, say);
  await sayOthers(account, say);
  const kept = await keptFor(target);
  const publicUrl = publicUrlOf(
    options.publicUrl ??
      kept?.publicUrl ??
      (await ask(
        terminal,
        'Where Zendesk reaches this Deskhand (https://deskhand.acme.example): ',
        'give --public-url https://deskhand.acme.example',
      )),
    connection.apiUrl,
  );
  const endpoint = webhookEndpoint(publicUrl, accountInPath(settings));
  const how = { views: options.views ?? true, trigger: options.trigger ?? kept?.trigger ?? false };
  const byTrigger = how.trigger ? { botUserId: me.userId } : null;
  const steps = planOf(wantedPieces(endpoint, { views: how.views, trigger: byTrigger }), found);
  const isKept =
    !changesAnything(steps) &&
    kept?.publicUrl === publicUrl &&
    kept.views === how.views &&
    steps.some((step) => step.type === 'leave' && step.id === kept.webhookId) &&
    kept.signingSecret === (await account.signingSecret(kept.webhookId, call()));
  say('');
  for (const step of steps) say(planLine(step));
  const file = zendeskConnectionFile(settings);
  say(`  ${isKept ? 'leave ' : 'write '}  ${file}: the webhook's signing secret`);
  if (isKept) {
    say('\nAll of it is as it should be: nothing was written.');
    return;
  }
  if (await agreedToNothing(options, terminal, say)) return;
  let signingSecret = '';
  await carryOut(account, steps, {
    ...carryingOut(from, say, 'deskhand connect zendesk'),
    onThere: async (mark, webhookId) => {
      // At once, or its deliveries would be refused while the rest is made, or for good if that fails.
      if (mark !== webhookMark(how.trigger)) return;
      signingSecret = await account.signingSecret(webhookId, call());
      const { apiUrl } = connection;
      await writeZendeskConnection(settings, { apiUrl, publicUrl, webhookId, signingSecret, ...how });
      say(`  wrote ${file}`);
    },
  });
  sayWhatNext(target, signingSecret, endpoint, say);
}

/** `deskhand disconnect zendesk`: takes away what was made, and nothing else. */
export async function disconnectZendesk(options: ConnectOptions, from: ConnectingFrom): Promise<void> {
  const target = await zendeskTarget(options, from.env, from.terminal);
  const disconnect = (): Promise<void> => disconnectFrom(target, options, from);
  await (options.dryRun === true ? disconnect() : oneAtATime(target.settings.stateDir, disconnect));
}

async function disconnectFrom(
  target: ZendeskTarget,
  options: ConnectOptions,
  from: ConnectingFrom,
): Promise<void> {
  const { terminal } = from;
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const account = openSetupAccount(target.connection);
  const { found } = await lookAtZendesk(target, account, say);
  const steps = undoingPlan(found);
  const kept = await keptFor(target);
  say('');
  for (const step of steps) say(planLine(step));
  const file = zendeskConnectionFile(target.settings);
  if (kept !== null) say(`  remove  ${file}`);
  if (steps.length === 0 && kept === null) {
    say('Deskhand has made nothing here: nothing was done.');
    return;
  }
  if (await agreedToNothing(options, terminal, say)) return;
  await carryOut(account, steps, carryingOut(from, say, 'deskhand disconnect zendesk'));
  if (kept !== null) {
    await forgetZendeskConnection(target.settings);
    say(`  removed ${file}`);
  }
  const isServed = target.settings.accountsFile === null ? 'ZENDESK_API_URL is set' : 'the account is served';
  say(`\nDisconnected. The poll goes on as long as ${isServed}; tickets and their tags stay as they are.`);
}

/** What an earlier connect has kept of this very account. */
async function keptFor({ settings, connection }: ZendeskTarget): Promise<ZendeskConnectionFile | null> {
  const kept = await readZendeskConnection(settings);
  if (kept === null || kept.apiUrl === connection.apiUrl) return kept;
  throw new CommandError(
    `${zendeskConnectionFile(settings)} belongs to ${kept.apiUrl}: a state folder serves one account. ` +
      'Set DESKHAND_STATE_DIR to another folder for this one, or disconnect the other first.',
  );
}

async function agreedToNothing(
  { yes, dryRun }: ConnectOptions,
  terminal: Terminal,
  say: (line: string) => void,
): Promise<boolean> {
  if (dryRun === true) {
    say('\nNothing was written (--dry-run).');
    return true;
  }
  if (yes !== true) await confirm(terminal, '\nDo this?');
  return false;
}

function carryingOut({ isStopped }: ConnectingFrom, say: (line: string) => void, again: string): CarryingOut {
  say('');
  return { say, isStopped, again };
}

function sayWhatNext(
  { settings, toSet, connection }: ZendeskTarget,
  signingSecret: string,
  endpoint: string,
  say: (line: string) => void,
): void {
  const secretName = webhookSecretName(settings);
  say(`\nConnected. Zendesk posts to ${endpoint}; let your proxy pass that path on.`);
  if (settings.webhookSecret !== null && settings.webhookSecret !== signingSecret) {
    say(`${secretName} is set and is another webhook's: unset it, or deliveries are refused.`);
  }
  for (const name of toSet) {
    const value = name === 'ZENDESK_API_URL' ? connection.apiUrl : '(what you typed)';
    say(`Set ${name}=${value} for worker and server.`);
  }
  say(`Servers with another state folder need ${secretName}; it is in the file, for this user alone.`);
  say('Check it any time: deskhand doctor');
}
