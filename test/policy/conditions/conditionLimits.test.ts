/** No condition can fail for a name that is not there, nor hold up its worker: what could is a mistake of the file. */
import { compileCondition, isMistake } from '../../../src/policy/conditions/conditions';
import { conditionScope } from '../../../src/policy/conditions/conditionScope';
import type { Facts, LineFacts } from '../../../src/policy/facts/facts';
import { lookUpFacts } from '../../../src/policy/lookUp/lookUp';
import { demo, inputOf, order, parcel, shopOf } from '../support';
import { processorMs } from '../../support/processorMs';

let facts: Facts;
beforeAll(async () => {
  const shop = shopOf(order({ shipments: [parcel()] }));
  const said = { text: 'Where is it? 48213', numbers: ['48213'] };
  const known = await lookUpFacts(await demo(), shop, inputOf(said), new AbortController().signal);
  [facts] = known.matters;
});

function compile(source: string) {
  const condition = compileCondition(source);
  if (isMistake(condition)) throw new Error(`${source}: ${condition.message}`);
  return condition;
}

function mistakeOf(source: string): string {
  const condition = compileCondition(source);
  if (!isMistake(condition)) throw new Error(`${source} is a condition`);
  expect(condition.offset).toBeGreaterThanOrEqual(0);
  expect(condition.offset).toBeLessThan(source.length);
  return condition.message;
}

const letters = 'message.text.split("").join(message.text).split("")';

test.each<[string, RegExp]>([
  // What makes values that grow.
  [`${letters}.exists(a, ${letters}.exists(b, a + b == "zzz"))`, /uses (split|join)\(\)|joins text/],
  ['message.text.split("").size() > 5', /uses split\(\), which conditions do not have. Allowed: size\(\),/],
  ['message.text + message.text == ""', /joins text or lists/],
  ['orders.list.map(a, message.text + message.text).size() > 0', /joins text or lists/],
  ['(order.items + order.items).size() > 1', /joins text or lists/],
  ['order.items.exists(a, a + a == "x")', /joins text or lists/],
  ['order.items.map(a, order.items).size() > 0', /makes a list of something else than .* with map\(\)/],
  ['order.items.map(a, [a, a]).map(b, [b, b]) == []', /makes a list of something else|with map\(\)/],
  ['[[1]] == [[1]]', /makes a list of something else/],
  ['[order.items].size() > 0', /makes a list of something else/],
  ['order.lines == order.lines', /compares list<Line>/],
  ['order.lines.exists(a, a in order.lines)', /compares Line/],
  // What hides types from the check.
  ['dyn(order).nope == "x"', /uses dyn\(\)/],
  ['dyn(order.total) == "x"', /uses dyn\(\)/],
  ['order[order.status] == 1', /takes an entry by something else than a written number/],
  ['order["total"] == 1', /takes an entry by something else/],
  ['order.items[order.total] == ""', /takes an entry by something else/],
  ['{"a": 1}["b"] == 1', /makes a map|takes an entry by something else/],
  ['{"a": 1}.b == 1', /makes a map/],
  ['has(order.nope)', /names "nope", which is no fact/],
  ['has(order.staus)', /Did you mean "status"\?/],
  ['order.parcels.exists(p, has(p.nope))', /names "nope", which is no fact/],
  ['type(order.total) == int', /uses type\(\)/],
  ['int == string', /compares type/],
  // What fails, or can.
  ['1/0 == 1', /divides by something else than a written number that is not 0/],
  ['clock.hour % 0 == 1', /divides by/],
  ['confidence / 0.0 > 1.0', /divides by/],
  ['100 / order.total > 1', /divides by/],
  ['int("x") > 1', /uses int\(\)/],
  ['timestamp("x") > timestamp("2020-01-01T00:00:00Z")', /uses timestamp\(\)/],
  ['duration("zz") > duration("1h")', /uses duration\(\)/],
  ['bytes("x").size() > 0', /uses bytes\(\)/],
  ['string(order.total) == "1"', /uses string\(\)/],
  ['message.text.lowerAscii() == ""', /uses lowerAscii\(\)/],
  ['message.text.substring(5) == ""', /uses substring\(\)/],
  ['cel.bind(x, 1, x == 1)', /uses bind\(\)/],
  ['order.items.exists(a, order.items.exists(b, order.items.exists(c, true)))', /more than 2 deep/],
])('%s', (source, words) => {
  expect(mistakeOf(source)).toMatch(words);
});

test.each([
  'order.total / 2 > 3 && order.total % 10 == 0',
  'order.total + order.refund > 1 && confidence + 0.1 > 0.5',
  'order.items.size() == 1 && size(order.items) == 1',
  'has(order.status) && order.parcels.all(p, has(p.late))',
  'order.items == ["Kettle"] && order.items != []',
  // One after the other is not one within the other.
  'order.parcels.filter(p, p.late).filter(p, p.status == "late").map(p, p.carrier).exists(c, c == "DHL") || true',
  'order.lines.exists_one(l, order.items.exists(i, i == l.name))',
  '(order.found ? order.items[0] : "") == "Kettle"',
])('%s is a condition', (source) => {
  expect(compile(source).judge(conditionScope(facts))).toEqual({ holds: true });
});

describe('a decision takes bounded time', () => {
  const withLines = (count: number): Facts => {
    const [line] = facts.order.lines;
    const lines = Array.from({ length: count }, (_, index): LineFacts => {
      if (line === undefined) throw new Error('the order has a line');
      return { ...line, line: String(index), name: `Item ${index}` };
    });
    return { ...facts, order: { ...facts.order, lines } };
  };
  const pairs = 'order.lines.exists(a, order.lines.exists(b, a.name == b.name && a.line != b.line))';

  test('a list within itself, of an order as people have them', () => {
    expect(compile(pairs).judge(conditionScope(withLines(40))).holds).toBe(false);
  });

  test('of one far larger it is not begun, and says so', () => {
    const scope = conditionScope(withLines(3_000));
    const used = processorMs();
    expect(() => compile(pairs).judge(scope)).toThrow(/takes more than 300000 steps on this message/);
    expect(used()).toBeLessThan(2_500);
  });

  test('all conditions for one message are counted together', () => {
    const scope = conditionScope(withLines(100));
    const judge = (wanted: number) => compile(`${pairs} && order.total > ${wanted}`).judge(scope);
    expect(judge(0).holds).toBe(false);
    // The same half is looked at once.
    for (let round = 0; round < 20; round += 1) expect(judge(round).holds).toBe(false);
    const another = (name: string) =>
      compile(`order.lines.exists(a, order.lines.exists(b, a.name == "${name}" && b.name == ""))`).judge(
        scope,
      );
    expect(() => Array.from({ length: 20 }, (_, index) => another(`x${index}`))).toThrow(/takes more than/);
  });

  test('long words looked for in long texts count by their length', () => {
    const text = 'a'.repeat(2_000);
    const scope = conditionScope({ ...facts, message: { ...facts.message, text } });
    const long = compile(`orders.list.exists(o, message.text.contains("${'a'.repeat(800)}b"))`);
    expect(long.judge(scope).holds).toBe(false);
    const within = 'order.lines.exists(a, order.lines.exists(b, message.text.contains(said.address)))';
    const many = conditionScope({ ...withLines(50), message: { ...facts.message, text } });
    expect(() => compile(within).judge(many)).toThrow(/takes more than/);
  });

  test('whatever a condition within the limits does, it is over in a moment', () => {
    const text = `${'a'.repeat(1_900)}b`;
    const scope = conditionScope({ ...withLines(100), message: { ...facts.message, text } });
    const used = processorMs();
    const heavy = compile(
      'order.lines.exists(a, order.lines.exists(b, message.text.contains("aab") && a.name == ""))',
    );
    heavy.judge(scope);
    expect(used()).toBeLessThan(5_000);
  });
});
