/** Which Zendesk account is meant, and how to sign in there: by flag, by the environment, or asked. */
import { readSettings, readSettingsOf, type Settings } from '../../config/settings';
import type { VariableName } from '../../config/variables';
import type { ZendeskConnection } from '../../helpdesk/zendesk/http';
import { CommandError } from '../failure';
import type { Terminal } from '../ticket/approval';
import { ask, askSecret } from './ask';

export interface ZendeskTarget {
  readonly settings: Settings;
  readonly connection: ZendeskConnection;
  /** What was typed or given as a flag, and must be set for the server as well. */
  readonly toSet: readonly VariableName[];
}

/**
 * @throws SettingsError, CommandError
 */
export async function zendeskTarget(
  { url }: { readonly url?: string },
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ZendeskTarget> {
  if ((env['DESKHAND_ACCOUNTS'] ?? '').trim() !== '') return targetInFile(url, env);
  const isSet = (name: VariableName): boolean => (env[name] ?? '').trim() !== '';
  const typed: Partial<Record<VariableName, string>> = {};
  const fromEnvironment = isSet('ZENDESK_API_URL') ? apiUrlOf(env['ZENDESK_API_URL'] ?? '') : null;
  const fromFlag = url === undefined ? null : apiUrlOf(url);
  if (fromEnvironment !== null && fromFlag !== null && fromEnvironment !== fromFlag) {
    throw new CommandError(
      `--url means ${fromFlag}, but ZENDESK_API_URL is ${fromEnvironment}: unset or change one of them.`,
    );
  }
  if (fromEnvironment === null) {
    typed.ZENDESK_API_URL =
      fromFlag ??
      apiUrlOf(
        await ask(
          terminal,
          'Your Zendesk (https://acme.zendesk.com): ',
          'name the account (--url https://acme.zendesk.com, or ZENDESK_API_URL)',
        ),
      );
  }
  if (!isSet('ZENDESK_OAUTH_TOKEN')) {
    if (!isSet('ZENDESK_EMAIL')) {
      typed.ZENDESK_EMAIL = await ask(terminal, "E-mail of the bot's agent: ", 'set ZENDESK_EMAIL');
    }
    if (!isSet('ZENDESK_API_TOKEN')) {
      typed.ZENDESK_API_TOKEN = await askSecret(
        terminal,
        'API token (Admin Center > Apps and integrations > APIs; it is not shown): ',
        'set ZENDESK_API_TOKEN, or ZENDESK_OAUTH_TOKEN',
      );
    }
  }
  const settings = readSettings({ ...env, ...typed });
  const { desk } = settings;
  if (desk.kind !== 'zendesk') throw new CommandError('No Zendesk account was named.');
  const toSet = (['ZENDESK_API_URL', 'ZENDESK_EMAIL', 'ZENDESK_API_TOKEN'] as const).filter(
    (name) => typed[name] !== undefined,
  );
  return { settings, connection: { apiUrl: desk.apiUrl, auth: desk.auth }, toSet };
}

/** @throws SettingsError, CommandError */
function targetInFile(url: string | undefined, env: NodeJS.ProcessEnv): ZendeskTarget {
  const settings = readSettingsOf('zendesk', env);
  const { desk, account } = settings;
  if (desk.kind !== 'zendesk') {
    throw new CommandError(`${account} is no account of Zendesk: name one with --account.`);
  }
  if (url !== undefined && apiUrlOf(url) !== desk.apiUrl) {
    throw new CommandError(
      `--url means ${apiUrlOf(url)}, but ${account} is at ${desk.apiUrl}: name the account with --account alone.`,
    );
  }
  return { settings, connection: { apiUrl: desk.apiUrl, auth: desk.auth }, toSet: [] };
}

/** `acme`, `acme.zendesk.com` and `https://acme.zendesk.com/agent` mean `https://acme.zendesk.com/api/v2`. */
export function apiUrlOf(given: string): string {
  const text = given.trim();
  if (/^[a-z0-9][a-z0-9-]*$/i.test(text)) return `https://${text.toLowerCase()}.zendesk.com/api/v2`;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address) || /\s/.test(text)) {
    throw new CommandError(
      `${JSON.stringify(text)} is no address of a Zendesk account: write it as https://acme.zendesk.com.`,
    );
  }
  return `${new URL(address).origin}/api/v2`;
}
