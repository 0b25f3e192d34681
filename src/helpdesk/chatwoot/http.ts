/** Chatwoot's application API: app/controllers/api/v1 of github.com/chatwoot/chatwoot. */
import { isObject } from '../../core/isObject';
import type { AnswerReading } from '../../remote/failures';
import type { RequestBudget } from '../../remote/budget/requestBudget';
import type { RemoteTimeouts } from '../../remote/http';
import { createDeskHttp, type DeskHttp } from '../deskHttp';
import { missingTicket } from '../missingTicket';
import { chatwootTicketId } from './ticketId';

export const deskName = 'Chatwoot';

export interface ChatwootConnection {
  /** `https://chat.acme.example/api/v1/accounts/1`, without a trailing slash. */
  readonly apiUrl: string;
  /** Of a user, an agent or administrator: a bot's may not read. */
  readonly apiToken: string;
  readonly timeoutsMs?: RemoteTimeouts;
  readonly budget?: RequestBudget;
}

/** @param apiUrl - without the account: who we are is asked beside it. */
export function createChatwootHttp({ apiUrl, apiToken, timeoutsMs, budget }: ChatwootConnection): DeskHttp {
  const headers = { api_access_token: apiToken };
  return createDeskHttp({ name: deskName, apiUrl, headers, timeoutsMs, budget, readErrorBody });
}

/** @throws RemoteFailure `ticket-not-found` for what cannot be a conversation: people type ids by hand. */
export function conversationPath(accountPath: string, ticketId: string): string {
  if (!chatwootTicketId.pattern.test(ticketId)) {
    throw missingTicket(deskName, 'its conversation ids are numbers');
  }
  return `${accountPath}/conversations/${ticketId}`;
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
  try {
    const body: unknown = JSON.parse(text);
    const { error, attributes } = isObject(body) ? body : {};
    if (fixedSentences.includes(error)) return { special: null, reason: String(error) };
    const named = (Array.isArray(attributes) ? attributes : []).filter(
      (name: unknown) => typeof name === 'string' && /^[a-z_]{1,60}$/.test(name),
    );
    return { special: null, reason: named.length === 0 ? null : named.slice(0, 5).join(', ') };
  } catch {
    return { special: null, reason: null };
  }
}
