/**
 * Makes adminSchema.graphql, the part of Shopify's published Admin API schema that Deskhand's operations touch, from the
 * introspection that Shopify ships (ISC licence) in its npm package @shopify/dev-mcp:
 *
 *   npm pack @shopify/dev-mcp@1.16.0 && tar xzf shopify-dev-mcp-1.16.0.tgz
 *   npm run trim-shopify-schema -- package/dist/data/admin_2026-10.json.gz
 *
 * It stops when an operation does not validate against the whole schema.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isScalarType,
  isUnionType,
  parse,
  print,
  printType,
  specifiedScalarTypes,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import * as operations from '../../../src/orders/shopify/operations';

const target = path.join(__dirname, 'adminSchema.graphql');
const header = `# Part of Shopify's GraphQL Admin API schema, version 2026-10: what Deskhand's operations touch, without descriptions.
# Made by trimAdminSchema.ts from @shopify/dev-mcp 1.16.0, (c) Shopify Inc., ISC licence: permission to use, copy,
# modify and distribute it is granted, provided that this notice appears in all copies. Provided "as is".
`;

type FieldsByType = Map<string, Set<string>>;

function trim(schema: GraphQLSchema): string {
  const fields: FieldsByType = new Map();
  const types = new Set<string>();
  const add = (type: GraphQLNamedType, field?: string): void => {
    types.add(type.name);
    if (field === undefined) return;
    const known = fields.get(type.name) ?? new Set<string>();
    fields.set(type.name, known.add(field));
  };
  for (const operation of Object.values(operations)) collect(schema, operation, add);
  for (const name of types) {
    const type = schema.getType(name);
    if (isInterfaceType(type)) keepAField(type, schema, types, add);
  }
  for (const name of types) addWhatItNeeds(schema.getType(name), fields.get(name), add);
  const kept = [...types].sort().map((name) => schema.getType(name));
  return [
    header,
    'schema { query: QueryRoot mutation: Mutation }',
    'directive @idempotent(key: String!) on FIELD',
    ...kept.flatMap((type) => (type === undefined ? [] : [sdlOf(type, fields.get(type.name), types)])),
  ].join('\n\n');
}

function collect(
  schema: GraphQLSchema,
  operation: string,
  add: (type: GraphQLNamedType, field?: string) => void,
): void {
  const document = parse(operation);
  const [mistake] = validate(schema, document);
  if (mistake !== undefined) throw mistake;
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const type = info.getType();
        if (parent) add(parent, node.name.value);
        if (type) add(getNamedType(type));
      },
      InlineFragment: () => {
        const type = info.getType();
        if (type) add(getNamedType(type));
      },
    }),
  );
}

/** An interface must have a field; those that implement it must have it too. */
function keepAField(
  type: GraphQLNamedType,
  schema: GraphQLSchema,
  types: ReadonlySet<string>,
  add: (type: GraphQLNamedType, field?: string) => void,
): void {
  if (!isInterfaceType(type)) return;
  const plain = Object.values(type.getFields()).find((field) => isLeafType(getNamedType(field.type)));
  if (plain === undefined) throw new Error(`${type.name} has no plain field`);
  add(type, plain.name);
  for (const object of schema.getImplementations(type).objects) {
    if (types.has(object.name)) add(object, plain.name);
  }
}

/** Whole input types and enums; of objects the types of the kept fields and of all their arguments. */
function addWhatItNeeds(
  type: GraphQLNamedType | undefined,
  fields: ReadonlySet<string> | undefined,
  add: (type: GraphQLNamedType) => void,
): void {
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) add(getNamedType(field.type));
  } else if (isObjectType(type) || isInterfaceType(type)) {
    for (const name of fields ?? []) {
      const field = type.getFields()[name];
      if (field === undefined) continue;
      add(getNamedType(field.type));
      for (const { type: argument } of field.args) add(getNamedType(argument));
    }
  }
}

function sdlOf(
  type: GraphQLNamedType,
  fields: ReadonlySet<string> | undefined,
  types: ReadonlySet<string>,
): string {
  if (isScalarType(type) && specifiedScalarTypes.some(({ name }) => name === type.name)) return '';
  if (isUnionType(type)) throw new Error(`${type.name}: unions are not trimmed yet`);
  const bare = visit(parse(printType(type)), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  const slim = visit(bare, {
    FieldDefinition: (node) => (fields?.has(node.name.value) ? undefined : null),
    NamedType: (node, _key, _parent, at) =>
      at.includes('interfaces') && !types.has(node.name.value) ? null : undefined,
  });
  return print(slim);
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('which introspection file?');
const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: IntrospectionQuery };
writeFileSync(target, `${trim(buildClientSchema(data, { assumeValid: true }))}\n`);
