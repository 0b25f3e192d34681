/**
 * What a query costs before it runs, on the safe side: an object is a point, a list as many as it may hold, a mutation ten.
 * shopify.dev/docs/api/usage/limits: a single query may cost 1,000 points.
 */
import {
  getNamedType,
  GraphQLList,
  GraphQLNonNull,
  isLeafType,
  isObjectType,
  Kind,
  OperationTypeNode,
  isInterfaceType,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

export const mostAQueryMayCost = 1_000;

export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

  function costOf(
    set: SelectionSetNode | undefined,
    type: GraphQLNamedType | undefined,
    held: number,
  ): number {
    let cost = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        cost += costOf(fragment?.selectionSet, type, held);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = schema.getType(selection.typeCondition?.name.value ?? '');
        cost += costOf(selection.selectionSet, on, held);
      } else cost += fieldCost(selection, type, held);
    }
    return cost;
  }

  /** `held`: how many the connection around it may hold. */
  function fieldCost(node: FieldNode, parent: GraphQLNamedType | undefined, held: number): number {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return 0;
    const field = parent.getFields()[node.name.value];
    if (field === undefined) return 0;
    const type = getNamedType(field.type);
    if (isLeafType(type)) return 0;
    const first = firstOf(node, variables);
    if (type.name.endsWith('Connection')) return costOf(node.selectionSet, type, first ?? 250);
    if (node.name.value === 'pageInfo') return 0;
    const times = isList(field.type) ? (node.name.value === 'nodes' ? held : (first ?? 5)) : 1;
    return times * (1 + costOf(node.selectionSet, type, 1));
  }

  const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0;
  const mutates = operation.operation === OperationTypeNode.MUTATION;
  const root = mutates ? schema.getMutationType() : schema.getQueryType();
  return (mutates ? 10 : 0) + costOf(operation.selectionSet, root ?? undefined, 1);
}

function firstOf(node: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.VARIABLE) return Number(variables[value.name.value]);
  return null;
}

function isList(type: GraphQLOutputType): boolean {
  const bare = type instanceof GraphQLNonNull ? (type.ofType as GraphQLOutputType) : type;
  return bare instanceof GraphQLList;
}
