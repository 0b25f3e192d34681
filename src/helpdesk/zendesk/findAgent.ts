/** Who somebody is on the desk, by what they call themselves. */
import type { DeskAgent } from '../../core/approval/approvers';
import type { CallContext } from '../port';
import type { Directory } from './directory';
import type { ZendeskHttp } from './http';
import { usersAnswer, type ZendeskUser } from './schemas';

const agentRoles = ['agent', 'admin'];

/**
 * developer.zendesk.com/api-reference/ticketing/users/users: show_many by id, search by address, which finds more than
 * was asked for.
 */
export async function findAgent(
  { request, directory }: { readonly request: ZendeskHttp; readonly directory: Directory },
  who: string,
  call: CallContext,
): Promise<DeskAgent | null> {
  const wanted = who.trim().toLowerCase();
  const user = /^\d{1,20}$/.test(wanted)
    ? ((await directory.users([wanted], call))[0] ?? null)
    : await byEmail(request, wanted, call);
  if (user === null) return null;
  const isActive = agentRoles.includes(user.role) && user.active !== false && user.suspended !== true;
  const isOurs = user.id === (await directory.ownUserId(call));
  return {
    id: user.id,
    name: user.name ?? user.id,
    email: user.email ?? null,
    isActive,
    groups: isActive ? await directory.groupsOf(user.id, call) : [],
    ...(isOurs ? { isOurs } : {}),
  };
}

async function byEmail(request: ZendeskHttp, email: string, call: CallContext): Promise<ZendeskUser | null> {
  if (!/^[^\s@"]+@[^\s@"]+$/.test(email)) return null;
  const query = { query: `email:${email}` };
  const { users } = await request(
    { method: 'GET', path: '/users/search', query, answer: usersAnswer, about: 'account' },
    call,
  );
  return users.find((user) => user.email?.toLowerCase() === email) ?? null;
}
