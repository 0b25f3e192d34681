/** Makes the server know what tickets are searched by; without it the first upsert would fail. */
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { searchAttributeKeys } from '../contracts/searchAttributes';
import { TemporalConnectionError } from './connection';
import { commandLineType, indexedValueType } from './searchAttributeTypes';

type Key = (typeof searchAttributeKeys)[number];

/**
 * Registers what is missing in the namespace; any number of processes may do so at once.
 *
 * @throws TemporalConnectionError when the server refuses, as Temporal Cloud does, with the command a person runs;
 *   or when a name is taken by another type.
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((key) => [key.name, indexedValueType(key.type)])),
    });
  } catch (error) {
    // Another process may have been faster.
    const still = await missingSearchAttributes(connection, namespace);
    if (still.length > 0)
      throw new TemporalConnectionError(refusal(namespace, still, error), { cause: error });
  }
}

/** @throws TemporalConnectionError when the server does not tell, or when a name is taken by another type. */
export async function missingSearchAttributes(connection: Connection, namespace: string): Promise<Key[]> {
  let known: Record<string, number>;
  try {
    known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes;
  } catch (error) {
    throw new TemporalConnectionError(refusal(namespace, searchAttributeKeys, error), { cause: error });
  }
  const wrong = searchAttributeKeys.filter(
    ({ name, type }) => known[name] !== undefined && known[name] !== indexedValueType(type),
  );
  if (wrong.length > 0) {
    const names = wrong.map((key) => `${key.name} (must be ${commandLineType(key.type)})`).join(', ');
    throw new TemporalConnectionError(
      `The namespace "${namespace}" has search attributes of another type: ${names}. ` +
        'Remove them with `temporal operator search-attribute remove --name NAME`, or use another namespace.',
    );
  }
  return searchAttributeKeys.filter(({ name }) => known[name] === undefined);
}

function refusal(namespace: string, keys: readonly Key[], error: unknown): string {
  const pairs = keys.map((key) => `${key.name}=${commandLineType(key.type)}`);
  const why = isGrpcServiceError(error) ? error.details : String(error);
  return [
    `Deskhand's search attributes cannot be registered in the namespace "${namespace}": ${why}.`,
    'Let somebody with the right to do so run this once. On Temporal Cloud:',
    `  tcld namespace search-attributes add --namespace ${namespace} ${pairs.map((pair) => `--search-attribute "${pair}"`).join(' ')}`,
    'On a server of your own:',
    `  temporal operator search-attribute create --namespace ${namespace} ${keys
      .map((key) => `--name ${key.name} --type ${commandLineType(key.type)}`)
      .join(' ')}`,
  ].join('\n');
}
