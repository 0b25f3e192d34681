/** From the settings to the channels. */
import type { Settings } from '../config/settings';
import { openMailer } from '../mail/openMailer';
import { createMailChannel } from './mailChannel';
import type { NoticeChannel } from './port';
import { createSlackChannel } from './slackChannel';
import { createTeamsChannel } from './teamsChannel';
import { createWebhookChannel } from './webhookChannel';

/** The first of a kind is `slack`, the next `slack-2`. */
export function openChannels(
  settings: Pick<Settings, 'notices' | 'mail' | 'stateDir'>,
): readonly NoticeChannel[] {
  const { webhooks, key, slack, teams, email } = settings.notices;
  const mailer = email.length === 0 ? null : openMailer(settings);
  return [
    ...webhooks.map((url, index) => createWebhookChannel(nameOf('webhook', index), { url, key })),
    ...slack.map((url, index) => createSlackChannel(nameOf('slack', index), { url })),
    ...teams.map((url, index) => createTeamsChannel(nameOf('teams', index), { url })),
    ...(mailer === null
      ? []
      : email.map((to, index) => createMailChannel(nameOf('email', index), mailer, to))),
  ];
}

function nameOf(kind: string, index: number): string {
  return index === 0 ? kind : `${kind}-${index + 1}`;
}
