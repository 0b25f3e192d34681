/** The people and groups of the account: who we are, which groups there are, what role somebody has. */
import { RemoteFailure } from '../../remote/failures';
import { createGroupList, type Groups } from '../directory/groupByName';
import type { CallContext, DeskIdentity } from '../port';
import { cursorPages } from './cursorPages';
import { deskName, type ZendeskHttp } from './http';
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

const groupPages = 10;
const fieldPages = 10;

export function createDirectory(request: ZendeskHttp): Directory {
  let ownId: string | null = null;
  let fields: readonly ZendeskField[] | null = null;

  async function readGroups(call: CallContext): Promise<Groups> {
    const found: { id: string; name: string }[] = [];
    const list = { path: '/groups', answer: groupsAnswer, mostPages: groupPages };
    for await (const { groups: named } of cursorPages(request, { ...list, about: 'account' }, call)) {
      found.push(...named.filter((group) => !group.deleted));
    }
    return found;
  }
  const groups = createGroupList(deskName, readGroups);

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
    const list = { path: '/ticket_fields', answer: ticketFieldsAnswer, mostPages: fieldPages };
    for await (const answer of cursorPages(request, { ...list, about: 'account' }, call)) {
      found.push(...customFieldsOf(answer.ticket_fields));
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

  return {
    whoAmI,
    ownUserId: async (call) => ownId ?? (await whoAmI(call)).userId,
    groupId: groups.idOf,
    groupNames: groups.names,
    customFields: async (named, call) =>
      fields !== null && named !== null && findField(fields, named) !== null ? fields : readFields(call),
    groupsOf: async (userId, call) => {
      const theirs = await groupIdsOf(userId, call);
      return (await groups.withIds(theirs, call)).map(({ name }) => name);
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
