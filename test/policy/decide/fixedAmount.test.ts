/** A rule that gives back an amount named in the policy: goodwill of EUR 5.00. What it cannot give, a person sees. */
import type { Plan } from '../../../src/core/policy/plan';
import type { Allowances, Order } from '../../../src/orders/port';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { smallPolicy } from '../smallPolicy';
import { handOffOf, inputOf, noteOf, order, replyOf, shopOf, type Said } from '../support';

let policy: LoadedPolicy;
beforeAll(async () => {
  policy = await smallPolicy({
    'policy.yaml': (text) => `${text}limits: { refunds: { per-day: { EUR: 50000, USD: 50000 } } }\n`,
    'rules.yaml': (text) =>
      text.replace(
        'refund: { what: whole, at-most: { EUR: 5000 } }',
        'refund: { amount: { EUR: 500, USD: 600 } }',
      ),
    'templates/en.yaml': (text) =>
      text.replace(
        'Your money is on its way back.',
        '"{{ deed.amount | money: deed.currency }} are on their way."',
      ),
  });
});

const late = (change: Partial<Order> = {}) => order({ number: '48213', status: 'in-transit', ...change });
const dollars = (minor: number) => ({ minor, currency: 'USD' });
const euros = (minor: number) => ({ minor, currency: 'EUR' });

function consult(bought: Order, left: number | null = null, said: Said = {}): Promise<Plan> {
  const allowances: Pick<Allowances, 'left'> = { left: () => Promise.resolve(left) };
  const processor = createPolicyProcessor(policy, shopOf(bought), { allowances });
  const input = inputOf({ intent: 'refund', numbers: ['48213'], text: 'refund 48213', ...said });
  return processor.consult(input, new AbortController().signal);
}

const deedOf = ({ actions }: Plan) => actions.find(({ type }) => type === 'order-action');
/** Why the rule did not apply, in the decision's record. */
const whyNot = ({ trace }: Plan) => trace.find(({ rule }) => rule === 'refund-small')?.why;

test('it goes back, and the customer reads how much', async () => {
  const plan = await consult(late());
  expect(deedOf(plan)).toEqual({
    type: 'order-action',
    action: { type: 'refund', order: '48213', amount: euros(500), lines: [] },
  });
  expect(replyOf(plan).text).toContain('€5.00 are on their way.');
});

test('in the currency of the order', async () => {
  const plan = await consult(late({ total: dollars(9_000) }));
  expect(deedOf(plan)).toMatchObject({ action: { amount: dollars(600) } });
});

test.each<[string, Partial<Order>, number | null, string]>([
  [
    'an order in another currency',
    { total: { minor: 900_000, currency: 'JPY' } },
    null,
    'it gives EUR 5.00 or USD 6.00, and the order was paid in JPY',
  ],
  [
    'an order of which less is left',
    { total: euros(5_000), refund: { amount: euros(4_501), on: '2026-11-20' } },
    null,
    'it gives EUR 5.00, and only EUR 4.99 may be given still',
  ],
  [
    'an order of which something went back in another currency: what is left cannot be counted',
    { total: euros(5_000), refund: { amount: dollars(100), on: '2026-11-20' } },
    null,
    'does not allow to refund it',
  ],
  [
    'a customer who got as much as the limits allow',
    {},
    499,
    'the limits over all tickets leave EUR 4.99, and this is EUR 5.00',
  ],
  ['a currency that the limits do not name', {}, 0, 'the limits over all tickets leave EUR 0.00'],
])('a person has %s', async (_what, change, left, why) => {
  const plan = await consult(late(change), left);
  expect(deedOf(plan)).toBeUndefined();
  expect(handOffOf(plan)).not.toBeNull();
  expect(whyNot(plan)).toContain(why);
  expect(noteOf(plan)).toMatch(/^Could not be done by rule refund-small: .+\.$/m);
  expect(noteOf(plan)).toContain(why);
});

test('what the limits leave exactly is given', async () => {
  expect(deedOf(await consult(late(), 500))).toBeDefined();
});
