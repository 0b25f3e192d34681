/** Who we are, the agents, the teams and the custom attributes of the account. */
import type { z } from 'zod';
import type { FieldKind } from '../../core/ticket/customField';
import type { CallContext } from '../port';
import type { AccountField, People } from '../stepwise/directory';
import { wordsOf } from '../api/wordsOf';
import type { ChatwootAccount } from './http';
import { agentsAnswer, attributesAnswer, profileAnswer, teamsAnswer } from './schemas';

export function chatwootPeople({ ofAccount, path }: ChatwootAccount): People {
  const get = <T>(below: string, answer: z.ZodType<T>, call: CallContext): Promise<T> =>
    ofAccount.get(`${path}/${below}`, answer, call);
  return {
    whoAmI: async (call) => {
      const { id, name, role, accounts } = await ofAccount.get('/profile', profileAnswer, call);
      const here = accounts?.find((account) => `/accounts/${account.id}` === path);
      return { userId: id, name: name ?? '', role: here?.role ?? role ?? 'agent' };
    },
    staff: (call) => get('agents', agentsAnswer, call),
    groups: (call) => get('teams', teamsAnswer, call),
    membersOf: ({ id }, call) => get(`teams/${id}/team_members`, agentsAnswer, call),
    /** Model 0: of conversations; those of contacts are 1. */
    fields: async (call) => {
      const found = await get('custom_attribute_definitions?attribute_model=0', attributesAnswer, call);
      return found.map(accountField);
    },
  };
}

const kinds = wordsOf<FieldKind>({
  text: ['text', 'link'],
  number: ['number', 'currency', 'percent'],
  date: ['date'],
  'yes-no': ['checkbox'],
  choice: ['list'],
});

export function accountField(attribute: z.infer<typeof attributesAnswer>[number]): AccountField {
  return {
    id: attribute.attribute_key,
    name: attribute.attribute_display_name,
    kind: kinds.get(attribute.attribute_display_type),
    choices: attribute.attribute_values ?? [],
  };
}
