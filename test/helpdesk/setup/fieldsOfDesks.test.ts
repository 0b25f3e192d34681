/** What each desk is sent to make a custom field, or to mend one: the shapes of its API's documents. */
import { chatwootField } from '../../../src/helpdesk/chatwoot/setup/fields';
import { freshdeskField } from '../../../src/helpdesk/freshdesk/setup/fields';
import { gorgiasField } from '../../../src/helpdesk/gorgias/setup/fields';
import { fieldMark } from '../../../src/helpdesk/setup/fieldPieces';
import { neededFields, type FieldUse } from '../../../src/helpdesk/setup/neededFields';
import type { AnyPiece, WantedPiece } from '../../../src/helpdesk/setup/pieces';
import { zendeskField } from '../../../src/helpdesk/zendesk/setup/fields';

const needed = (...values: readonly FieldUse['value'][]) => {
  const [field] = neededFields(values.map((value) => ({ name: 'Reason', value })));
  if (field === undefined) throw new Error('a field is needed');
  return field;
};
const words = needed('late', 'Not_there');
const mark = expect.stringContaining(`[deskhand:${fieldMark(words)}]`) as unknown;

it.each<[desk: string, made: (field: typeof words) => WantedPiece, body: Record<string, unknown>]>([
  [
    'Zendesk',
    zendeskField,
    {
      ...{ type: 'tagger', title: 'Reason', active: true, agent_description: mark },
      custom_field_options: [
        { name: 'Late', value: 'late' },
        { name: 'Not there', value: 'not_there' },
      ],
    },
  ],
  [
    'Freshdesk',
    freshdeskField,
    {
      ...{ label: 'Reason', label_for_customers: 'Reason', type: 'custom_dropdown' },
      ...{ displayed_to_customers: false, customers_can_edit: false },
      choices: [
        { value: 'late', position: 1 },
        { value: 'Not_there', position: 2 },
      ],
    },
  ],
  [
    'Chatwoot',
    chatwootField,
    {
      ...{ attribute_display_name: 'Reason', attribute_display_type: 'list' },
      ...{ attribute_model: 'conversation_attribute', attribute_description: mark },
      attribute_values: ['late', 'Not_there'],
    },
  ],
  [
    'Gorgias',
    gorgiasField,
    {
      ...{ object_type: 'Ticket', label: 'Reason', description: mark, required: false },
      definition: {
        data_type: 'text',
        input_settings: { input_type: 'dropdown', choices: ['late', 'Not_there'] },
      },
    },
  ],
])('%s: a drop-down, as it is made', (_desk, made, body) => {
  expect(made(words).body).toEqual(body);
});

it.each<[value: FieldUse['value'], zendesk: string, freshdesk: string, chatwoot: string, gorgias: string]>([
  [null, 'text', 'custom_text', 'text', 'text'],
  [2, 'integer', 'custom_number', 'number', 'number'],
  [0.5, 'decimal', 'custom_decimal', 'number', 'number'],
  [true, 'checkbox', 'custom_checkbox', 'checkbox', 'boolean'],
])(
  'set to %j, it is of the kind that each desk has for it',
  (value, zendesk, freshdesk, chatwoot, gorgias) => {
    const field = needed(value);
    expect(zendeskField(field).body).toMatchObject({ type: zendesk });
    expect(freshdeskField(field).body).toMatchObject({ type: freshdesk });
    expect(chatwootField(field).body).toMatchObject({ attribute_display_type: chatwoot });
    expect(gorgiasField(field).body).toMatchObject({ definition: { data_type: gorgias } });
  },
);

const found: AnyPiece = {
  ...{ kind: 'field', id: '1', mark: fieldMark(words), name: 'Why', record: {} },
  field: { kind: 'choice', active: false, options: [{ tag: 'late', name: 'late' }] },
};

it.each<[desk: string, made: (field: typeof words) => WantedPiece, repair: Record<string, unknown>]>([
  [
    'Zendesk, whose options are added one by one',
    zendeskField,
    {
      attributes: { active: true, title: 'Reason' },
      options: [{ name: 'Not there', value: 'not_there' }],
    },
  ],
  ['Freshdesk, which knows choices by their ids', freshdeskField, { label: 'Reason', added: ['Not_there'] }],
  [
    'Chatwoot, whose list is sent whole, once it was read anew',
    chatwootField,
    { name: 'Reason', added: ['Not_there'] },
  ],
  [
    'Gorgias, whose choices are sent whole, once they were read anew',
    gorgiasField,
    { attributes: { deactivated_datetime: null, label: 'Reason' }, added: ['Not_there'] },
  ],
])('%s: what mends one that was switched off, renamed and robbed of an option', (_desk, made, repair) => {
  expect(made(words).heldAgainst?.(found).repair).toEqual(repair);
});
