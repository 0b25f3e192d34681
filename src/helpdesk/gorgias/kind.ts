/** Gorgias, as an account of it is described. */
import { httpUrl, optional, requestsPerMinute, secret, text } from '../../config/variableTypes';
import { subdomainOf, type DeskKind, type SignIn } from '../deskKind';
import type { GorgiasConnection } from './http';
import { gorgiasTicketId } from './ticketId';
import { readGorgiasWebhook } from './webhook';

interface GorgiasSettings extends Pick<GorgiasConnection, 'apiUrl' | 'email' | 'apiKey'> {
  readonly kind: 'gorgias';
}

export const gorgias = {
  title: 'Gorgias',
  variables: {
    GORGIAS_API_URL: optional(
      httpUrl(),
      "Gorgias' REST API, `https://acme.gorgias.com/api`. Unset: the embedded desk is used.",
    ),
    GORGIAS_EMAIL: optional(
      text().regex(/^[^\s:@]+@[^\s:@]+$/, 'must be an e-mail address'),
      'The user whose API key it is.',
    ),
    GORGIAS_API_KEY: secret(
      text().regex(/^[\x21-\x7e]{1,500}$/, 'must be visible ASCII without spaces'),
      "API key of the bot's own user.",
    ),
    GORGIAS_WEBHOOK_SECRET: secret(
      text().regex(/^[\x21-\x7e]{16,500}$/, 'must have at least 16 characters, visible ASCII without spaces'),
      "What the HTTP integration sends in the header `X-Deskhand-Secret`. Unset: the embedded desk's own.",
    ),
    GORGIAS_REQUESTS_PER_MINUTE: requestsPerMinute('100'),
  },
  keys: {
    address: 'GORGIAS_API_URL',
    webhookSecret: 'GORGIAS_WEBHOOK_SECRET',
    requestsPerMinute: 'GORGIAS_REQUESTS_PER_MINUTE',
  },
  signIn: { email: 'GORGIAS_EMAIL', apiKey: 'GORGIAS_API_KEY' },
  waysToSignIn: [['email', 'apiKey']],
  signInHelp: 'Settings > You > REST API',
  addressExample: 'https://<your account>.gorgias.com/api',
  accountAt: subdomainOf('gorgias.com'),
  connect: (apiUrl: string, { email = '', apiKey = '' }: SignIn): GorgiasSettings => ({
    ...{ kind: 'gorgias', apiUrl, email, apiKey },
  }),
  signInToDouble: ({ email, token }) => ({ email, apiKey: token }),
  ticketId: gorgiasTicketId,
  webhook: {
    summary: "Gorgias' HTTP integration",
    description:
      'Takes `{"ticket_id": "{{ticket.id}}"}`, with what docs/gorgias.md adds about the message. ' +
      'The header X-Deskhand-Secret has the secret of GORGIAS_WEBHOOK_SECRET.',
    offUntil: 'GORGIAS_WEBHOOK_SECRET is set (docs/gorgias.md)',
    read: readGorgiasWebhook,
  },
  pollDelay: '',
} as const satisfies DeskKind;
