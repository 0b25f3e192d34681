/** Mistakes that people make who know no programming language: each is answered with the mend. */
import { loadPolicy, PolicyError } from '../../../src/policy/load/loadPolicy';
import { conditionHint } from '../../../src/policy/conditions/conditionHints';
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { pathInWords } from '../../../src/policy/load/shapeHints';
import { mendsOfYaml } from '../../../src/policy/load/yamlMends';
import { withSmallPolicy, type Edits } from '../smallPolicy';

const swap = (from: string, to: string | (() => string)) => (text: string) =>
  typeof to === 'string' ? text.replace(from, to) : text.replace(from, to);

function mistakesOf(edits: Edits): Promise<readonly string[]> {
  return withSmallPolicy(edits, async (folder) => {
    try {
      await loadPolicy(folder);
      return [];
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return error.mistakes.map(({ message }) => message);
    }
  });
}

const warningsOf = (edits: Edits) =>
  withSmallPolicy(edits, async (folder) => {
    const { findings } = await checkPolicy(folder, { classifierOf: null, groups: null });
    return findings.map(({ severity, message, line }) => `${severity} ${line} ${message}`);
  });

const late = (what: string) => ({ 'rules.yaml': swap('- set-priority: high', what) });

describe('a value of the wrong shape shows the right one, with what was meant in it', () => {
  test.each([
    [
      '- tag: [late, sorry]',
      'rule "late", step 2, tag: is a list, but it must be a group of "name: value" lines, such as tag: { add: [late, sorry] }',
    ],
    [
      '- tag: late',
      'rule "late", step 2, tag: is "late", but it must be a group of "name: value" lines, such as tag: { add: [late] }',
    ],
    [
      '- hand-off: Roastery',
      'rule "late", step 2, hand-off: is "Roastery", but it must be a group of "name: value" lines, such as hand-off: { reason: policy, group: Roastery }',
    ],
    [
      '- assign: Roastery',
      'rule "late", step 2, assign: is "Roastery", but it must be a group of "name: value" lines, such as assign: { group: Roastery }',
    ],
    [
      '- order: { refund: { what: whole, amount: { EUR: 500 } } }',
      'has "what" and "amount": what goes back is said in one way. Keep one of them',
    ],
    [
      '- order: { refund: { amount: 500 } }',
      'rule "late", step 2, order.refund.amount: is 500, but it must be a group of "name: value" lines, such as amount: { EUR: 2500 }',
    ],
    [
      '- order: { refund: { amount: { EURO: 500 } } }',
      'has the name "EURO", which must be an ISO 4217 currency code, such as "EUR"',
    ],
    [
      '- order: { refund: { what: whole, at-most: EUR 25.00 } }',
      'rule "late", step 2, order.refund.at-most: is "EUR 25.00", but it must be a group of "name: value" lines, such as at-most: { EUR: 2500 }',
    ],
    [
      '- order: { refund: { what: whole, at-most: { EUR: 25.5 } } }',
      'rule "late", step 2, order.refund.at-most.EUR: is 25.5, but it must be a whole number. Amounts are in the smallest unit: 2550 is 25.50, { EUR: 2550 }',
    ],
    [
      '- order: { store-credit: EUR 6.00 }',
      'rule "late", step 2, order.store-credit: is "EUR 6.00", but it must be a group of "name: value" lines, such as store-credit: { amount: { EUR: 600 } }',
    ],
    [
      '- set-field: { Reason: [late] }',
      'rule "late", step 2, set-field.Reason: is a list, but it must be text or a number or true or false',
    ],
  ])('%s', async (step, message) => {
    expect(await mistakesOf(late(step))).toEqual([message]);
  });

  test('two actions in one step are said to be two, whichever of them is sound', async () => {
    for (const tag of ['x', '{ add: [x] }']) {
      expect(await mistakesOf(late(`- { set-priority: high, tag: ${tag} }`))).toEqual([
        expect.stringMatching(/^has "set-priority" and "tag" in one step/),
      ]);
    }
  });

  test('where a place has no rule, entries are counted from one as well', () => {
    expect(pathInWords({}, ['damaged_bag', 'examples', 8])).toBe('damaged_bag.examples, entry 9');
    expect(pathInWords({}, [0, 'include'])).toBe('entry 1, include');
    expect(pathInWords({}, [])).toBe('the file');
    expect(pathInWords({ otherwise: { rule: 'x' } }, ['otherwise', 'then', 0])).toBe(
      'otherwise.then, entry 1',
    );
    const first = [{ rule: 'polite' }];
    expect(pathInWords({ first }, ['first', 0])).toBe('rule "polite"');
    expect(pathInWords({ first }, ['first', 0, 'then', 1])).toBe('rule "polite", step 2');
  });
});

describe('an amount that was meant in whole units', () => {
  test.each([
    [
      'EUR: 6.00',
      'is EUR 0.06: amounts are in the smallest unit, such as cents. For EUR 6.00 write { EUR: 600 }',
    ],
    [
      'EUR: 25.00',
      'is EUR 0.25: amounts are in the smallest unit, such as cents. For EUR 25.00 write { EUR: 2500 }',
    ],
    [
      'EUR: 250.00',
      'is EUR 2.50: amounts are in the smallest unit, such as cents. For EUR 250.00 write { EUR: 25000 }',
    ],
    [
      'EUR: 99',
      'is EUR 0.99: amounts are in the smallest unit, such as cents. For EUR 99 write { EUR: 9900 }',
    ],
  ])('%s', async (amount, message) => {
    const [finding, ...others] = await warningsOf({ 'rules.yaml': swap('EUR: 5000', amount) });
    expect([finding, ...others]).toEqual([`warning 32 ${message}`]);
  });

  test.each(['EUR: 100', 'EUR: 5001', 'JPY: 25'])('none of it in %s', async (amount) => {
    expect(await warningsOf({ 'rules.yaml': swap('EUR: 5000', amount) })).toEqual([]);
  });

  test('in what somebody may approve, too', async () => {
    const approvers =
      'approvers: [{ actions: [refund], up-to: { EUR: 40.00 }, groups: [Support] }]\nescalation:';
    expect(await warningsOf({ 'policy.yaml': swap('escalation:', approvers) })).toEqual([
      expect.stringContaining('is EUR 0.40'),
    ]);
  });

  test('in the limits over all tickets and in store credit, too', async () => {
    const limits = `limits:\n  refunds:\n    per-day: { EUR: 300.00 }\n    per-customer: { within: 90d, amount: { EUR: 50 } }\nescalation:`;
    expect(await warningsOf({ 'policy.yaml': swap('escalation:', limits) })).toEqual([
      expect.stringContaining('is EUR 3.00'),
      expect.stringContaining('is EUR 0.50'),
    ]);
    const credit = swap(
      'refund: { what: whole, at-most: { EUR: 5000 } }',
      'store-credit: { amount: { EUR: 6.0 } }',
    );
    expect(await warningsOf({ 'rules.yaml': credit })).toEqual([expect.stringContaining('is EUR 0.06')]);
  });
});

describe('an amount taken for whole units', () => {
  const saying = (text: string) => ({
    'templates/en.yaml': swap('Your order is on its way.', () => JSON.stringify(text)),
  });

  test.each([
    ['order.total', 'order.currency'],
    ['order.refund', 'order.refundCurrency'],
  ])('%s that is printed as it is', async (fact, currency) => {
    expect(await warningsOf(saying(`{% if ${fact} %}It cost {{ ${fact} }}.{% endif %}`))).toEqual([
      `warning 4 "on-its-way" prints ${fact}, which is in the smallest unit, such as cents. Write {{ ${fact} | money: ${currency} }}`,
    ]);
    const asMoney = `{% if ${fact} %}It cost {{ ${fact} | money: ${currency} }}.{% endif %}`;
    expect(await warningsOf(saying(asMoney))).toEqual([]);
  });

  test.each([
    'order.total > 50.00',
    '50.00 <= order.refundable',
    'order.lines.exists(one, one.price > 50.0)',
  ])('%s compares cents with euros', async (when) => {
    const edits = { 'rules.yaml': swap('order.found && order.late', `'order.late && ${when}'`) };
    expect(await warningsOf(edits)).toEqual([
      expect.stringMatching(/"late" compares \S+ with 50\.00, and amounts are whole numbers/),
    ]);
  });

  test.each(['order.total > 5000', 'confidence > 0.5', 'order.total > order.refund'])(
    '%s does not',
    async (when) => {
      const edits = { 'rules.yaml': swap('order.found && order.late', `'order.late && ${when}'`) };
      expect(await warningsOf(edits)).toEqual([]);
    },
  );
});

describe('a number where a text is wanted', () => {
  test.each([
    ['- follow-up: { after: 2, with: x }', 'follow-up.after: is 2, but it must be text, such as after: 30m'],
    ['- note: 7', "note: is 7, but it must be text: put it in quotes, '7'"],
    [
      '- order: cancel',
      'is "cancel", but it must be an order action, such as order: { cancel: true }. Allowed: "cancel", "refund", "change-address", "resend-invoice" or "store-credit".',
    ],
  ])('%s', async (step, message) => {
    expect(await mistakesOf(late(step))).toEqual([expect.stringContaining(message)]);
  });
});

describe('what is no YAML', () => {
  const why = (text: string) => ({ 'rules.yaml': swap('why: The order is late.', text) });

  test.each([
    [
      'a colon in a text',
      why('why: Late: say sorry.'),
      /^is a text with a colon in it\. Put the whole text in quotes/,
    ],
    [
      'a line that is indented too far',
      late('- set-priority: high\n            tag: x'),
      /^stands in another column/,
    ],
    [
      'one that is not far enough',
      late('- set-priority: high\n       - note: x'),
      /^stands in another column/,
    ],
    ['an @', why('why: "@here"\n      when2: @x'), /reads as something else.*Put the whole text in quotes/],
    ['a tab', why('\twhy: x'), /tab/],
    [
      'a condition that begins with a quotation mark',
      { 'rules.yaml': swap('order.found && order.late', '"safety" in signals') },
      /closing quotation mark.*single quotes, such as when: '"safety" in signals'/,
    ],
  ])('%s is said once', async (_what, edits, message) => {
    expect(await mistakesOf(edits)).toEqual([expect.stringMatching(message)]);
  });

  test('two keys that stand there twice are two mistakes', () => {
    const problem = (code: string, at: number) => ({ code, message: 'x', pos: [at, at + 1] as const });
    const mends = mendsOfYaml([
      problem('DUPLICATE_KEY', 1),
      problem('A', 2),
      problem('B', 3),
      problem('DUPLICATE_KEY', 4),
    ]);
    expect(mends.map(({ offset }) => offset)).toEqual([1, 2, 4]);
  });
});

describe('what is no condition', () => {
  test.each([
    [
      'order.status = "late" and order.found',
      'Equal is written "==". "and" is written "&&", "or" is "||" and "not" is "!"',
    ],
    [
      'clock.today > order.expectedOn + 3d',
      'Nothing can be added to a date: compare it with another, or ask order.late',
    ],
    ['clock.today - 3 > "x"', 'Nothing can be added to a date: compare it with another, or ask order.late'],
    ['order.status == "this and = that" )', 'Text stands in quotes, numbers do not'],
    ['order.total >= 3 != 4 <= )', 'Text stands in quotes, numbers do not'],
    [
      'order.items.contains("Mug")',
      'A list is asked with "in", as "vip" in ticket.tags, and its texts as order.items.exists(item, item.contains("Mug"))',
    ],
    ['message.text contains "mug"', 'What a text holds is asked as message.text.contains("mug")'],
    ['message.text.contains("it contains ") )', 'Text stands in quotes, numbers do not'],
  ])('%s', (source, hint) => {
    expect(conditionHint(source)).toBe(hint);
  });

  test.each([
    ['order.status = "late" and order.found', /Equal is written "==".*"&&"/],
    ['clock.today > order.expectedOn + 3d', /Nothing can be added to a date/],
    ['message.text.contains("Mouldy")', /in lower case\. Write "mouldy"/],
    ['ourOwn && order.late', /names "ourOwn", .*A condition with a name is written is\.<name>\./],
  ])('the check says so: %s', async (when, message) => {
    const edits = { 'rules.yaml': swap('order.found && order.late', `'${when}'`) };
    expect(await mistakesOf(edits)).toEqual([expect.stringMatching(message)]);
  });
});

test('what an action is about cannot be said by a rule without one, asked for or not', async () => {
  const saying = (text: string) => ({
    'templates/en.yaml': swap('We are sorry, your order is late.', `"${text}"`),
  });
  expect(await warningsOf(saying('It goes to {{ deed.address }}.'))).toEqual([
    expect.stringMatching(
      /^error 3 "sorry-late" prints deed\.address, which is never there where "late" says it: the rule has no "order"/,
    ),
  ]);
  expect(await warningsOf(saying('{% if deed.address %}It goes to {{ deed.address }}.{% endif %}'))).toEqual(
    [],
  );
});

describe('a word that a fact never is, in a template', () => {
  const saying = (text: string) => ({
    'templates/en.yaml': swap('Your order is on its way.', () => JSON.stringify(text)),
  });

  test.each([
    [
      '{% if order.status == "shiped" %}x{% endif %}',
      'order.status with "shiped"',
      'Did you mean "shipped"?',
    ],
    ["{%- unless order.status != 'shiped' -%}x{% endunless %}", 'order.status with "shiped"', ''],
    [
      '{% if order.found and signals contains "angry" %}x{% endif %}',
      'signals with "angry"',
      'Did you mean "anger"?',
    ],
    ['{% if intent == "refnd" %}x{% endif %}', 'intent with "refnd"', 'Did you mean "refund"?'],
    ['{% if order.late %}y{% elsif order.status == "lat" %}x{% endif %}', 'order.status with "lat"', ''],
    ['{% case order.status %}{% when "late", "laet" %}x{% endcase %}', 'order.status with "laet"', ''],
    [
      '{% for one in order.parcels %}{% if one.status == "gone" %}x{% endif %}{% endfor %}',
      'Parcel.status with "gone"',
      '',
    ],
  ])('%s', async (text, compared, mend) => {
    const findings = await warningsOf(saying(text));
    expect(findings).toEqual([
      expect.stringContaining(`"on-its-way" compares ${compared}, which it never is`),
    ]);
    expect(findings[0]).toMatch(/^error 4 /);
    expect(findings[0]).toContain(mend);
  });

  test.each([
    '{% if order.status == "late" or customer.name == "Ana" %}x{% endif %}',
    '{% if order.status == "" %}x{% endif %}',
    '{% case customer.language %}{% when "xx" %}x{% endcase %}',
    '{% for one in order.items %}{% if one contains "Mug" %}x{% endif %}{% endfor %}',
    'order.status == "shiped" is only a text',
  ])('none in %s', async (text) => {
    expect(await warningsOf(saying(text))).toEqual([]);
  });
});
