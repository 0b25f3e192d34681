/**
 * Who calls. `Authorization: Basic base64("{email}/token:{api token}")`: an API token of Zendesk belongs to the
 * account and speaks for whichever user is named
 * (developer.zendesk.com/api-reference/introduction/security-and-auth/#api-token).
 */
import type { FastifyRequest } from 'fastify';
import { sameSecret } from '../../../../contracts/sameSecret';
import { basicCredentials } from '../../common/basicAuth';
import { forbidden, unauthenticated } from './errors';
import { isStaff, type User } from '../store/records';
import type { DeskStore } from '../store/store';

export type Authenticate = (request: FastifyRequest) => User;

export function authenticator(store: DeskStore, token: string): Authenticate {
  return (request) => {
    const [, email, password] = /^(.+)\/token:(.*)$/s.exec(basicCredentials(request) ?? '') ?? [];
    const user = email === undefined ? undefined : store.userByEmail(email);
    if (user === undefined || password === undefined || !sameSecret(password, token)) throw unauthenticated();
    return user;
  };
}

/** @throws ApiError 403 */
export function requireStaff(user: User): User {
  if (!isStaff(user)) throw forbidden();
  return user;
}

/** @throws ApiError 403 */
export function requireAdmin(user: User): User {
  if (user.role !== 'admin') throw forbidden();
  return user;
}
