/** Zendesk, as an account of it is described. */
import { z } from 'zod';
import { httpUrl, optional, requestsPerMinute, secret, text } from '../../config/variableTypes';
import { subdomainOf, type DeskKind, type SignIn } from '../deskKind';
import type { ZendeskConnection } from './http';
import { zendeskTicketId } from './ticketId';
import { readZendeskWebhook } from './webhook';

interface ZendeskSettings extends Pick<ZendeskConnection, 'apiUrl' | 'auth'> {
  readonly kind: 'zendesk';
}

export const zendesk = {
  title: 'Zendesk',
  variables: {
    ZENDESK_API_URL: optional(
      httpUrl(),
      "Zendesk's API, `https://acme.zendesk.com/api/v2`. Unset: the embedded desk is used.",
    ),
    ZENDESK_EMAIL: optional(
      text().pipe(z.email('must be an e-mail address')),
      "The bot's agent, for the API token.",
    ),
    ZENDESK_API_TOKEN: secret(text(), 'API token of that agent.'),
    ZENDESK_OAUTH_TOKEN: secret(text(), 'OAuth access token, instead of e-mail and API token.'),
    ZENDESK_WEBHOOK_SECRET: secret(
      text(),
      "Signing secret of Zendesk's webhook. Unset: what `deskhand connect zendesk` has kept in the state folder, or the embedded desk's own.",
    ),
    ZENDESK_REQUESTS_PER_MINUTE: requestsPerMinute('200'),
  },
  keys: {
    address: 'ZENDESK_API_URL',
    webhookSecret: 'ZENDESK_WEBHOOK_SECRET',
    requestsPerMinute: 'ZENDESK_REQUESTS_PER_MINUTE',
  },
  signIn: { email: 'ZENDESK_EMAIL', token: 'ZENDESK_API_TOKEN', oauthToken: 'ZENDESK_OAUTH_TOKEN' },
  waysToSignIn: [['email', 'token'], ['oauthToken']],
  signInHelp: 'Admin Center > Apps and integrations > APIs',
  addressExample: 'https://<your account>.zendesk.com/api/v2',
  accountAt: subdomainOf('zendesk.com'),
  connect: (apiUrl: string, { email = '', token = '', oauthToken }: SignIn): ZendeskSettings => ({
    kind: 'zendesk',
    apiUrl,
    auth:
      oauthToken === undefined ? { type: 'api-token', email, token } : { type: 'oauth', token: oauthToken },
  }),
  signInToDouble: ({ email, token }) => ({ email, token }),
  ticketId: zendeskTicketId,
  webhook: {
    summary: "Zendesk's webhook",
    description:
      'Takes event subscriptions (`zen:event-type:ticket.*`) and a trigger whose body is ' +
      '`{"ticket_id": "{{ticket.id}}"}`. Signed by X-Zendesk-Webhook-Signature.',
    offUntil: '"deskhand connect zendesk" was run (docs/connect.md)',
    read: readZendeskWebhook,
  },
  pollDelay: ', which Zendesk tells a minute late',
} as const satisfies DeskKind;
