/** Chatwoot, as an account of it is described. */
import { httpUrl, optional, printable, requestsPerMinute, secret, secrets } from '../../config/variableTypes';
import { keysOf, type DeskKind, type SignIn } from '../deskKind';
import { apiUrlShape, chatwootTicketId, title } from './ticketId';
import { readChatwootWebhook } from './webhook';

export const chatwoot = {
  title,
  variables: {
    CHATWOOT_API_URL: optional(
      httpUrl().refine((url) => apiUrlShape.test(url), 'must end in /api/v1/accounts/<number>'),
      "Chatwoot's API and the account, `https://app.chatwoot.com/api/v1/accounts/1`. Unset: the embedded desk is used.",
    ),
    CHATWOOT_API_TOKEN: secret(printable(1), "Access token of the bot's own agent."),
    CHATWOOT_WEBHOOK_SECRET: secret(
      secrets(),
      "Secret of the account's webhook, or of the agent bot; both with a comma between. Unset: what `deskhand connect chatwoot` has kept in the state folder, or the embedded desk's own.",
    ),
    CHATWOOT_REQUESTS_PER_MINUTE: requestsPerMinute('600'),
  },
  keys: keysOf('CHATWOOT'),
  signIn: { apiToken: 'CHATWOOT_API_TOKEN' },
  waysToSignIn: [['apiToken']],
  signInHelp: "the bot's agent > Profile settings > Access token",
  addressExample: 'https://<your Chatwoot>/api/v1/accounts/<number>',
  // Several accounts share a host.
  accountAt: ({ host, pathname }: URL): string | null => {
    const number = /^\/(?:.*\/)?api\/v1\/accounts\/(\d+)$/.exec(pathname)?.[1];
    return number === undefined ? null : `${host}-${number}`;
  },
  connect: (apiUrl: string, { apiToken = '' }: SignIn) => ({ kind: 'chatwoot' as const, apiUrl, apiToken }),
  signInToDouble: ({ token }) => ({ apiToken: token }),
  ticketId: chatwootTicketId,
  webhook: {
    summary: "Chatwoot's webhooks, the account's and an agent bot's",
    description:
      'Takes `message_created`, `message_updated` (a rating), `conversation_status_changed` and `conversation_updated` of ' +
      "an account's webhook, and what an agent bot is told. Signed by X-Chatwoot-Signature.",
    offUntil: '"deskhand connect chatwoot" was run (docs/connect.md)',
    read: readChatwootWebhook,
  },
  pollDelay: '',
} as const satisfies DeskKind;
