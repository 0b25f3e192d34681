/**
 * One request to Freshdesk: signed in, bounded in time and size, cancellable, and answered by a checked body or by a
 * `RemoteFailure`. Never retries and never follows a redirect.
 */
import type { z } from 'zod';
import { RemoteFailure, failureOfStatus } from '../../remote/failures';
import {
  createRemoteHttp,
  defaultTimeoutsMs,
  jsonOf,
  readAs,
  type RemoteRequest,
  type RemoteTimeouts,
} from '../../remote/http';
import type { CallContext } from '../port';
import { readErrorBody } from './errorBody';

export const deskName = 'Freshdesk';

export interface FreshdeskConnection {
  /** `https://acme.freshdesk.com/api/v2`, without a trailing slash. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly timeoutsMs?: RemoteTimeouts;
}

interface FreshdeskRequest<T> extends RemoteRequest {
  /** What a success must look like. */
  readonly answer: z.ZodType<T>;
  /** A 404 on a ticket is a missing ticket; on anything else the address is wrong. */
  readonly about: 'ticket' | 'account';
}

export interface Answered<T> {
  readonly body: T;
  /** Of a list: there is another page (`Link: <...>; rel="next"`). */
  readonly hasNext: boolean;
}

export type FreshdeskHttp = <T>(request: FreshdeskRequest<T>, call: CallContext) => Promise<Answered<T>>;

/** A page of 100 conversations, each as HTML and as text. */
const largestAnswerBytes = 48 * 1024 * 1024;

export function createFreshdeskHttp({ apiUrl, apiKey, timeoutsMs }: FreshdeskConnection): FreshdeskHttp {
  const send = createRemoteHttp({
    name: deskName,
    baseUrl: apiUrl,
    // Any password goes with the key: developers.freshdesk.com/api/#authentication
    headers: { Authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}` },
    timeoutsMs: timeoutsMs ?? defaultTimeoutsMs,
    largestAnswerBytes,
  });
  return async (request, call) => {
    const response = await send(request, call.signal);
    const { status, text, link } = response;
    if (status < 200 || status > 299) {
      throw failureOfStatus(deskName, response, readErrorBody(text), request.about);
    }
    return {
      body: readAs(deskName, status, jsonOf(deskName, response), request.answer),
      hasNext: /rel="?next"?/.test(link ?? ''),
    };
  };
}

/** Null where Freshdesk knows nothing by that: an agent, a contact. */
export async function orNull<T>(asked: Promise<Answered<T>>): Promise<T | null> {
  try {
    return (await asked).body;
  } catch (error) {
    if (error instanceof RemoteFailure && error.status === 404) return null;
    throw error;
  }
}
