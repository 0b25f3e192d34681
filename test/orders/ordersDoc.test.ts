/** The example in docs/orders.md is a file the demo shop takes. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDemoShop } from '../../src/orders/demoShop';
import { order } from '../../src/orders/schemas';

test('the orders of docs/orders.md are orders, of the file and of the contract', async () => {
  const text = await readFile(path.resolve('docs/orders.md'), 'utf8');
  const [, example = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-shop-'));
  try {
    const file = path.join(folder, 'orders.json');
    await writeFile(file, example);
    const found = await openDemoShop({ file, clock: Date.now }).findByNumber(
      '48213',
      new AbortController().signal,
    );
    expect(found).toMatchObject({ number: '48213', status: 'delivered' });
    expect(order.safeParse(found).success).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
