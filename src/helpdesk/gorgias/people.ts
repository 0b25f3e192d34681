/** The users, teams and fields of the account: developers.gorgias.com/reference/{list-users,list-teams,list-custom-fields}. */
import type { z } from 'zod';
import type { FieldKind } from '../../core/ticket/customField';
import { orNull } from '../deskHttp';
import type { CallContext } from '../port';
import type { AccountField, People } from '../stepwise/directory';
import type { DeskRequests } from '../deskCalls';
import {
  customFieldsAnswer,
  teamsAnswer,
  userAnswer,
  usersAnswer,
  type GorgiasField,
  type GorgiasTeam,
  type GorgiasUser,
  type List,
} from './schemas';

const mostPages = 20;

export function gorgiasPeople({ ofAccount }: DeskRequests): People<GorgiasUser, GorgiasTeam> {
  async function all<T>(
    path: string,
    query: Readonly<Record<string, string | boolean>>,
    answer: z.ZodType<List<T>>,
    call: CallContext,
  ): Promise<readonly T[]> {
    const found: T[] = [];
    let asked: Readonly<Record<string, string | boolean | number>> = { ...query, limit: 100 };
    for (let page = 0; page < mostPages; page += 1) {
      const { data, meta }: List<T> = await ofAccount.get(path, answer, call, asked);
      found.push(...data);
      if (!meta?.next_cursor) break;
      asked = { ...asked, cursor: meta.next_cursor };
    }
    return found;
  }

  return {
    /** 0 is whoever asks. */
    whoAmI: async (call) => {
      const { id, name, role } = await ofAccount.get('/users/0', userAnswer, call);
      return { userId: id, name: name ?? '', role: role?.name ?? 'agent' };
    },
    staff: (call) => all('/users', {}, usersAnswer, call),
    byId: (id, call) => orNull(ofAccount.get(`/users/${id}`, userAnswer, call)),
    byEmail: async (email, call) => {
      const found = await all('/users', { email }, usersAnswer, call);
      return found.find((user) => user.email?.toLowerCase() === email.toLowerCase()) ?? null;
    },
    groups: (call) => all('/teams', { order_by: 'created_datetime:asc' }, teamsAnswer, call),
    groupsOf: (user, teams) =>
      Promise.resolve(teams.filter(({ members }) => members?.some(({ id }) => id === user.id))),
    fields: async (call) => {
      const query = { object_type: 'Ticket', archived: false };
      return (await all('/custom-fields', query, customFieldsAnswer, call)).map(accountField);
    },
  };
}

const kinds: ReadonlyMap<string, FieldKind> = new Map([
  ['text', 'text'],
  ['number', 'number'],
  ['boolean', 'yes-no'],
]);

/** A text with choices is a drop-down. */
function accountField({
  id,
  label: name,
  definition,
  deactivated_datetime: gone,
}: GorgiasField): AccountField {
  const choices = (definition.input_settings?.choices ?? []).filter((choice) => typeof choice === 'string');
  const kind = gone ? undefined : kinds.get(definition.data_type);
  return { id, name, kind: kind === 'text' && choices.length > 0 ? 'choice' : kind, choices };
}
