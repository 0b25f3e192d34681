/** What jest's globalSetup made and every test file uses. */
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

export interface TestRun {
  /** Of the shared Temporal server. */
  readonly address: string;
  /** The `temporal` program, for tests that need a server of their own. */
  readonly cli: string;
  /** The bundled workflows, a file. */
  readonly bundle: string;
  /** `deskhand`, compiled. */
  readonly deskhand: string;
}

export const repository = path.resolve(__dirname, '../..');
/** Outside the packages: `npm ci` deletes those, and with them the trace of a server that a killed run left behind. */
export const cacheFolder = path.join(
  os.tmpdir(),
  `deskhand-test-${createHash('sha256').update(repository).digest('hex').slice(0, 12)}`,
);

const variable = 'DESKHAND_TEST_RUN';

/** Jest's workers inherit the environment. */
export function publishTestRun(run: TestRun): void {
  process.env[variable] = JSON.stringify(run);
}

export function readTestRun(): TestRun {
  const text = process.env[variable];
  if (text === undefined) throw new Error('Tests run through jest: npm test -- path/to/file.test.ts');
  const run: unknown = JSON.parse(text);
  if (isTestRun(run)) return run;
  throw new Error(`${variable} is damaged: ${text}`);
}

function isTestRun(value: unknown): value is TestRun {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['address', 'cli', 'bundle', 'deskhand'].every((name) => name in value)
  );
}
