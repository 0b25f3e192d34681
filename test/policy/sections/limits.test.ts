/** `limits:` of policy.yaml: what may be given away over all tickets. */
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { mistakesOf, withoutKey, withPolicy } from '../support';

const withLimits = (limits: string) => ({
  'policy.yaml': (text: string) => `${withoutKey(text, 'limits')}\nlimits: ${limits}\n`,
});

test.each([
  [
    '{ refunds: { per-customer: { within: 30d, amount: { EUR: 10000 }, count: 3 }, per-day: { EUR: 50000 } } }',
    {
      perCustomer: { withinMs: 30 * 86_400_000, amount: { EUR: 10_000 }, count: 3 },
      perDay: { EUR: 50_000 },
    },
  ],
  ['{ refunds: { per-day: { EUR: 1, JPY: 2 } } }', { perCustomer: null, perDay: { EUR: 1, JPY: 2 } }],
  [
    '{ refunds: { per-customer: { within: 12h, count: 1 } } }',
    { perCustomer: { withinMs: 43_200_000, amount: null, count: 1 }, perDay: null },
  ],
])('%s', async (limits, expected) => {
  const { settings } = await withPolicy(withLimits(limits), loadPolicy);
  expect(settings.limits).toEqual(expected);
});

test('none are needed', async () => {
  const { settings } = await withPolicy({ 'policy.yaml': (text) => withoutKey(text, 'limits') }, loadPolicy);
  expect('limits' in settings).toBe(false);
});

test.each([
  ['{ refunds: { per-customer: { within: 30d } } }', 'must have amount or count'],
  ['{ refunds: { per-customer: { within: soon, count: 1 } } }', 'must be a duration'],
  ['{ refunds: { per-customer: { within: 0ms, count: 1 } } }', 'must be from "1m" to "9999d"'],
  ['{ refunds: { per-customer: { count: 1 } } }', 'within'],
  ['{ refunds: { per-day: {} } }', 'must name at least one currency'],
  ['{ refunds: { per-day: { euro: 1 } } }', 'EUR'],
  ['{ refunds: { per-day: { EUR: 1.5 } } }', 'whole'],
  ['{ refunds: { per-week: { EUR: 1 } } }', 'per-week'],
  ['{ credits: {} }', 'credits'],
])('%s is refused with its place', async (limits, words) => {
  const mistakes = await mistakesOf(withLimits(limits));
  expect(mistakes.length).toBeGreaterThan(0);
  expect(mistakes.join('\n')).toContain(words);
  expect(mistakes.join('\n')).toMatch(/policy\.yaml:\d+:\d+ /);
});
