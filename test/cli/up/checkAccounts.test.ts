/** What `deskhand up` finds before it starts: one account that cannot be served is told, and keeps no other waiting. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { demoPolicyOfRealDesk } from '../../../src/cli/engine/demoPolicyOfRealDesk';
import { shippedProofs } from '../../../src/cli/engine/provenPolicy';
import { checkAccounts } from '../../../src/cli/up/checkAccounts';
import { readEngineSettings } from '../../../src/config/settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-check-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const demoShop = path.resolve('policies/demo-shop');

async function check(...policies: readonly string[]) {
  const file = path.join(folder, 'accounts.yaml');
  const accounts = policies.map(
    (policy, index) =>
      `  - { name: shop-${index + 1}, desk: freshdesk, address: https://shop-${index + 1}.freshdesk.com/api/v2, apiKey: { env: KEY }, policy: ${policy} }`,
  );
  writeFileSync(file, `accounts:\n${accounts.join('\n')}\n`);
  const settings = readEngineSettings({ DESKHAND_ACCOUNTS: file, DESKHAND_STATE_DIR: folder, KEY: 'a-key' });
  const said: string[] = [];
  const checked = await checkAccounts(settings, (line) => said.push(line));
  return { served: [...checked.keys()].map(({ account }) => account), said };
}

test('the one whose policy is gone is named, and the other is served', async () => {
  const { served, said } = await check('nowhere', demoShop);
  expect(served).toEqual(['shop-2']);
  expect(said.join('\n')).toMatch(
    /^freshdesk\/shop-1: not served until it is mended\. The policy in .*nowhere has one mistake/m,
  );
  expect(said.join('\n')).toMatch(/^freshdesk\/shop-2: Mail: no codes are mailed/m);
  expect(said.join('\n')).toMatch(
    /^freshdesk\/shop-2: Policy: customers are answered with .* a demo shop, /m,
  );
});

test("a desk of one's own, and that alone, is told that a demo shop's policy answers its customers", () => {
  const [shipped = ''] = shippedProofs.map((proof) => proof.split(' ')[0]);
  const ofDesk = (env: Record<string, string>, version = shipped) =>
    demoPolicyOfRealDesk(readEngineSettings(env).accounts[0], version);
  const ours = { FRESHDESK_API_URL: 'https://acme.freshdesk.com/api/v2', FRESHDESK_API_KEY: 'a-key' };
  expect(ofDesk(ours)).toMatch(/demo shop.*set DESKHAND_POLICY.*"mode: \{ default: shadow \}"/);
  expect(ofDesk({})).toBeNull();
  expect(ofDesk(ours, 'p-3f2a91c07b4e')).toBeNull();
});

test('each policy of an account is told with its version and its brands', async () => {
  const settings = readEngineSettings({
    DESKHAND_STATE_DIR: folder,
    DESKHAND_BRANDS: 'Kids=policies/coffee-club, Teens=policies/coffee-club',
  });
  const policies = [...(await checkAccounts(settings, () => undefined)).values()].flat();
  expect(policies).toMatchObject([
    { name: undefined, brands: [] },
    { name: 'coffee-club', brands: ['Kids', 'Teens'] },
  ]);
  expect(new Set(policies.map(({ version }) => version)).size).toBe(2);
});

test('where none can be served, nothing is started', async () => {
  await expect(check('nowhere', 'neither-here')).rejects.toThrow(/The policy in .*nowhere has one mistake/);
});
