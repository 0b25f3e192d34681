/**
 * Custom fields of a ticket, as `deskhand connect zendesk` makes them:
 * developer.zendesk.com/api-reference/ticketing/tickets/ticket_fields. Options are added one by one, since a list that is sent
 * with a change takes away every option that it lacks, with its values. A tag is of one field alone: a ticket that has it has the
 * option in every field that knows it.
 */
import { z } from 'zod';
import type { CallContext } from '../../port';
import { aboutField, fieldKind, fieldMark, wantedField, type FieldGain } from '../../setup/fieldPieces';
import type { NeededField } from '../../setup/neededFields';
import {
  marked,
  markOf,
  unlessGone,
  type AnyPiece,
  type JsonObject,
  type PieceKind,
  type WantedPiece,
} from '../../setup/pieces';
import { cursorPages } from '../cursorPages';
import { customFieldsOf } from '../customFields';
import type { ZendeskHttp } from '../http';
import { setupFieldsAnswer, type ZendeskSetupField } from '../schemas';

const path = '/ticket_fields';
const about = {
  about: 'account',
  needs:
    'custom fields need an admin, or a role that may manage ticket fields; connect --no-fields and a plain disconnect do without',
} as const;
const mostPages = 20;

const made = z.object({
  ticket_field: z.object({ id: z.union([z.int(), z.string().min(1)]).transform(String) }),
});
const options = z.array(z.object({ name: z.string(), value: z.string() }));
type Options = z.infer<typeof options>;
const creation = z.looseObject({ custom_field_options: options.optional() });
const change = z.object({
  attributes: z.record(z.string(), z.union([z.string(), z.boolean()])),
  options,
});

export function fieldsOn(request: ZendeskHttp): PieceKind {
  const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;
  async function listed(call: CallContext): Promise<readonly ZendeskSetupField[]> {
    const found: ZendeskSetupField[] = [];
    const list = { path, answer: setupFieldsAnswer, mostPages };
    for await (const { ticket_fields: fields } of cursorPages(request, { ...list, ...about }, call)) {
      found.push(...fields.filter(({ removable }) => removable !== false));
    }
    return found;
  }

  /**
   * Those that the field lacks: a change may be made once more. One whose tag another field has gets another tag, and the
   * word as its name, by which it is found.
   */
  async function withOwnTags(wanted: Options, ownId: string | null, call: CallContext): Promise<Options> {
    if (wanted.length === 0) return [];
    const fields = await listed(call);
    const present = fields.find(({ id }) => id === ownId)?.custom_field_options ?? [];
    const lacking = wanted.filter(({ value: word }) =>
      present.every(({ name, value }) => word !== value && word !== name),
    );
    const ofOthers = new Set(fields.filter(({ id }) => id !== ownId).flatMap(tagsOf));
    const taken = new Set([...fields.flatMap(tagsOf), ...lacking.map(({ value }) => value)]);
    return lacking.map(({ name, value }) => {
      if (!ofOthers.has(value)) return { name, value };
      const free = freeTag(value, taken);
      taken.add(free);
      return { name: value, value: free };
    });
  }

  return {
    name: fieldKind,
    holds: 'with it, tickets lose what they have in it',
    list: async (call) => (await listed(call)).map(pieceOf),
    create: async (body, call) => {
      const { custom_field_options: wanted = [] } = creation.parse(body);
      const own = await withOwnTags(wanted, null, call);
      const field = own.length === 0 ? body : { ...body, custom_field_options: own };
      const sent = { method: 'POST', path, body: { ticket_field: field }, answer: made } as const;
      return (await request({ ...sent, ...about }, call)).ticket_field.id;
    },
    change: async (id, body, call) => {
      const { attributes, options: added } = change.parse(body);
      if (Object.keys(attributes).length > 0) {
        const sent = { method: 'PUT', path: pathOf(id), body: { ticket_field: attributes } } as const;
        await request({ ...sent, answer: z.unknown(), ...about }, call);
      }
      for (const option of await withOwnTags(added, id, call)) {
        const sent = { method: 'POST', path: `${pathOf(id)}/options` } as const;
        await request(
          { ...sent, body: { custom_field_option: option }, answer: z.unknown(), ...about },
          call,
        );
      }
    },
    remove: (id, call) =>
      unlessGone(request({ method: 'DELETE', path: pathOf(id), answer: z.unknown(), ...about }, call)),
  };
}

function tagsOf({ tag, custom_field_options: ofField }: ZendeskSetupField): readonly string[] {
  return [...(tag ? [tag] : []), ...(ofField ?? []).map(({ value }) => value)];
}

/** `other_2` */
function freeTag(word: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count += 1) {
    const tag = `${word}_${count}`;
    if (!taken.has(tag)) return tag;
  }
}

/** What agents alone read has the mark: an admin may show the field, and its other description, to customers. */
function pieceOf(record: ZendeskSetupField): AnyPiece {
  const { id, title, active, agent_description: description } = record;
  const settable = customFieldsOf([{ ...record, active: true }])[0];
  return {
    ...{ kind: fieldKind, id, name: title, mark: markOf(description), record: {} },
    field: { kind: settable?.kind ?? null, options: settable?.options ?? [], active: active !== false },
  };
}

const types: Readonly<Record<NeededField['kind'], string>> = {
  text: 'text',
  'whole-number': 'integer',
  number: 'decimal',
  'yes-no': 'checkbox',
  choice: 'tagger',
};

export function zendeskField(field: NeededField): WantedPiece {
  const { name, kind, options } = field;
  return wantedField(field, {
    body: {
      ...{ type: types[kind], title: name, active: true },
      agent_description: marked(aboutField, fieldMark(field)),
      ...(kind === 'choice' ? { custom_field_options: options.map(optionOf) } : {}),
    },
    repair: repairOf,
  });
}

function repairOf({ active, name, options }: FieldGain): JsonObject {
  return {
    attributes: { ...(active ? { active: true } : {}), ...(name === null ? {} : { title: name }) },
    options: options.map(optionOf),
  };
}

/**
 * `subscription_pause` is shown as "Subscription pause", and an admin may name it otherwise. The value is a tag, which
 * Zendesk keeps in lower case.
 */
function optionOf(word: string): { readonly name: string; readonly value: string } {
  const words = word.replaceAll('_', ' ').trim();
  return { name: words.charAt(0).toUpperCase() + words.slice(1), value: word.toLowerCase() };
}
