/** What `deskhand up` says of how a real desk is listened to. */
import { deskNameOf } from '../../config/deskSettings';
import type { Settings } from '../../config/settings';
import { deskKinds } from '../../helpdesk/deskKinds';
import { apiUrl } from '../apiClient';
import { webhookPath } from '../webhookNames';

type Listening = Pick<
  Settings,
  'api' | 'desk' | 'account' | 'accountsFile' | 'webhookSecret' | 'pollSeconds'
>;

export function listeningWords(settings: Listening): string {
  const { webhookSecret, pollSeconds, account, accountsFile } = settings;
  const desk = deskNameOf(settings.desk);
  const { title, pollDelay, webhook } = deskKinds[desk];
  const isAlone = accountsFile === null;
  const of = isAlone ? '' : ` (${account})`;
  const webhooks =
    webhookSecret === null
      ? `${title}'s webhooks${of} are off until ${isAlone ? webhook.offUntil : `it has a webhookSecret in ${accountsFile} (docs/accounts.md)`}`
      : `Listening to ${title}'s webhooks${of} at ${apiUrl(settings)}${webhookPath(settings)}`;
  return `${webhooks}; ${pollSeconds === 0 ? pollOff(webhookSecret) : `looking for changes every ${pollSeconds} s${pollDelay}`}.`;
}

function pollOff(webhookSecret: string | null): string {
  const off = 'the poll is off (DESKHAND_POLL_SECONDS=0)';
  return webhookSecret === null ? `${off}, too: only what the API is asked for is looked at` : off;
}
