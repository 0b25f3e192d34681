/** A file of orders that somebody has broken is told at the start, in the terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { brokenOrders } from '../../../src/cli/up/checkOrders';
import { readSettings } from '../../../src/config/settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-orders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const look = () => brokenOrders(readSettings({ DESKHAND_STATE_DIR: folder }));

it('one that is there, or is made, is no news', async () => {
  expect(await look()).toBeNull();
  expect(await look()).toBeNull();
});

it.each([
  ['is no JSON', '{\n  "orders": [ }', /orders\.json:2:\d+ is not JSON\. Mend it, or delete the file/],
  ['has other fields', '{"orders": [{"number": 7}]}', /orders\.json: orders\.0\./],
])('one that %s is named, with the place', async (_what, content, said) => {
  writeFileSync(path.join(folder, 'orders.json'), content);
  expect(await look()).toMatch(said);
});

it("another shop's orders are its own", async () => {
  writeFileSync(path.join(folder, 'orders.json'), 'broken');
  const shop = { SHOP_API_URL: 'https://shop.example/api', SHOP_API_TOKEN: 'token' };
  expect(await brokenOrders(readSettings({ DESKHAND_STATE_DIR: folder, ...shop }))).toBeNull();
});
