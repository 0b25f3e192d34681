/** How one signs in to Gorgias, and what its refusals say: developers.gorgias.com/reference/{authentication,errors}. */
import { isObject } from '../../core/isObject';
import type { AnswerReading } from '../../remote/failures';
import { createDeskRequests, type AdapterOptions, type DeskRequests } from '../api/deskCalls';
import { objectIn, refusedFields } from '../api/deskHttp';
import { title } from './ticketId';

export interface GorgiasOptions extends AdapterOptions {
  /** `https://acme.gorgias.com/api`, without a trailing slash. */
  readonly apiUrl: string;
  /** Of the user whose key it is. */
  readonly email: string;
  readonly apiKey: string;
}

export function gorgiasRequests(options: GorgiasOptions): DeskRequests {
  const { apiUrl, email, apiKey } = options;
  const headers = { Authorization: `Basic ${Buffer.from(`${email}:${apiKey}`).toString('base64')}` };
  return createDeskRequests({ name: title, apiUrl, headers, readErrorBody }, options);
}

/** `{"error": {"msg": "...", "data": {"field": ["..."]}}}`: only the names of the fields are quoted. */
export function readErrorBody(body: string): AnswerReading {
  const { error } = objectIn(body);
  const data = isObject(error) ? error['data'] : null;
  return refusedFields(isObject(data) ? Object.keys(data) : []);
}
