import { whyLines } from '../../../src/cli/ticket/whyLines';
import { unlimited } from '../../../src/policy/lookUp/leftToGive';

const decision = {
  at: Date.UTC(2026, 10, 25, 10, 20, 30),
  policyVersion: 'p-000000000001',
  rule: 'order-in-transit',
  intent: 'order_status',
  confidence: 0.994,
  trace: [
    { rule: 'order-late', matched: false, why: 'order.late is false' },
    { rule: 'order-in-transit', matched: true, why: 'order.status is "in-transit"' },
  ],
  facts: [{ 'limits.left': unlimited, 'order.total': 4_900, signals: ['anger', 'legal'] }],
};

test('a decision is told with its rules in order and its facts', () => {
  const told = whyLines({ policyVersion: 'p-000000000001', decision }).join('\n');
  expect(told).toContain('Decided    2026-11-25 10:20:30 UTC');
  expect(told).toContain('Understood order_status (99 %)');
  expect(told).toMatch(
    /no {3}order-late: order\.late is false\n {2}yes {2}order-in-transit: order\.status is/,
  );
  expect(told).toMatch(/order\.total +4900\n/);
  expect(told).toMatch(/signals +anger, legal\n/);
});

test('of an answer to our question it is not told how sure the classifier is of such words alone', () => {
  const continued = { ...decision, confidence: 1, facts: [{ 'question.continued': true }] };
  const told = whyLines({ policyVersion: null, decision: continued }).join('\n');
  expect(told).toContain('Understood order_status (the customer goes on with our question)');
});

test('no limit is said in words, and not as the number that stands for it', () => {
  const told = whyLines({ policyVersion: null, decision }).join('\n');
  expect(told).toMatch(/limits\.left +no limit\n/);
  expect(told).not.toContain(String(unlimited));
});

test('before the first decision there is nothing but the version', () => {
  expect(whyLines({ policyVersion: 'p-000000000001', decision: null })).toEqual([
    'Nothing has been decided yet.',
    'The conversation goes on under policy p-000000000001.',
  ]);
});
