/** What reaches a ledger of what was given: read, or refused in a sentence, and never a failure. */
import fc from 'fast-check';
import { parseAllowanceInput, parseGiveBack, parseLeft, parseTake } from '../../src/contracts/parseAllowance';
import { UnreadablePayload } from '../../src/contracts/parse';
import { giveBack, leftOf, take } from '../../src/core/orders/moneyLimits';

const now = Date.UTC(2026, 10, 26, 10);
const limit = { withinMs: 86_400_000, amount: { EUR: 500 }, count: null, whose: 'to one customer' };
const amount = { minor: 100, currency: 'EUR' };
const bare = { key: 'a', amount, limit };
const request = { ...bare, at: now - 1, by: 'one' };

describe('a gift to take', () => {
  it('is read as it was sent', () => {
    expect(parseTake(request, now)).toEqual({
      ok: true,
      value: { wanted: { key: 'a', amount, at: now - 1, by: 'one' }, limit },
    });
  });

  it.each([
    ['left out', bare],
    ['in the future', { ...bare, at: now + 1 }],
  ])('counts from now where its moment is %s', (_what, value) => {
    const parsed = parseTake(value, now);
    expect(parsed.ok && parsed.value.wanted).toEqual({ key: 'a', amount, at: now, by: '' });
  });

  it.each([
    [undefined, 'expected an object'],
    ['a', 'expected an object'],
    [new UnreadablePayload(), 'cannot be decoded'],
    [{ ...request, key: ' ' }, 'key must be'],
    [{ ...request, key: 'x'.repeat(501) }, 'key must be'],
    [{ ...request, amount: { minor: -1, currency: 'EUR' } }, 'amount must be'],
    [{ ...request, amount: { minor: 0.5, currency: 'EUR' } }, 'amount must be'],
    [{ ...request, amount: { minor: 1, currency: 'Euro' } }, 'amount must be'],
    [{ ...request, at: 'today' }, 'at must be'],
    [{ ...request, at: 9e15 }, 'at must be'],
    [{ ...request, by: 7 }, 'by must be'],
    [{ ...request, limit: { ...limit, withinMs: 1e15 } }, 'limit must be'],
    [{ ...request, limit: { ...limit, amount: { EUR: '5' } } }, 'limit must be'],
    [{ ...request, limit: { ...limit, amount: undefined } }, 'limit must be'],
    [{ ...request, limit: { ...limit, count: -1 } }, 'limit must be'],
    [{ ...request, limit: { ...limit, whose: '' } }, 'limit must be'],
  ])('is refused, with what is wrong: %j', (value, why) => {
    expect(parseTake(value, now)).toEqual({ ok: false, why: expect.stringContaining(why) as string });
  });
});

describe('a give-back', () => {
  it.each([
    ['a', { key: 'a', by: null }],
    [{ key: 'a' }, { key: 'a', by: null }],
    [
      { key: 'a', by: 'one' },
      { key: 'a', by: 'one' },
    ],
  ])('%j is read', (value, read) => {
    expect(parseGiveBack(value)).toEqual({ ok: true, value: read });
  });

  it.each([undefined, null, '', 7, [], {}, { key: 1 }, { key: 'a', by: 1 }])('%j is refused', (value) => {
    expect(parseGiveBack(value).ok).toBe(false);
  });
});

it('what a run hands on is read whole, or not at all', () => {
  const gift = { key: 'a', at: now, amount, by: '' };
  expect(parseAllowanceInput({ given: [gift], keptUntil: now })).toEqual({
    ok: true,
    value: { given: [gift], keptUntil: now },
  });
  for (const wrong of [
    undefined,
    [],
    { given: [] },
    { given: [gift, {}], keptUntil: 0 },
    { given: {}, keptUntil: 0 },
  ]) {
    expect(parseAllowanceInput(wrong).ok).toBe(false);
  }
});

it.each([
  [{ currency: 'EUR', at: now, limit }, true],
  [{ currency: 'eur', at: now, limit }, false],
  [{ currency: 'EUR', at: -1, limit }, false],
  [{ currency: 'EUR', at: now, limit: null }, false],
  [null, false],
])('a question for what is left: %j', (value, ok) => {
  expect(parseLeft(value).ok).toBe(ok);
});

test('whatever is sent is read or refused, and what was read can be counted', () => {
  const near = <T>(usual: T) => fc.oneof(fc.constant(usual), fc.jsonValue());
  const requests = fc.record(
    {
      key: near('a'),
      amount: fc.oneof(
        fc.record({ minor: near(1), currency: near('EUR') }),
        fc.record({ minor: fc.nat(), currency: fc.stringMatching(/^[A-Z]{3}$/) }),
      ),
      limit: fc.oneof(
        fc.constant(limit),
        fc.record({ withinMs: near(1), amount: near({ EUR: 1 }), count: near(null), whose: near('x') }),
      ),
      at: near(now),
      by: near('one'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(requests, fc.jsonValue()), (value) => {
      const parsed = parseTake(value, now);
      if (!parsed.ok) {
        expect(parsed.why).not.toBe('');
        return;
      }
      const { wanted, limit: within } = parsed.value;
      const { given } = take([], wanted, within);
      leftOf(given, { currency: wanted.amount.currency, at: now }, within);
      expect(giveBack(given, wanted.key, wanted.by)).toEqual([]);
      expect(parseAllowanceInput({ given, keptUntil: now }).ok).toBe(true);
    }),
    { numRuns: 500 },
  );
});
