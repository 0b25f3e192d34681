/**
 * One request to a desk or a shop over HTTP: bounded in time and size, cancellable, never retried and never
 * redirected. What comes back is read by the caller; what does not come back is a `RemoteFailure`.
 */
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { endpointResetMs, type ReadHeader } from './budget/rateHeaders';
import { endedCall, failureOfError, malformedAnswer, type RemoteAnswer } from './failures';

export interface RemoteConnection {
  /** As people call it: `Zendesk`. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutsMs: RemoteTimeouts;
  readonly largestAnswerBytes: number;
}

/** `connect`: until the connection (TLS included) stands. `total`: until the whole answer is here. */
export interface RemoteTimeouts {
  readonly connect: number;
  readonly total: number;
}

export interface RemoteRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the base address: `/tickets/1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RemoteResponse extends RemoteAnswer {
  readonly text: string;
  /** The `Link` header: where the next page is (RFC 8288). */
  readonly link: string | null;
  readonly header: ReadHeader;
  /** As src/remote/budget/rateHeaders.ts reads it. */
  readonly endpointResetMs: number | null;
}

/** @throws RemoteFailure when there is no whole answer. Any status is an answer. */
export type RemoteHttp = (request: RemoteRequest, signal: AbortSignal) => Promise<RemoteResponse>;

export const defaultTimeoutsMs: RemoteTimeouts = { connect: 5_000, total: 30_000 };

export function createRemoteHttp(connection: RemoteConnection): RemoteHttp {
  const client = createClient(connection);
  const { name, timeoutsMs } = connection;
  return async (request, signal) => {
    const { status, headers, data } = await send(client, name, request, signal, timeoutsMs.total);
    return {
      status,
      retryAfter: header(headers, 'retry-after'),
      date: header(headers, 'date'),
      link: header(headers, 'link'),
      header: (wanted) => header(headers, wanted),
      endpointResetMs: endpointResetMs(headers),
      text: typeof data === 'string' ? data : '',
    };
  };
}

function createClient({ baseUrl, headers, timeoutsMs, largestAnswerBytes }: RemoteConnection): AxiosInstance {
  const agentOptions = { keepAlive: true, maxSockets: 32 };
  return axios.create({
    baseURL: baseUrl,
    headers: { Accept: 'application/json', 'User-Agent': 'deskhand', ...headers },
    httpAgent: boundConnect(new http.Agent(agentOptions), 'connect', timeoutsMs.connect),
    httpsAgent: boundConnect(new https.Agent(agentOptions), 'secureConnect', timeoutsMs.connect),
    // The status decides before the body is looked at: a 429 may well come as a line of plain text.
    responseType: 'text',
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: largestAnswerBytes,
  });
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

async function send(
  client: AxiosInstance,
  name: string,
  request: RemoteRequest,
  signal: AbortSignal,
  totalMs: number,
): Promise<AxiosResponse<unknown>> {
  if (hasEnded(signal)) throw endedCall(name, signal);
  const bound = new AbortController();
  const abort = (): void => bound.abort();
  const timer = setTimeout(abort, totalMs);
  signal.addEventListener('abort', abort, { once: true });
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
    if (hasEnded(signal)) throw endedCall(name, signal);
    throw failureOfError(name, bound.signal.aborted ? timeoutError() : error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function hasEnded(signal: AbortSignal): boolean {
  return signal.aborted;
}

function header(headers: AxiosResponse['headers'], name: string): string | null {
  const value: unknown = headers[name];
  return typeof value === 'string' ? value : null;
}

/** @throws RemoteFailure `malformed` when the body is no JSON. */
export function jsonOf(remote: string, { status, text }: RemoteResponse): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformedAnswer(remote, status, 'the body is not JSON');
  }
}

/** @throws RemoteFailure `malformed`, naming the place, when the body is not what was promised. */
export function readAs<T>(remote: string, status: number, body: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join('.') ?? '';
  const unknown =
    issue?.code === 'unrecognized_keys' ? ` (unknown: ${issue.keys.slice(0, 3).join(', ')})` : '';
  throw malformedAnswer(remote, status, `the body is not what the documents promise, at "${at}"${unknown}`);
}
