/** How one signs in to Gorgias, and what its refusals say: developers.gorgias.com/reference/{authentication,errors}. */
import { isObject } from '../../core/isObject';
import type { AnswerReading } from '../../remote/failures';
import type { RequestBudget } from '../../remote/budget/requestBudget';
import type { RemoteTimeouts } from '../../remote/http';
import { createDeskHttp, objectIn, type DeskHttp } from '../deskHttp';

export const deskName = 'Gorgias';

export interface GorgiasConnection {
  /** `https://acme.gorgias.com/api`, without a trailing slash. */
  readonly apiUrl: string;
  /** Of the user whose key it is. */
  readonly email: string;
  readonly apiKey: string;
  readonly timeoutsMs?: RemoteTimeouts;
  readonly budget?: RequestBudget;
}

export function createGorgiasHttp({
  apiUrl,
  email,
  apiKey,
  timeoutsMs,
  budget,
}: GorgiasConnection): DeskHttp {
  return createDeskHttp({
    name: deskName,
    apiUrl,
    headers: { Authorization: `Basic ${Buffer.from(`${email}:${apiKey}`).toString('base64')}` },
    timeoutsMs,
    budget,
    readErrorBody,
  });
}

const fieldShape = /^[a-z][a-z0-9_]{0,59}$/;

/** `{"error": {"msg": "...", "data": {"field": ["..."]}}}`: only the names of the fields are quoted. */
export function readErrorBody(body: string): AnswerReading {
  const { error } = objectIn(body);
  const data = isObject(error) ? error['data'] : null;
  const fields = (isObject(data) ? Object.keys(data) : [])
    .filter((name) => fieldShape.test(name))
    .slice(0, 5);
  return { special: null, reason: fields.length === 0 ? null : fields.join(', ') };
}
