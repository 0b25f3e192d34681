/** docs/policy-reference.md is made of the code's own tables: `UPDATE_REFERENCE=1 npx jest test/policy/languageReference`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { conditionFunctions } from '../../src/policy/conditions/conditionLimits';
import { macros } from '../../src/policy/conditions/constants';
import { entryShapes, factShapes, privateFacts, unprintableFacts } from '../../src/policy/facts/facts';
import { factValues } from '../../src/policy/facts/factValues';
import { intentsSchema, policySchema, templatesSchema, writtenRulesSchema } from '../../src/policy/schema';
import { filters, tags } from '../../src/policy/templates/templates';

/** As much of JSON Schema as zod writes for a policy. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'whole number',
  double: 'number',
  bool: 'yes/no',
  'list<string>': 'list of text',
  'list<Parcel>': 'list of parcels',
  'list<OrderBrief>': 'list of orders',
  'list<Line>': 'list of lines',
};

function kind(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(kind))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'values' : kind(schema.items)}`;
  if (schema.type === 'object') return 'group';
  const most = schema.maxLength === undefined ? '' : ` of at most ${schema.maxLength} characters`;
  const isLimited = schema.minimum !== undefined && schema.maximum !== undefined && schema.maximum < 1e6;
  const range = isLimited ? ` from ${schema.minimum} to ${schema.maximum}` : '';
  const words = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: '`true`, `false`',
    null: 'null',
  };
  return `${Object.entries(words).find(([type]) => type === schema.type)?.[1] ?? 'value'}${most}${range}`;
}

type Row = readonly [string, ...string[]];

function rows(schema: Schema, at: string): readonly Row[] {
  const inner = (next: Schema, where: string): readonly Row[] => {
    if (next.type === 'array' && next.items !== undefined) return inner(next.items, `${where}[]`);
    if (next.anyOf !== undefined) return next.anyOf.flatMap((option) => inner(option, where));
    return next.type === 'object' ? rows(next, `${where}.`) : [];
  };
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, value]): readonly Row[] => {
    const needed = schema.required?.includes(name) === true && value.default === undefined;
    const what = value.default === undefined ? '' : `; by default \`${JSON.stringify(value.default)}\``;
    const row: Row = [
      `\`${at}${name}\``,
      needed ? 'yes' : '',
      kind(value),
      `${value.description ?? ''}${what}`,
    ];
    return [row, ...inner(value, `${at}${name}`)];
  });
  const free = schema.additionalProperties;
  if (typeof free !== 'object') return named;
  return [
    ...named,
    [`\`${at}<name>\``, '', kind(free), free.description ?? ''],
    ...inner(free, `${at}<name>`),
  ];
}

function table(head: Row, body: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const unique = [...new Map(body.map((row) => [row.join('|'), row])).values()];
  return [head, head.map(() => '---'), ...unique].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function rowsOf(schema: z.ZodType): readonly Row[] {
  return rows(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema,
    '',
  );
}

const head: Row = ['key', 'needed', 'is', 'means'];

function fileTable(schema: z.ZodType): string {
  return table(head, rowsOf(schema));
}

/** Rules are the same wherever they stand: told once. */
function ruleTables(): string {
  const all = rowsOf(writtenRulesSchema);
  const ofFile = all.filter(([key]) => /^`(conditions|first|per-intent|otherwise)(\.<name>)?`$/.test(key));
  const ofRule = all.flatMap((row): readonly Row[] => {
    const [key, needed = '', ...more] = row;
    if (!key.startsWith('`first[].')) return [];
    const inRule = key.replace('first[].', '');
    const isChoice = /^`(include|then\[\]\.(order\.)?[a-z-]+)`$/.test(inRule);
    return [[inRule, isChoice ? '' : needed, ...more]];
  });
  return `${table(head, ofFile)}

An entry of such a list is a rule, or an \`include\` alone. A step of \`then\` has one of the keys shown for it, and so has \`order\`.

${table(head, ofRule)}`;
}

function factTable(): string {
  const note = (fact: string) =>
    [
      ...(Object.hasOwn(factValues, fact)
        ? [(factValues[fact] ?? []).map((value) => `\`${value === '' ? '""' : value}\``).join(', ')]
        : []),
      ...(unprintableFacts.includes(fact) ? ['in conditions only'] : []),
      ...(privateFacts.includes(fact) ? ['never shown in a trace'] : []),
    ].join('; ');
  const shapes = [...Object.entries(factShapes), ...Object.entries(entryShapes)];
  const body = shapes.flatMap(([name, shape]): readonly Row[] =>
    typeof shape === 'string'
      ? [[`\`${name}\``, typeWords[shape] ?? shape, note(name)]]
      : Object.entries(shape).map(([field, type]): Row => [
          `\`${name}.${field}\``,
          typeWords[type] ?? type,
          note(`${name}.${field}`),
        ]),
  );
  return table(['fact', 'is', 'one of'], body);
}

function reference(): string {
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  return `# Policy reference

Every key, fact and function. What they are for, with examples, is in [the policy](policy.md);
[write your first rule](first-rule.md) is the way in. This page is made from the code.

## policy.yaml

${fileTable(policySchema)}

## intents.yaml

${fileTable(intentsSchema)}

## rules.yaml

A file under \`shared/\` holds a list of the same rules.

${ruleTables()}

## templates/&lt;language&gt;.yaml

${fileTable(templatesSchema)}

Tags: ${list(tags)}. Filters: ${list(filters)}. At most two loops within each other.

## Facts

\`Parcel\`, \`OrderBrief\` and \`Line\` are the entries of \`order.parcels\`, \`orders.list\` and \`order.lines\`.
Text that is absent is \`""\` in conditions.

${factTable()}

In templates there are also \`shop.name\`, \`links.<name>\` and, beside an order action, ${list(['deed.amount', 'deed.currency', 'deed.address', 'deed.item'])}.

## Conditions

At most 1,000 characters of [CEL](https://cel.dev): \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`&&\`, \`||\`, \`!\`,
\`? :\`, \`in\`, the functions ${list(conditionFunctions)} and no others; \`+\`, \`-\`, \`*\` of numbers, \`/\` and \`%\` by
a written number. ${list(macros)} go through lists, at most two within each other. Text, numbers, yes/no and lists of them
are compared; \`[0]\` takes an entry. \`is.<name>\` is a condition that \`conditions\` gives a name.
`;
}

test('docs/policy-reference.md is current', async () => {
  const file = path.resolve('docs/policy-reference.md');
  const current = reference();
  if (process.env['UPDATE_REFERENCE'] === '1') await writeFile(file, current);
  expect(await readFile(file, 'utf8')).toBe(current);
});
