/** A company's own fields of a ticket, as desks have them, and which values they take. */
import { assertNever } from '../failure';
import type { FieldValue } from './update';

/** What a desk has of other kinds cannot be set. */
export type FieldKind = 'text' | 'whole-number' | 'number' | 'date' | 'yes-no' | 'choice';

export interface CustomField {
  readonly id: string;
  /** As agents see it. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Of a choice; empty for other kinds. */
  readonly options: readonly { readonly tag: string; readonly name: string }[];
}

/** By its exact name, its name in other case, or its id. */
export function findField<T extends CustomField>(fields: readonly T[], wanted: string): T | null {
  const name = wanted.trim();
  return (
    fields.find((field) => field.name === name) ??
    fields.find((field) => field.name.toLowerCase() === name.toLowerCase()) ??
    fields.find((field) => field.id === name) ??
    null
  );
}

/** The value as the field keeps it, or why it does not take it; completes "it was not set: ...". */
export function fitField(
  { kind, options }: Pick<CustomField, 'kind' | 'options'>,
  value: FieldValue,
): { readonly value: FieldValue } | { readonly why: string } {
  const text = String(value).trim();
  switch (kind) {
    case 'text':
      return { value: text };
    case 'whole-number':
      return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { why: 'it takes whole numbers only' };
    case 'number':
      return /^-?\d{1,15}(\.\d+)?$/.test(text) ? { value: Number(text) } : { why: 'it takes numbers only' };
    case 'date':
      return isDay(text) ? { value: text } : { why: 'it takes dates only, such as 2026-11-27' };
    case 'yes-no':
      return text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : { why: 'it takes true or false only' };
    case 'choice': {
      const wanted = text.toLowerCase();
      const option =
        options.find(({ tag }) => tag.toLowerCase() === wanted) ??
        options.find(({ name }) => name.toLowerCase() === wanted);
      return option === undefined
        ? { why: `that is none of its options, which are ${someOf(options.map(({ tag }) => tag))}` }
        : { value: option.tag };
    }
    default:
      return assertNever(kind);
  }
}

/** A drop-down may have two thousand options: a note for agents names some. */
const namesShown = 20;

export function someOf(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
