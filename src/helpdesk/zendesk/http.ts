/**
 * One request to Zendesk: signed in, bounded in time and size, cancellable, and answered by a checked body or by a
 * `RemoteFailure`. Never retries and never follows a redirect.
 */
import type { z } from 'zod';
import { withinBudget } from '../../remote/budget/withinBudget';
import { RemoteFailure, failureOfStatus, malformedAnswer } from '../../remote/failures';
import {
  createRemoteHttp,
  defaultTimeoutsMs,
  jsonOf,
  readAs,
  type RemoteRequest,
  type RemoteResponse,
} from '../../remote/http';
import type { AdapterOptions } from '../api/deskCalls';
import type { CallContext } from '../port';
import { errorInside, readErrorBody } from './errorBody';

export const deskName = 'Zendesk';

/** developer.zendesk.com/api-reference/introduction/security-and-auth */
type ZendeskAuth =
  | { readonly type: 'api-token'; readonly email: string; readonly token: string }
  | { readonly type: 'oauth'; readonly token: string };

export interface ZendeskConnection extends Pick<AdapterOptions, 'timeoutsMs' | 'budget'> {
  /** `https://acme.zendesk.com/api/v2`, without a trailing slash. */
  readonly apiUrl: string;
  readonly auth: ZendeskAuth;
  /** Told of the `Date` header of every answer, refusals too: the desk's clock. */
  readonly onDate?: (date: string) => void;
}

interface ZendeskRequest<T> extends RemoteRequest {
  /** What a success must look like. */
  readonly answer: z.ZodType<T>;
  /** A 404 on a ticket is a missing ticket; on anything else the address is wrong. */
  readonly about: 'ticket' | 'account';
  /** Added to the failure of a 403: which right is needed. */
  readonly needs?: string;
}

export type ZendeskHttp = <T>(request: ZendeskRequest<T>, call: CallContext) => Promise<T>;

/** A page of 100 comments of 64 kB, each in three forms, with room for JSON's escapes. */
const largestAnswerBytes = 48 * 1024 * 1024;

export function createZendeskHttp(connection: ZendeskConnection): ZendeskHttp {
  const remote = createRemoteHttp({
    name: deskName,
    baseUrl: connection.apiUrl,
    headers: { Authorization: authorization(connection.auth) },
    timeoutsMs: connection.timeoutsMs ?? defaultTimeoutsMs,
    largestAnswerBytes,
  });
  const send = withinBudget(deskName, remote, connection.budget);
  return async (request, call) => {
    const response = await send(request, call.signal);
    if (response.date !== null) connection.onDate?.(response.date);
    return readAnswer(request, response);
  };
}

function authorization(auth: ZendeskAuth): string {
  return auth.type === 'oauth'
    ? `Bearer ${auth.token}`
    : `Basic ${Buffer.from(`${auth.email}/token:${auth.token}`).toString('base64')}`;
}

function readAnswer<T>(request: ZendeskRequest<T>, response: RemoteResponse): T {
  const { status } = response;
  if (status < 200 || status > 299) throw refusal(request, response);
  const body = status === 204 ? null : jsonOf(deskName, response);
  const error = errorInside(body);
  if (error !== null) throw malformedAnswer(deskName, status, `with an error inside (${error})`);
  return readAs(deskName, status, body, request.answer);
}

function refusal<T>(request: ZendeskRequest<T>, response: RemoteResponse): RemoteFailure {
  const reading = readErrorBody(response.status, response.text);
  const failure = failureOfStatus(deskName, response, reading, request.about);
  return response.status === 403 && request.needs !== undefined
    ? new RemoteFailure(failure.kind, `${failure.message}; ${request.needs}`, failure)
    : failure;
}
