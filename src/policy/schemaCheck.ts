/** A policy file against its zod schema; every issue becomes a mistake with its place and its mend. */
import type { z } from 'zod';
import { didYouMean, listNames, type Mistake } from './policyError';
import type { Path, PolicyFile } from './policyFiles';
import { actionSchema } from './schema';

export type Checked<T> = { readonly content: T } | { readonly mistakes: readonly Mistake[] };

type Issue = z.core.$ZodIssue;

export function checkFile<T>(file: PolicyFile, schema: z.ZodType<T>): Checked<T> {
  const parsed = schema.safeParse(file.content);
  if (parsed.success) return { content: parsed.data };
  return { mistakes: parsed.error.issues.flatMap((issue) => describeIssue(file, schema, issue, [])) };
}

function describeIssue(file: PolicyFile, schema: z.ZodType, issue: Issue, parent: Path): readonly Mistake[] {
  const path: Path = [...parent, ...issue.path.filter((key) => typeof key !== 'symbol')];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysAllowedAt(schema, path);
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
      return describeAction(file, issue, path);
    default:
      return [
        {
          ...file.placeOf(path),
          message: `${describePath(path)}: ${foundText(file, path)}, ${wants(issue)}`,
        },
      ];
  }
}

/** The only union of the language: an action, told by its key. */
function describeAction(
  file: PolicyFile,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): readonly Mistake[] {
  const names = actionSchema.options.flatMap((option) => Object.keys(option.shape));
  const value = valueAt(file.content, path);
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const [key = '', ...more] = keys;
  const index = names.indexOf(key);
  const option = actionSchema.options[index];
  if (more.length > 0) {
    const message = `has ${listNames(keys)} in one step. Write each on a line of its own, with "- " before it`;
    return [{ ...file.placeOf(path), message }];
  }
  if (option === undefined) {
    const found = key === '' ? foundText(file, path) : `"${key}"`;
    const message = `${found} is not an action. Allowed: ${listNames(names)}.${didYouMean(key, names)}`;
    return [{ ...file.placeOf(path), message }];
  }
  return (issue.errors[index] ?? []).flatMap((inner) => describeIssue(file, option, inner, path));
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

function describePath(path: Path): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function foundText(file: PolicyFile, path: Path): string {
  const value = valueAt(file.content, path);
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'is a group of lines';
  const text = JSON.stringify(value);
  return `is ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    content,
  );
}

/** Follows the schema down to the object that refused a key. */
function keysAllowedAt(schema: z.ZodType, path: Path): readonly string[] {
  const at = path.reduce<unknown>((current, key) => step(unwrap(current), key), schema);
  const target = unwrap(at);
  return hasShape(target) ? Object.keys(target.shape) : [];
}

function step(schema: unknown, key: string | number): unknown {
  if (hasShape(schema)) return Reflect.get(schema.shape, key);
  if (typeof schema !== 'object' || schema === null) return undefined;
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
