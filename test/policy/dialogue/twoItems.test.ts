/** Two items named in one answer go back together, where nobody need say how many pieces of each. */
import type { Order } from '../../../src/orders/port';
import { converse, line, noteOf, order, parcel, questionOf, replyOf, type Turn } from '../support';

const items = [line('Stoneware mug', 1, 1_200), line('Blue scarf', 1, 2_000, '2'), line('Lamp', 1, 900, '3')];
const delivered = (change: Partial<Order> = {}): Order =>
  order({
    status: 'delivered',
    shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })],
    items,
    total: { minor: 4_100, currency: 'EUR' },
    ...change,
  });
const broken = (bought: Order): Turn => ({
  text: 'Something in my order 48213 arrived broken, I want my money back',
  numbers: ['48213'],
  intent: 'return_refund',
  signals: ['faulty-goods'],
  orders: [bought],
});
const says = (text: string, bought: Order, change: Partial<Turn> = {}): Turn => ({
  text,
  intent: null,
  // The ticket has a tag that says so, which nobody puts on it here.
  signals: ['faulty-goods'],
  orders: [bought],
  commentId: `the comment: ${text}`,
  ...change,
});
const torn = 'They are torn';

/** What is proposed after the last of these. */
async function proposed(bought: Order, ...said: readonly string[]) {
  const plans = await converse(broken(bought), ...said.map((text) => says(text, bought)));
  return { actions: questionOf(plans.at(-1))?.actions, plan: plans.at(-1) };
}

const refund = (minor: number, ...lines: readonly string[]) => ({
  type: 'refund',
  order: '48213',
  amount: { minor, currency: 'EUR' },
  lines: lines.map((id) => ({ line: id, quantity: 1 })),
});

test('the mug and the blue scarf: both are proposed, with what they cost together, and nothing is asked in between', async () => {
  const { actions, plan } = await proposed(delivered(), 'the mug and the blue scarf', torn);
  expect(actions).toEqual([refund(3_200, '1', '2')]);
  expect(plan === undefined ? '' : replyOf(plan).text).toMatch(/€32\.00 for the Stoneware mug, Blue scarf/);
  expect(plan === undefined ? '' : noteOf(plan)).toContain('item Stoneware mug, Blue scarf (said)');
});

test('a yes does exactly that', async () => {
  const bought = delivered();
  const [, , , last] = await converse(
    broken(bought),
    says('the mug and the blue scarf', bought),
    says(torn, bought),
    says('yes please', bought, { signals: ['faulty-goods', 'affirms'] }),
  );
  expect(last?.actions).toContainEqual({ type: 'order-action', action: refund(3_200, '1', '2') });
});

test.each([
  ['only the scarf', refund(2_000, '2')],
  ['no, the mug and the lamp', refund(2_100, '1', '3')],
])('to the proposal, %j is a correction', async (text, corrected) => {
  const { actions } = await proposed(delivered(), 'the mug and the blue scarf', torn, text);
  expect(actions).toEqual([corrected]);
});

test('one that was proposed becomes two', async () => {
  const { actions } = await proposed(delivered(), 'the mug', torn, 'no, the mug and the blue scarf');
  expect(actions).toEqual([refund(3_200, '1', '2')]);
});

test('together they are within the rule’s limit, and never more than is left of the order', async () => {
  const dear = delivered({
    items: [line('Stoneware mug', 1, 3_000), line('Blue scarf', 1, 2_001, '2'), line('Lamp', 1, 900, '3')],
    total: { minor: 5_901, currency: 'EUR' },
  });
  const over = await proposed(dear, 'the mug and the blue scarf', torn);
  expect(over.actions).toBeUndefined();
  const discounted = delivered({ total: { minor: 2_500, currency: 'EUR' } });
  const { actions } = await proposed(discounted, 'the mug and the blue scarf', torn);
  expect(actions).toEqual([refund(2_500, '1', '2')]);
});

test.each<[string, readonly Order['items'][number][]]>([
  ['of one there are two', [line('Stoneware mug', 2, 600), ...items.slice(1)]],
  ['one went back before', [{ ...line('Stoneware mug', 1, 1_200), refunded: 1 }, ...items.slice(1)]],
  ['two lines have its name', [...items, line('Blue scarf', 1, 2_000, '4')]],
])('a person decides where %s', async (_why, bought) => {
  const { actions, plan } = await proposed(delivered({ items: bought }), 'the mug and the blue scarf');
  expect(actions ?? []).toEqual([]);
  expect(plan?.actions.map(({ type }) => type)).toContain('hand-off');
});
