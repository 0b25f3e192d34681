/** The desks on which connect makes custom fields: what people do to one there, in the words of each API. */
import { z } from 'zod';
import type { DeskName } from '../../../src/helpdesk/deskNames';
import type { Answer, TestDouble } from '../../helpdesk/embedded/common/testDouble';
import { TestChatwoot } from '../../helpdesk/embedded/chatwoot/testChatwoot';
import { TestFreshdesk } from '../../helpdesk/embedded/freshdesk/testFreshdesk';
import { TestGorgias } from '../../helpdesk/embedded/gorgias/testGorgias';
import { roomyLimits, TestDesk } from '../../helpdesk/embedded/zendesk/harness';

export interface FieldDesk {
  readonly name: DeskName;
  readonly start: () => Promise<TestDouble>;
  readonly variables: (double: TestDouble) => Readonly<Record<string, string>>;
  /** The routes of the desk's API, as faults name them. */
  readonly creation: string;
  /** What the desk does with a field that nobody shall see any more, where it can. */
  readonly switchOff: ((double: TestDouble, id: string) => Promise<void>) | null;
  readonly rename: (double: TestDouble, id: string, name: string) => Promise<void>;
  /** One of a drop-down, by its tag. */
  readonly dropOption: (double: TestDouble, id: string, tag: string) => Promise<void>;
  /** To a drop-down, by hand. */
  readonly addOption: (double: TestDouble, id: string, tag: string) => Promise<void>;
  readonly remove: (double: TestDouble, id: string) => Promise<void>;
  /** Whether one that was removed is only out of sight. */
  readonly archives: boolean;
  /** By hand, without our mark; its id. */
  readonly makeDropDown: (double: TestDouble, name: string, options: readonly string[]) => Promise<string>;
  /** What a ticket has in it. */
  readonly valueOn: (double: TestDouble, ticketId: string, id: string) => Promise<unknown>;
  /** What is told where the right lacks. */
  readonly right: RegExp;
}

function well({ status, body }: Answer): unknown {
  expect(status).toBeLessThan(300);
  return body;
}

const zendeskField = z.object({
  ticket_field: z.object({
    id: z.number(),
    custom_field_options: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  }),
});

const zendeskTicket = z.object({
  ticket: z.object({ custom_fields: z.array(z.object({ id: z.number(), value: z.unknown() })) }),
});

const freshdeskField = z.object({
  id: z.number(),
  choices: z.array(z.object({ id: z.number(), value: z.string() })).optional(),
});

function zendesk(double: TestDouble): TestDesk {
  if (double instanceof TestDesk) return double;
  throw new TypeError('it is no Zendesk');
}

function freshdesk(double: TestDouble): TestFreshdesk {
  if (double instanceof TestFreshdesk) return double;
  throw new TypeError('it is no Freshdesk');
}

/** The adapter knows a field by the name in `custom_fields`, the API for admins by its number. */
async function freshdeskPath(double: TestDouble, name: string): Promise<string> {
  const body = well(await freshdesk(double).call('GET', '/ticket_fields'));
  const fields = z.array(z.object({ id: z.number(), name: z.string() })).parse(body);
  return `/admin/ticket_fields/${fields.find((field) => field.name === name)?.id}`;
}

function chatwoot(double: TestDouble): TestChatwoot {
  if (double instanceof TestChatwoot) return double;
  throw new TypeError('it is no Chatwoot');
}

const definitions = '/custom_attribute_definitions';

/** The adapter knows one by its key, the API by its number. */
async function chatwootAttribute(double: TestDouble, key: string) {
  const body = well(await chatwoot(double).call('GET', definitions));
  const shape = z.object({
    id: z.number(),
    attribute_key: z.string(),
    attribute_values: z.array(z.string()),
  });
  const found = z
    .array(shape)
    .parse(body)
    .find((one) => one.attribute_key === key);
  if (found === undefined) throw new Error(`there is no attribute ${key}`);
  return found;
}

async function changeAttribute(
  double: TestDouble,
  key: string,
  change: (values: readonly string[]) => Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, attribute_values: values } = await chatwootAttribute(double, key);
  const body = { custom_attribute_definition: change(values) };
  well(await chatwoot(double).call('PATCH', `${definitions}/${id}`, body));
}

const gorgiasDropDown = z.object({
  definition: z.object({ input_settings: z.object({ choices: z.array(z.string()) }) }),
});

function gorgias(double: TestDouble): TestGorgias {
  if (double instanceof TestGorgias) return double;
  throw new TypeError('it is no Gorgias');
}

async function changeChoices(
  double: TestDouble,
  id: string,
  change: (choices: readonly string[]) => readonly string[],
): Promise<void> {
  const body = well(await gorgias(double).call('GET', `/custom-fields/${id}`));
  const { definition } = gorgiasDropDown.parse(body);
  const input_settings = { input_type: 'dropdown', choices: change(definition.input_settings.choices) };
  const changed = { definition: { data_type: 'text', input_settings } };
  well(await gorgias(double).call('PUT', `/custom-fields/${id}`, changed));
}

const archive = async (double: TestDouble, id: string): Promise<void> => {
  const body = { deactivated_datetime: '2026-11-27T10:00:00+00:00' };
  well(await gorgias(double).call('PUT', `/custom-fields/${id}`, body));
};

export const fieldDesks: readonly FieldDesk[] = [
  {
    name: 'zendesk',
    start: () => TestDesk.start({ limits: roomyLimits }),
    variables: ({ desk: { apiUrl, credentials } }) => ({
      ...{ ZENDESK_API_URL: apiUrl, ZENDESK_EMAIL: credentials.email },
      ZENDESK_API_TOKEN: credentials.token,
    }),
    creation: 'POST /api/v2/ticket_fields',
    switchOff: async (double, id) => {
      const body = { ticket_field: { active: false } };
      well(await zendesk(double).call('PUT', `/api/v2/ticket_fields/${id}`, body));
    },
    rename: async (double, id, title) => {
      well(await zendesk(double).call('PUT', `/api/v2/ticket_fields/${id}`, { ticket_field: { title } }));
    },
    dropOption: async (double, id, tag) => {
      const address = `/api/v2/ticket_fields/${id}`;
      const { ticket_field: field } = zendeskField.parse(well(await zendesk(double).get(address)));
      const left = field.custom_field_options?.filter(({ value }) => value !== tag);
      well(await zendesk(double).call('PUT', address, { ticket_field: { custom_field_options: left } }));
    },
    addOption: async (double, id, tag) => {
      const body = { custom_field_option: { name: tag, value: tag } };
      well(await zendesk(double).call('POST', `/api/v2/ticket_fields/${id}/options`, body));
    },
    archives: false,
    remove: async (double, id) => {
      well(await zendesk(double).call('DELETE', `/api/v2/ticket_fields/${id}`));
    },
    makeDropDown: async (double, title, options) => {
      const custom_field_options = options.map((value) => ({ name: value, value }));
      const body = { ticket_field: { type: 'tagger', title, custom_field_options } };
      const made = zendeskField.parse(
        well(await zendesk(double).call('POST', '/api/v2/ticket_fields', body)),
      );
      return String(made.ticket_field.id);
    },
    valueOn: async (double, ticketId, id) => {
      const body = well(await zendesk(double).get(`/api/v2/tickets/${ticketId}`));
      const { ticket } = zendeskTicket.parse(body);
      return ticket.custom_fields.find((field) => String(field.id) === id)?.value ?? null;
    },
    right:
      /403[^\n]*custom fields need an admin, or a role that may manage ticket fields; connect --no-fields and/,
  },
  {
    name: 'freshdesk',
    start: () => TestFreshdesk.start({ limits: { requestsPerMinute: 100_000 } }),
    variables: ({ desk: { apiUrl, credentials } }) => ({
      ...{ FRESHDESK_API_URL: apiUrl, FRESHDESK_API_KEY: credentials.token },
    }),
    creation: 'POST /api/v2/admin/ticket_fields',
    switchOff: null,
    rename: async (double, id, label) => {
      well(await freshdesk(double).call('PUT', await freshdeskPath(double, id), { label }));
    },
    dropOption: async (double, id, tag) => {
      const address = await freshdeskPath(double, id);
      const { choices = [] } = freshdeskField.parse(well(await freshdesk(double).call('GET', address)));
      const renamed = choices.filter(({ value }) => value === tag).map((one) => ({ ...one, value: 'gone' }));
      well(await freshdesk(double).call('PUT', address, { choices: renamed }));
    },
    addOption: async (double, id, tag) => {
      const choices = [{ value: tag }];
      well(await freshdesk(double).call('PUT', await freshdeskPath(double, id), { choices }));
    },
    archives: false,
    remove: async (double, id) => {
      well(await freshdesk(double).call('DELETE', await freshdeskPath(double, id)));
    },
    makeDropDown: async (double, label, options) => {
      const choices = options.map((value) => ({ value }));
      const body = { label, type: 'custom_dropdown', choices };
      const made = well(await freshdesk(double).call('POST', '/admin/ticket_fields', body));
      return z.object({ name: z.string() }).parse(made).name;
    },
    valueOn: async (double, ticketId, id) => {
      const body = well(await freshdesk(double).call('GET', `/tickets/${ticketId}`));
      return z.object({ custom_fields: z.record(z.string(), z.unknown()) }).parse(body).custom_fields[id];
    },
    right: /403[^\n]*ticket fields need an admin; connect --no-fields and a plain disconnect do/,
  },
  {
    name: 'chatwoot',
    start: () => TestChatwoot.start({ botRole: 'administrator', limits: { requestsPerMinute: 100_000 } }),
    variables: ({ desk: { apiUrl, credentials } }) => ({
      ...{ CHATWOOT_API_URL: apiUrl, CHATWOOT_API_TOKEN: credentials.token },
    }),
    creation: 'POST /api/v1/accounts/1/custom_attribute_definitions',
    switchOff: null,
    rename: (double, key, name) => changeAttribute(double, key, () => ({ attribute_display_name: name })),
    dropOption: (double, key, tag) =>
      changeAttribute(double, key, (values) => ({ attribute_values: values.filter((one) => one !== tag) })),
    addOption: (double, key, tag) =>
      changeAttribute(double, key, (values) => ({ attribute_values: [...values, tag] })),
    archives: false,
    remove: async (double, key) => {
      const { id } = await chatwootAttribute(double, key);
      well(await chatwoot(double).call('DELETE', `${definitions}/${id}`));
    },
    makeDropDown: async (double, name, options) => {
      const key = `${name.toLowerCase()}_by_hand`;
      const custom_attribute_definition = {
        ...{ attribute_display_name: name, attribute_key: key, attribute_display_type: 'list' },
        attribute_values: options,
      };
      well(await chatwoot(double).call('POST', definitions, { custom_attribute_definition }));
      return key;
    },
    valueOn: async (double, ticketId, key) => {
      const body = well(await chatwoot(double).call('GET', `/conversations/${ticketId}`));
      return z.object({ custom_attributes: z.record(z.string(), z.unknown()) }).parse(body).custom_attributes[
        key
      ];
    },
    right: /403[^\n]*custom attributes need an administrator; connect --no-fields and a plain disconnect do/,
  },
  {
    name: 'gorgias',
    start: () => TestGorgias.start(),
    variables: ({ desk: { apiUrl, credentials } }) => ({
      ...{ GORGIAS_API_URL: apiUrl, GORGIAS_EMAIL: credentials.email, GORGIAS_API_KEY: credentials.token },
    }),
    creation: 'POST /api/custom-fields',
    switchOff: archive,
    rename: async (double, id, label) => {
      well(await gorgias(double).call('PUT', `/custom-fields/${id}`, { label }));
    },
    dropOption: (double, id, tag) =>
      changeChoices(double, id, (choices) => choices.filter((choice) => choice !== tag)),
    addOption: (double, id, tag) => changeChoices(double, id, (choices) => [...choices, tag]),
    remove: archive,
    archives: true,
    makeDropDown: async (double, label, choices) => {
      const definition = { data_type: 'text', input_settings: { input_type: 'dropdown', choices } };
      const field = { object_type: 'Ticket', label, definition };
      const made = well(await gorgias(double).call('POST', '/custom-fields', field));
      return String(z.object({ id: z.number() }).parse(made).id);
    },
    valueOn: async (double, ticketId, id) => {
      const body = well(
        await gorgias(double).call('GET', `/tickets/${ticketId}?relationships=custom_fields`),
      );
      const values = z.record(z.string(), z.object({ value: z.unknown() }));
      return z.object({ custom_fields: values }).parse(body).custom_fields[id]?.value;
    },
    right: /403[^\n]*custom fields need an admin; connect --no-fields and a plain disconnect do/,
  },
];
