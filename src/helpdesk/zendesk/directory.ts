/** The people and groups of the account: who we are, which groups there are, what role somebody has. */
import { RemoteFailure } from '../../remote/failures';
import type { CallContext, DeskIdentity } from '../port';
import type { ZendeskHttp } from './http';
import { findField } from '../../core/ticket/customField';
import { customFieldsOf, type ZendeskField } from './customFields';
import { groupsAnswer, meAnswer, membershipsAnswer, ticketFieldsAnswer, usersAnswer } from './schemas';
import type { ZendeskUser } from './schemas';

export interface Directory {
  /** Asks every time: it is the proof that the credentials are accepted now. */
  whoAmI(call: CallContext): Promise<DeskIdentity>;
  /** Our own user id, asked for once. */
  ownUserId(call: CallContext): Promise<string>;
  groupNames(call: CallContext): Promise<readonly string[]>;
  /** @throws RemoteFailure `rejected`, naming the group and the known ones. */
  groupId(name: string, call: CallContext): Promise<string>;
  /** @param named - the list is asked for anew when it lacks this one. */
  customFields(named: string | null, call: CallContext): Promise<readonly ZendeskField[]>;
  /** The names of somebody's groups. */
  groupsOf(userId: string, call: CallContext): Promise<readonly string[]>;
  isMember(userId: string, groupId: string, call: CallContext): Promise<boolean>;
  /** One request for all of them; ids that Zendesk no longer knows are left out. */
  users(ids: readonly string[], call: CallContext): Promise<readonly ZendeskUser[]>;
}

type Groups = readonly { readonly id: string; readonly name: string }[];
const groupPages = 10;
const fieldPages = 10;

export function createDirectory(request: ZendeskHttp): Directory {
  let ownId: string | null = null;
  let groups: Groups | null = null;
  let fields: readonly ZendeskField[] | null = null;

  async function readGroups(call: CallContext): Promise<Groups> {
    const found: { id: string; name: string }[] = [];
    let after: string | null | undefined = null;
    for (let page = 0; page < groupPages; page += 1) {
      const query: Record<string, string | number> = { 'page[size]': 100 };
      if (after) query['page[after]'] = after;
      const answer = await request(
        { method: 'GET', path: '/groups', query, answer: groupsAnswer, about: 'account' },
        call,
      );
      found.push(...answer.groups.filter((group) => !group.deleted));
      after = answer.meta?.after_cursor;
      if (!answer.meta?.has_more || !after) break;
    }
    groups = found;
    return found;
  }

  async function groupIdsOf(userId: string, call: CallContext): Promise<readonly string[]> {
    const { group_memberships: memberships } = await request(
      {
        method: 'GET',
        path: `/users/${userId}/group_memberships`,
        query: { 'page[size]': 100 },
        answer: membershipsAnswer,
        about: 'account',
      },
      call,
    );
    return memberships.map((membership) => membership.group_id);
  }

  async function readFields(call: CallContext): Promise<readonly ZendeskField[]> {
    const found: ZendeskField[] = [];
    let after: string | null | undefined = null;
    for (let page = 0; page < fieldPages; page += 1) {
      const query: Record<string, string | number> = { 'page[size]': 100 };
      if (after) query['page[after]'] = after;
      const answer = await request(
        { method: 'GET', path: '/ticket_fields', query, answer: ticketFieldsAnswer, about: 'account' },
        call,
      );
      found.push(...customFieldsOf(answer.ticket_fields));
      after = answer.meta?.after_cursor;
      if (!answer.meta?.has_more || !after) break;
    }
    fields = found;
    return found;
  }

  async function whoAmI(call: CallContext): Promise<DeskIdentity> {
    const { user } = await request(
      { method: 'GET', path: '/users/me', answer: meAnswer, about: 'account' },
      call,
    );
    if (user.id === null) {
      // Zendesk answers 200 to nobody in particular: the credentials did not arrive.
      throw new RemoteFailure('unauthorized', 'Zendesk takes us for an anonymous visitor', {
        retryable: true,
        retryAfterMs: 60_000,
        status: 401,
      });
    }
    ownId = user.id;
    return { userId: user.id, name: user.name ?? '', role: user.role };
  }

  async function groupId(name: string, call: CallContext): Promise<string> {
    const known = groups === null ? undefined : findGroup(groups, name);
    if (known !== undefined) return known;
    const fresh = await readGroups(call);
    const found = findGroup(fresh, name);
    if (found !== undefined) return found;
    throw new RemoteFailure(
      'rejected',
      `Zendesk has no group "${name}"; it has ${fresh.map((group) => `"${group.name}"`).join(', ') || 'none'}`,
      { retryable: false },
    );
  }

  return {
    whoAmI,
    ownUserId: async (call) => ownId ?? (await whoAmI(call)).userId,
    groupId,
    groupNames: async (call) => (await readGroups(call)).map((group) => group.name),
    customFields: async (named, call) =>
      fields !== null && named !== null && findField(fields, named) !== null ? fields : readFields(call),
    groupsOf: async (userId, call) => {
      const theirs = await groupIdsOf(userId, call);
      const known = groups !== null && theirs.every((group) => groups?.some(({ id }) => id === group));
      const all = known && groups !== null ? groups : await readGroups(call);
      return all.filter(({ id }) => theirs.includes(id)).map(({ name }) => name);
    },
    isMember: async (userId, group, call) => (await groupIdsOf(userId, call)).includes(group),
    users: async (ids, call) => {
      if (ids.length === 0) return [];
      const { users } = await request(
        {
          method: 'GET',
          path: '/users/show_many',
          query: { ids: ids.slice(0, 100).join(',') },
          answer: usersAnswer,
          about: 'account',
        },
        call,
      );
      return users;
    },
  };
}

/** The exact name wins over the same name in other case. */
function findGroup(groups: Groups, name: string): string | undefined {
  const wanted = name.trim().toLowerCase();
  const match =
    groups.find((group) => group.name === name) ??
    groups.find((group) => group.name.trim().toLowerCase() === wanted);
  return match?.id;
}
