/** `deskhand connect`: looks, shows what it will do, and does it once somebody has agreed. */
import { deskConnectionFile } from '../../config/deskConnection';
import type { DeskName } from '../../helpdesk/deskNames';
import { deskKinds } from '../../helpdesk/deskKinds';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import type { CallContext } from '../../helpdesk/port';
import { shownSecret, type SetupWishes } from '../../helpdesk/setup/deskSetup';
import { fieldKind } from '../../helpdesk/setup/fieldPieces';
import { endpointOf, piecesOn, type AnyPiece, type KeptPiece } from '../../helpdesk/setup/pieces';
import { changesAnything, planOf, type Step } from '../../helpdesk/setup/plan';
import type { Terminal } from '../ticket/approval';
import { webhookPath, webhookSecretName } from '../webhookNames';
import { webhookSecret } from '../webhookSecret';
import { ask, confirm } from './ask';
import { askPatiently, type Waiting } from './askPatiently';
import { carryOut } from './carryOut';
import { deskTarget, type DeskTarget } from './deskTarget';
import { isKnown, keepConnection, keptFor, ownSecret } from './keptConnection';
import { evenUnseen, fieldsToMake, withFields } from './fieldsOfPolicies';
import { leftByHand, leftOfFields } from './leftByHand';
import { oneAtATime } from './oneAtATime';
import { openSetup, type OpenedSetup } from './openSetup';
import { planLine } from './planLines';
import { publicUrlOf } from './publicUrl';

export interface ConnectOptions {
  readonly url?: string;
  readonly publicUrl?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** Left out: the team's views are made as well. */
  readonly views?: boolean;
  /** Left out: the custom fields that the policy sets are made as well. */
  readonly fields?: boolean;
  /** A trigger calls, instead of event subscriptions; left out: as the last time, else by events. */
  readonly trigger?: boolean;
}

export interface ConnectingFrom {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Somebody has pressed Ctrl-C: the step under way is finished, the next is not begun. */
  readonly isStopped: () => boolean;
}

export type Say = (line: string) => void;

/** @throws SettingsError, CommandError, RemoteFailure, DeskConnectionError */
export async function connectDesk(
  name: DeskName,
  options: ConnectOptions,
  from: ConnectingFrom,
): Promise<void> {
  const target = await deskTarget(name, options, from.env, from.terminal);
  const connect = (): Promise<void> => connectTo(target, options, from);
  await (options.dryRun === true ? connect() : oneAtATime(target.settings.stateDir, connect));
}

async function connectTo(target: DeskTarget, options: ConnectOptions, from: ConnectingFrom): Promise<void> {
  const { terminal, isStopped } = from;
  const say: Say = (line) => void terminal.output.write(`${line}\n`);
  const patiently = <T>(run: (call: CallContext) => Promise<T>) => askPatiently(run, { say, isStopped });
  const { settings, desk } = target;
  const { title } = deskKinds[desk.kind];
  const kept = await keptFor(settings, desk);
  const chosen = ownSecret(settings, kept);
  const fields = (options.fields ?? true) ? await fieldsToMake(settings) : [];
  const needed = withFields(openSetup(desk, settings.account, chosen), fields, kept);
  const setup = options.fields === false ? evenUnseen(needed, kept) : needed;
  const { botUserId, found } = await look(target, setup, kept?.pieces ?? [], { say, isStopped });
  const publicUrl = publicUrlOf(
    options.publicUrl ??
      kept?.publicUrl ??
      (await ask(
        terminal,
        `Where ${title} reaches this Deskhand (https://deskhand.acme.example): `,
        'give --public-url https://deskhand.acme.example',
      )),
    desk.apiUrl,
  );
  const how = {
    ...{ views: options.views ?? true, fields: options.fields ?? true },
    trigger: options.trigger ?? kept?.trigger ?? false,
  };
  const endpoint = `${publicUrl}${webhookPath(settings)}`;
  const wishes: SetupWishes = { endpoint, botUserId, ...how, fields };
  const steps = planOf(setup.wanted(wishes), found, setup.kinds).map((step) =>
    step.type === 'keep' && !how.fields ? { ...step, why: 'with --no-fields it stays as it is' } : step,
  );
  sayOthers(target, found, steps, say);
  const isKept =
    kept?.publicUrl === publicUrl &&
    kept.views === how.views &&
    kept.fields === how.fields &&
    !changesAnything(steps) &&
    steps.every((step) => isKnown(step, kept.pieces)) &&
    kept.secret === ((await patiently((call) => shownSecret(setup, wishes, steps, call))) ?? chosen);
  say('');
  for (const step of steps) say(planLine(step));
  const file = deskConnectionFile(settings);
  say(`  ${isKept ? 'leave ' : 'write '}  ${file}: the webhook's ${secretWord(setup)}`);
  if (isKept) {
    const isWell = steps.every((step) => !('lacks' in step));
    say(`\n${isWell ? 'All' : 'But for the notes, all'} of it is as it should be: nothing was written.`);
    return;
  }
  if (await agreedToNothing(options, terminal, say)) return;
  say('');
  const keeping = keepConnection(settings, { apiUrl: desk.apiUrl, publicUrl, ...how }, steps, say);
  // Before anything calls with it: its deliveries would be refused.
  if (setup.secret.from === 'us') await keeping.keep(chosen, null);
  await carryOut(setup.kinds, steps, {
    ...{ say, isStopped, again: `deskhand connect ${desk.kind}` },
    onThere: async (piece, isOurs) => {
      // At once as well: its deliveries would be refused while the rest is made, or for good if that fails.
      const { secret } = setup;
      const isWithSecret = secret.from === 'desk' && secret.mark(wishes) === piece.mark;
      const shown = isWithSecret ? await patiently((call) => secret.read(piece.id, call)) : null;
      await keeping.keep(shown, isOurs ? piece : null);
    },
  });
  await sayWhatNext(target, { secret: keeping.secret(), endpoint, steps }, say);
}

/** @returns who we are, and everything on the account of the kinds that are made. @throws CommandError, RemoteFailure */
export async function look(
  { settings, desk }: DeskTarget,
  setup: OpenedSetup,
  kept: readonly KeptPiece[],
  waiting: Waiting,
): Promise<{ readonly botUserId: string; readonly found: readonly AnyPiece[] }> {
  const { say } = waiting;
  const helpdesk = await openHelpdesk(settings);
  const me = await askPatiently((call) => helpdesk.whoAmI(call), waiting);
  say(`${siteOf(desk.apiUrl)}: we are ${me.name || me.userId} (${me.role}).`);
  const special = await askPatiently(async (call) => (await setup.look?.(me, call)) ?? null, waiting);
  const found = await askPatiently((call) => piecesOn(setup.kinds, kept, call), waiting);
  const kinds = setup.kinds.map(({ name }) => `${name}s`).join(' and ');
  for (const line of special ?? [`  may     manage ${kinds}`]) say(line);
  return { botUserId: me.userId, found };
}

/** `https://acme.zendesk.com` of `https://acme.zendesk.com/api/v2` */
function siteOf(apiUrl: string): string {
  return new URL(apiUrl).origin;
}

/** What people made for Deskhand by hand stays: two deliveries of one event are answered once. */
function sayOthers({ desk }: DeskTarget, found: readonly AnyPiece[], steps: readonly Step[], say: Say): void {
  const used = new Set(steps.flatMap((step) => ('id' in step ? [`${step.wanted.kind} ${step.id}`] : [])));
  const ours = new RegExp(`/webhooks/${desk.kind}(/[a-z0-9.-]+)?$`);
  for (const piece of found) {
    const { kind, id, mark, name } = piece;
    if (mark !== null || used.has(`${kind} ${id}`) || !ours.test(endpointOf(piece) ?? '')) continue;
    say(`  note    ${kind} "${name}" (${id}) posts to a Deskhand too, and was not made by connect: it stays`);
  }
}

function secretWord({ secret }: OpenedSetup): string {
  return secret.from === 'us' ? 'secret' : 'signing secret';
}

export async function agreedToNothing(
  { yes, dryRun }: ConnectOptions,
  terminal: Terminal,
  say: Say,
): Promise<boolean> {
  if (dryRun === true) {
    say('\nNothing was written (--dry-run).');
    return true;
  }
  if (yes !== true) await confirm(terminal, '\nDo this?');
  return false;
}

async function sayWhatNext(
  { settings, desk, toSet }: DeskTarget,
  { secret, endpoint, steps }: { secret: string; endpoint: string; steps: readonly Step[] },
  say: Say,
): Promise<void> {
  const { title, keys } = deskKinds[desk.kind];
  const secretName = webhookSecretName(settings);
  say(`\nConnected. ${title} posts to ${endpoint}; let your proxy pass that path on.`);
  if ((await webhookSecret(settings))?.split(',').includes(secret) === false) {
    say(`${secretName} is set and is another webhook's: unset it, or deliveries are refused.`);
  }
  for (const name of toSet) {
    const value = name === keys.address ? desk.apiUrl : '(what you typed)';
    say(`Set ${name}=${value} for worker and server.`);
  }
  say(`Servers with another state folder need ${secretName}; it is in the file, for this user alone.`);
  for (const line of leftByHand[desk.kind]) say(line);
  if (steps.some((step) => step.type === 'create' && step.wanted.kind === fieldKind)) {
    for (const line of leftOfFields[desk.kind]) say(line);
  }
  say('Check it any time: deskhand doctor');
}
