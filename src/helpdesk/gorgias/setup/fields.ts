/**
 * Custom fields of a ticket, as `deskhand connect gorgias` makes them:
 * developers.gorgias.com/reference/{create-custom-field,update-custom-field}. None can be deleted: whoever asks for that has ours
 * archived. Inferred: what the settings of a number and of a yes and no are called.
 */
import { z } from 'zod';
import { id } from '../../api/answerShapes';
import type { DeskCalls } from '../../api/deskCalls';
import type { CallContext } from '../../port';
import {
  aboutField,
  fieldKind,
  fieldMark,
  shownField,
  wantedField,
  withAdded,
  type FieldGain,
} from '../../setup/fieldPieces';
import type { NeededField } from '../../setup/neededFields';
import {
  marked,
  markOf,
  unlessGone,
  type JsonObject,
  type PieceKind,
  type WantedPiece,
} from '../../setup/pieces';
import { restKind, withRight } from '../../setup/restKind';
import { accountField, allOf } from '../people';
import { listOf, setupFieldSchema, type GorgiasSetupField } from '../schemas';

const path = '/custom-fields';
const right = 'custom fields need an admin; connect --no-fields and a plain disconnect do without';

const change = z.object({
  attributes: z.record(z.string(), z.string().nullable()),
  added: z.array(z.string()),
});
const json = z.record(z.string(), z.json());
const dropDown = z.looseObject({
  definition: z.object({ data_type: z.string(), input_settings: json }),
});

export function fieldsOn(calls: DeskCalls): PieceKind {
  const kind = restKind<GorgiasSetupField>(calls, {
    ...{ name: fieldKind, right, path, changeBy: 'PUT' },
    list: (call) => allOf(calls)(path, { object_type: 'Ticket' }, listOf(setupFieldSchema), call),
    pieceOf: (record) => ({
      ...{ id: record.id, mark: markOf(record.description), name: record.label, record: {} },
      field: {
        ...shownField(accountField({ ...record, deactivated_datetime: null })),
        active: !record.deactivated_datetime,
      },
    }),
    made: z.object({ id }).transform((made) => made.id),
  });
  return {
    ...kind,
    holds: 'with it archived, tickets no longer show what they have in it',
    archives: true,
    change: async (fieldId, body, call) => {
      const { attributes, added } = change.parse(body);
      const choices = added.length === 0 ? {} : { definition: await withChoices(fieldId, added, call) };
      await kind.change(fieldId, { ...attributes, ...choices }, call);
    },
    remove: (fieldId, call) =>
      unlessGone(kind.change(fieldId, { deactivated_datetime: new Date().toISOString() }, call)),
  };

  /** A definition takes the place of the one that is there, which people may have changed since it was looked at. */
  async function withChoices(
    fieldId: string,
    added: readonly string[],
    call: CallContext,
  ): Promise<JsonObject> {
    const address = `${path}/${encodeURIComponent(fieldId)}`;
    const { definition } = await withRight(calls.get(address, dropDown, call), right);
    const { choices } = definition.input_settings;
    const there = Array.isArray(choices) ? choices : [];
    const input_settings = { ...definition.input_settings, choices: withAdded(there, added) };
    return { ...definition, input_settings };
  }
}

export function gorgiasField(field: NeededField): WantedPiece {
  const { name, kind, options } = field;
  return wantedField(field, {
    body: {
      ...{ object_type: 'Ticket', label: name, description: marked(aboutField, fieldMark(field)) },
      ...{ required: false, definition: definitionOf(kind, options) },
    },
    repair: repairOf,
  });
}

function definitionOf(kind: NeededField['kind'], options: readonly string[]): JsonObject {
  switch (kind) {
    case 'text':
      return { data_type: 'text', input_settings: { input_type: 'input' } };
    case 'whole-number':
    case 'number':
      return { data_type: 'number', input_settings: { input_type: 'input_number' } };
    case 'yes-no':
      return { data_type: 'boolean', input_settings: { input_type: 'dropdown', choices: [true, false] } };
    case 'choice':
      return { data_type: 'text', input_settings: { input_type: 'dropdown', choices: options } };
  }
}

function repairOf({ active, name, options: added }: FieldGain): JsonObject {
  return {
    attributes: {
      ...(active ? { deactivated_datetime: null } : {}),
      ...(name === null ? {} : { label: name }),
    },
    added,
  };
}
