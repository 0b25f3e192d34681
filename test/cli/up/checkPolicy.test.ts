/** The policy is looked at before anything is started, and what is wrong fits one screen. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkPolicy } from '../../../src/cli/up/checkPolicy';
import { CommandError } from '../../../src/cli/failure';
import { repository } from '../../support/testRun';

const demoShop = path.join(repository, 'policies/demo-shop');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-policy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(of: string): Promise<string> {
  const error: unknown = await checkPolicy(of).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof CommandError) return error.message;
  throw new Error(`no refusal but ${String(error)}`);
}

it('a policy as it should be is no news', async () => {
  expect((await checkPolicy(demoShop)).version).toMatch(/^p-[0-9a-f]{12}$/);
});

it('a folder that is not there', async () => {
  const said = await refusal(path.join(folder, 'nowhere'));
  expect(said).toMatch(/^The policy in .*nowhere has one mistake:\n {2}- .*does not exist/);
  expect(said.split('\n').at(-1)).toMatch(/^Mend it and start again, or set DESKHAND_POLICY/);
});

it('a file where the folder should be', async () => {
  const file = path.join(folder, 'policy.yaml');
  writeFileSync(file, '');
  expect(await refusal(file)).toMatch(/cannot be read \(.*ENOTDIR/);
});

it('a folder in which nothing is', async () => {
  const said = await refusal(folder);
  for (const name of ['policy.yaml', 'intents.yaml', 'rules.yaml']) {
    expect(said).toMatch(new RegExp(`^ {2}- ${name}:1:1 is missing`, 'm'));
  }
});

it('a mistake in a file, with where it stands', async () => {
  cpSync(demoShop, folder, { recursive: true });
  writeFileSync(path.join(folder, 'rules.yaml'), 'rulez: {}\n');
  expect(await refusal(folder)).toMatch(/^ {2}- rules\.yaml:1:1 /m);
});

it('many mistakes stay one screen', async () => {
  cpSync(demoShop, folder, { recursive: true });
  const wrong = Array.from({ length: 60 }, (_, index) => `mistake-${index}: 1`);
  writeFileSync(path.join(folder, 'policy.yaml'), `${wrong.join('\n')}\n`);
  const lines = (await refusal(folder)).split('\n');
  expect(lines.length).toBeLessThanOrEqual(15);
  expect(lines.at(-2)).toMatch(/^ {2}\.\.\. and \d+ more$/);
});
