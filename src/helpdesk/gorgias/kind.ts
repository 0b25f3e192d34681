/** Gorgias, as an account of it is described. */
import { httpUrl, optional, requestsPerMinute, secret, text, printable } from '../../config/variableTypes';
import { keysOf, subdomainOf, type DeskKind, type SignIn } from '../deskKind';
import { gorgiasTicketId, title } from './ticketId';
import { readGorgiasWebhook } from './webhook';

export const gorgias = {
  title,
  variables: {
    GORGIAS_API_URL: optional(
      httpUrl(),
      "Gorgias' REST API, `https://acme.gorgias.com/api`. Unset: the embedded desk is used.",
    ),
    GORGIAS_EMAIL: optional(
      text().regex(/^[^\s:@]+@[^\s:@]+$/, 'must be an e-mail address'),
      'The user whose API key it is.',
    ),
    GORGIAS_API_KEY: secret(printable(1), "API key of the bot's own user."),
    GORGIAS_WEBHOOK_SECRET: secret(
      printable(16),
      "What the HTTP integration sends in the header `X-Deskhand-Secret`. Unset: what `deskhand connect gorgias` has kept in the state folder, or the embedded desk's own.",
    ),
    GORGIAS_REQUESTS_PER_MINUTE: requestsPerMinute('100'),
  },
  keys: keysOf('GORGIAS'),
  signIn: { email: 'GORGIAS_EMAIL', apiKey: 'GORGIAS_API_KEY' },
  waysToSignIn: [['email', 'apiKey']],
  signInHelp: 'Settings > You > REST API',
  addressExample: 'https://<your account>.gorgias.com/api',
  accountAt: subdomainOf('gorgias.com'),
  connect: (apiUrl: string, { email = '', apiKey = '' }: SignIn) => ({
    ...{ kind: 'gorgias' as const, apiUrl, email, apiKey },
  }),
  signInToDouble: ({ email, token }) => ({ email, apiKey: token }),
  ticketId: gorgiasTicketId,
  webhook: {
    summary: "Gorgias' HTTP integration",
    description:
      'Takes `{"ticket_id": "{{ticket.id}}"}`, with what docs/gorgias.md adds about the message. ' +
      'The header X-Deskhand-Secret has the secret of GORGIAS_WEBHOOK_SECRET.',
    offUntil: '"deskhand connect gorgias" was run (docs/connect.md)',
    read: readGorgiasWebhook,
  },
  pollDelay: '',
} as const satisfies DeskKind;
