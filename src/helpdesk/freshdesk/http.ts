/** How one signs in to Freshdesk. */
import type { AdapterOptions } from '../api/deskCalls';
import { createDeskHttp, type DeskHttp } from '../api/deskHttp';
import { readErrorBody } from './errorBody';

export const deskName = 'Freshdesk';

export interface FreshdeskConnection extends Pick<AdapterOptions, 'timeoutsMs' | 'budget'> {
  /** `https://acme.freshdesk.com/api/v2`, without a trailing slash. */
  readonly apiUrl: string;
  readonly apiKey: string;
}

export type FreshdeskHttp = DeskHttp;

export function createFreshdeskHttp({
  apiUrl,
  apiKey,
  timeoutsMs,
  budget,
}: FreshdeskConnection): FreshdeskHttp {
  return createDeskHttp({
    name: deskName,
    apiUrl,
    // Any password goes with the key: developers.freshdesk.com/api/#authentication
    headers: { Authorization: `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}` },
    timeoutsMs,
    budget,
    readErrorBody,
  });
}
