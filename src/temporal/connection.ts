/** The one place where Deskhand connects to Temporal, as a client and as a worker. */
import { status } from '@grpc/grpc-js';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';

export interface TemporalTarget {
  /** `host:port` */
  readonly address: string;
  readonly namespace: string;
}

export interface TemporalConnection {
  readonly client: Client;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** Temporal cannot be used. The message says where, why and what to do. */
export class TemporalConnectionError extends Error {
  override readonly name = 'TemporalConnectionError';
}

const connectTimeoutMs = 5_000;

/**
 * TLS and API key come from Temporal's own variables and its configuration file (TEMPORAL_API_KEY, TEMPORAL_TLS_*,
 * TEMPORAL_PROFILE, ...): https://docs.temporal.io/develop/environment-configuration
 *
 * @throws TemporalConnectionError when the server or the namespace does not answer.
 */
export async function connectTemporal(target: TemporalTarget): Promise<TemporalConnection> {
  const options = connectionOptions(target);
  const connection = Connection.lazy({ ...options, connectTimeout: connectTimeoutMs });
  try {
    await connection.ensureConnected();
    await connection.withDeadline(Date.now() + connectTimeoutMs, () =>
      connection.workflowService.describeNamespace({ namespace: target.namespace }),
    );
  } catch (error) {
    await connection.close();
    throw connectionError(target, error);
  }
  return {
    client: new Client({ connection, namespace: target.namespace }),
    connection,
    close: () => connection.close(),
  };
}

/** @throws TemporalConnectionError */
export async function connectNativeForWorker(target: TemporalTarget): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(connectionOptions(target));
  } catch (error) {
    throw connectionError(target, error);
  }
}

/**
 * A configuration file counts only when it is named: whoever keeps one for Temporal Cloud does not mean it for the
 * server on this machine.
 */
function connectionOptions(
  target: TemporalTarget,
): Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'> {
  const named = ['TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => Boolean(process.env[name]));
  try {
    const { tls, apiKey, metadata } = loadClientConnectConfig({ disableFile: !named }).connectionOptions;
    return {
      address: target.address,
      ...(tls === undefined ? {} : { tls }),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  } catch (error) {
    throw new TemporalConnectionError(
      `The TEMPORAL_* settings for TLS, API key or profile cannot be used: ${messageOf(error)}. ` +
        'See https://docs.temporal.io/develop/environment-configuration.',
      { cause: error },
    );
  }
}

function connectionError({ address, namespace }: TemporalTarget, error: unknown): TemporalConnectionError {
  return new TemporalConnectionError(explain(address, namespace, error), { cause: error });
}

function explain(address: string, namespace: string, error: unknown): string {
  const code = isGrpcServiceError(error) ? error.code : undefined;
  if (code === status.NOT_FOUND) {
    return (
      `Temporal at ${address} has no namespace "${namespace}". Set TEMPORAL_NAMESPACE to one that exists, or ` +
      `create it: temporal operator namespace create --address ${address} --namespace ${namespace}`
    );
  }
  if (code === status.UNAUTHENTICATED || code === status.PERMISSION_DENIED) {
    return (
      `Temporal at ${address} refuses these credentials for the namespace "${namespace}": ${messageOf(error)}. ` +
      'Set TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.'
    );
  }
  return (
    `Temporal does not answer at ${address} (TEMPORAL_ADDRESS): ${messageOf(error)}. Is it running there, may this ` +
    'machine reach it, and does TLS match (TEMPORAL_TLS=true for a server that wants it)? ' +
    'Without TEMPORAL_ADDRESS, `npm start` runs a server of its own.'
  );
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
