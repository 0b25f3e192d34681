/** Which fields a desk must have, from how policies set them. */
import fc from 'fast-check';
import { fitField } from '../../../src/core/ticket/customField';
import type { FieldValue } from '../../../src/core/ticket/update';
import { neededFields, type FieldUse } from '../../../src/helpdesk/setup/neededFields';

const set = (name: string, ...values: readonly (FieldValue | null)[]): readonly FieldUse[] =>
  values.map((value) => ({ name, value }));
const needed = (...values: readonly (FieldValue | null)[]) => neededFields(set('Reason', ...values))[0];

it.each<[values: readonly (FieldValue | null)[], kind: string, options: readonly string[]]>([
  [[true], 'yes-no', []],
  [[true, false], 'yes-no', []],
  [['true', false], 'yes-no', []],
  [[2], 'whole-number', []],
  [[2, -1], 'whole-number', []],
  [[2, 0.5], 'number', []],
  [['parcel'], 'choice', ['parcel']],
  [['parcel', 'subscription_pause', 'parcel'], 'choice', ['parcel', 'subscription_pause']],
  [['Parcel', 'parcel', ' PARCEL '], 'choice', ['Parcel']],
  [['rücksendung', '退货', 'e-mail'], 'choice', ['rücksendung', '退货', 'e-mail']],
  [['a parcel'], 'text', []],
  [['parcel', 'a parcel'], 'text', []],
  [['12'], 'text', []],
  [['2026-11-27'], 'text', []],
  [['_'], 'text', []],
  [['a,b'], 'text', []],
  [['x'.repeat(81)], 'text', []],
  [[true, 'maybe'], 'text', []],
  [[2, 'two'], 'text', []],
  [[2, true], 'text', []],
  [[null], 'text', []],
  [[null, 'parcel'], 'text', []],
  [[null, true], 'text', []],
])('set to %j, it is a %s', (values, kind, options) => {
  expect(needed(...values)).toMatchObject({ kind, options });
});

it('knows what is written out, and whether more comes', () => {
  expect(needed('late', null, 'late', 'lost')).toMatchObject({ values: ['late', 'lost'], isOpen: true });
  expect(needed(2)).toMatchObject({ values: [2], isOpen: false });
});

it('takes one name in several spellings as one field, in the order and spelling that come first', () => {
  const uses = [...set('Faulty', true), ...set('Reason', 'late'), ...set(' faulty ', false)];
  expect(neededFields(uses)).toMatchObject([
    { name: 'Faulty', kind: 'yes-no', values: [true, false] },
    { name: 'Reason', kind: 'choice' },
  ]);
});

it.each([['360001234567'], ['cf_order_number'], [' 12 ']])(
  '%j is the id of a field that is there, or a mistake: none is made',
  (name) => {
    expect(neededFields(set(name, 'parcel'))).toEqual([]);
  },
);

it('policies that set nothing need nothing', () => {
  expect(neededFields([])).toEqual([]);
});

const written = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.constantFrom(0.5, -2.25),
  fc.constantFrom('true', 'false', 'late', 'Late', 'lost', 'e-mail', 'über', 'a parcel', '12', '2026-11-27'),
  fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== ''),
);

it('whatever is written out, the field takes it as it is made', () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 6 }), (values) => {
      const field = needed(...values);
      if (field === undefined) throw new Error('a field is needed');
      const options = field.options.map((tag) => ({ tag, name: tag }));
      for (const value of values) {
        expect(fitField({ kind: field.kind, options }, value)).toHaveProperty('value');
      }
    }),
  );
});

it('in whatever order rules come, the kind is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.option(written), { minLength: 1, maxLength: 6 }), (values) => {
      const [one, other] = [needed(...values), needed(...values.toReversed())];
      expect(other?.kind).toBe(one?.kind);
      const folded = (field: typeof one) => (field?.options ?? []).map((word) => word.toLowerCase()).sort();
      expect(folded(other)).toEqual(folded(one));
    }),
  );
});
