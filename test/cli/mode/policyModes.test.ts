/** The switch beside the policies in force: what both come to, and which intents can be held back. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { intentRefusal, readPoliciesInForce, switchText } from '../../../src/cli/mode/policyModes';
import { readSettings, type Settings } from '../../../src/config/settings';
import { nothingSwitched, switchMode } from '../../../src/core/modes/modeSwitch';
import { openPolicyStore, policyStoreOf, type PolicyStore } from '../../../src/policy/store/policyStore';
import { writeSmallPolicy } from '../../policy/smallPolicy';

let folder: string;
/** Nobody has published anything there. */
let empty: Settings;
let one: Settings;
/** With a policy for the brand Kids. */
let two: Settings;

const draftForAll = switchMode(
  nothingSwitched,
  { mode: 'draft', intent: null, by: 'maria', reason: null },
  Date.UTC(2026, 10, 25, 10),
);

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-modes-'));
  const [company, kids] = [path.join(folder, 'company'), path.join(folder, 'kids')];
  await writeSmallPolicy(company);
  await writeSmallPolicy(kids, { 'policy.yaml': (text) => `${text}\nmode: { default: off }\n` });
  const settingsOf = (stateDir: string, brands = {}): Settings =>
    readSettings({ DESKHAND_STATE_DIR: path.join(folder, stateDir), DESKHAND_POLICY: company, ...brands });
  empty = settingsOf('empty');
  one = settingsOf('one');
  two = settingsOf('two', { DESKHAND_BRANDS: `Kids=${kids}` });
  await publish(openPolicyStore(one.policyStoreDir), company);
  cpSync(one.policyStoreDir, two.policyStoreDir, { recursive: true });
  await publish(policyStoreOf(two.policyStoreDir, 'kids'), kids);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publish(store: PolicyStore, from: string): Promise<void> {
  const { version } = await store.keep(from);
  await store.bringIntoForce({ version, by: 'maria', folder: from });
}

const shown = async (settings: Settings): Promise<string> =>
  switchText(draftForAll, await readPoliciesInForce(settings));

test('of one policy, what it and the switch come to', async () => {
  expect(await shown(one)).toMatch(
    /^draft: [^]*\ncompany +draft +auto +draft, by maria 2026-11-25 10:00 UTC\n/,
  );
  expect(await shown(one)).not.toContain('Policy ');
});

test('of several policies, each by its name: the stricter one holds there', async () => {
  const text = await shown(two);
  expect(text).toMatch(
    /^Policy default\ndraft: [^]*\n\nPolicy kids\noff: [^]*company +off +off +draft, by maria/,
  );
  expect(text).toMatch(/The switch is the account's, for all its brands/);
});

test('where nothing was published yet, the switch is told all the same', async () => {
  expect(await shown(empty)).toMatch(/company +draft +\? +draft, by maria[^]*no version is in the store/);
});

test('an intent that no policy in force has cannot be held back, and the nearest is named', async () => {
  expect(await intentRefusal(one, 'order_statu')).toMatch(
    /^The policy in force, p-[0-9a-f]{12}, has no intent "order_statu"\. Did you mean "order_status"\? It has .*"order_status"/,
  );
  expect(await intentRefusal(two, 'refnd')).toMatch(
    /^None of the policies in force, p-\w+, p-\w+, has an intent/,
  );
});

test('one that a policy has can, and so can any where the policies cannot be read from here', async () => {
  expect(await intentRefusal(one, 'order_status')).toBeNull();
  expect(await intentRefusal(two, 'order_status')).toBeNull();
  expect(await intentRefusal(empty, 'anything')).toBeNull();
});
