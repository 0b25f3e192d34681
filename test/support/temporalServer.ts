/**
 * Real Temporal for tests. One in-memory server serves the whole jest run (globalSetup starts it); whoever asks gets
 * a namespace of its own on it, so that test files cannot see each other although the task queues have fixed names.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { NativeConnection } from '@temporalio/worker';
import { connectTemporal } from '../../src/temporal/connection';
import { startTemporalServer } from '../../src/temporal/provision/startTemporalServer';
import { registerSearchAttributes } from '../../src/temporal/registerSearchAttributes';
import { readTestRun } from './testRun';

export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  readonly connection: Connection;
  readonly nativeConnection: NativeConnection;
  /** Stop workers first: a connection cannot be closed below them. */
  stop(): Promise<void>;
}

export interface TestTemporalOptions {
  /** Any makes this a server of its own: `--dynamic-config-value limit.historyCount.suggestContinueAsNew=60`. */
  readonly flags?: readonly string[];
}

export async function startTestTemporal(options: TestTemporalOptions = {}): Promise<TestTemporal> {
  const { flags = [] } = options;
  if (flags.length > 0) return ownServer(flags);
  const { address } = readTestRun();
  const namespace = `test-${randomUUID()}`;
  const admin = await connectTemporal({ address, namespace: 'default' });
  try {
    await admin.connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
  } finally {
    await admin.close();
  }
  return connectTestTemporal(address, namespace, () => Promise.resolve());
}

async function ownServer(flags: readonly string[]): Promise<TestTemporal> {
  const stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-temporal-'));
  const server = await startTemporalServer({
    cli: readTestRun().cli,
    stateDir,
    inMemory: true,
    port: 0,
    uiPort: null,
    flags,
    onProgress: () => undefined,
  });
  return connectTestTemporal(server.address, 'default', async () => {
    await server.stop();
    await rm(stateDir, { recursive: true, force: true });
  });
}

async function connectTestTemporal(
  address: string,
  namespace: string,
  stopServer: () => Promise<void>,
): Promise<TestTemporal> {
  const { client, connection, close } = await connectTemporal({ address, namespace });
  await registerSearchAttributes(connection, namespace);
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    address,
    namespace,
    client,
    connection,
    nativeConnection,
    async stop() {
      await nativeConnection.close();
      await close();
      await stopServer();
    },
  };
}

/** The workflows, bundled once for the run: a worker starts in a fraction of the two seconds it takes. */
export function workflowBundle(): Promise<{ codePath: string }> {
  return Promise.resolve({ codePath: readTestRun().bundle });
}
