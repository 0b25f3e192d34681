/** What may be sent to create or update a ticket; everything that is wrong is said at once, by field. */
import { isObject } from '../../../core/isObject';
import { validationFailed, type FieldMistake } from './apiErrors';
import type { Person, Tables, Ticket } from './records';
import type { TicketFields } from './ticketChanges';
import { customFieldsIn, priorityNumbers, sourceNumbers, statusNumbers, takesValue } from './ticketFields';

interface Check {
  readonly mistakes: FieldMistake[];
  readonly body: Readonly<Record<string, unknown>>;
}

const updatable = [
  ...['status', 'priority', 'source', 'responder_id', 'group_id', 'tags', 'type', 'subject', 'product_id'],
  'custom_fields',
];
const creatable = [...updatable, 'description', 'email', 'name', 'requester_id', 'phone'];

/** @throws ApiError 400 */
export function readUpdate(body: unknown, tables: Tables, ticket: Ticket): Partial<TicketFields> {
  const check = begin(body, updatable);
  if (Object.keys(check.body).length === 0) {
    check.mistakes.push({ field: 'request', message: 'There is nothing to update', code: 'missing_field' });
  }
  const fields = readFields(check, tables);
  const responder = fields.responder_id === undefined ? ticket.responder_id : fields.responder_id;
  const group = fields.group_id === undefined ? ticket.group_id : fields.group_id;
  checkMembership(check, tables, responder, group);
  return end(check, fields);
}

export interface CreationBody {
  readonly fields: Partial<TicketFields>;
  readonly subject: string;
  readonly description: string;
  readonly requesterId: number | null;
  readonly email: string | null;
  readonly name: string | undefined;
}

/** @throws ApiError 400 */
export function readCreation(body: unknown, tables: Tables): CreationBody {
  const check = begin(body, creatable);
  const fields = readFields(check, tables);
  const requesterId = number(check, 'requester_id');
  const email = text(check, 'email');
  const description = text(check, 'description');
  if (requesterId === undefined && email === undefined) {
    check.mistakes.push({
      field: 'requester_id',
      message: 'One of these must be given: requester_id, phone, email, twitter_id, facebook_id',
      code: 'missing_field',
    });
  }
  for (const field of ['subject', 'description', 'status', 'priority']) {
    if (check.body[field] === undefined) {
      check.mistakes.push({ field, message: 'It should be a/an String', code: 'missing_field' });
    }
  }
  if (requesterId !== undefined && !tables.people.records.has(requesterId)) {
    check.mistakes.push(noSuch('requester_id', 'contact'));
  }
  return end(check, {
    fields,
    subject: fields.subject ?? '',
    description: description ?? '',
    requesterId: requesterId ?? null,
    email: email ?? null,
    name: text(check, 'name'),
  });
}

/** @throws ApiError 400 */
export function readMessage(
  body: unknown,
  tables: Tables,
  more: readonly string[],
): { html: string; userId: number | undefined; body: Readonly<Record<string, unknown>> } {
  const check = begin(body, ['body', 'user_id', ...more]);
  const html = text(check, 'body');
  if (html === undefined || html.trim() === '') {
    check.mistakes.push({
      field: 'body',
      message: 'It should not be blank as this is a mandatory field',
      code: 'missing_field',
    });
  }
  const userId = number(check, 'user_id');
  if (userId !== undefined && !tables.people.records.has(userId))
    check.mistakes.push(noSuch('user_id', 'user'));
  for (const flag of ['private', 'incoming']) {
    if (check.body[flag] !== undefined && typeof check.body[flag] !== 'boolean') {
      check.mistakes.push(mistyped(flag, 'Boolean'));
    }
  }
  return end(check, { html: html ?? '', userId, body: check.body });
}

function begin(body: unknown, known: readonly string[]): Check {
  const given = isObject(body) ? body : {};
  return {
    body: given,
    mistakes: Object.keys(given)
      .filter((field) => !known.includes(field))
      .map((field) => ({ field, message: 'Unexpected/invalid field in request', code: 'invalid_field' })),
  };
}

function end<T>({ mistakes }: Check, value: T): T {
  if (mistakes.length > 0) throw validationFailed(...mistakes);
  return value;
}

function readFields(check: Check, tables: Tables): Partial<TicketFields> {
  const status = oneOf(check, 'status', statusNumbers);
  const priority = oneOf(check, 'priority', priorityNumbers);
  const source = oneOf(check, 'source', sourceNumbers);
  const subject = text(check, 'subject');
  const type = text(check, 'type');
  const responder = numberOrNull(check, 'responder_id');
  const group = numberOrNull(check, 'group_id');
  if (responder !== undefined && responder !== null && !isAgent(tables.people.records.get(responder))) {
    check.mistakes.push(noSuch('responder_id', 'agent'));
  }
  if (group !== undefined && group !== null && !tables.groups.records.has(group)) {
    check.mistakes.push(noSuch('group_id', 'group'));
  }
  const product = numberOrNull(check, 'product_id');
  if (product !== undefined && product !== null && !tables.products.records.has(product)) {
    check.mistakes.push(noSuch('product_id', 'product'));
  }
  const tags = readTags(check);
  const custom = readCustomFields(check, tables);
  return {
    ...(status === undefined ? {} : { status }),
    ...(priority === undefined ? {} : { priority }),
    ...(source === undefined ? {} : { source }),
    ...(subject === undefined ? {} : { subject }),
    ...(type === undefined ? {} : { type }),
    ...(responder === undefined ? {} : { responder_id: responder }),
    ...(group === undefined ? {} : { group_id: group }),
    ...(product === undefined ? {} : { product_id: product }),
    ...(tags === undefined ? {} : { tags }),
    ...(custom === undefined ? {} : { custom_fields: custom }),
  };
}

/** Nobody holds a ticket of a group that is not theirs. */
function checkMembership(check: Check, tables: Tables, responder: number | null, group: number | null): void {
  if (responder === null || group === null) return;
  const agent = tables.people.records.get(responder)?.agent;
  if (agent === null || agent === undefined || agent.group_ids.includes(group)) return;
  check.mistakes.push({
    field: 'responder_id',
    message: 'The agent is not a member of the group',
    code: 'inconsistent_state',
  });
}

function readTags(check: Check): string[] | undefined {
  const { tags } = check.body;
  if (tags === undefined) return undefined;
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) {
    check.mistakes.push(mistyped('tags', 'Array'));
    return undefined;
  }
  if (tags.some((tag) => tag.length > 32 || tag.includes(','))) {
    check.mistakes.push({
      field: 'tags',
      message: 'It should only contain elements that have maximum of 32 characters and no commas',
      code: 'invalid_value',
    });
  }
  return tags;
}

function readCustomFields(check: Check, tables: Tables): Ticket['custom_fields'] | undefined {
  const { custom_fields: given } = check.body;
  if (given === undefined) return undefined;
  if (!isObject(given)) {
    check.mistakes.push(mistyped('custom_fields', 'key/value pair'));
    return undefined;
  }
  const read: Ticket['custom_fields'] = {};
  for (const [name, value] of Object.entries(given)) {
    const field = customFieldsIn(tables).find((one) => one.name === name);
    if (field === undefined) {
      check.mistakes.push({
        field: name,
        message: 'Unexpected/invalid field in request',
        code: 'invalid_field',
      });
    } else if (value !== null && !takesValue(field, value)) {
      check.mistakes.push({ field: name, message: 'It is not a value of this field', code: 'invalid_value' });
    } else if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      read[name] = value;
    }
  }
  return read;
}

function oneOf(check: Check, field: string, allowed: readonly number[]): number | undefined {
  const value = check.body[field];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && allowed.includes(value)) return value;
  check.mistakes.push({
    field,
    message: `It should be one of these values: '${allowed.join(',')}'`,
    code: 'invalid_value',
  });
  return undefined;
}

function text(check: Check, field: string): string | undefined {
  const value = check.body[field];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  check.mistakes.push(mistyped(field, 'String'));
  return undefined;
}

function number(check: Check, field: string): number | undefined {
  return numberOrNull(check, field) ?? undefined;
}

function numberOrNull(check: Check, field: string): number | null | undefined {
  const value = check.body[field];
  if (value === undefined || value === null) return value;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  check.mistakes.push(mistyped(field, 'Positive Integer'));
  return undefined;
}

function isAgent(person: Person | undefined): boolean {
  return person?.agent?.deactivated === false;
}

function noSuch(field: string, what: string): FieldMistake {
  return { field, message: `There is no ${what} matching the given ${field}`, code: 'invalid_value' };
}

function mistyped(field: string, type: string): FieldMistake {
  return { field, message: `It should be a/an ${type}`, code: 'datatype_mismatch' };
}
