/**
 * A process of its own that gives one cent back at a time, as a worker would: `tsx shopProcess.ts FILE NAME COUNT`.
 * Tells each key on a line when the shop has answered.
 */
import { openDemoShop } from '../../src/orders/demoShop';

async function main(): Promise<void> {
  const [file = '', name = '', count = '0'] = process.argv.slice(2);
  const shop = openDemoShop({ file, clock: Date.now });
  for (let index = 0; index < Number(count); index += 1) {
    const key = `${name}/${index}`;
    const cent = { minor: 1, currency: 'EUR' };
    const action = { type: 'refund', order: '47001', amount: cent, lines: [] } as const;
    const outcome = await shop.act(action, key, new AbortController().signal);
    process.stdout.write(`${outcome.type} ${key}\n`);
  }
}

void main();
