/** A policy does not meet customers only because a worker was started from its folder: its scenarios come first. */
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { classifierIdentity } from '../../../src/classify/embedded/classifierIdentity';
import { isToBeProven, proofOf, proveByScenarios, shippedProofs } from '../../../src/cli/engine/provenPolicy';
import { CommandError } from '../../../src/cli/failure';
import { deskhandVersion } from '../../../src/cli/version';
import { checkAccounts } from '../../../src/cli/up/checkAccounts';
import { readEngineSettings } from '../../../src/config/settings';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { startFromFolder } from '../../../src/policy/store/followStore';
import {
  openPolicyStore,
  UnprovenPolicyError,
  type PolicyStore,
} from '../../../src/policy/store/policyStore';
import { openClassificationMemo } from '../../../src/scenarios/classificationMemo';
import { loadScenarios } from '../../../src/scenarios/load/loadScenarios';
import { runScenarios } from '../../../src/scenarios/runScenarios';
import { writeSmallPolicy } from '../../policy/smallPolicy';
import { learn } from '../../support/classifier';

const remembered = 'scenario-messages.json';
const kept = () => path.join(place, 'proven-policies.json');

let stateDir: string;
/** The state folder of one test. */
let place: string;
let folder: string;
let store: PolicyStore;
/** Another policy, published earlier. */
let before: string;

beforeAll(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-proven-'));
  const first = path.join(stateDir, 'first');
  await writeSmallPolicy(first);
  await expectRule(first, 'which-order');
  const policy = await loadPolicy(first);
  const { intents } = policy;
  // As an earlier `deskhand policy test` leaves it: what the one message was understood as.
  const memo = await openClassificationMemo({
    file: path.join(stateDir, remembered),
    intents,
    classifier: await classifierIdentity(),
    open: () => learn('small', intents),
  });
  await runScenarios(await loadScenarios(first, policy), { policy, classify: memo.classify });
  await memo.save();
});
afterAll(() => rm(stateDir, { recursive: true, force: true }));

beforeEach(async () => {
  place = await mkdtemp(path.join(stateDir, 'case-'));
  await copyFile(path.join(stateDir, remembered), path.join(place, remembered));
  [folder, before] = [path.join(place, 'acme'), path.join(place, 'before')];
  store = openPolicyStore(path.join(place, 'store'));
  await writeSmallPolicy(folder);
  await writeSmallPolicy(before, { 'policy.yaml': (text) => text.replace('Bean Club', 'Bean Pot') });
});

async function expectRule(at: string, rule: string): Promise<void> {
  const steps = ['      - customer says: Where is my order?', `      - expect: { rule: ${rule} }`];
  const scenario = ['scenarios:', '  - scenario: Nobody has ordered', '    steps:', ...steps, ''];
  await mkdir(path.join(at, 'scenarios'), { recursive: true });
  await writeFile(path.join(at, 'scenarios/orders.yaml'), scenario.join('\n'));
}

async function start(): Promise<{ version: string; said: readonly string[] }> {
  const said: string[] = [];
  const prove = (policy: Parameters<typeof proveByScenarios>[1]) => proveByScenarios(folder, policy, place);
  const { version } = await startFromFolder(store, folder, (message) => said.push(message), prove);
  return { version, said };
}

/** What `deskhand up` says before it starts anything. */
async function up(): Promise<readonly string[]> {
  const said: string[] = [];
  const settings = readEngineSettings({
    DESKHAND_STATE_DIR: place,
    DESKHAND_POLICY: folder,
    DESKHAND_POLICY_STORE: store.folder,
  });
  await checkAccounts(settings, (line) => said.push(line));
  return said;
}

const fails =
  /fails 1 of its 1 scenarios, and does not come into force:\n {2}- scenarios\/orders.yaml:\d+:\d+ Nobody has ordered\n/;

test('where its scenarios fail and nothing is in force, nothing starts, and both say the mend', async () => {
  await expectRule(folder, 'on-its-way');
  const refused = await start().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UnprovenPolicyError);
  expect(String(refused)).toMatch(fails);
  expect(String(refused)).toContain(`\`deskhand policy test ${folder}\``);
  expect(String(refused)).toContain(`\`deskhand policy publish ${folder} --no-test\``);
  expect(await store.history()).toEqual([]);
  const told = await up().catch((error: unknown) => error);
  expect(told).toBeInstanceOf(CommandError);
  expect(String(told)).toMatch(fails);
});

test('what is in force stays, and both say so', async () => {
  const { version } = await store.keep(before);
  await store.bringIntoForce({ version, by: 'maria', folder: before });
  await expectRule(folder, 'on-its-way');
  const started = await start();
  expect(started).toEqual({ version, said: [expect.stringMatching(fails)] });
  expect(started.said[0]).toMatch(new RegExp(`\n${version}, the policy in force, stays`));
  expect((await up()).join('\n')).toMatch(new RegExp(`\n${version}, the policy in force, stays\\.`));
  expect(await store.history()).toHaveLength(1);
});

test('published as it is with --no-test, it is taken as decided', async () => {
  await expectRule(folder, 'on-its-way');
  const { version } = await store.keep(folder);
  await store.bringIntoForce({ version, by: 'maria', folder });
  expect(await start()).toEqual({ version, said: [] });
  expect((await up()).join('\n')).not.toContain('scenarios');
});

test('once they pass it comes into force, and the next start does not run them again', async () => {
  await expectRule(folder, 'which-order');
  expect(await up()).toEqual([`Policy: the scenarios of ${folder} run before it comes into force ...`]);
  const { version, said } = await start();
  expect(said).toEqual([]);
  expect(await store.history()).toMatchObject([{ version, by: 'a worker that started' }]);
  await expectRule(folder, 'on-its-way');
  expect((await start()).version).toBe(version);
});

test('a mistake in the scenarios is told where it stands', async () => {
  await expectRule(folder, 'which-order');
  await writeFile(path.join(folder, 'scenarios/orders.yaml'), 'scenarioz: []\n');
  await expect(start()).rejects.toThrow(/scenarios\/orders\.yaml:1:1 /);
  await expect(up()).rejects.toThrow(/scenarios\/orders\.yaml:1:1 /);
});

test('one without scenarios starts as ever', async () => {
  expect((await start()).said).toEqual([]);
});

test('what `deskhand up` has played, its worker does not play again', async () => {
  await expectRule(folder, 'which-order');
  const policy = await loadPolicy(folder);
  expect(await isToBeProven(folder, policy, place)).toBe(true);
  await proveByScenarios(folder, policy, place);
  expect(await isToBeProven(folder, policy, place)).toBe(false);
  // To another Deskhand it is no proof.
  const proofs = await readFile(kept(), 'utf8');
  await writeFile(kept(), proofs.replace(deskhandVersion(), '0.0.1'));
  expect(await isToBeProven(folder, policy, place)).toBe(true);
  await writeFile(kept(), proofs);
  // Another scenario is another proof, and so is another version.
  expect(await isToBeProven(folder, { version: 'p-000000000000' }, place)).toBe(true);
  await expectRule(folder, 'on-its-way');
  expect(await isToBeProven(folder, policy, place)).toBe(true);
  await expect(proveByScenarios(folder, policy, place)).rejects.toThrow(UnprovenPolicyError);
  expect(await isToBeProven(folder, policy, place)).toBe(true);
});

test.each(['half of a list: [', '{}', ''])(
  'a damaged memory of proofs (%j) costs another run',
  async (text) => {
    await expectRule(folder, 'which-order');
    await writeFile(kept(), text);
    const policy = await loadPolicy(folder);
    await proveByScenarios(folder, policy, place);
    expect(await isToBeProven(folder, policy, place)).toBe(false);
  },
);

test('what comes with Deskhand was proven by its tests, and waits only where its scenarios are other ones', async () => {
  await cp(path.resolve('policies/demo-shop'), folder, { recursive: true });
  const policy = await loadPolicy(folder);
  expect(shippedProofs).toContain(await proofOf(folder, policy));
  expect(await isToBeProven(folder, policy, place)).toBe(false);
  await expectRule(folder, 'on-its-way');
  expect(await isToBeProven(folder, policy, place)).toBe(true);
});
