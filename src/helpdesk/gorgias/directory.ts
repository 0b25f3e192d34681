/** The people, teams and fields of the account: developers.gorgias.com/reference/{list-users,list-teams,list-custom-fields}. */
import type { z } from 'zod';
import type { DeskAgent } from '../../core/approval/approvers';
import { findField, type CustomField, type FieldKind } from '../../core/ticket/customField';
import { noneIfForbidden, orNull, type Answered, type DeskHttp } from '../deskHttp';
import { findByIdOrEmail } from '../findByIdOrEmail';
import { createGroupList } from '../groupByName';
import type { CallContext, DeskIdentity } from '../port';
import { deskName } from './http';
import {
  customFieldsAnswer,
  teamsAnswer,
  userAnswer,
  usersAnswer,
  type GorgiasField,
  type List,
} from './schemas';

type User = z.infer<typeof userAnswer>;
export type Directory = ReturnType<typeof createDirectory>;

const mostPages = 20;
/** How long somebody who has become an agent may pass for a customer. */
const staffKnownMs = 10 * 60_000;

export function createDirectory(request: DeskHttp, clock: () => number = Date.now) {
  let ownId: string | null = null;
  let staff: { readonly emails: ReadonlySet<string>; readonly until: number } | null = null;
  let fields: readonly CustomField[] | null = null;

  async function all<T>(
    path: string,
    query: Readonly<Record<string, string | number | boolean>>,
    answer: z.ZodType<List<T>>,
    call: CallContext,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    let cursor: string | null = null;
    for (let count = 0; count < mostPages; count += 1) {
      const asked = { ...query, limit: 100, ...(cursor === null ? {} : { cursor }) };
      const page: Answered<List<T>> = await request(
        { method: 'GET', path, query: asked, answer, about: 'account' },
        call,
      );
      found.push(...page.body.data);
      cursor = page.body.meta?.next_cursor ?? null;
      if (cursor === null) break;
    }
    return found;
  }

  const teams = createGroupList(deskName, (call) =>
    all('/teams', { order_by: 'created_datetime:asc' }, teamsAnswer, call),
  );
  /** Of somebody. */
  const teamsOf = async (userId: string, call: CallContext) =>
    (await teams.all(call)).filter(({ members }) => members?.some(({ id }) => id === userId));

  const user = (id: string, call: CallContext) =>
    request({ method: 'GET', path: `/users/${id}`, answer: userAnswer, about: 'account' }, call);

  /** 0 is whoever asks. Asks every time: it is the proof that the key is accepted now. */
  async function whoAmI(call: CallContext): Promise<DeskIdentity> {
    const { body: me } = await user('0', call);
    ownId = me.id;
    return { userId: me.id, name: me.name ?? '', role: me.role?.name ?? 'agent' };
  }

  /** Asked for once. */
  const ownUserId = async (call: CallContext) => ownId ?? (await whoAmI(call)).userId;

  const userByEmail = async (email: string, call: CallContext): Promise<User | null> => {
    const found = await all('/users', { email }, usersAnswer, call);
    return found.find((one) => one.email?.toLowerCase() === email.toLowerCase()) ?? null;
  };

  return {
    whoAmI,
    ownUserId,
    agentIdByEmail: async (email: string, call: CallContext) => (await userByEmail(email, call))?.id ?? null,
    /** In lower case. Asked for anew after a while; none where the key may not list them: who writes as a customer then passes for one. */
    staffEmails: async (call: CallContext): Promise<ReadonlySet<string>> => {
      if (staff !== null && clock() < staff.until) return staff.emails;
      const users = await all('/users', {}, usersAnswer, call).catch(noneIfForbidden);
      const emails = users.flatMap(({ email }) => (email ? [email.toLowerCase()] : []));
      staff = { emails: new Set(emails), until: clock() + staffKnownMs };
      return staff.emails;
    },
    groupNames: teams.names,
    groupId: teams.idOf,
    isInGroup: async (userId: string, groupId: string, call: CallContext): Promise<boolean> =>
      (await teamsOf(userId, call)).some(({ id }) => id === groupId),
    /** Two requests where somebody is found. */
    findAgent: async (who: string, call: CallContext): Promise<DeskAgent | null> => {
      const byId = (id: string) => orNull(user(id, call));
      const found = await findByIdOrEmail(who, byId, (email) => userByEmail(email, call));
      if (found === null) return null;
      const { id, name, email } = found;
      const isActive = found.active !== false;
      const isOurs = id === (await ownUserId(call));
      return {
        ...{ id, name: name ?? id, email: email ?? null, isActive },
        ...(isOurs ? { isOurs } : {}),
        groups: isActive ? (await teamsOf(id, call)).map((team) => team.name) : [],
      };
    },
    /** @param named - the list is asked for anew when it lacks this one; null: always. */
    customFields: async (named: string | null, call: CallContext): Promise<readonly CustomField[]> => {
      if (fields !== null && named !== null && findField(fields, named) !== null) return fields;
      const query = { object_type: 'Ticket', archived: false };
      fields = (await all('/custom-fields', query, customFieldsAnswer, call)).flatMap(customFieldOf);
      return fields;
    },
  };
}

const kinds: ReadonlyMap<string, FieldKind> = new Map([
  ['text', 'text'],
  ['number', 'number'],
  ['boolean', 'yes-no'],
]);

/** A text with choices is a drop-down. */
function customFieldOf(field: GorgiasField): readonly CustomField[] {
  const { data_type: type, input_settings: input } = field.definition;
  const kind = kinds.get(type);
  if (kind === undefined || (field.deactivated_datetime ?? null) !== null) return [];
  const choices = (input?.choices ?? []).filter((choice) => typeof choice === 'string');
  const isChoice = kind === 'text' && choices.length > 0;
  const options = isChoice ? choices.map((choice) => ({ tag: choice, name: choice })) : [];
  return [{ id: field.id, name: field.label, kind: isChoice ? 'choice' : kind, options }];
}
