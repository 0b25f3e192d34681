/** From the custom fields that an update names to those of the desk that take the values. */
import { findField, fitField, someOf, type CustomField } from '../core/ticket/customField';
import type { FieldNotSet, FieldValue, TicketUpdate } from '../core/ticket/update';

export interface WantedField<Field extends CustomField = CustomField> {
  /** As the policy names it. */
  readonly name: string;
  readonly field: Field;
  readonly value: FieldValue;
}

export interface WantedFields<Field extends CustomField = CustomField> {
  readonly wanted: readonly WantedField<Field>[];
  readonly notSet: readonly FieldNotSet[];
}

/**
 * @param deskName - as people call it: `Zendesk`.
 * @param fieldsWith - the desk's fields; looked up anew where they lack the one of that name.
 */
export async function fittingFields<Field extends CustomField>(
  deskName: string,
  { fields = {} }: TicketUpdate,
  fieldsWith: (name: string) => Promise<readonly Field[]>,
): Promise<WantedFields<Field>> {
  // A field named in two ways ("Faulty" by one rule, "faulty" by another) is set once, as the later one says.
  const wanted = new Map<string, WantedField<Field>>();
  const notSet: FieldNotSet[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const known = await fieldsWith(name);
    const field = findField(known, name);
    if (field === null) {
      notSet.push({ field: name, why: noSuchField(deskName, known) });
      continue;
    }
    const fitted = fitField(field, value);
    if ('why' in fitted) notSet.push({ field: name, why: fitted.why });
    else wanted.set(field.id, { name, field, value: fitted.value });
  }
  return { wanted: [...wanted.values()], notSet };
}

function noSuchField(deskName: string, known: readonly CustomField[]): string {
  const names = someOf(known.map(({ name }) => `"${name}"`));
  return `${deskName} has no such field that can be set; it has ${names === '' ? 'none' : names}`;
}
