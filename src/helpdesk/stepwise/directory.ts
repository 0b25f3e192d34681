/** The people, groups and fields of an account, as far as they must be known to read and to write its tickets. */
import type { DeskAgent } from '../../core/approval/approvers';
import { findField, type CustomField, type FieldKind } from '../../core/ticket/customField';
import { noneIfForbidden } from '../api/deskHttp';
import { findByIdOrEmail } from '../directory/findByIdOrEmail';
import { createGroupList, type Groups } from '../directory/groupByName';
import type { CallContext, DeskIdentity } from '../port';

/** Somebody who works at the desk. */
export interface StaffMember {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** False: has left, or has never come. */
  readonly isActive: boolean;
  /** Where the desk tells them with the person. */
  readonly groupIds?: readonly string[];
}

type Member = Pick<StaffMember, 'id' | 'groupIds'>;

export interface AccountField {
  readonly id: string;
  readonly name: string;
  /** Undefined: of a kind that no policy can set. */
  readonly kind: FieldKind | undefined;
  /** Of a choice. */
  readonly choices: readonly string[];
}

/** What a desk brings: each asks every time. */
export interface People<G extends Groups[number] = Groups[number]> {
  whoAmI(call: CallContext): Promise<DeskIdentity>;
  staff(call: CallContext): Promise<readonly StaffMember[]>;
  /** Where the desk has a way to ask for one; else they are looked up among the staff. */
  readonly byId?: (id: string, call: CallContext) => Promise<StaffMember | null>;
  readonly byEmail?: (email: string, call: CallContext) => Promise<StaffMember | null>;
  groups(call: CallContext): Promise<readonly G[]>;
  /** Of one group; no request where the list of groups tells them. Absent: each person tells their groups. */
  membersOf?(group: G, call: CallContext): Promise<readonly { readonly id: string }[]>;
  fields(call: CallContext): Promise<readonly AccountField[]>;
}

export interface Directory {
  /** Asks every time: it is the proof that the credentials are accepted now. */
  whoAmI(call: CallContext): Promise<DeskIdentity>;
  /** Asked for once. */
  identity(call: CallContext): Promise<DeskIdentity>;
  /** In lower case. Asked for anew after a while; none where one may not list them: who writes as a customer then passes for one. */
  staffEmails(call: CallContext): Promise<ReadonlySet<string>>;
  /** As `staffEmails`. */
  staffIds(call: CallContext): Promise<ReadonlySet<string>>;
  agentIdByEmail(email: string, call: CallContext): Promise<string | null>;
  findAgent(who: string, call: CallContext): Promise<DeskAgent | null>;
  groupNames(call: CallContext): Promise<readonly string[]>;
  /** @throws RemoteFailure `rejected`, naming the group and the known ones. */
  groupId(name: string, call: CallContext): Promise<string>;
  isInGroup(agentId: string, groupId: string, call: CallContext): Promise<boolean>;
  /** @param named - the list is asked for anew when it lacks this one; null: always. */
  customFields(named: string | null, call: CallContext): Promise<readonly CustomField[]>;
}

/** How long somebody who has become an agent may pass for a customer. */
const staffKnownMs = 10 * 60_000;

/** @param title - as people call the desk. */
export function createDirectory(title: string, people: People, clock: () => number = Date.now): Directory {
  let me: DeskIdentity | null = null;
  let staff: { readonly list: readonly StaffMember[]; readonly until: number } | null = null;
  let fields: readonly CustomField[] = [];

  const whoAmI = async (call: CallContext): Promise<DeskIdentity> => {
    me = await people.whoAmI(call);
    return me;
  };
  const identity = async (call: CallContext) => me ?? whoAmI(call);

  async function knownStaff(call: CallContext): Promise<readonly StaffMember[]> {
    if (staff !== null && clock() < staff.until) return staff.list;
    const list = await people.staff(call).catch(noneIfForbidden);
    staff = { list, until: clock() + staffKnownMs };
    return list;
  }

  const memberThat = async (is: (member: StaffMember) => boolean, call: CallContext) =>
    (await knownStaff(call)).find(is) ?? null;
  const byId = (id: string, call: CallContext) =>
    people.byId === undefined ? memberThat((member) => member.id === id, call) : people.byId(id, call);
  const byEmail = (email: string, call: CallContext) =>
    people.byEmail === undefined
      ? memberThat((member) => member.email?.toLowerCase() === email.toLowerCase(), call)
      : people.byEmail(email, call);

  const groups = createGroupList(title, (call) => people.groups(call));
  const isMember = async (person: Member, group: Groups[number], call: CallContext) =>
    person.groupIds?.includes(group.id) ??
    (await people.membersOf?.(group, call))?.some(({ id }) => id === person.id) === true;

  return {
    ...{ whoAmI, identity, groupNames: groups.names, groupId: groups.idOf },
    staffEmails: async (call) =>
      new Set((await knownStaff(call)).flatMap(({ email }) => (email ? [email.toLowerCase()] : []))),
    staffIds: async (call) => new Set((await knownStaff(call)).map(({ id }) => id)),
    agentIdByEmail: async (email, call) => (await byEmail(email, call))?.id ?? null,
    isInGroup: async (agentId, groupId, call) => {
      const person = people.membersOf === undefined ? await byId(agentId, call) : { id: agentId };
      const group = (await groups.all(call)).find(({ id }) => id === groupId);
      return person !== null && group !== undefined && (await isMember(person, group, call));
    },
    findAgent: async (who, call) => {
      const found = await findByIdOrEmail(
        who,
        (id) => byId(id, call),
        (email) => byEmail(email, call),
      );
      if (found === null) return null;
      const { id, name, email, isActive } = found;
      const isOurs = id === (await identity(call)).userId;
      const memberOf: string[] = [];
      // Somebody who has left answers for no group.
      for (const group of isActive ? await groups.all(call) : [])
        if (await isMember(found, group, call)) memberOf.push(group.name);
      return {
        ...{ id, name: name ?? id, email: email ?? null, isActive, groups: memberOf },
        ...(isOurs ? { isOurs } : {}),
      };
    },
    customFields: async (named, call) => {
      if (named !== null && findField(fields, named) !== null) return fields;
      fields = (await people.fields(call)).flatMap(customFieldOf);
      return fields;
    },
  };
}

function customFieldOf({ id, name, kind, choices }: AccountField): readonly CustomField[] {
  if (kind === undefined) return [];
  return [{ id, name, kind, options: kind === 'choice' ? choices.map((tag) => ({ tag, name: tag })) : [] }];
}
