/** What templates name: every fact must be one, and be printed as what it is. Told when a policy is loaded. */
import type { StaticAnalysis } from 'liquidjs';
import { entryShapes, factShapes, unprintableFacts, type FactShape, type FactType } from '../facts/facts';
import { didYouMean } from '../policyError';

export interface TemplateMistake {
  /** From 1, within the template. */
  readonly line: number;
  /** From 1, within the line. */
  readonly column: number;
  readonly message: string;
}

/** The order action that a rule proposes or has done; absent in rules without one. */
export const deedShape = {
  amount: 'int',
  currency: 'string',
  address: 'string',
  item: 'string',
} as const satisfies FactShape;

/** The mail with a code: nothing of an order, since it may reach somebody else. */
const codeMailShape = { code: 'string', minutes: 'int' } as const satisfies FactShape;

/** While a shop is out, nothing is known of orders. */
const holdingShape = {
  customer: { name: 'string', language: 'string' },
} as const satisfies Record<string, FactShape>;

export type TemplateUse = 'reply' | 'code-mail' | 'holding';

const shapesFor: Readonly<Record<TemplateUse, Readonly<Record<string, FactType | FactShape>>>> = {
  reply: { ...factShapes, deed: deedShape },
  'code-mail': codeMailShape,
  holding: holdingShape,
};

/** Facts that are text or a number by themselves. */
const plainFacts = Object.entries(factShapes).flatMap(([name, shape]) =>
  typeof shape === 'string' && !shape.startsWith('list<') ? [name] : [],
);
const lengthOf = ['size'];

export function checkVariables(
  { variables, locals }: StaticAnalysis,
  source: string,
  linkNames: readonly string[],
  use: TemplateUse,
): readonly TemplateMistake[] {
  const loops = loopEntries(source);
  const known: Readonly<Record<string, FactType | FactShape>> = {
    ...shapesFor[use],
    shop: { name: 'string' },
    links: Object.fromEntries(linkNames.map((link) => [link, 'string'])),
  };
  const shadows = Object.entries(locals).flatMap(([name, [first]]) =>
    first === undefined || !Object.hasOwn(known, name)
      ? []
      : [
          {
            line: first.location.row,
            column: first.location.col,
            message: `assigns "${name}", which is a fact. Give it another name`,
          },
        ],
  );
  const read = Object.values(variables)
    .flat()
    .flatMap(({ segments, location }) => {
      const names = segments.map((segment) => (typeof segment === 'object' ? '*' : String(segment)));
      const [root = '', field] = names;
      if (root === 'forloop' || Object.hasOwn(locals, root)) return [];
      const problem = checkPath(root, field, { ...known, ...loops }, names);
      return problem === null ? [] : [{ line: location.row, column: location.col, message: problem }];
    });
  return [...shadows, ...read];
}

/** `{% for parcel in order.parcels %}`: what `parcel` is made of. */
function loopEntries(source: string): Readonly<Record<string, FactType | FactShape>> {
  const loops = [...source.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+(?:(\w+)\.(\w+))?/g)];
  const entries: Record<string, FactType | FactShape> = {};
  for (const [, variable = '', root = '', field = ''] of loops) {
    const shape = { ...factShapes, ...entries }[root];
    const type =
      typeof shape === 'object' ? Object.entries(shape).find(([name]) => name === field)?.[1] : undefined;
    if (type === 'list<Parcel>') entries[variable] = entryShapes.Parcel;
    else if (type === 'list<OrderBrief>') entries[variable] = entryShapes.OrderBrief;
    else if (type === 'list<Line>') entries[variable] = entryShapes.Line;
    else entries[variable] = 'string';
  }
  return entries;
}

function checkPath(
  root: string,
  field: string | undefined,
  known: Readonly<Record<string, FactType | FactShape>>,
  names: readonly string[],
): string | null {
  const path = names.join('.');
  const shape = known[root];
  if (shape === undefined) {
    const roots = Object.keys(known);
    return `prints "${root}", which is no fact. Allowed: ${roots.join(', ')}.${didYouMean(root, roots)}`;
  }
  if (unprintableFacts.includes(path))
    return `prints "${path}": what customers wrote is never said back to them`;
  if (typeof shape === 'string') {
    const isWithin = field === undefined || !plainFacts.includes(root) || lengthOf.includes(field);
    return isWithin ? null : `prints "${root}.${field}", and "${root}" is one value. Print {{ ${root} }}`;
  }
  const fields = Object.keys(shape);
  if (field === undefined) return `prints "${root}" whole. Name one of its facts: ${fields.join(', ')}`;
  if (fields.includes(field)) return null;
  return `prints "${root}.${field}", which is no fact. ${root} has: ${fields.join(', ')}.${didYouMean(field, fields)}`;
}
