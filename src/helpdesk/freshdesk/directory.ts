/** The people, groups and fields of the account: who we are, who is an agent, which groups and statuses there are. */
import { findField, type CustomField } from '../../core/ticket/customField';
import { noneIfForbidden, orNull } from '../deskHttp';
import { findGroup, noSuchGroup, type Groups } from '../groupByName';
import type { CallContext, DeskIdentity } from '../port';
import { customFieldsOf, statusNamesOf } from './customFields';
import { deskName, type FreshdeskHttp } from './http';
import type { StatusNames } from './numbers';
import {
  agentAnswer,
  agentsAnswer,
  groupsAnswer,
  ticketFieldsAnswer,
  type FreshdeskAgent,
  type FreshdeskTicketField,
} from './schemas';
import type { z } from 'zod';

export interface Directory {
  /** Asks every time: it is the proof that the key is accepted now. */
  whoAmI(call: CallContext): Promise<DeskIdentity>;
  /** Our own agent's id, asked for once. */
  ownUserId(call: CallContext): Promise<string>;
  /** Asked for anew after a while; none where the key may not list them: who writes as a customer then passes for one. */
  agentIds(call: CallContext): Promise<ReadonlySet<string>>;
  /** Null: no agent has it. */
  agentById(id: string, call: CallContext): Promise<FreshdeskAgent | null>;
  agentByEmail(email: string, call: CallContext): Promise<FreshdeskAgent | null>;
  groupNames(call: CallContext): Promise<readonly string[]>;
  /** @throws RemoteFailure `rejected`, naming the group and the known ones. */
  groupId(name: string, call: CallContext): Promise<string>;
  groupNamesOf(ids: readonly string[], call: CallContext): Promise<readonly string[]>;
  /** @param named - the list is asked for anew when it lacks this one. */
  customFields(named: string | null, call: CallContext): Promise<readonly CustomField[]>;
  /** @param number - the list is asked for anew when it lacks this one. */
  statusNames(number: number, call: CallContext): Promise<StatusNames>;
}

const perPage = 100;
const mostPages = 20;
/** How long somebody who has become an agent may pass for a customer. */
const agentsKnownMs = 10 * 60_000;

export function createDirectory(request: FreshdeskHttp, clock: () => number = Date.now): Directory {
  let ownId: string | null = null;
  let agents: { readonly ids: ReadonlySet<string>; readonly until: number } | null = null;
  let groups: Groups | null = null;
  let fields: readonly FreshdeskTicketField[] | null = null;

  async function readGroups(call: CallContext): Promise<Groups> {
    groups = await listAll(request, '/groups', groupsAnswer, call);
    return groups;
  }

  async function readFields(call: CallContext): Promise<readonly FreshdeskTicketField[]> {
    const { body } = await request(
      { method: 'GET', path: '/ticket_fields', answer: ticketFieldsAnswer, about: 'account' },
      call,
    );
    fields = body;
    return body;
  }

  async function whoAmI(call: CallContext): Promise<DeskIdentity> {
    const { body: me } = await request(
      { method: 'GET', path: '/agents/me', answer: agentAnswer, about: 'account' },
      call,
    );
    ownId = me.id;
    return { userId: me.id, name: me.contact.name ?? '', role: me.type ?? 'agent' };
  }

  return {
    whoAmI,
    ownUserId: async (call) => ownId ?? (await whoAmI(call)).userId,
    agentIds: async (call) => {
      if (agents !== null && clock() < agents.until) return agents.ids;
      const listed = await listAll(request, '/agents', agentsAnswer, call).catch(noneIfForbidden);
      agents = { ids: new Set(listed.map(({ id }) => id)), until: clock() + agentsKnownMs };
      return agents.ids;
    },
    agentById: async (id, call) => {
      const asked = { method: 'GET', path: `/agents/${id}`, answer: agentAnswer, about: 'account' } as const;
      return (await orNull(request(asked, call)))?.body ?? null;
    },
    agentByEmail: async (email, call) => {
      const query = { email };
      const { body } = await request(
        { method: 'GET', path: '/agents', query, answer: agentsAnswer, about: 'account' },
        call,
      );
      return body.find(({ contact }) => contact.email?.toLowerCase() === email.toLowerCase()) ?? null;
    },
    groupNames: async (call) => (await readGroups(call)).map(({ name }) => name),
    groupId: async (name, call) => {
      const known = groups === null ? undefined : findGroup(groups, name);
      if (known !== undefined) return known;
      const fresh = await readGroups(call);
      const found = findGroup(fresh, name);
      if (found !== undefined) return found;
      throw noSuchGroup(deskName, fresh, name);
    },
    groupNamesOf: async (ids, call) => {
      const isKnown = groups !== null && ids.every((id) => groups?.some((group) => group.id === id));
      const listed = isKnown && groups !== null ? groups : await readGroups(call);
      return listed.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
    },
    customFields: async (named, call) => {
      const known = fields === null || named === null ? [] : customFieldsOf(fields);
      return named !== null && findField(known, named) !== null
        ? known
        : customFieldsOf(await readFields(call));
    },
    statusNames: async (number, call) => {
      const known = fields === null ? null : statusNamesOf(fields);
      return known?.has(number) === true ? known : statusNamesOf(await readFields(call));
    },
  };
}

/** Page by page. */
export async function listAll<T>(
  request: FreshdeskHttp,
  path: string,
  answer: z.ZodType<readonly T[]>,
  call: CallContext,
): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { body, hasNext } = await request(
      { method: 'GET', path, query: { page, per_page: perPage }, answer, about: 'account' },
      call,
    );
    found.push(...body);
    if (!hasNext) break;
  }
  return found;
}
