/**
 * One request to a desk: signed in, bounded in time and size, cancellable, and answered by a checked body or by a
 * `RemoteFailure`. Never retries and never follows a redirect.
 */
import type { z } from 'zod';
import { isObject } from '../../core/isObject';
import type { RequestBudget } from '../../remote/budget/requestBudget';
import { withinBudget } from '../../remote/budget/withinBudget';
import { RemoteFailure, failureOfStatus, type AnswerReading } from '../../remote/failures';
import {
  createRemoteHttp,
  defaultTimeoutsMs,
  jsonOf,
  readAs,
  type RemoteRequest,
  type RemoteTimeouts,
} from '../../remote/http';
import type { CallContext } from '../port';

export interface DeskConnection {
  /** As people call it: `Freshdesk`. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutsMs: RemoteTimeouts | undefined;
  readonly budget: RequestBudget | undefined;
  /** Codes and names of fields alone: messages repeat what was sent, a customer's address for one. */
  readonly readErrorBody: (body: string) => AnswerReading;
}

interface DeskRequest<T> extends RemoteRequest {
  /** What a success must look like. */
  readonly answer: z.ZodType<T>;
  /** A 404 on a ticket is a missing ticket; on anything else the address is wrong. */
  readonly about: 'ticket' | 'account';
}

interface Answered<T> {
  readonly body: T;
  /** Of a list: there is another page (`Link: <...>; rel="next"`). */
  readonly hasNext: boolean;
  /** The desk's own time when it answered, by the `Date` header (RFC 9110, 6.6.1), epoch milliseconds; null: it has none. */
  readonly clock: number | null;
}

export type DeskHttp = <T>(request: DeskRequest<T>, call: CallContext) => Promise<Answered<T>>;

/** A page of 100 comments, each as HTML and as text. */
const largestAnswerBytes = 48 * 1024 * 1024;

export function createDeskHttp(connection: DeskConnection): DeskHttp {
  const { name, apiUrl, headers, timeoutsMs = defaultTimeoutsMs, budget, readErrorBody } = connection;
  const remote = createRemoteHttp({ name, baseUrl: apiUrl, headers, timeoutsMs, largestAnswerBytes });
  const send = withinBudget(name, remote, budget);
  return async (request, call) => {
    const response = await send(request, call.signal);
    const { status, text, link, date } = response;
    if (status < 200 || status > 299) {
      throw failureOfStatus(name, response, readErrorBody(text), request.about);
    }
    // What is said after a removal, if anything, differs from desk to desk.
    const body = request.method === 'DELETE' ? null : jsonOf(name, response);
    return {
      body: readAs(name, status, body, request.answer),
      hasNext: /rel="?next"?/.test(link ?? ''),
      clock: timeIn(date),
    };
  };
}

function timeIn(dateHeader: string | null): number | null {
  const at = Date.parse(dateHeader ?? '');
  return Number.isNaN(at) ? null : at;
}

/** Null where the desk knows nothing by that: an agent, a contact. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RemoteFailure && error.status === 404) return null;
    throw error;
  }
}

/** None where the credentials may not list them: for what Deskhand can do without. */
export function noneIfForbidden(error: unknown): [] {
  if (error instanceof RemoteFailure && error.status === 403) return [];
  throw error;
}

const fieldShape = /^[a-z][a-z0-9_]{0,59}$/;

/** Of a refusal, the names of the fields that it is about: the first five that can be such. */
export function refusedFields(names: readonly unknown[]): AnswerReading {
  const fields = names.filter((name) => typeof name === 'string' && fieldShape.test(name)).slice(0, 5);
  return { special: null, reason: fields.length === 0 ? null : fields.join(', ') };
}

/** What an error body is an object of; empty for one that is none. */
export function objectIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
