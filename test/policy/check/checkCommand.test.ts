/** `deskhand policy check`, as people and CI run it. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, type Ended } from '../../cli/processes';
import { writeSmallPolicy, type Edits } from '../smallPolicy';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-check-command-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function check(edits: Edits, ...options: readonly string[]): Promise<Ended> {
  await writeSmallPolicy(folder, edits);
  const env = { DESKHAND_STATE_DIR: path.join(folder, 'state'), DESKHAND_POLICY: folder };
  return new Command(['policy', 'check', '--no-examples', ...options], env).ended;
}

const typo: Edits = { 'rules.yaml': (text) => text.replace('reply: on-its-way', 'reply: on-is-way') };
const unused: Edits = { 'templates/en.yaml': (text) => `${text}farewell: Goodbye.\n` };

test('nothing wrong: exit code 0', async () => {
  const { code, out, err } = await check({});
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^The policy in .* \(p-[0-9a-f]{12}\) has 0 errors and 0 warnings; its examples were not tried, which `deskhand policy check` does\.\n$/,
  );
});

test('warnings alone: exit code 0', async () => {
  const { code, out } = await check(unused);
  expect(code).toBe(0);
  expect(out).toMatch(/^templates\/en.yaml:7:1 warning "farewell" is said by no rule/);
  expect(out).toMatch(/has 0 errors and 1 warning; its examples were not tried/);
});

test('errors: exit code 1, with place and mend, and no stack trace', async () => {
  const { code, out, err } = await check(typo);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toMatch(
    /^rules.yaml:21:\d+ error {3}names the template "on-is-way".*Did you mean "on-its-way"\?/,
  );
  expect(out).toMatch(/has 1 error and 0 warnings\.\n$/);
});

test('--json gives the same to programs', async () => {
  const { code, out } = await check(typo, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    folder,
    errors: 1,
    version: null,
    findings: [expect.objectContaining({ severity: 'error', kind: 'mistake', file: 'rules.yaml', line: 21 })],
  });
});

test('--desk with a desk that was never started says so, after what the policy itself has', async () => {
  const { code, out, err } = await check(typo, '--desk');
  expect(code).toBe(1);
  expect(out).toContain('names the template "on-is-way"');
  expect(out).toMatch(/has 1 error and 0 warnings\.\n$/);
  expect(err).toMatch(
    /The desk cannot be asked for its groups and fields: .*[^.]\. Mend that, or leave --desk out/s,
  );
  expect(err).not.toMatch(/\n\s+at /);
});

test('a folder that is not there', async () => {
  const { code, out } = await check({}, path.join(folder, 'nowhere'));
  expect(code).toBe(1);
  expect(out).toMatch(
    /^\/.*nowhere error +does not exist\. Give the folder of a policy, or set DESKHAND_POLICY to one\./,
  );
});
