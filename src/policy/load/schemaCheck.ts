/** A policy file against its zod schema; every issue becomes a mistake with its place and its mend. */
import { z } from 'zod';
import { hideUserinfo } from '../../core/hideUserinfo';
import { isObject } from '../../core/isObject';
import { didYouMean, listNames, type Mistake } from '../policyError';
import type { Path, PolicyFile } from './policyFiles';
import { inMinorUnits, pathInWords, textLike, writtenLike } from './shapeHints';

export type Checked<T> = { readonly content: T } | { readonly mistakes: readonly Mistake[] };

type Issue = z.core.$ZodIssue;

export function checkFile<T>(file: PolicyFile, schema: z.ZodType<T>): Checked<T> {
  const parsed = schema.safeParse(file.content);
  if (parsed.success) return { content: parsed.data };
  return { mistakes: parsed.error.issues.flatMap((issue) => describeIssue(file, schema, issue, [])) };
}

function describeIssue(file: PolicyFile, schema: z.ZodType, issue: Issue, parent: Path): readonly Mistake[] {
  const path: Path = [...parent, ...pathOf(issue)];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const value = valueAt(file.content, path);
      // Of actions, one shape can take all but the keys of another.
      if (optionsOf(schemaAt(schema, pathOf(issue))).length > 0 && isObject(value)) {
        return [{ ...file.placeOf(path), message: inOneStep(Object.keys(value), path) }];
      }
      const allowed = keysAllowedAt(schema, pathOf(issue));
      return issue.keys.map((key) => ({
        ...file.placeOfKey(path, key),
        message: `has the unknown key "${key}". Allowed: ${listNames(allowed)}.${didYouMean(key, allowed)}`,
      }));
    }
    case 'invalid_key': {
      const key = String(path.at(-1) ?? '');
      const why = issue.issues[0]?.message ?? issue.message;
      return [{ ...file.placeOfKey(path.slice(0, -1), key), message: `has the name "${key}", which ${why}` }];
    }
    case 'invalid_union':
      return describeUnion(file, schema, issue, path);
    default:
      return [
        {
          ...file.placeOf(path),
          message: `${pathInWords(file.content, path)}: ${foundText(file, path)}, ${wants(issue)}${hintOn(file, path, issue)}`,
        },
      ];
  }
}

/**
 * What may have one of several shapes: an action, told by its only key, or a value that is text, a list or a group.
 * The shape that was meant tells what is wrong with it.
 */
function describeUnion(
  file: PolicyFile,
  schema: z.ZodType,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): readonly Mistake[] {
  const union = schemaAt(schema, pathOf(issue));
  const options = optionsOf(union);
  const value = valueAt(file.content, path);
  const keyed = options.filter(hasShape);
  const keys = isObject(value) ? Object.keys(value) : [];
  const names = options.flatMap((option) => (hasShape(option) ? Object.keys(option.shape) : []));
  const [key = '', ...more] = keys;
  const whole = options.find(
    (option) => hasShape(option) && keys.every((name) => Object.hasOwn(option.shape, name)),
  );
  if (keyed.length > 1 && (isObject(value) || keyed.length === options.length)) {
    if (more.length > 0 && whole === undefined && keys.every((name) => names.includes(name))) {
      return [{ ...file.placeOf(path), message: inOneStep(keys, path) }];
    }
    if (!names.includes(key)) {
      const allowed = `Allowed: ${listNames(names)}.${didYouMean(key, names)}`;
      const message =
        key === ''
          ? `${foundText(file, path)}, but it must be ${titleOf(union)}${writtenLike(path, value)}. ${allowed}`
          : `"${key}" is not ${titleOf(union)}. ${allowed}`;
      return [{ ...file.placeOf(path), message }];
    }
  }
  const meant = options.findIndex((option) =>
    isObject(value)
      ? hasShape(option) &&
        (keyed.length === 1 || option === whole || (whole === undefined && Object.hasOwn(option.shape, key)))
      : Array.isArray(value)
        ? isList(option)
        : !hasShape(option) && !isList(option),
  );
  const option = options[meant];
  if (option === undefined) {
    const kinds = [...new Set(options.map(kindOf))].join(' or ');
    const message = `${pathInWords(file.content, path)}: ${foundText(file, path)}, but it must be ${kinds}`;
    return [{ ...file.placeOf(path), message }];
  }
  return (issue.errors[meant] ?? []).flatMap((inner) => describeIssue(file, option, inner, path));
}

function inOneStep(keys: readonly string[], path: Path): string {
  const both = keys.map((key) => `"${key}"`).join(' and ');
  // One way or another to say what a refund is, and not a step of a rule.
  if (path.at(-1) === 'refund') return `has ${both}: what goes back is said in one way. Keep one of them`;
  return `has ${both} in one step. Write each on a line of its own, with "- " before it`;
}

function optionsOf(schema: unknown): readonly z.ZodType[] {
  return schema instanceof z.ZodUnion ? schema.options.filter((option) => option instanceof z.ZodType) : [];
}

function titleOf(schema: unknown): string {
  const title = schema instanceof z.ZodType ? (schema.meta()?.title ?? 'allowed here') : 'allowed here';
  return title === 'allowed here' ? title : `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;
}

function isList(schema: unknown): boolean {
  return schema instanceof z.ZodArray;
}

function kindOf(option: z.ZodType): string {
  if (hasShape(option)) return 'a group of "name: value" lines';
  if (isList(option)) return 'a list, with "- " before each entry';
  return typeWords[option.type] ?? 'text';
}

function wants(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `but it must be ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `but allowed is ${listNames(issue.values.map(String))}`;
    case 'too_small':
      return `but it must ${limit('at least', issue.minimum, issue.origin)}`;
    case 'too_big':
      return `but it may ${limit('at most', issue.maximum, issue.origin)}`;
    default:
      return `but it ${issue.message}`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, with "- " before each entry',
  object: 'a group of "name: value" lines',
  record: 'a group of "name: value" lines',
};

function limit(bound: string, count: number | bigint, origin: string): string {
  if (origin === 'string') return `have ${bound} ${count} characters`;
  return origin === 'array' ? `have ${bound} ${count} entries` : `be ${bound} ${count}`;
}

function hintOn(file: PolicyFile, path: Path, issue: Issue): string {
  if (issue.code !== 'invalid_type') return '';
  if (issue.expected === 'int') return inMinorUnits(path);
  if (issue.expected === 'string') return textLike(path, valueAt(file.content, path));
  return issue.expected === 'object' || issue.expected === 'record'
    ? writtenLike(path, valueAt(file.content, path))
    : '';
}

function foundText(file: PolicyFile, path: Path): string {
  const value = valueAt(file.content, path);
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'is a group of lines';
  // JSON has no word for ".inf" and ".nan".
  const written = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const text = hideUserinfo(written);
  return `is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    content,
  );
}

function pathOf(issue: Issue): Path {
  return issue.path.filter((key) => typeof key !== 'symbol');
}

/** Follows the schema down to the object that refused a key, or to the record of a few words. */
function keysAllowedAt(schema: z.ZodType, path: Path): readonly string[] {
  const target = schemaAt(schema, path);
  if (hasShape(target)) return Object.keys(target.shape);
  const words = target instanceof z.ZodRecord ? target.keyType : null;
  return words instanceof z.ZodEnum ? words.options.map(String) : [];
}

function schemaAt(schema: z.ZodType, path: Path): unknown {
  return unwrap(path.reduce<unknown>((current, key) => step(unwrap(current), key), schema));
}

function step(schema: unknown, key: string | number): unknown {
  if (hasShape(schema)) return Reflect.get(schema.shape, key);
  if (typeof schema !== 'object' || schema === null) return undefined;
  const option = optionsOf(schema).find((one) => hasShape(one) && Object.hasOwn(one.shape, key));
  if (option !== undefined) return step(option, key);
  if ('element' in schema) return schema.element;
  return 'valueType' in schema ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  const isWrapped =
    typeof schema === 'object' &&
    schema !== null &&
    !hasShape(schema) &&
    !('element' in schema) &&
    'unwrap' in schema;
  if (!isWrapped || typeof schema.unwrap !== 'function') return schema;
  const inner: unknown = Reflect.apply(schema.unwrap, schema, []);
  return unwrap(inner);
}

function hasShape(schema: unknown): schema is { readonly shape: object } {
  return (
    typeof schema === 'object' && schema !== null && 'shape' in schema && typeof schema.shape === 'object'
  );
}
