/** What `deskhand up` says of how a real desk is listened to. */
import type { DeskName } from '../../config/deskNames';
import { deskNameOf } from '../../config/deskSettings';
import type { Settings } from '../../config/settings';
import { apiUrl } from '../apiClient';

type Listening = Pick<Settings, 'api' | 'desk' | 'webhookSecret' | 'pollSeconds'>;

const words: Readonly<Record<DeskName, { name: string; late: string; off: string }>> = {
  zendesk: {
    name: 'Zendesk',
    late: ', which Zendesk tells a minute late',
    off: 'until "deskhand connect zendesk" was run (docs/connect.md)',
  },
  freshdesk: {
    name: 'Freshdesk',
    late: '',
    off: 'until FRESHDESK_WEBHOOK_SECRET is set (docs/freshdesk.md)',
  },
};

export function listeningWords(settings: Listening): string {
  const { webhookSecret, pollSeconds } = settings;
  const desk = deskNameOf(settings.desk);
  const { name, late, off } = words[desk];
  const webhooks =
    webhookSecret === null
      ? `${name}'s webhooks are off ${off}`
      : `Listening to ${name}'s webhooks at ${apiUrl(settings)}/webhooks/${desk}`;
  return `${webhooks}; ${pollSeconds === 0 ? pollOff(webhookSecret) : `looking for changes every ${pollSeconds} s${late}`}.`;
}

function pollOff(webhookSecret: string | null): string {
  const off = 'the poll is off (DESKHAND_POLL_SECONDS=0)';
  return webhookSecret === null ? `${off}, too: only what the API is asked for is looked at` : off;
}
