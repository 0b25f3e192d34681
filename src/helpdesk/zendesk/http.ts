/**
 * One request to Zendesk: signed in, bounded in time and size, cancellable, and answered by a checked body or by a
 * `DeskFailure`. Never retries and never follows a redirect.
 */
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { cancelledCall, DeskFailure, failureOfError, failureOfStatus, malformedAnswer } from '../failures';
import type { CallContext } from '../port';
import { errorInside, readErrorBody } from './errorBody';

export const deskName = 'Zendesk';

/** developer.zendesk.com/api-reference/introduction/security-and-auth */
type ZendeskAuth =
  | { readonly type: 'api-token'; readonly email: string; readonly token: string }
  | { readonly type: 'oauth'; readonly token: string };

export interface ZendeskConnection {
  /** `https://acme.zendesk.com/api/v2`, without a trailing slash. */
  readonly apiUrl: string;
  readonly auth: ZendeskAuth;
  /** `connect`: until the connection (TLS included) stands. `total`: until the whole answer is here. */
  readonly timeoutsMs?: { readonly connect: number; readonly total: number };
}

interface ZendeskRequest<T> {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Below the API's address: `/tickets/1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a success must look like. */
  readonly answer: z.ZodType<T>;
  /** A 404 on a ticket is a missing ticket; on anything else the address is wrong. */
  readonly about: 'ticket' | 'account';
  /** Added to the failure of a 403: which right is needed. */
  readonly needs?: string;
}

export type ZendeskHttp = <T>(request: ZendeskRequest<T>, call: CallContext) => Promise<T>;

const defaultTimeoutsMs = { connect: 5_000, total: 30_000 };
/** A page of 100 comments of 64 kB, each in three forms, with room for JSON's escapes. */
const largestAnswerBytes = 48 * 1024 * 1024;

export function createZendeskHttp(connection: ZendeskConnection): ZendeskHttp {
  const timeoutsMs = connection.timeoutsMs ?? defaultTimeoutsMs;
  const client = createClient(connection, timeoutsMs.connect);
  return async (request, call) => {
    const response = await send(client, request, call, timeoutsMs.total);
    return readAnswer(request, response);
  };
}

function createClient(connection: ZendeskConnection, connectMs: number): AxiosInstance {
  const agentOptions = { keepAlive: true, maxSockets: 32 };
  return axios.create({
    baseURL: connection.apiUrl,
    headers: {
      Accept: 'application/json',
      'User-Agent': 'deskhand',
      Authorization: authorization(connection.auth),
    },
    httpAgent: boundConnect(new http.Agent(agentOptions), 'connect', connectMs),
    httpsAgent: boundConnect(new https.Agent(agentOptions), 'secureConnect', connectMs),
    // The status decides before the body is looked at: a 429 may well come as a line of plain text.
    responseType: 'text',
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: largestAnswerBytes,
  });
}

function authorization(auth: ZendeskAuth): string {
  return auth.type === 'oauth'
    ? `Bearer ${auth.token}`
    : `Basic ${Buffer.from(`${auth.email}/token:${auth.token}`).toString('base64')}`;
}

/** Node bounds a silent socket, but not the time until it stands. */
function boundConnect<A extends http.Agent>(agent: A, ready: 'connect' | 'secureConnect', ms: number): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback): Duplex | null | undefined => {
    const socket = connect(options, callback);
    if (!socket) return socket;
    const timer = setTimeout(() => socket.destroy(timeoutError()), ms);
    const stop = (): void => clearTimeout(timer);
    socket.once(ready, stop).once('close', stop);
    return socket;
  };
  return agent;
}

function timeoutError(): Error {
  return Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
}

async function send<T>(
  client: AxiosInstance,
  request: ZendeskRequest<T>,
  call: CallContext,
  totalMs: number,
): Promise<AxiosResponse<unknown>> {
  if (call.signal.aborted) throw cancelledCall(deskName);
  const bound = new AbortController();
  const abort = (): void => bound.abort();
  const timer = setTimeout(abort, totalMs);
  call.signal.addEventListener('abort', abort, { once: true });
  try {
    return await client.request<unknown>({
      method: request.method,
      url: request.path,
      ...(request.query === undefined ? {} : { params: request.query }),
      ...(request.body === undefined ? {} : { data: request.body }),
      ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
      signal: bound.signal,
    });
  } catch (error) {
    const ranOut = bound.signal.aborted && !call.signal.aborted;
    throw failureOfError(deskName, ranOut ? timeoutError() : error);
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener('abort', abort);
  }
}

function readAnswer<T>(request: ZendeskRequest<T>, response: AxiosResponse<unknown>): T {
  const { status, headers } = response;
  const text = typeof response.data === 'string' ? response.data : '';
  if (status < 200 || status > 299) throw refusal(request, status, text, headers);
  const body = parseJson(text);
  if (body === undefined) throw malformedAnswer(deskName, status, 'the body is not JSON');
  const error = errorInside(body);
  if (error !== null) throw malformedAnswer(deskName, status, `with an error inside (${error})`);
  const parsed = request.answer.safeParse(body);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? '';
    throw malformedAnswer(deskName, status, `the body is not what the documents promise, at "${at}"`);
  }
  return parsed.data;
}

function refusal<T>(
  request: ZendeskRequest<T>,
  status: number,
  text: string,
  headers: AxiosResponse['headers'],
): DeskFailure {
  const failure = failureOfStatus(
    deskName,
    { status, retryAfter: header(headers, 'retry-after'), date: header(headers, 'date') },
    readErrorBody(status, text),
    request.about,
  );
  return status === 403 && request.needs !== undefined
    ? new DeskFailure(failure.kind, `${failure.message}; ${request.needs}`, failure)
    : failure;
}

function header(headers: AxiosResponse['headers'], name: string): string | null {
  const value: unknown = headers[name];
  return typeof value === 'string' ? value : null;
}

/** Undefined for what is no JSON: `null` is a value. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
