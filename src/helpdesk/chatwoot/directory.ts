/** Who we are, the agents, the teams and the custom attributes of the account. */
import type { z } from 'zod';
import type { DeskAgent } from '../../core/approval/approvers';
import { findField, type CustomField, type FieldKind } from '../../core/ticket/customField';
import type { DeskHttp } from '../deskHttp';
import { findByIdOrEmail } from '../findByIdOrEmail';
import { createGroupList } from '../groupByName';
import type { CallContext, DeskIdentity } from '../port';
import { deskName } from './http';
import { agentsAnswer, attributesAnswer, profileAnswer, teamsAnswer } from './schemas';

export type Directory = ReturnType<typeof createDirectory>;
type Agents = z.infer<typeof agentsAnswer>;

/** How long somebody who has become an agent may pass for a customer. */
const agentsKnownMs = 10 * 60_000;

/** @param accountPath - `/accounts/1`. */
export function createDirectory(request: DeskHttp, accountPath: string, clock: () => number = Date.now) {
  let me: DeskIdentity | null = null;
  let agents: { readonly list: Agents; readonly until: number } | null = null;
  let fields: readonly CustomField[] = [];

  async function get<T>(path: string, answer: z.ZodType<T>, call: CallContext): Promise<T> {
    return (await request({ method: 'GET', path, answer, about: 'account' }, call)).body;
  }

  /** Asks every time: it is the proof that the token is accepted now. */
  async function whoAmI(call: CallContext): Promise<DeskIdentity> {
    const { id, name, role, accounts } = await get('/profile', profileAnswer, call);
    const here = accounts?.find((account) => `/accounts/${account.id}` === accountPath);
    me = { userId: id, name: name ?? '', role: here?.role ?? role ?? 'agent' };
    return me;
  }

  async function allAgents(call: CallContext): Promise<Agents> {
    if (agents !== null && clock() < agents.until) return agents.list;
    const list = await get(`${accountPath}/agents`, agentsAnswer, call);
    agents = { list, until: clock() + agentsKnownMs };
    return list;
  }

  const teams = createGroupList(deskName, (call) => get(`${accountPath}/teams`, teamsAnswer, call));

  async function isInGroup(agentId: string, groupId: string, call: CallContext): Promise<boolean> {
    const members = await get(`${accountPath}/teams/${groupId}/team_members`, agentsAnswer, call);
    return members.some(({ id }) => id === agentId);
  }

  const agentThat = async (is: (agent: Agents[number]) => boolean, call: CallContext) =>
    (await allAgents(call)).find(is) ?? null;
  const byEmail = (email: string, call: CallContext) =>
    agentThat((agent) => agent.email?.toLowerCase() === email.toLowerCase(), call);
  /** Asked for once. */
  const identity = async (call: CallContext) => me ?? whoAmI(call);

  return {
    ...{ whoAmI, identity, allAgents, isInGroup, groupNames: teams.names, groupId: teams.idOf },
    agentIdByEmail: async (email: string, call: CallContext) => (await byEmail(email, call))?.id ?? null,
    /** The list of agents, and where there is one by that the teams and the members of each. */
    findAgent: async (who: string, call: CallContext): Promise<DeskAgent | null> => {
      const byId = (wanted: string) => agentThat((agent) => agent.id === wanted, call);
      const found = await findByIdOrEmail(who, byId, (email) => byEmail(email, call));
      if (found === null) return null;
      const { id, name, email, confirmed } = found;
      const groups: string[] = [];
      for (const team of await teams.all(call))
        if (await isInGroup(id, team.id, call)) groups.push(team.name);
      return {
        ...{ id, name: name ?? id, email: email ?? null, isActive: confirmed !== false, groups },
        ...(id === (await identity(call)).userId ? { isOurs: true } : {}),
      };
    },
    /** @param named - the list is asked for anew when it lacks this one; null: always. */
    customFields: async (named: string | null, call: CallContext): Promise<readonly CustomField[]> => {
      if (named !== null && findField(fields, named) !== null) return fields;
      // Model 0: of conversations; those of contacts are 1.
      const path = `${accountPath}/custom_attribute_definitions?attribute_model=0`;
      fields = (await get(path, attributesAnswer, call)).flatMap((attribute): CustomField[] => {
        const { attribute_key: id, attribute_display_name: name, attribute_values: values } = attribute;
        const kind = kinds.get(attribute.attribute_display_type);
        if (kind === undefined) return [];
        const options = kind === 'choice' ? (values ?? []).map((value) => ({ tag: value, name: value })) : [];
        return [{ id, name, kind, options }];
      });
      return fields;
    },
  };
}

const kinds: ReadonlyMap<string, FieldKind> = new Map([
  ...(['text', 'link'] as const).map((type) => [type, 'text'] as const),
  ...(['number', 'currency', 'percent'] as const).map((type) => [type, 'number'] as const),
  ['date', 'date'],
  ['checkbox', 'yes-no'],
  ['list', 'choice'],
]);
