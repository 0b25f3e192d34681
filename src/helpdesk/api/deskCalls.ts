/** Requests to a desk as an adapter makes them: about the ticket or about the account, answered by the checked body. */
import { z } from 'zod';
import type { RemoteRequest } from '../../remote/http';
import { createDeskHttp, type DeskConnection, type DeskHttp } from './deskHttp';
import type { CallContext } from '../port';

/** What whoever opens an account brings, whichever desk it is. */
export interface AdapterOptions extends Partial<Pick<DeskConnection, 'timeoutsMs' | 'budget'>> {
  /** Part of workflow ids: the subdomain of `acme.gorgias.com`. */
  readonly account: string;
  /** The company's own support addresses. */
  readonly companyAddresses: readonly string[];
  /** Where agents read a ticket; null: the desk's own pages. */
  readonly ticketUrl: ((ticketId: string) => string) | null;
  /** How long the desk may take to apply a request whose answer was lost, in milliseconds; absent: as the adapter knows it. */
  readonly settleMs?: number;
  /** A ticket is read with the name of its brand or not at all: it says which policy it goes by. Absent: it is read without one. */
  readonly brandsAreNeeded?: boolean;
}

/** Each throws `RemoteFailure` and nothing else. */
export interface DeskCalls {
  get<T>(
    path: string,
    answer: z.ZodType<T>,
    call: CallContext,
    query?: NonNullable<RemoteRequest['query']>,
  ): Promise<T>;
  /** The same, with the desk's own time, as `Answered` of deskHttp.ts has it. */
  getDated<T>(
    path: string,
    answer: z.ZodType<T>,
    call: CallContext,
    query: NonNullable<RemoteRequest['query']>,
  ): Promise<{ readonly body: T; readonly clock: number | null }>;
  /** @param body - sent as JSON, and so without what is undefined in it. */
  send<T>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: unknown,
    answer: z.ZodType<T>,
    call: CallContext,
  ): Promise<T>;
  remove(path: string, call: CallContext): Promise<void>;
}

export interface DeskRequests {
  /** A 404 is a missing ticket. */
  readonly ofTicket: DeskCalls;
  /** A 404 says that the address is wrong. */
  readonly ofAccount: DeskCalls;
}

export function createDeskRequests(
  connection: Omit<DeskConnection, 'timeoutsMs' | 'budget'>,
  { timeoutsMs, budget }: AdapterOptions,
): DeskRequests {
  const request = createDeskHttp({ ...connection, timeoutsMs, budget });
  return { ofTicket: callsAbout('ticket', request), ofAccount: callsAbout('account', request) };
}

export function callsAbout(about: 'ticket' | 'account', request: DeskHttp): DeskCalls {
  return {
    get: async (path, answer, call, query = {}) =>
      (await request({ method: 'GET', path, query, answer, about }, call)).body,
    getDated: (path, answer, call, query) => request({ method: 'GET', path, query, answer, about }, call),
    send: async (method, path, body, answer, call) =>
      (await request({ method, path, body, answer, about }, call)).body,
    remove: async (path, call) => {
      await request({ method: 'DELETE', path, answer: z.unknown(), about }, call);
    },
  };
}
