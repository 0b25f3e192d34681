/** What docs/getting-started.md tells of the demo customers is what the demo shop holds. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoCustomers, demoOrders } from '../../src/orders/demoOrders';
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../src/policy/processor';
import { inputOf, replyOf, shopOf } from '../policy/support';
import { demoClassifier } from '../support/classifier';
import { demoPolicy } from '../support/embeddings';
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

describe('what the page says to try', () => {
  /** As a customer of the demo shop, in a first message, to everything that answers one. */
  async function answerTo(email: string, text: string): Promise<string> {
    const [policy, classifier] = await Promise.all([loadPolicy(demoPolicy), demoClassifier()]);
    const words = { text, subject: '', attachmentNames: [] };
    const { signal } = new AbortController();
    const classification = await classifier.classify({ words, locale: 'en-US', question: null }, signal);
    const name = demoCustomers.find((customer) => customer.email === email)?.name ?? '';
    const asked = inputOf({ text, email, name });
    const processor = createPolicyProcessor(policy, shopOf(...demoOrders(asked.now)));
    const plan = await processor.consult({ ...asked, words, classification }, signal);
    return `${plan.rule}: ${replyOf(plan).text}`;
  }

  it.each([
    ['ana@example.com', 'Where is my order?', /^order-in-transit: .*48213 is on its way/s],
    ['ben@example.com', 'Where is my order?', /^which-order: .*51877.*51340/s],
    [
      'carla@example.com',
      'Where are the mugs I ordered?',
      /^order-partly-shipped: .*50926.*Kettle: on the way.*mug: still being prepared/s,
    ],
    ['dmitri@example.com', 'My order is late!', /^order-late: .*49555 is late/s],
    ['emma@example.com', 'Where is my refund?', /^which-order: .*46210.*45118/s],
  ])('%s asks "%s", and it is understood', async (email, text, answer) => {
    expect(rowOf(email)).toContain(`"${text}"`);
    expect(await answerTo(email, text)).toMatch(answer);
  });

  it('is all tried here', () => {
    const quoted = demoCustomers.flatMap(({ email }) => [...rowOf(email).matchAll(/"([^"]+)"/g)]);
    expect(quoted).toHaveLength(5);
  });
});
