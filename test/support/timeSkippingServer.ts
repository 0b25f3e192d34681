/**
 * Temporal's time-skipping test server: days of waiting in a moment. It is a program of Temporal's Java SDK, found in
 * this order: our cache, the SDK's own download, Maven Central. It has no visibility (no list, no count), and time is
 * one for the whole server: one ticket at a time.
 */
import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { searchAttributeKeys } from '../../src/contracts/searchAttributes';
import { indexedValueType } from '../../src/temporal/searchAttributeTypes';
import type { TestTemporal } from './temporalServer';

const run = promisify(execFile);
const version = '1.37.0';

export interface TimeSkippingTemporal extends TestTemporal {
  /** Lets this much virtual time pass: `3d`, or milliseconds. */
  sleep(duration: string | number): Promise<void>;
  /** Epoch milliseconds, virtual. */
  now(): Promise<number>;
  /** As of the last `sleep`: for those who must not wait for it, such as the desk. */
  clock(): number;
}

export async function startTimeSkippingTemporal(): Promise<TimeSkippingTemporal> {
  const env = await createEnvironment();
  const namespace = env.namespace ?? 'default';
  let skippedMs = 0;
  // This server cannot list what it knows, so it is told without being asked.
  await env.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      searchAttributeKeys.map(({ name, type }) => [name, indexedValueType(type)]),
    ),
  });
  return {
    address: env.address,
    namespace,
    client: env.client,
    connection: env.connection,
    nativeConnection: env.nativeConnection,
    sleep: async (duration) => {
      await env.sleep(duration as Parameters<typeof env.sleep>[0]);
      skippedMs = (await env.currentTimeMs()) - Date.now();
    },
    clock: () => Date.now() + skippedMs,
    now: () => env.currentTimeMs(),
    stop: () => env.teardown(),
  };
}

async function createEnvironment(): Promise<TestWorkflowEnvironment> {
  const program = path.join(cacheHome(), 'deskhand', 'temporal-test-server', version, 'temporal-test-server');
  if (await isExecutable(program)) return existing(program);
  let why: string;
  try {
    return await TestWorkflowEnvironment.createTimeSkipping();
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  try {
    await fromMavenCentral(program);
  } catch (error) {
    throw new Error(
      'The time-skipping test server cannot be had. Let this machine reach temporal.download, or install Java and ' +
        `Maven (apt-get install default-jre-headless maven).\n  download: ${why}\n  Maven: ${String(error)}`,
      { cause: error },
    );
  }
  return existing(program);
}

function existing(program: string): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: program } },
  });
}

/** Fills a folder of its own and moves it into place, so that two test files at once do not meet half of it. */
async function fromMavenCentral(program: string): Promise<void> {
  const home = path.dirname(program);
  await mkdir(path.dirname(home), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(home), 'making-'));
  try {
    await writeFile(path.join(folder, 'pom.xml'), pom);
    await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: folder });
    await writeFile(path.join(folder, path.basename(program)), wrapper);
    await chmod(path.join(folder, path.basename(program)), 0o755);
    await rename(folder, home).catch(async (error: unknown) => {
      // Another process was faster.
      if (!(await isExecutable(program))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>deskhand</groupId>
  <artifactId>temporal-test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/** The options halve the start: the server lives for seconds. */
const wrapper = `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

function cacheHome(): string {
  return process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
