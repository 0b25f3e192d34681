/** The demo policy, with a rule in front that asks for a yes and then refunds; and orders that it may refund. */
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Order } from '../../src/orders/port';
import { ana } from './deskhand';
import { repository } from './testRun';

export const price = 4_800;
export const asks = 'Shall I send EUR 48.00 back to you?';
export const tells = 'I have refunded your order';
export const declined = 'Then nothing is sent back.';

const rule = `
    - rule: refund-on-yes
      why: A delivered order may be refunded once the customer confirms.
      when: order.found && order.status == "delivered"
      then:
        - confirm: { with: refund-ask, declined: refund-declined, at-most: 2 }
        - order: { refund: { what: whole, at-most: { EUR: 5000 } } }
        - reply: refund-told
`;
const templates = `
refund-ask: ${asks} Please answer yes or no.
refund-declined: ${declined}
refund-told: ${tells}.
`;

/** @param limits - the policy's `limits:`, in YAML; they are wide unless a test is about them. */
export async function writeRefundPolicy(
  folder: string,
  limits = '{ refunds: { per-customer: { within: 30d, count: 1000 }, per-day: { EUR: 100000000 } } }',
): Promise<void> {
  const edit = async (name: string, change: (text: string) => string): Promise<void> => {
    const file = path.join(folder, name);
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  // Its conversations are those of the rules as they were: they would keep it out of force.
  const filter = (file: string): boolean => path.basename(file) !== 'scenarios';
  await cp(path.join(repository, 'policies/demo-shop'), folder, { recursive: true, filter });
  await edit('policy.yaml', (text) =>
    text
      .replace(/(settle|fragment)-window: [^\s,]+/g, '$1-window: 100ms')
      .replace(/^limits:\n(?: .*\n)*/m, ''),
  );
  await appendFile(path.join(folder, 'policy.yaml'), `\nlimits: ${limits}\n`);
  await edit('rules.yaml', (text) => text.replace(/^ {2}return_refund:\n/m, (key) => `${key}${rule}`));
  await appendFile(path.join(folder, 'templates/en.yaml'), templates);
}

/** A delivered order of Ana's, or of somebody else. */
export function mugs(number: number, customerEmail = ana.email): Order {
  return {
    number: String(number),
    status: 'delivered',
    customerEmail,
    postalCode: '1050',
    placedOn: '2026-10-01',
    items: [{ line: '1', name: 'Stoneware mug', quantity: 4, price: { minor: 1_200, currency: 'EUR' } }],
    shipments: [],
    total: { minor: price, currency: 'EUR' },
    refund: null,
  };
}
