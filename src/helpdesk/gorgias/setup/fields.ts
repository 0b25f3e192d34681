/**
 * Custom fields of a ticket, as `deskhand connect gorgias` makes them:
 * developers.gorgias.com/reference/{create-custom-field,update-custom-field}. None can be deleted: whoever asks for that has ours
 * archived. Inferred: what the settings of a number and of a yes and no are called.
 */
import { z } from 'zod';
import { id } from '../../api/answerShapes';
import type { DeskCalls } from '../../api/deskCalls';
import {
  aboutField,
  fieldKind,
  fieldMark,
  shownField,
  wantedField,
  type FieldGain,
} from '../../setup/fieldPieces';
import type { NeededField } from '../../setup/neededFields';
import {
  marked,
  markOf,
  unlessGone,
  type JsonObject,
  type PieceKind,
  type ShownField,
  type WantedPiece,
} from '../../setup/pieces';
import { restKind } from '../../setup/restKind';
import { accountField, allOf } from '../people';
import { listOf, setupFieldSchema, type GorgiasSetupField } from '../schemas';

const path = '/custom-fields';
const right = 'custom fields need an admin; --no-fields does without';

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
    remove: (fieldId, call) =>
      unlessGone(kind.change(fieldId, { deactivated_datetime: new Date().toISOString() }, call)),
  };
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

/** A list of choices takes the place of the one that is there. */
function repairOf({ active, name, options }: FieldGain, present: ShownField): JsonObject {
  return {
    ...(active ? { deactivated_datetime: null } : {}),
    ...(name === null ? {} : { label: name }),
    ...(options.length === 0
      ? {}
      : { definition: definitionOf('choice', [...present.options.map(({ tag }) => tag), ...options]) }),
  };
}
