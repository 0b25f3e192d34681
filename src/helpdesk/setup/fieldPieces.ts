/**
 * A custom field as a piece of a connection. Unlike other pieces it holds what people work with: its values. So one that somebody
 * else made is used as it is, one of ours only gains (it is switched on, gets its name back and options that lack), and none is
 * taken away unless somebody asks for just that.
 */
import { createHash } from 'node:crypto';
import { assertNever } from '../../core/failure';
import { fitField, someOf } from '../../core/ticket/customField';
import type { AccountField } from '../stepwise/directory';
import type { NeededField } from './neededFields';
import type { AnyPiece, Difference, Held, JsonObject, ShownField, WantedPiece } from './pieces';

/** The name of the kind, on every desk. */
export const fieldKind = 'field';

/** What a field of ours gets back or gains. */
export interface FieldGain {
  readonly active: boolean;
  readonly name: string | null;
  readonly options: readonly string[];
}

/** How one desk writes it. */
interface WrittenOnDesk {
  readonly body: JsonObject;
  readonly repair: (gain: FieldGain) => JsonObject;
}

/** By the name, which may be of any script and length. */
export function fieldMark({ name }: Pick<NeededField, 'name'>): string {
  return `${fieldKind}-${createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 12)}`;
}

/** Of a desk whose options are the texts themselves. */
export function shownField({ kind, choices }: AccountField): ShownField {
  return { kind: kind ?? null, options: choices.map((text) => ({ tag: text, name: text })), active: true };
}

/** What is there, with those of the rest that it lacks in any case of theirs. */
export function withAdded<T>(present: readonly T[], added: readonly string[]): readonly (T | string)[] {
  const there = new Set(present.map((one) => String(one).toLowerCase()));
  return [...present, ...added.filter((word) => !there.has(word.toLowerCase()))];
}

export const aboutField = 'Set by Deskhand, as its policy says.';

export function wantedField(field: NeededField, { body, repair }: WrittenOnDesk): WantedPiece {
  return {
    ...{ kind: fieldKind, mark: fieldMark(field), name: field.name, what: whatItIs(field), body },
    ...{ repair: {}, shows: {}, fixed: ['kind'] },
    servesAsWell: ({ name }) => isSameName(name, field.name),
    heldAgainst: (found) => heldAgainst(field, found, repair),
  };
}

/** `drop-down: parcel, late` */
export function whatItIs({ kind, options }: NeededField): string {
  switch (kind) {
    case 'text':
      return 'text';
    case 'whole-number':
      return 'whole number';
    case 'number':
      return 'number';
    case 'yes-no':
      return 'checkbox';
    case 'choice':
      return `drop-down: ${someOf(options)}`;
    default:
      return assertNever(kind);
  }
}

function heldAgainst(field: NeededField, found: AnyPiece, repair: WrittenOnDesk['repair']): Held {
  const { field: shown, name, mark } = found;
  if (shown === undefined) throw new TypeError(`the piece ${found.id} is no field`);
  if (mark === null) return { differences: [], repair: {}, lacks: lacksOfTheirs(field, shown) };
  const isRenamed = !isSameName(name, field.name);
  const missing = shown.kind === 'choice' ? field.options.filter((word) => !takes(shown, word)) : [];
  const lacks = lacksOfOurs(field, shown, missing);
  if (isRenamed && lacks.length > 0) {
    // Somebody has put it aside, since nobody can change its kind.
    return { differences: [{ field: 'kind', from: shown.kind, to: field.kind }], repair: {}, lacks: [] };
  }
  const gain: FieldGain = { active: !shown.active, name: isRenamed ? field.name : null, options: missing };
  return { differences: differencesOf(gain, name), repair: repair(gain), lacks };
}

function differencesOf(gain: FieldGain, name: string): readonly Difference[] {
  return [
    ...(gain.active ? [{ field: 'active', from: false, to: true }] : []),
    ...(gain.name === null
      ? []
      : [
          {
            field: 'name',
            from: name,
            to: gain.name,
            words: `is called "${name}" there, and the policy knows it by its name`,
          },
        ]),
    ...(gain.options.length === 0
      ? []
      : [{ field: 'options', from: [], to: gain.options, words: `lacks ${optionsText(gain.options)}` }]),
  ];
}

function optionsText(options: readonly string[]): string {
  return `the option${options.length === 1 ? '' : 's'} ${someOf(options)}`;
}

function lacksOfTheirs(field: NeededField, shown: ShownField): readonly string[] {
  if (!shown.active) return ['is switched off: switch it on, or name another one in the policy'];
  if (shown.kind === null) return ['is of a kind that no policy can set: name another one in the policy'];
  const refused = refusals(field, shown, []);
  if (refused.length === 0) return [];
  if (shown.kind === 'choice') {
    const lacking = optionsText(refused.map(({ value }) => value));
    const has = someOf(shown.options.map(({ tag }) => tag));
    return [`lacks ${lacking}, which the policy sets (it has ${has}): add to it there, or change the policy`];
  }
  return refused.map(
    ({ value, why }) => `does not take "${value}", which the policy sets: ${why}; change the policy`,
  );
}

/** Nobody can change the kind of a field. */
function lacksOfOurs(field: NeededField, shown: ShownField, missing: readonly string[]): readonly string[] {
  const refused = refusals(field, shown, missing).map(({ value }) => `"${value}"`);
  const isTooNarrow = shown.kind === null || (field.isOpen && shown.kind !== 'text');
  if (refused.length === 0 && !isTooNarrow) return [];
  const what = isTooNarrow ? 'all that the policy sets by now' : someOf(refused);
  return [
    `does not take ${what}, since it was made for other values: give it another name on the desk, where it keeps its values, ` +
      'and the next run makes a new one',
  ];
}

function refusals(
  { values }: NeededField,
  shown: ShownField,
  missing: readonly string[],
): readonly { readonly value: string; readonly why: string }[] {
  return values.flatMap((value) => {
    const isMissing = missing.some((word) => isSameName(word, String(value)));
    if (shown.kind === null || isMissing) return [];
    const fitted = fitField({ kind: shown.kind, options: shown.options }, value);
    return 'why' in fitted ? [{ value: String(value), why: fitted.why }] : [];
  });
}

function takes({ options }: ShownField, word: string): boolean {
  return 'value' in fitField({ kind: 'choice', options }, word);
}

function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
