/** Custom fields travel with the reply; what the desk does not take is told to people, and nothing else is lost. */
import { Engine, note, planOf, reply } from '../support/engine';
import { findField, fitField, type CustomField } from '../../../src/core/ticket/customField';
import type { PlannedAction } from '../../../src/core/policy/plan';
import type { FieldValue } from '../../../src/core/ticket/update';

const setField = (field: string, value: FieldValue): PlannedAction => ({ type: 'set-field', field, value });
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };

function told(actions: readonly PlannedAction[], knownFields: readonly string[] | null = null): Engine {
  const engine = new Engine({ plan: () => planOf(actions) });
  engine.desk.knownFields = knownFields;
  engine.customerAsks('Where is my order?');
  return engine;
}

const updates = (engine: Engine) =>
  engine.started.flatMap((step) => (step.type === 'update-ticket' ? step.updates : []));

test('the fields are set by the update that replies', () => {
  const engine = told([reply, setField('Order number', '48213'), setField('Faulty', true)]);
  expect(engine.desk.fields).toEqual({ 'Order number': '48213', Faulty: true });
  expect(updates(engine)).toHaveLength(1);
});

test('a field set twice has the later value', () => {
  expect(told([reply, setField('Faulty', true), setField('Faulty', false)]).desk.fields).toEqual({
    Faulty: false,
  });
});

test('of a hand-off they are set with the note that people find', () => {
  const engine = told([reply, note, handOff, setField('Order number', '48213')]);
  const [answer, handOver] = updates(engine);
  expect(answer?.fields).toBeUndefined();
  expect(handOver?.fields).toEqual({ 'Order number': '48213' });
});

test('alone they are an update of their own', () => {
  expect(updates(told([setField('Faulty', true)]))).toMatchObject([
    { comment: null, fields: { Faulty: true } },
  ]);
});

test('a field that the desk does not have is told in a note; the reply and the other field are there', () => {
  const engine = told([reply, note, setField('Order nmber', '48213'), setField('Faulty', true)], ['Faulty']);
  expect(engine.desk.publicReplies()).toHaveLength(1);
  expect(engine.desk.fields).toEqual({ Faulty: true });
  expect(engine.desk.notes().at(-1)?.text).toBe(
    'Deskhand did everything but set these fields of the ticket:\n- Order nmber: the desk has no such field',
  );
  expect(engine.state.stage).toBe('waiting-for-customer');
  expect(engine.state.timeline.some(({ text }) => text === 'Not set on the ticket: Order nmber')).toBe(true);
});

test('the note is written also when a person took over in the middle of it', () => {
  const engine = new Engine({ plan: () => planOf([reply, setField('Gone', 'x')]) });
  engine.desk.knownFields = [];
  engine.world.before = (step) => {
    if (step.type === 'update-ticket' && step.purpose === 'reply') engine.act('take-over');
    return undefined;
  };
  engine.customerAsks('Where is my order?');
  expect(engine.desk.notes().map(({ text }) => text)).toContainEqual(expect.stringContaining('- Gone: '));
});

const field = (change: Partial<CustomField>): CustomField => ({
  id: '42',
  name: 'Reason',
  kind: 'text',
  options: [],
  ...change,
});

test('a field is found by its name, its name in other case, and its id', () => {
  const fields = [field({}), field({ id: '43', name: 'reason' }), field({ id: '44', name: '42' })];
  expect(findField(fields, 'reason')?.id).toBe('43');
  expect(findField(fields, ' REASON ')?.id).toBe('42');
  expect(findField(fields, '42')?.id).toBe('44');
  expect(findField(fields, '43')?.id).toBe('43');
  expect(findField(fields, 'Order')).toBeNull();
});

test.each<[CustomField['kind'], FieldValue, FieldValue | RegExp]>([
  ['text', '  48213 ', '48213'],
  ['text', 48213, '48213'],
  ['text', true, 'true'],
  ['whole-number', '12', 12],
  ['whole-number', -3, -3],
  ['whole-number', 1.5, /whole numbers/],
  ['whole-number', 'a dozen', /whole numbers/],
  ['number', '1.50', 1.5],
  ['number', 2, 2],
  ['number', '1,5', /numbers only/],
  ['date', '2026-11-27', '2026-11-27'],
  ['date', '2026-02-30', /dates only/],
  ['date', '27.11.2026', /dates only/],
  ['yes-no', true, true],
  ['yes-no', 'false', false],
  ['yes-no', 'maybe', /true or false/],
  ['choice', 'reason_faulty', 'reason_faulty'],
  ['choice', 'Faulty Goods', 'reason_faulty'],
  ['choice', 'other', /none of its options, which are reason_faulty, reason_late/],
])('a %s field and the value %p', (kind, value, expected) => {
  const options = [
    { tag: 'reason_faulty', name: 'Faulty goods' },
    { tag: 'reason_late', name: 'Late' },
  ];
  const fitted = fitField(field({ kind, options: kind === 'choice' ? options : [] }), value);
  if (expected instanceof RegExp) expect('why' in fitted ? fitted.why : '').toMatch(expected);
  else expect(fitted).toEqual({ value: expected });
});

test('of a drop-down with two thousand options, a note names some', () => {
  const options = Array.from({ length: 2_000 }, (_, index) => ({ tag: `tag_${index}`, name: `${index}` }));
  const fitted = fitField(field({ kind: 'choice', options }), 'whatever the customer wrote');
  expect(fitted).toEqual({ why: expect.stringMatching(/^that is none .* tag_19 and 1980 more$/) as string });
});
