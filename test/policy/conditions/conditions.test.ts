import { compileCondition, isMistake } from '../../../src/policy/conditions/conditions';
import { conditionScope, type Verdict } from '../../../src/policy/conditions/conditionScope';
import { factShapes, type Facts } from '../../../src/policy/facts/facts';
import { lookUpFacts } from '../../../src/policy/lookUp/lookUp';
import { demo, inputOf, order, parcel, shopOf } from '../support';

let facts: Facts;
beforeAll(async () => {
  const second = parcel({ status: 'preparing', tracking: null, expectedOn: '2026-11-20' });
  const shop = shopOf(order({ shipments: [parcel(), second] }));
  const said = {
    text: 'Where IS it? 48213',
    numbers: ['48213'],
    signals: ['thanks'] as const,
    files: ['a.png'],
  };
  const known = await lookUpFacts(await demo(), shop, inputOf(said), new AbortController().signal);
  [facts] = known.matters;
});

function judge(source: string): Verdict {
  const condition = compileCondition(source);
  if (isMistake(condition)) throw new Error(condition.message);
  return condition.judge(conditionScope(facts));
}

function mistake(source: string): { readonly offset: number; readonly message: string } {
  const condition = compileCondition(source);
  if (!isMistake(condition)) throw new Error(`${source} is a condition`);
  return condition;
}

describe('facts in conditions', () => {
  test.each([
    'intent == "order_status"',
    'confidence > 0.9 && confidence <= 1.0',
    '"thanks" in signals && !("anger" in signals)',
    'message.text.contains("where is")',
    'message.words == 4',
    'message.attachments == 1',
    'customer.name == "Ana"',
    'customer.known && customer.trusted',
    'customer.language == "en"',
    'order.found && order.number == "48213"',
    'order.status in ["in-transit", "late"]',
    'order.items.size() == 1 && order.items[0] == "Kettle"',
    'order.total > 4000 && order.refund == 0',
    'order.refundOn == ""',
    'order.parcels.size() == 2',
    'order.parcels.exists(parcel, parcel.late)',
    'order.parcels.all(parcel, parcel.status != "delivered")',
    'order.parcels[0].trackingUrl.startsWith("https://")',
    'order.parcels[1].trackingUrl == ""',
    'orders.count == 1 && orders.list[0].status == "late"',
    'orders.list.exists(brief, brief.items.exists(item, item.endsWith("tle")))',
    'lookup.outcome == "found" && lookup.number == "48213" && lookup.notFound.size() == 0',
    'ticket.turn == 1 && ticket.channel == "email" && ticket.tags.size() == 0',
    '!question.open && question.slot == "" && question.tries == 0 && !question.continued',
    'clock.today == "2026-11-25" && clock.weekday == "wednesday" && clock.hour == 10',
    'order.total + 1 == 4901',
  ])('%s', (source) => {
    expect(judge(source)).toEqual({ holds: true });
  });

  test('every fact of the table has a value of its type', () => {
    const checks = Object.entries(factShapes).flatMap(([root, shape]): [string, string][] =>
      typeof shape === 'string'
        ? [[root, shape]]
        : Object.entries(shape).map(([field, type]): [string, string] => [`${root}.${field}`, type]),
    );
    expect(checks.length).toBeGreaterThan(35);
    for (const [name, type] of checks) {
      const same =
        type.startsWith('list') && type !== 'list<string>' ? `${name}.size() >= 0` : `${name} == ${name}`;
      expect([name, judge(same)]).toEqual([name, { holds: true }]);
    }
  });
});

describe('why a condition does not hold', () => {
  test.each([
    [
      'order.found && order.status == "delivered"',
      'the rule wants order.status == "delivered"; order.status is "late"',
    ],
    ['confidence > 0.95', 'the rule wants confidence > 0.95; confidence is 0.93'],
    ['"anger" in signals', 'signals is [thanks]'],
    ['orders.list.size() > 1', 'orders.list has 1 entry'],
    [
      'customer.known && (question.open || order.total > 9000)',
      'question.open is false, order.total is 4900',
    ],
  ])('%s', (source, why) => {
    const verdict = judge(source);
    expect(verdict.holds ? '' : verdict.why).toContain(why);
  });

  it('is said the same of each rule that wants it, and of other facts anew', () => {
    const whyNot = (verdict: Verdict) => (verdict.holds ? null : verdict.why);
    const late = compileCondition('order.status == "delivered"');
    const both = compileCondition('order.found && order.status == "delivered"');
    if (isMistake(late) || isMistake(both)) throw new Error('these are conditions');
    const scope = conditionScope(facts);
    expect(both.judge(scope)).toEqual(late.judge(scope));
    expect(whyNot(late.judge(scope))).toContain('order.status is "late"');
    const lost = conditionScope({ ...facts, order: { ...facts.order, status: 'cancelled' } });
    expect(whyNot(both.judge(lost))).toContain('order.status is "cancelled"');
    expect(both.judge(conditionScope({ ...facts, order: { ...facts.order, status: 'delivered' } }))).toEqual({
      holds: true,
    });
  });

  test.each(['message.text.contains("secret")', 'customer.name == "Bob"'])(
    "%s never shows the customer's words or name",
    (source) => {
      const verdict = judge(source);
      expect(verdict.holds ? '' : verdict.why).toMatch(/it does not hold$/);
      expect(JSON.stringify(verdict)).not.toMatch(/where is|"Ana"/);
    },
  );
});

describe('mistakes are found before any customer is', () => {
  test.each([
    ['intnt == "x"', 0, /names "intnt", which is no fact.*Did you mean "intent"\?/],
    ['order.staus == "late"', 6, /names "staus".*Did you mean "status"\?/],
    ['true && order.parcels.exists(p, p.lte)', 33, /names "lte".*Did you mean "late"\?/],
    ['order.total == "4900"', 0, /no such overload/],
    ['order.status > 3', 0, /no such overload/],
    ['customer.known == "yes"', 0, /no such overload/],
    ['"anger" in order.status', 0, /is not a condition/],
    ['order.status', 0, /gives string; a condition must give true or false/],
    ['order.total + 1', 0, /gives int/],
    ['order.status =', 0, /is not a condition/],
    ['(order.found', 0, /is not a condition/],
    ['order.status.matches("(a+)+$")', 0, /uses matches\(\), which can run without end/],
    ['orders.list.exists(b, b.number.matches("x"))', 0, /uses matches\(\)/],
    ['nofunction(order.status)', 0, /is not a condition/],
    ['process.exit()', 0, /names "process"/],
    ['message.excerpt == ""', 0, /names "excerpt"/],
    ['question.asked == null', 0, /names "asked"/],
  ])('%s', (source, from, words) => {
    const { offset, message } = mistake(source);
    expect(message).toMatch(words);
    expect(offset).toBeGreaterThanOrEqual(from);
    expect(offset).toBeLessThanOrEqual(source.length);
  });

  test('a condition too large to read is refused', () => {
    expect(mistake(Array.from({ length: 300 }, () => 'order.found').join(' && ')).message).toMatch(
      /is not a condition/,
    );
    expect(mistake(`${'('.repeat(200)}true${')'.repeat(200)}`).message).toMatch(/is not a condition/);
  });
});

test.each(['order.parcels[7].late', 'order.total * 9223372036854775807 == 1'])(
  '%s fails at run time, and says so',
  (source) => {
    expect(() => judge(source)).toThrow();
  },
);

describe('facts that nobody has told', () => {
  const holds = (source: string, told: Parameters<typeof conditionScope>[0]) => {
    const condition = compileCondition(source);
    if (isMistake(condition)) throw new Error(condition.message);
    return condition.holds(conditionScope(told));
  };

  test.each([
    'intent == ""',
    'order.status == ""',
    'order.total == 0',
    'order.lines.size() == 0',
    'ticket.turn == 0',
  ])('are none at all: %s', (source) => {
    expect(holds(source, {})).toBe(true);
    expect(holds(source, { order: {}, ticket: null })).toBe(true);
  });

  test('leave those beside them as they are', () => {
    const told = { customer: { language: 'de' }, ticket: { tags: ['vip'] } };
    expect(holds('customer.language == "de" && "vip" in ticket.tags && ticket.priority == ""', told)).toBe(
      true,
    );
    expect(holds('customer.language == "de" && ticket.priority == "high"', told)).toBe(false);
    expect(() => holds('customer.trusted', told)).toThrow(/trusted/);
  });

  test('a fact of the name of what every object has is still a fact', () => {
    expect(holds('"constructor" in ticket.tags', { ticket: { tags: ['constructor'] } })).toBe(true);
  });
});

test('whether it holds, and why not, are one answer', () => {
  for (const source of [
    'order.found',
    '!order.found',
    'order.total > 0 && order.status == "cancelled"',
    'order.late || order.found',
  ]) {
    const condition = compileCondition(source);
    if (isMistake(condition)) throw new Error(condition.message);
    expect(condition.holds(conditionScope(facts))).toBe(condition.judge(conditionScope(facts)).holds);
  }
});

describe('a condition means what is written', () => {
  const holdsAt = (source: string, told: Parameters<typeof conditionScope>[0]) => {
    const condition = compileCondition(source);
    if (isMistake(condition)) throw new Error(condition.message);
    return condition.judge(conditionScope(told)).holds;
  };

  test.each([
    ['confidence >= 0.45000000049', 0.450000000489, false],
    ['confidence >= 0.45000000049', 0.45000000049, true],
    ['1e-300 <= confidence', 0, false],
    ['confidence < 1e-300', 0, true],
    ['confidence > 0.1 && confidence <= 0.30000000000000004', 0.30000000000000004, true],
  ])('with all its digits: %s, of %d', (source, confidence, holds) => {
    expect(holdsAt(source, { confidence })).toBe(holds);
  });

  test.each([
    ['order.found == (order.status == "shipped")', true],
    ['order.found != (order.status == "shipped")', false],
    ['order.late == (order.found == (order.status == "shipped"))', false],
    ['order.found == ("late" != order.status) && order.found', true],
    ['order.total - (order.refund - 5) == 95', true],
  ])('with its parentheses: %s', (source, holds) => {
    const order = { found: true, late: false, status: 'shipped', total: 100, refund: 10 };
    expect(holdsAt(source, { order })).toBe(holds);
  });
});

test.each([
  ['[1][3] == 1', '[1][3] == 1 fails, No such key: index out of bounds'],
  ['order.found && 9223372036854775807 + 1 == 2', '9223372036854775807 + 1 == 2 fails, integer overflow'],
])('what fails whatever the facts are is a mistake of the file: %s', (source, why) => {
  expect(mistake(source).message).toContain(`can never be judged: ${why}`);
});
