/** Chatwoot's application API: app/controllers/api/v1 of github.com/chatwoot/chatwoot. */
import type { AnswerReading } from '../../remote/failures';
import { createDeskRequests, type AdapterOptions, type DeskRequests } from '../api/deskCalls';
import { objectIn, refusedFields } from '../api/deskHttp';
import { numberedTicketPath } from '../api/missingTicket';
import { apiUrlShape, chatwootTicketId, title } from './ticketId';

export interface ChatwootOptions extends AdapterOptions {
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
export function openChatwoot(options: ChatwootOptions): ChatwootAccount {
  const [, site = '', path = ''] = apiUrlShape.exec(options.apiUrl) ?? [];
  const headers = { api_access_token: options.apiToken };
  const connection = { name: title, apiUrl: `${site}/api/v1`, headers, readErrorBody };
  const pathOf = (ticketId: string): string =>
    numberedTicketPath(title, chatwootTicketId, ticketId, `${path}/conversations`);
  return { ...createDeskRequests(connection, options), site, path, pathOf };
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
function readErrorBody(body: string): AnswerReading {
  const { error, attributes } = objectIn(body);
  if (fixedSentences.includes(error)) return { special: null, reason: String(error) };
  return refusedFields(Array.isArray(attributes) ? attributes : []);
}
