/** What jest's globalSetup made and every test file uses. */
import path from 'node:path';

export interface TestRun {
  /** Of the shared Temporal server. */
  readonly address: string;
  /** The `temporal` program, for tests that need a server of their own. */
  readonly cli: string;
  /** The bundled workflows, a file. */
  readonly bundle: string;
}

export const repository = path.resolve(__dirname, '../..');
export const cacheFolder = path.join(repository, 'node_modules/.cache/deskhand-test');

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
    typeof value === 'object' && value !== null && 'address' in value && 'cli' in value && 'bundle' in value
  );
}
