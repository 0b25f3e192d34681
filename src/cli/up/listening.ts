/** What `deskhand up` says of how a real desk is listened to. */
import type { Settings } from '../../config/settings';
import { apiUrl } from '../apiClient';

type Listening = Pick<Settings, 'api' | 'webhookSecret' | 'pollSeconds'>;

export function listeningWords(settings: Listening): string {
  const { webhookSecret, pollSeconds } = settings;
  const webhooks =
    webhookSecret === null
      ? "Zendesk's webhooks are off until ZENDESK_WEBHOOK_SECRET is set (docs/deployment.md)"
      : `Listening to Zendesk's webhooks at ${apiUrl(settings)}/webhooks/zendesk`;
  return `${webhooks}; ${pollSeconds === 0 ? pollOff(webhookSecret) : `looking for changes every ${pollSeconds} s, which Zendesk tells a minute late`}.`;
}

function pollOff(webhookSecret: string | null): string {
  const off = 'the poll is off (DESKHAND_POLL_SECONDS=0)';
  return webhookSecret === null ? `${off}, too: only what the API is asked for is looked at` : off;
}
