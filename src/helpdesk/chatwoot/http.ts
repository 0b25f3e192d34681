/** Chatwoot's application API: app/controllers/api/v1 of github.com/chatwoot/chatwoot. */
import type { AnswerReading } from '../../remote/failures';
import { createDeskRequests, type AdapterOptions, type DeskRequests } from '../deskCalls';
import { objectIn } from '../deskHttp';
import { missingTicket } from '../missingTicket';
import { apiUrlShape } from './apiUrl';
import { chatwootTicketId } from './ticketId';

export const deskName = 'Chatwoot';

export interface ChatwootConnection {
  /** `https://chat.acme.example/api/v1/accounts/1`, without a trailing slash. */
  readonly apiUrl: string;
  /** Of a user, an agent or administrator: a bot's may not read. */
  readonly apiToken: string;
}

export interface ChatwootAccount extends DeskRequests {
  /** Where agents have their pages. */
  readonly site: string;
  /** `/accounts/1` */
  readonly path: string;
  /** @throws RemoteFailure `ticket-not-found` for what cannot be a conversation: people type ids by hand. */
  readonly pathOf: (ticketId: string) => string;
}

/** Who we are is asked beside the account. */
export function openAccount(
  { apiUrl, apiToken }: ChatwootConnection,
  options: AdapterOptions,
): ChatwootAccount {
  const [, site = '', path = ''] = apiUrlShape.exec(apiUrl) ?? [];
  const headers = { api_access_token: apiToken };
  const requests = createDeskRequests(
    { name: deskName, apiUrl: `${site}/api/v1`, headers, readErrorBody },
    options,
  );
  const pathOf = (ticketId: string): string => {
    if (chatwootTicketId.pattern.test(ticketId)) return `${path}/conversations/${ticketId}`;
    throw missingTicket(deskName, 'its conversation ids are numbers');
  };
  return { ...requests, site, path, pathOf };
}

/** Others may quote what was sent: app/controllers/concerns/{access_token_auth_helper,request_exception_handler}.rb */
const fixedSentences: readonly unknown[] = [
  'Invalid Access Token',
  'Access to this endpoint is not authorized for bots',
  'You are not authorized to do this action',
  'You are not authorized to access this account',
  'Account is suspended',
];

/** `{error}` of a refused caller, `{message, attributes}` of a refused record. */
function readErrorBody(text: string): AnswerReading {
  const { error, attributes } = objectIn(text);
  if (fixedSentences.includes(error)) return { special: null, reason: String(error) };
  const named = (Array.isArray(attributes) ? attributes : []).filter(
    (name: unknown) => typeof name === 'string' && /^[a-z_]{1,60}$/.test(name),
  );
  return { special: null, reason: named.length === 0 ? null : named.slice(0, 5).join(', ') };
}
