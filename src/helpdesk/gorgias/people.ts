/** The users, teams and fields of the account: developers.gorgias.com/reference/{list-users,list-teams,list-custom-fields}. */
import type { z } from 'zod';
import type { FieldKind } from '../../core/ticket/customField';
import type { DeskRequests } from '../api/deskCalls';
import { orNull } from '../api/deskHttp';
import { readPages } from '../api/pages';
import type { CallContext } from '../port';
import type { AccountField, People } from '../stepwise/directory';
import { wordsOf } from '../api/wordsOf';
import {
  customFieldsAnswer,
  teamsAnswer,
  userAnswer,
  usersAnswer,
  type GorgiasField,
  type GorgiasTeam,
  type List,
} from './schemas';

const mostPages = 20;

/** Page by page. */
export function allOf(calls: DeskRequests['ofAccount']) {
  return async <T>(
    path: string,
    query: Readonly<Record<string, string | boolean>>,
    answer: z.ZodType<List<T>>,
    call: CallContext,
  ): Promise<readonly T[]> => {
    const read = async (cursor: string | null) => {
      const page = { ...query, limit: 100, ...(cursor === null ? {} : { cursor }) };
      const { data, meta } = await calls.get(path, answer, call, page);
      return { items: data, next: meta?.next_cursor ?? null };
    };
    return (await readPages(read, mostPages)).items;
  };
}

export function gorgiasPeople({ ofAccount }: DeskRequests): People<GorgiasTeam> {
  const all = allOf(ofAccount);
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
    membersOf: ({ members }) => Promise.resolve(members ?? []),
    fields: async (call) => {
      const query = { object_type: 'Ticket', archived: false };
      return (await all('/custom-fields', query, customFieldsAnswer, call)).map(accountField);
    },
  };
}

const kinds = wordsOf<FieldKind>({ text: ['text'], number: ['number'], 'yes-no': ['boolean'] });

/** A text with choices is a drop-down. */
export function accountField({
  id,
  label: name,
  definition,
  deactivated_datetime: gone,
}: GorgiasField): AccountField {
  const choices = (definition.input_settings?.choices ?? []).filter((choice) => typeof choice === 'string');
  const kind = gone ? undefined : kinds.get(definition.data_type);
  return { id, name, kind: kind === 'text' && choices.length > 0 ? 'choice' : kind, choices };
}
