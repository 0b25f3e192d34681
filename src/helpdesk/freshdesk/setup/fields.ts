/**
 * Custom fields of a ticket, as `deskhand connect freshdesk` makes them: developers.freshdesk.com/api/#create_ticket_field. They
 * have no room for a mark, so that ours are known by the ids that were kept.
 */
import { z } from 'zod';
import type { DeskCalls } from '../../api/deskCalls';
import type { CallContext } from '../../port';
import { fieldKind, shownField, wantedField, withAdded, type FieldGain } from '../../setup/fieldPieces';
import type { NeededField } from '../../setup/neededFields';
import {
  unlessGone,
  type AnyPiece,
  type JsonObject,
  type PieceKind,
  type WantedPiece,
} from '../../setup/pieces';
import { withRight } from '../../setup/restKind';
import { accountField } from '../customFields';
import { setupFieldsAnswer, type FreshdeskSetupField } from '../schemas';

const path = '/admin/ticket_fields';
const right = 'ticket fields need an admin; connect --no-fields and a plain disconnect do without';
const id = z.union([z.int(), z.string().min(1)]);
const made = z.object({ id: id.transform(String) }).transform((field) => field.id);
const choice = z.looseObject({ id, value: z.string() });
const fieldAnswer = z.object({ choices: z.array(choice) });
const change = z.object({ label: z.string().nullable(), added: z.array(z.string()) });

export function fieldsOn(calls: DeskCalls): PieceKind {
  const pathOf = (fieldId: string): string => `${path}/${encodeURIComponent(fieldId)}`;
  const allowed = <T>(asking: Promise<T>): Promise<T> => withRight(asking, right);
  return {
    name: fieldKind,
    holds: 'with it, tickets lose what they have in it',
    unmarked: true,
    list: async (call) =>
      (await allowed(calls.get('/ticket_fields', setupFieldsAnswer, call)))
        .filter(({ name }) => name.startsWith('cf_'))
        .map(pieceOf),
    create: (body, call) => allowed(calls.send('POST', path, body, made, call)),
    change: async (fieldId, body, call) => {
      const { label, added } = change.parse(body);
      const named = label === null ? {} : { label };
      const choices = added.length === 0 ? {} : { choices: await withChoices(fieldId, added, call) };
      await allowed(calls.send('PUT', pathOf(fieldId), { ...named, ...choices }, z.unknown(), call));
    },
    remove: (fieldId, call) => unlessGone(allowed(calls.remove(pathOf(fieldId), call))),
  };

  /** With those that are there, each by its id: one without is taken for new, and refused as there twice. */
  async function withChoices(
    fieldId: string,
    added: readonly string[],
    call: CallContext,
  ): Promise<JsonObject[]> {
    const { choices } = await allowed(calls.get(pathOf(fieldId), fieldAnswer, call));
    const there = choices.map(({ value }) => value);
    const lacking = withAdded(there, added).slice(there.length);
    return [
      ...choices.map(({ id: choiceId, value }, at) => ({ id: choiceId, value, position: at + 1 })),
      ...lacking.map((value, at) => ({ value, position: choices.length + at + 1 })),
    ];
  }
}

function pieceOf(record: FreshdeskSetupField): AnyPiece {
  const known = accountField(record);
  return {
    ...{ kind: fieldKind, id: record.id, name: known.name, mark: null, record: {} },
    field: shownField(known),
  };
}

const types: Readonly<Record<NeededField['kind'], string>> = {
  text: 'custom_text',
  'whole-number': 'custom_number',
  number: 'custom_decimal',
  'yes-no': 'custom_checkbox',
  choice: 'custom_dropdown',
};

/** Customers neither see nor change it. */
export function freshdeskField(field: NeededField): WantedPiece {
  const { name, kind, options } = field;
  return wantedField(field, {
    body: {
      ...{ label: name, label_for_customers: name, type: types[kind] },
      ...{ displayed_to_customers: false, customers_can_edit: false },
      ...(kind === 'choice' ? { choices: options.map((value, at) => ({ value, position: at + 1 })) } : {}),
    },
    repair: ({ name: label, options: added }: FieldGain) => ({ label, added }),
  });
}
