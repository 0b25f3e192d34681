/** From how policies set custom fields to the fields that a desk must have for it, without knowing any desk. */
import type { FieldKind } from '../../core/ticket/customField';
import type { FieldValue } from '../../core/ticket/update';

export interface FieldUse {
  /** As the policy names it. */
  readonly name: string;
  /** Null: it is known only when a ticket is answered. */
  readonly value: FieldValue | null;
}

/** What is made where the desk has none of that name. */
export interface NeededField {
  /** As agents see it. */
  readonly name: string;
  readonly kind: Exclude<FieldKind, 'date'>;
  /** Of a choice: one word each, as the policy writes it first, in its order; else empty. No two differ in case alone. */
  readonly options: readonly string[];
  /** Every value that is written out. */
  readonly values: readonly FieldValue[];
  /** Whether other values come as well, which are known only when a ticket is answered. */
  readonly isOpen: boolean;
}

/** One word that starts with a letter: what desks take as an option, and Zendesk as a tag. */
const optionShape = /^\p{L}[\p{L}\p{N}_-]{0,79}$/u;
/** Zendesk and Gorgias count, Freshdesk has `cf_order_number`: nobody can make a field with the id of another. */
const idShape = /^(\d+|cf_\w+)$/;

/** In the order in which they are set first; one whose name differs in its case alone is the same. */
export function neededFields(uses: readonly FieldUse[]): readonly NeededField[] {
  const byName = new Map<string, { readonly name: string; readonly values: (FieldValue | null)[] }>();
  for (const { name: written, value } of uses) {
    const name = written.trim();
    if (idShape.test(name)) continue;
    const key = name.toLowerCase();
    const known = byName.get(key) ?? { name, values: [] };
    known.values.push(value);
    byName.set(key, known);
  }
  return [...byName.values()].map(({ name, values }) => {
    const written = [...new Set(values.filter((value) => value !== null))];
    const isOpen = values.includes(null);
    const kind = isOpen ? 'text' : kindFor(written);
    const options = kind === 'choice' ? eachOnce(written.map((word) => String(word).trim())) : [];
    return { name, kind, options, values: written, isOpen };
  });
}

function kindFor(values: readonly FieldValue[]): NeededField['kind'] {
  if (values.every((value) => ['true', 'false'].includes(String(value).trim()))) return 'yes-no';
  if (values.every((value) => typeof value === 'number')) {
    return values.every((value) => Number.isInteger(value)) ? 'whole-number' : 'number';
  }
  return values.every((value) => typeof value === 'string' && optionShape.test(value.trim()))
    ? 'choice'
    : 'text';
}

/** A value finds its option in any case. */
function eachOnce(words: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const word of words) if (!first.has(word.toLowerCase())) first.set(word.toLowerCase(), word);
  return [...first.values()];
}
