/** Freshdesk, as an account of it is described. */
import { httpUrl, optional, requestsPerMinute, secret, text, printable } from '../../config/variableTypes';
import { keysOf, subdomainOf, type DeskKind, type SignIn } from '../deskKind';
import { freshdeskTicketId, title } from './ticketId';
import { readFreshdeskWebhook } from './webhook';

export const freshdesk = {
  title,
  variables: {
    FRESHDESK_API_URL: optional(
      httpUrl(),
      "Freshdesk's API, `https://acme.freshdesk.com/api/v2`. Unset: the embedded desk is used.",
    ),
    FRESHDESK_API_KEY: secret(
      text().regex(/^[\x21-\x39\x3b-\x7e]{1,500}$/, 'must be visible ASCII without spaces and colons'),
      "API key of the bot's own agent.",
    ),
    FRESHDESK_WEBHOOK_SECRET: secret(
      printable(16),
      "What the automation rules send in the header `X-Deskhand-Secret`. Unset: what `deskhand connect freshdesk` has kept in the state folder, or the embedded desk's own.",
    ),
    FRESHDESK_REQUESTS_PER_MINUTE: requestsPerMinute('100'),
  },
  keys: keysOf('FRESHDESK'),
  signIn: { apiKey: 'FRESHDESK_API_KEY' },
  waysToSignIn: [['apiKey']],
  signInHelp: "the bot's agent > Profile settings",
  addressExample: 'https://<your account>.freshdesk.com/api/v2',
  accountAt: subdomainOf('freshdesk.com'),
  connect: (apiUrl: string, { apiKey = '' }: SignIn) => ({ kind: 'freshdesk' as const, apiUrl, apiKey }),
  signInToDouble: ({ token }) => ({ apiKey: token }),
  ticketId: freshdeskTicketId,
  webhook: {
    summary: "The webhook of Freshdesk's automation rules",
    description:
      'Takes the simple content (`{"freshdesk_webhook": {"ticket_id": 1}}`) and `{"ticket_id": "{{ticket.id}}"}`. ' +
      'The header X-Deskhand-Secret has the secret of FRESHDESK_WEBHOOK_SECRET.',
    offUntil: '"deskhand connect freshdesk" was run (docs/connect.md)',
    read: readFreshdeskWebhook,
  },
  pollDelay: '',
} as const satisfies DeskKind;
