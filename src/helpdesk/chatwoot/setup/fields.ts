/**
 * Custom attributes of conversations, as `deskhand connect chatwoot` makes them. github.com/chatwoot/chatwoot:
 * app/controllers/api/v1/accounts/custom_attribute_definitions_controller.rb, app/models/custom_attribute_definition.rb
 */
import { z } from 'zod';
import { id, text } from '../../api/answerShapes';
import type { CallContext } from '../../port';
import {
  aboutField,
  fieldKind,
  fieldMark,
  shownField,
  wantedField,
  withAdded,
} from '../../setup/fieldPieces';
import type { NeededField } from '../../setup/neededFields';
import { marked, markOf, type JsonObject, type PieceKind, type WantedPiece } from '../../setup/pieces';
import { restKind } from '../../setup/restKind';
import type { ChatwootAccount } from '../http';
import { accountField } from '../people';
import { attributesAnswer } from '../schemas';

const right =
  'custom attributes need an administrator; connect --no-fields and a plain disconnect do without';

const definitionsAnswer = z.array(attributesAnswer.element.extend({ id, attribute_description: text }));
const named = z.looseObject({ attribute_display_name: z.string() });
const change = z.object({ name: z.string().nullable(), added: z.array(z.string()) });

export function fieldsOn({ ofAccount, path: account }: ChatwootAccount): PieceKind {
  const path = `${account}/custom_attribute_definitions`;
  const definitions = (call: CallContext) =>
    ofAccount.get(`${path}?attribute_model=0`, definitionsAnswer, call);
  const kind = restKind(ofAccount, {
    ...{ name: fieldKind, right, path, changeBy: 'PATCH', list: definitions },
    pieceOf: (record) => ({
      ...{ id: record.id, mark: markOf(record.attribute_description), name: record.attribute_display_name },
      ...{ record: {}, field: shownField(accountField(record)) },
    }),
    made: z.object({ id }).transform((made) => made.id),
    sent: (body) => ({ custom_attribute_definition: body }),
  });
  return {
    ...kind,
    holds: 'with it, conversations no longer show what they have in it',
    // A key is unique among all, and one that was renamed keeps its own.
    create: async (body, call) => {
      const { attribute_display_name: name } = named.parse(body);
      const keys = (await definitions(call)).map(({ attribute_key: key }) => key);
      return kind.create({ ...body, attribute_key: freeKey(name, keys) }, call);
    },
    // A list that is sent takes the place of the one that is there, which people may have changed since it was looked at.
    change: async (attributeId, body, call) => {
      const { name, added } = change.parse(body);
      const present = (await definitions(call)).find(({ id: one }) => one === attributeId)?.attribute_values;
      const sent: JsonObject = {
        ...(name === null ? {} : { attribute_display_name: name }),
        ...(added.length === 0 ? {} : { attribute_values: withAdded(present ?? [], added) }),
      };
      await kind.change(attributeId, sent, call);
    },
  };
}

/** `reason_code`, or `reason_code_2` where that is taken. */
function freeKey(name: string, taken: readonly string[]): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['field'];
  const key = words.join('_');
  const isFree = (one: string): boolean => !taken.includes(one) && !ofChatwoot.includes(one);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? key : `${key}_${count}`;
    if (isFree(candidate)) return candidate;
  }
}

/** Keys that conversations have of themselves. */
const ofChatwoot: readonly string[] = [
  ...['status', 'priority', 'assignee_id', 'inbox_id', 'team_id', 'display_id', 'campaign_id', 'labels'],
  ...['browser_language', 'country_code', 'referer', 'created_at', 'last_activity_at'],
];

const types: Readonly<Record<NeededField['kind'], string>> = {
  text: 'text',
  'whole-number': 'number',
  number: 'number',
  'yes-no': 'checkbox',
  choice: 'list',
};

export function chatwootField(field: NeededField): WantedPiece {
  const { name, kind, options } = field;
  return wantedField(field, {
    body: {
      ...{ attribute_display_name: name, attribute_display_type: types[kind] },
      attribute_model: 'conversation_attribute',
      attribute_description: marked(aboutField, fieldMark(field)),
      ...(kind === 'choice' ? { attribute_values: options } : {}),
    },
    repair: ({ name: label, options: added }) => ({ name: label, added }),
  });
}
