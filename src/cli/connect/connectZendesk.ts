/** `deskhand connect zendesk`: looks, shows what it will do, and does it once somebody has agreed. */
import {
  forgetZendeskConnection,
  readZendeskConnection,
  writeZendeskConnection,
  zendeskConnectionFile,
  type ZendeskConnectionFile,
} from '../../config/zendeskConnection';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { openSetupAccount, ownPieces, type SetupAccount } from '../../helpdesk/zendesk/setup/account';
import {
  webhookEndpoint,
  webhookMark,
  wantedPieces,
  type FoundPiece,
} from '../../helpdesk/zendesk/setup/pieces';
import { changesAnything, planOf, undoingPlan } from '../../helpdesk/zendesk/setup/plan';
import { clockOffMs } from '../../helpdesk/zendesk/setup/troubles';
import { CommandError } from '../failure';
import type { Terminal } from '../ticketApproval';
import { ask, confirm } from './ask';
import { carryOut, type CarryingOut } from './carryOut';
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
  const { terminal } = from;
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const target = await zendeskTarget(options, from.env, terminal);
  const { settings, connection } = target;
  const account = openSetupAccount(connection);
  const found = await look(target, account, say);
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
  const steps = planOf(wantedPieces(endpoint, { views: options.views ?? true }), found);
  const known = found.find(({ mark }) => mark === webhookMark);
  const isKept =
    !changesAnything(steps) &&
    known !== undefined &&
    kept?.webhookId === known.id &&
    kept.publicUrl === publicUrl &&
    kept.signingSecret === (await account.signingSecret(known.id, call()));
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
      if (mark !== webhookMark) return;
      signingSecret = await account.signingSecret(webhookId, call());
      const { apiUrl } = connection;
      await writeZendeskConnection(settings, { apiUrl, publicUrl, webhookId, signingSecret });
      say(`  wrote ${file}`);
    },
  });
  sayWhatNext(target, signingSecret, endpoint, say);
}

/** `deskhand disconnect zendesk`: takes away what was made, and nothing else. */
export async function disconnectZendesk(options: ConnectOptions, from: ConnectingFrom): Promise<void> {
  const { terminal } = from;
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const target = await zendeskTarget(options, from.env, terminal);
  const account = openSetupAccount(target.connection);
  const found = await look(target, account, say);
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

/** Says who we are there and what we may do. @returns what is ours there. @throws CommandError, RemoteFailure */
async function look(
  { settings, connection }: ZendeskTarget,
  account: SetupAccount,
  say: (line: string) => void,
): Promise<readonly FoundPiece[]> {
  const me = await (await openHelpdesk(settings)).whoAmI(call());
  const site = connection.apiUrl.replace(/\/api\/v2$/, '');
  say(`${site}: we are ${me.name || me.userId} (${me.role}).`);
  if (me.role === 'end-user') {
    throw new CommandError(
      `${me.name || me.userId} is a customer there: Deskhand needs an agent of its own, an admin to be connected.`,
    );
  }
  const found = await ownPieces(account, call());
  say('  may     read tickets and their audits, manage webhooks');
  const mayPoll = await account.mayExport(call());
  say(
    mayPoll
      ? '  may     ask which tickets changed (the poll)'
      : '  may not ask which tickets changed: the poll needs an admin; without it a lost webhook is not noticed',
  );
  const ahead = account.clockAheadMs();
  if (ahead !== null && Math.abs(ahead) > clockOffMs) {
    say(
      `  clock   this machine is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'behind' : 'ahead of'} Zendesk: ` +
        'set it right (NTP), or webhooks are refused as stale',
    );
  }
  return found;
}

/** Webhooks that people made for Deskhand by hand stay: two deliveries of one event are answered once. */
async function sayOthers(account: SetupAccount, say: (line: string) => void): Promise<void> {
  for (const { mark, name, id, record } of await account.pieces('webhook', call())) {
    const { endpoint } = record;
    if (
      mark === null &&
      typeof endpoint === 'string' &&
      /\/webhooks\/zendesk(\/[a-z0-9.-]+)?$/.test(endpoint)
    ) {
      say(
        `  note    webhook "${name}" (${id}) posts to a Deskhand too, and was not made by connect: it stays`,
      );
    }
  }
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
