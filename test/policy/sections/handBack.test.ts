/** `hand-back` in policy.yaml: when the bot answers in place of people who stay silent, and what it may not say. */
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import type { LoadedPolicy } from '../../../src/policy/policy';
import { PolicyError } from '../../../src/policy/policyError';
import { createVersionedProcessor } from '../../../src/policy/processor';
import { repository } from '../../support/testRun';
import { inForceAndOwn, shopOf } from '../support';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-hand-back-'));
  await cp(path.join(repository, 'policies/demo-shop'), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(rule: string): Promise<LoadedPolicy> {
  await appendFile(path.join(folder, 'policy.yaml'), `\nhand-back: ${rule}\n`);
  return loadPolicy(folder);
}

async function mistakeOf(rule: string): Promise<string> {
  const error = await written(rule).catch((thrown: unknown) => thrown);
  if (!(error instanceof PolicyError)) throw new Error('it was loaded');
  return error.message;
}

async function withoutHours(): Promise<void> {
  const file = path.join(folder, 'policy.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^hours:\n(?: .*\n|\n)+/m, ''));
}

it('is off where nobody has written it', async () => {
  expect((await loadPolicy(folder)).settings.handBack).toBeUndefined();
});

it.each([
  ['{ after: 2h }', { afterMs: 7_200_000, except: [] }],
  ['{ after: 2h, except: [legal, safety] }', { afterMs: 7_200_000, except: ['legal', 'safety'] }],
])('%s', async (rule, expected) => {
  expect((await written(rule)).settings.handBack).toEqual(expected);
});

it('counts in business time where the policy has hours', async () => {
  await withoutHours();
  await appendFile(path.join(folder, 'policy.yaml'), '\nhours: always\n');
  const { settings } = await written('{ after: 2 business hours }');
  expect(settings.handBack).toEqual({ afterMs: 7_200_000, countedIn: 'business-hours', except: [] });
});

it.each([
  ['nothing', '{}', 'after'],
  ['no duration', '{ after: soon }', 'must be a duration such as "30m"'],
  ['a time that is over at once', '{ after: 0m }', 'must be from "1m"'],
  ['less than nothing', '{ after: -2h }', 'must be a duration'],
  ['no business time at all', '{ after: 0 business hours }', 'from "1 business minute"'],
  ['a reason that there is not', '{ after: 2h, except: [lawyers] }', 'lawyers'],
  ['one reason alone', '{ after: 2h, except: legal }', 'except'],
  ['a key that there is not', '{ after: 2h, unless: [legal] }', 'unless'],
  ['a time alone', '2h', 'hand-back'],
])('%s is refused: %s', async (_what, rule, why) => {
  const told = await mistakeOf(rule);
  expect(told).toContain('policy.yaml');
  expect(told).toContain(why);
});

it('business time without hours is refused, with the mend', async () => {
  await withoutHours();
  expect(await mistakeOf('{ after: 2 business hours }')).toMatch(
    /waits "2 business hours", but policy.yaml does not say when the team is at work. Add "hours"/,
  );
});

it('the version in force says it, whichever version a conversation began under', async () => {
  const before = await loadPolicy(folder);
  const after = await written('{ after: 2h }');
  const inForce = (current: LoadedPolicy) =>
    createVersionedProcessor(inForceAndOwn(current, before), shopOf());
  expect((await inForce(after).settingsOf('p-before')).handBack).toEqual({ afterMs: 7_200_000, except: [] });
  expect((await inForce(before).settingsOf('p-before')).handBack).toBeUndefined();
});
