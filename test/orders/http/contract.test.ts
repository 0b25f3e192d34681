/** docs/shop-api.openapi.yaml says what the code does: `UPDATE_SHOP_API=1 npx jest test/orders/http/contract`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { describeContract } from '../../../src/orders/http/describeContract';

const file = path.resolve('docs/shop-api.openapi.yaml');

test('the OpenAPI document is current', async () => {
  const current = await describeContract();
  if (process.env['UPDATE_SHOP_API'] === '1') await writeFile(file, current);
  expect(await readFile(file, 'utf8')).toBe(current);
});

test('every reference in it leads somewhere, and every schema is used', async () => {
  const text = await readFile(file, 'utf8');
  const { components } = parse(text) as { components: { schemas: Record<string, unknown> } };
  const used = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
  expect([...used].sort()).toEqual(Object.keys(components.schemas).sort());
});
