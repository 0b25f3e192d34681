/** Who we are, the agents, the groups and the fields of the account: developers.freshdesk.com/api/#agents. */
import type { z } from 'zod';
import { orNull } from '../api/deskHttp';
import { readPages } from '../api/pages';
import type { CallContext } from '../port';
import { createDirectory, type Directory as SharedDirectory, type StaffMember } from '../stepwise/directory';
import { accountField, statusNamesOf } from './customFields';
import type { FreshdeskHttp } from './http';
import type { StatusNames } from './numbers';
import {
  agentAnswer,
  agentsAnswer,
  groupsAnswer,
  ticketFieldsAnswer,
  type FreshdeskAgent,
  type FreshdeskTicketField,
} from './schemas';
import { title } from './ticketId';

export interface Directory extends SharedDirectory {
  /** @param number - the list of fields, which tells them, is asked for anew when it lacks this one. */
  statusNames(number: number, call: CallContext): Promise<StatusNames>;
}

const mostPages = 20;

export function freshdeskDirectory(request: FreshdeskHttp): Directory {
  let names: StatusNames = new Map();

  async function get<T>(path: string, answer: z.ZodType<T>, call: CallContext, query = {}): Promise<T> {
    return (await request({ method: 'GET', path, query, answer, about: 'account' }, call)).body;
  }

  async function readFields(call: CallContext): Promise<readonly FreshdeskTicketField[]> {
    const fields = await get('/ticket_fields', ticketFieldsAnswer, call);
    names = statusNamesOf(fields);
    return fields;
  }

  const shared = createDirectory(title, {
    whoAmI: async (call) => {
      const { id, contact, type } = await get('/agents/me', agentAnswer, call);
      return { userId: id, name: contact.name ?? '', role: type ?? 'agent' };
    },
    staff: async (call) => (await listAll(request, '/agents', agentsAnswer, call)).map(memberOf),
    byId: async (id, call) => {
      const agent = await orNull(get(`/agents/${id}`, agentAnswer, call));
      return agent === null ? null : memberOf(agent);
    },
    byEmail: async (email, call) => {
      const members = (await get('/agents', agentsAnswer, call, { email })).map(memberOf);
      return members.find((member) => member.email?.toLowerCase() === email.toLowerCase()) ?? null;
    },
    groups: (call) => listAll(request, '/groups', groupsAnswer, call),
    fields: async (call) => (await readFields(call)).map(accountField),
  });

  return {
    ...shared,
    statusNames: async (number, call) => {
      if (!names.has(number)) await readFields(call);
      return names;
    },
  };
}

function memberOf({ id, contact, type, deactivated, group_ids: groupIds }: FreshdeskAgent): StaffMember {
  // A collaborator reads along, and answers nobody.
  const isActive = contact.active !== false && deactivated !== true && type !== 'collaborator';
  return { id, name: contact.name, email: contact.email, isActive, groupIds: groupIds ?? [] };
}

/** Page by page. */
export async function listAll<T>(
  request: FreshdeskHttp,
  path: string,
  answer: z.ZodType<readonly T[]>,
  call: CallContext,
): Promise<readonly T[]> {
  const read = async (from: string | null) => {
    const query = { page: Number(from ?? 1), per_page: 100 };
    const asked = { method: 'GET', path, query, answer, about: 'account' } as const;
    const { body: items, hasNext } = await request(asked, call);
    return { items, next: hasNext ? String(query.page + 1) : null };
  };
  return (await readPages(read, mostPages)).items;
}
