/** What docs/getting-started.md tells of the demo customers is what the demo shop holds. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoCustomers, demoOrders } from '../../src/orders/demoOrders';
import { repository } from '../support/testRun';

const page = readFileSync(path.join(repository, 'docs/getting-started.md'), 'utf8');
const rowOf = (email: string): string =>
  page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${email}\``)) ?? '';

it.each(demoCustomers.map(({ name, email }) => [name, email] as const))(
  '%s has a row, with every order',
  (name, email) => {
    const row = rowOf(email);
    expect(row).toContain(name);
    const told = [...row.matchAll(/\b\d{5}\b/g)].map(([number]) => number).sort();
    const held = demoOrders(Date.now())
      .filter(({ customerEmail }) => customerEmail === email)
      .map(({ number }) => number)
      .sort();
    expect(told).toEqual(held);
  },
);

it.each([
  ['ana@example.com', 'due in 2 days'],
  ['ana@example.com', 'delivered 36 days ago'],
  ['ben@example.com', 'due in 5 days'],
  ['carla@example.com', 'due tomorrow'],
  ['dmitri@example.com', 'due 4 days ago'],
  ['emma@example.com', 'refunded 18 days ago'],
  ['emma@example.com', 'delivered 25 days ago'],
  ['emma@example.com', 'refunded 3 days ago'],
])("%s: '%s' is what the orders say", (email, words) => {
  const today = Date.UTC(2026, 0, 15);
  const days = demoOrders(today)
    .filter(({ customerEmail }) => customerEmail === email)
    .flatMap(({ shipments, refund }) => [
      ...shipments.flatMap(({ expectedOn, deliveredOn }) => [expectedOn, deliveredOn]),
      refund?.on ?? null,
    ])
    .filter((day) => day !== null)
    .map((day) => Math.round((Date.parse(day) - today) / 86_400_000));
  const amount = Number(/\d+/.exec(words)?.[0] ?? 1);
  expect(rowOf(email)).toContain(words);
  expect(days).toContain(words.endsWith('ago') ? -amount : amount);
});
