import fc from 'fast-check';
import { compileCondition, isMistake, type Condition } from '../../../src/policy/conditions/conditions';
import { conditionScope } from '../../../src/policy/conditions/conditionScope';
import { plainHalf } from '../../../src/policy/conditions/plainHalf';

type Told = Parameters<typeof conditionScope>[0];

function compile(source: string): Condition {
  const condition = compileCondition(source);
  if (isMistake(condition)) throw new Error(condition.message);
  return condition;
}

/** What the condition says; or that it fails, and why. */
function outcome(source: string, told: Told): boolean | string {
  try {
    return compile(source).judge(conditionScope(told)).holds;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/** The same by cel-js alone: taking it out of a list is nothing that is judged without. */
function byLibrary(source: string): string {
  return `[${source}][0]`;
}

const isPlain = (source: string) => plainHalf(compile(source).tree) !== null;

describe('what policies ask most is judged without cel-js', () => {
  test.each([
    'question.open',
    '!question.open',
    'intent == "order_status"',
    'intent != "order_status"',
    'order.status in ["late", "shipped"]',
    '!(order.status in ["late", "shipped"])',
    '"anger" in signals',
    '"vip" in ticket.tags',
    'identity.mismatches >= 3',
    'order.total == -450',
    'confidence < 0.45',
    'intent == "" || confidence < 0.45',
    '"faulty-goods" in signals || question.continued && "goods_faulty" in ticket.tags',
    'order.found && !order.late',
  ])('%s', (source) => {
    expect(isPlain(source)).toBe(true);
    expect(isPlain(byLibrary(source))).toBe(false);
  });

  test.each([
    'order.items.size() > 0',
    'order.items == ["Kettle"]',
    'order.total == order.refund',
    'message.text.contains("where")',
    'order.parcels[0].late',
    'order.parcels.exists(parcel, parcel.late)',
    'order.total * 2 > 5',
    '(order.found ? order.status : "") == "late"',
    'order.status in order.items',
    'order.status < "late"',
    'order.found == true',
    'question.open || order.items.size() > 0',
    '"late" == order.status',
    'order.total > 9007199254740993',
    'true',
    '1 < 2',
  ])('anything else is its: %s', (source) => {
    expect(isPlain(source)).toBe(false);
  });
});

describe('both say the same', () => {
  /** Facts as they come, as older records lack them, and as nobody should ever have written them. */
  const odd = fc.constantFrom(undefined, null, '', 'late', 0, true, ['late'], {});
  const mostly = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
  const text = mostly(fc.constantFrom('', 'late', 'shipped', 'order_status', 'vip'));
  const whole = mostly(fc.constantFrom(-450, -1, 0, 1, 2, 2.7, -0.5, 450));
  const list = mostly(fc.subarray(['late', 'vip', 'anger', '']));
  const told: fc.Arbitrary<Told> = fc.record({
    intent: text,
    confidence: mostly(fc.constantFrom(0, 0.44, 0.45, 1, -0.5)),
    signals: list,
    order: mostly(fc.record({ found: mostly(fc.boolean()), status: text, total: whole, items: list })),
    question: mostly(fc.record({ open: mostly(fc.boolean()), tries: whole }, { requiredKeys: [] })),
  });

  const isOrNot = fc.constantFrom('==', '!=');
  const order = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
  const word = fc.constantFrom('"late"', '"vip"', '"anger"', '""');
  const { half } = fc.letrec<{ half: string }>((tie) => ({
    half: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('order.found', 'question.open'),
      fc
        .tuple(fc.constantFrom('"late"', '"shipped"', '""'), isOrNot)
        .map(([to, op]) => `order.status ${op} ${to}`),
      fc.constantFrom('order.status in ["late", "shipped"]', 'intent in []', 'intent in ["", "vip"]'),
      fc.tuple(word, fc.constantFrom('order.items', 'signals')).map(([one, of]) => `${one} in ${of}`),
      fc
        .tuple(
          fc.constantFrom('order.total', 'question.tries'),
          order,
          fc.constantFrom('0', '2', '-450', '-0'),
        )
        .map((words) => words.join(' ')),
      fc.tuple(order, fc.constantFrom('0.45', '-0.5', '1.0')).map(([op, to]) => `confidence ${op} ${to}`),
      tie('half').map((one) => `!(${one})`),
      fc
        .tuple(tie('half'), fc.constantFrom('&&', '||'), tie('half'))
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    ),
  }));

  test('of whatever facts, and in whatever they are joined', () => {
    fc.assert(
      fc.property(half, told, (each, facts) => {
        // So that it is one half of a condition, and not several.
        const source = `!(${each})`;
        expect({ source, says: outcome(source, facts) }).toEqual({
          source,
          says: outcome(byLibrary(source), facts),
        });
      }),
      { numRuns: 300 },
    );
  });
});
