/**
 * `deskhand connect freshdesk`: Freshdesk has no API for automation rules, so the rules are told to whoever makes them by hand,
 * and the rest is checked. Nothing is written.
 */
import { readSettingsOf } from '../../config/settings';
import { openHelpdesk } from '../../helpdesk/openHelpdesk';
import { CommandError } from '../failure';
import type { ConnectingFrom, ConnectOptions } from './connectZendesk';
import { webhookPath, webhookSecretName } from '../webhookNames';
import { publicUrlOf } from './publicUrl';

const withinMs = 30_000;

/** @throws SettingsError, CommandError, RemoteFailure */
export async function connectFreshdesk(
  { publicUrl }: ConnectOptions,
  { env, terminal }: ConnectingFrom,
): Promise<void> {
  const say = (line: string): void => void terminal.output.write(`${line}\n`);
  const settings = readSettingsOf('freshdesk', env);
  const { desk } = settings;
  if (desk.kind !== 'freshdesk') {
    throw new CommandError(
      'No Freshdesk account was named: set FRESHDESK_API_URL (https://acme.freshdesk.com/api/v2) and FRESHDESK_API_KEY.',
    );
  }
  if (publicUrl === undefined) {
    throw new CommandError(
      'Say where Freshdesk reaches Deskhand: --public-url https://deskhand.acme.example.',
    );
  }
  const endpoint = `${publicUrlOf(publicUrl, desk.apiUrl)}${webhookPath(settings)}`;
  const secretName = webhookSecretName(settings);
  const me = await (await openHelpdesk(settings)).whoAmI({ signal: AbortSignal.timeout(withinMs) });
  say(`${new URL(desk.apiUrl).origin}: we are ${me.name || me.userId} (${me.role}).`);
  say(
    settings.webhookSecret === null
      ? `  secret  none is set: choose one (openssl rand -base64 32), set ${secretName} and start the server again`
      : `  secret  ${secretName} is set`,
  );
  say(`
Freshdesk lets nobody make automation rules from outside. Make two by hand, Admin > Workflows > Automations:

  Ticket creation   when any ticket is created
  Ticket updates    event: Reply is sent, performed by: Requester

each with the action "Trigger webhook":

  Request type      POST
  URL               ${endpoint}
  Custom headers    X-Deskhand-Secret: <what ${secretName} is>
  Encoding          JSON
  Content           Advanced: {"ticket_id": "{{ticket.id}}"}

Until then ${settings.pollSeconds === 0 ? 'nobody looks, since DESKHAND_POLL_SECONDS is 0' : `Deskhand looks for changes every ${settings.pollSeconds} s`}. Check the rest: deskhand doctor`);
}
