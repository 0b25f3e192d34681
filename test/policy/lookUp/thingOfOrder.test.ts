/** What was bought as evidence of what is asked: only of their own orders, and only where nothing else was said. */
import { consult, line, order, type Said } from '../support';

const mugs = order({ number: '48213', items: [line('Stoneware mug', 4), line('Blue scarf', 1, 2_000, '2')] });
const lamp = order({ number: '51877', status: 'processing', shipments: [], items: [line('Desk lamp')] });

function asks(thing: string, change: Said = {}): Said {
  const sought = { thing, intent: 'order_status', confidence: 0.97 };
  return { text: `Where is my ${thing}?`, intent: null, confidence: 0.2, sought, ...change };
}

test('the order with that thing is meant, and no other of theirs', async () => {
  const plan = await consult(asks('mugs'), lamp, mugs);
  expect(plan).toMatchObject({ intent: 'order_status', rule: 'order-in-transit', confidence: 0.97 });
  expect(plan.facts[0]).toMatchObject({ order: { number: '48213' } });
  // The customer has told no number.
  expect(plan.dialogue.slots['order-number']).toBeUndefined();
  expect((await consult(asks('desk lamp'), lamp, mugs)).facts[0]).toMatchObject({
    order: { number: '51877' },
  });
});

test('of several with that thing the customer is asked, as ever', async () => {
  const plan = await consult(asks('scarf'), mugs, order({ ...mugs, number: '50001' }));
  expect(plan).toMatchObject({ intent: 'order_status', rule: 'which-order' });
});

test.each<[string, Said]>([
  ['nobody bought it', asks('kettle')],
  ['only a part of what was said is bought: "the scarf made", "the mug returned"', asks('scarf made')],
  ['somebody else bought it', asks('mugs', { email: 'tom@mail.example' })],
  ['the sender is not proven', asks('mugs', { trusted: false })],
  ['the desk knows no address', asks('mugs', { email: null })],
  [
    'the policy has no such intent',
    asks('mugs', { sought: { thing: 'mugs', intent: 'gone', confidence: 1 } }),
  ],
])('nothing is made of it where %s', async (_why, said) => {
  const plan = await consult(said, mugs, lamp);
  expect(plan.intent).toBeNull();
  expect(JSON.stringify(plan.actions)).not.toContain('48213');
});

test('a message that was understood by itself, or names an order, is about what it says', async () => {
  expect((await consult(asks('mugs', { intent: 'invoice', confidence: 0.8 }), mugs)).intent).toBe('invoice');
  const other = await consult(asks('mugs', { numbers: ['51877'] }), mugs, lamp);
  expect(other.intent).toBeNull();
});
