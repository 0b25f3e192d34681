/**
 * `deskhand connect --by-hand`: where Deskhand's user may not make anything, the credentials are checked, and what somebody
 * makes on the desk by hand is told, filled in. Nothing is written.
 */
import { readSettingsOf } from '../../config/settings';
import { deskKinds } from '../../helpdesk/deskKinds';
import type { DeskKind } from '../../helpdesk/deskKind';
import { findField } from '../../core/ticket/customField';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { whatItIs } from '../../helpdesk/setup/fieldPieces';
import { CommandError } from '../failure';
import { webhookPath, webhookSecretName } from '../webhookNames';
import type { ConnectingFrom, ConnectOptions } from './connectDesk';
import { fieldsToMake } from './fieldsOfPolicies';
import { publicUrlOf } from './publicUrl';
import type { DeskName } from '../../helpdesk/deskNames';
import { rulesByHand } from './rulesByHand';

const withinMs = 30_000;

/** @throws SettingsError, CommandError, RemoteFailure */
export async function connectByHand(
  name: DeskName,
  { publicUrl, fields = true }: ConnectOptions,
  { env, terminal }: ConnectingFrom,
): Promise<void> {
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const { title, keys, signIn, addressExample }: DeskKind = deskKinds[name];
  const settings = readSettingsOf(name, env);
  const { desk } = settings;
  if (desk.kind !== name) {
    throw new CommandError(
      `No ${title} account was named: set ${keys.address} (${addressExample}) and ${Object.values(signIn).join(' and ')}.`,
    );
  }
  if (publicUrl === undefined) {
    throw new CommandError(
      `Say where ${title} reaches Deskhand: --public-url https://deskhand.acme.example.`,
    );
  }
  const endpoint = `${publicUrlOf(publicUrl, desk.apiUrl)}${webhookPath(settings)}`;
  const secretName = webhookSecretName(settings);
  const { secretFrom, text, fieldsPage } = rulesByHand[name];
  const helpdesk = await openHelpdesk(settings);
  const call = { signal: AbortSignal.timeout(withinMs) };
  const me = await helpdesk.whoAmI(call);
  say(`${new URL(desk.apiUrl).origin}: we are ${me.name || me.userId} (${me.role}).`);
  const unset =
    secretFrom === 'us'
      ? `choose one (openssl rand -base64 32), set ${secretName} and start the server again`
      : `set ${secretName} to what ${title} shows, and start the server again`;
  say(`  secret  ${settings.webhookSecret === null ? `none is set: ${unset}` : `${secretName} is set`}`);
  say(text({ endpoint, secretName }));
  const needed = fields ? await fieldsToMake(settings) : [];
  const known = needed.length === 0 ? [] : await helpdesk.customFields(call);
  const lacking = needed.filter((field) => findField(known, field.name) === null);
  if (lacking.length > 0) {
    say(`\nCustom fields that the policy sets and ${title} lacks are made by name, ${fieldsPage}:\n`);
    for (const field of lacking) say(`  ${field.name.padEnd(18)}${whatItIs(field)}`);
  }
  const meanwhile =
    settings.pollSeconds === 0
      ? 'nobody looks, since DESKHAND_POLL_SECONDS is 0'
      : `Deskhand looks for changes every ${settings.pollSeconds} s`;
  say(`\nUntil then ${meanwhile}. Check the rest: deskhand doctor`);
}
