/** The demo shop: the same complaint on two tickets, both asked before either was paid, pays once. */
import { describeOrderAction } from '../../../src/core/orders/orderAction';
import type { Order } from '../../../src/orders/port';
import type { Plan } from '../../../src/core/policy/plan';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { asked, demo, handOffOf, inputOf, line, noteOf, order, shopOf } from '../support';

const mugs = order({
  status: 'delivered',
  items: [line('Stoneware mug', 4, 1_200)],
  total: { minor: 4_800, currency: 'EUR' },
});
const refund = {
  type: 'refund',
  order: '48213',
  amount: { minor: 1_200, currency: 'EUR' },
  lines: [{ line: '1', quantity: 1 }],
} as const;
const yes = {
  text: 'Yes please',
  intent: null,
  confidence: 0.1,
  signals: ['affirms'],
  dialogue: {
    questions: [
      asked({
        kind: 'confirm',
        slot: 'confirmation',
        intent: 'return_refund',
        rule: 'refund-faulty-item',
        order: '48213',
        text: 'Shall I refund EUR 12.00?',
        actions: [refund],
      }),
    ],
    slots: {
      'order-number': { value: '48213', from: 'said', commentId: '1' },
      item: { value: 'Stoneware mug', from: 'said', commentId: '1' },
      pieces: { value: '1', from: 'said', commentId: '1' },
      reason: { value: 'the mug arrived broken', from: 'said', commentId: '1' },
    },
    mismatches: 0,
  },
} as const;
const deeds = (plan: Plan) =>
  plan.actions.flatMap((action) =>
    action.type === 'order-action' ? [describeOrderAction(action.action)] : [],
  );
const refunded = (on: string) => ({
  ...mugs,
  items: [{ ...line('Stoneware mug', 4, 1_200), refunded: 1 }],
  refund: { amount: refund.amount, on },
});

/** The tag keeps that something is broken. */
async function consultOn(found: Order): Promise<Plan> {
  const processor = createPolicyProcessor(await demo(), shopOf(found));
  return processor.consult({ ...inputOf(yes), tags: ['goods_faulty'] }, new AbortController().signal);
}

test('the first yes pays', async () => {
  expect(deeds(await consultOn(mugs))).toEqual(['refund EUR 12.00 on order 48213 (1 of line 1)']);
});

test.each(['2026-11-25', '2026-11-24'])(
  'the second, after money went back on %s, is for a person',
  async (on) => {
    const plan = await consultOn(refunded(on));
    expect(deeds(plan)).toEqual([]);
    expect(plan.rule).toBe('refund-again');
    expect(handOffOf(plan)).toEqual({ reason: 'policy', group: 'Support' });
    expect(noteOf(plan)).toContain('Money went back for this order today or yesterday.');
  },
);

test('what went back days ago stops nothing', async () => {
  expect(deeds(await consultOn(refunded('2026-11-22')))).toHaveLength(1);
});
