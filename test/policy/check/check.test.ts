/** `policy check` on a small policy with one thing wrong at a time, each found where it stands. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedClassifier } from '../../../src/classify/embedded/embeddedClassifier';
import type { ClassifyInput } from '../../../src/classify/port';
import type { Classification } from '../../../src/core/conversation/understanding';
import { checkPolicy, type CheckOptions } from '../../../src/policy/check/checkPolicy';
import { writeSmallPolicy, type Edits } from '../smallPolicy';
import { demoPolicy } from '../support';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-check-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const quietly: CheckOptions = { classifierOf: null, groups: null };

async function findingsOf(edits: Edits, options: Partial<CheckOptions> = {}): Promise<readonly string[]> {
  await writeSmallPolicy(folder, edits);
  const { findings } = await checkPolicy(folder, { ...quietly, ...options });
  return findings.map(
    ({ severity, kind, file, line, column, message }) =>
      `${severity} ${kind} ${file}:${line}:${column} ${message}`,
  );
}

const swap = (from: string, to: string) => (text: string) => text.replace(from, to);

/** A rule more for order_status, before all others, or as the `nth`. */
const ruleBefore = (rule: string, when: string, before = 'late') =>
  swap(
    `    - rule: ${before}\n`,
    `    - rule: ${rule}\n      why: It is so.\n      when: ${when}\n      then: [{ reply: on-its-way }]\n    - rule: ${before}\n`,
  );

test('a sound policy has nothing', async () => {
  expect(await findingsOf({})).toEqual([]);
});

test('the demo policy has no errors, and its desk all groups', async () => {
  const { version, findings } = await checkPolicy(demoPolicy, {
    classifierOf: null,
    groups: ['Support', 'Tier 2', 'Billing'],
  });
  expect(version).toMatch(/^p-/);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('mistakes that keep a policy from being loaded are errors, all at once, in order', async () => {
  const findings = await findingsOf({
    'rules.yaml': (text) =>
      text.replace('reply: on-its-way', 'reply: on-is-way').replace('order.late', 'order.lat'),
  });
  expect(findings).toEqual([
    expect.stringMatching(/^error mistake rules.yaml:13:\d+ names "lat".*Did you mean "late"\?$/),
    expect.stringMatching(
      /^error mistake rules.yaml:21:\d+ names the template "on-is-way".*Did you mean "on-its-way"\?$/,
    ),
  ]);
});

test('with one intent nothing can be told apart: no worker would start', async () => {
  const single = {
    'intents.yaml': (text: string) => text.slice(0, text.indexOf('refund:')),
    'rules.yaml': (text: string) => text.replace(/ {2}refund:\n[^]*?(?=otherwise)/, ''),
  };
  expect(await findingsOf(single)).toContainEqual(
    expect.stringMatching(/^error too-few-intents intents.yaml:\d+:1 has one intent: .*two or more/),
  );
});

describe('rules that are never reached', () => {
  test.each([
    ['the same condition', 'order.found && order.late'],
    ['the same, the other way round', 'order.late && order.found'],
    ['a weaker one', 'order.late'],
    ['one of several', 'order.late || message.words > 40'],
  ])('%s stands before', async (_what, when) => {
    expect(await findingsOf({ 'rules.yaml': ruleBefore('earlier', when) })).toEqual([
      expect.stringMatching(
        /^error unreachable-rule rules.yaml:15:13 "late" is never reached: "earlier" before it matches whenever it would/,
      ),
    ]);
  });

  test('a rule under first takes the place of one of an intent', async () => {
    const findings = await findingsOf({
      'rules.yaml': swap(
        'first:\n',
        'first:\n  - rule: all-orders\n    why: It is so.\n    when: intent in ["order_status", "refund"] && order.found\n    then: [{ reply: on-its-way }]\n',
      ),
    });
    expect(findings.map((finding) => /"([\w-]+)" is never/.exec(finding)?.[1])).toEqual([
      'late',
      'on-its-way',
      'refund-small',
    ]);
  });

  test.each([
    ['of a list of words', 'order.status in ["late", "shipped"]', 'order.status == "late"'],
    [
      'of a longer list',
      'order.status in ["late", "shipped"]',
      'order.status in ["shipped", "late"] && order.late',
    ],
  ])('one %s', async (_what, wide, narrow) => {
    const findings = await findingsOf({
      'rules.yaml': (text) =>
        ruleBefore('wide', wide)(text).replace('when: order.found && order.late', `when: ${narrow}`),
    });
    expect(findings).toEqual([expect.stringMatching(/"late" is never reached: "wide"/)]);
  });

  test.each([
    ['asks for more', 'order.found && order.late && order.total > 100'],
    ['asks for something else', 'order.found && !order.late'],
    ['only overlaps', 'order.late && message.words > 3 || order.total > 5'],
  ])('one that %s takes no place', async (_what, when) => {
    expect(await findingsOf({ 'rules.yaml': ruleBefore('earlier', when) })).toEqual([]);
  });

  test.each([
    ['"false"', 'false'],
    ['1 == 2', '1 == 2'],
    ['order.late && !true', '!true'],
  ])('one that wants %s', async (when, part) => {
    expect(await findingsOf({ 'rules.yaml': ruleBefore('dead', when) })).toEqual([
      `error unreachable-rule rules.yaml:13:13 "dead" is never reached: its condition wants ${part}, which is never so. Take the rule out, or ask for a fact`,
    ]);
  });

  test.each(['"true"', '1 < 2', 'true || false'])('all that come after one that wants %s', async (when) => {
    const findings = await findingsOf({ 'rules.yaml': ruleBefore('always', when) });
    expect(findings.map((finding) => /"([\w-]+)" is never/.exec(finding)?.[1])).toEqual([
      'late',
      'on-its-way',
      'which-order',
    ]);
    expect(findings[0]).toContain('"always" before it matches whenever it would');
  });

  test('a rule that asks gives up after a while, so what follows is reached', async () => {
    const asks = (text: string) =>
      ruleBefore(
        'asks',
        'order.late',
      )(text).replace(
        'then: [{ reply: on-its-way }]',
        'then: [{ ask: { for: reason, with: which-order, at-most: 1 } }]',
      );
    expect(await findingsOf({ 'rules.yaml': asks })).toEqual([]);
  });
});

describe('what is done to an order although nobody has said yes', () => {
  const unasked = (rules: (text: string) => string) =>
    findingsOf({ 'rules.yaml': (text) => rules(text).replace('      needs-approval: false\n', '') });
  const deed = (text: string) => swap('refund: { what: whole, at-most: { EUR: 5000 } }', text);

  test('a refund is told, with what to write', async () => {
    expect(await unasked((text) => text)).toEqual([
      expect.stringMatching(
        /^warning unasked-action rules.yaml:32:\d+ "refund-small" does a refund as soon as its condition holds: nobody has said yes to it\. Ask the customer with "confirm" before it, or an agent with "needs-approval: true"; "needs-approval: false" says that it is meant so$/,
      ),
    ]);
  });

  test.each(['cancel: true', 'change-address: true', 'store-credit: { amount: { EUR: 600 } }'])(
    'so is %s',
    async (action) => {
      expect(await unasked(deed(action))).toContainEqual(
        expect.stringContaining(`does a ${action.split(':')[0]} as soon as`),
      );
    },
  );

  test.each<[string, (text: string) => string]>([
    ['an invoice, which harms nobody', deed('resend-invoice: true')],
    [
      'what the customer is asked about',
      swap(
        '        - order:',
        '        - confirm: { with: which-order, declined: which-order, at-most: 2 }\n        - order:',
      ),
    ],
    ['what an agent approves', swap('needs-approval: false', 'needs-approval: true')],
    ['what is meant so', swap('needs-approval: false', 'needs-approval: no')],
  ])('not %s', async (_what, rules) => {
    expect(await unasked(rules)).not.toContainEqual(expect.stringContaining('unasked-action'));
  });
});

describe('actions that no order allows together', () => {
  const also = (action: string) =>
    findingsOf({
      'rules.yaml': swap(
        '        - reply: refunded\n',
        `        - order: { ${action} }\n        - reply: refunded\n`,
      ),
    });

  test('are told with the rule, and what to do', async () => {
    expect(await also('refund: { amount: { EUR: 500 } }')).toContainEqual(
      expect.stringMatching(
        /^error deeds-not-together rules.yaml:\d+:\d+ "refund-small" does refund twice, and for one message it is done to an order once, so it never applies\. Keep one of them, or make two rules$/,
      ),
    );
    expect(await also('cancel: true')).toContainEqual(expect.stringContaining('to an order that it cancels'));
  });

  test.each(['store-credit: { amount: { EUR: 600 } }', 'resend-invoice: true'])('not %s', async (action) => {
    expect(await also(action)).not.toContainEqual(expect.stringContaining('deeds-not-together'));
  });

  test('a fixed amount that was meant in whole units is told like any other', async () => {
    const five = swap('refund: { what: whole, at-most: { EUR: 5000 } }', 'refund: { amount: { EUR: 5 } }');
    expect(await findingsOf({ 'rules.yaml': five })).toContainEqual(
      expect.stringMatching(/^warning small-amount .* is EUR 0\.05: .* write \{ EUR: 500 \}$/),
    );
  });
});

describe('names that lead nowhere', () => {
  test('an intent without a rule', async () => {
    const intents = (text: string) =>
      `${text}vat:\n  about: asks about tax\n  orders: none\n  examples: [What about VAT?, tax number, is tax in it]\n`;
    expect(await findingsOf({ 'intents.yaml': intents })).toEqual([
      expect.stringMatching(/^warning intent-without-rule intents.yaml:10:1 "vat" has no rule.*"no-rule"/),
    ]);
  });

  test('not one that a rule under first is about', async () => {
    const findings = await findingsOf({
      'intents.yaml': (text) =>
        `${text}vat:\n  about: tax\n  orders: none\n  examples: [VAT?, tax number, is tax in it]\n`,
      'rules.yaml': swap(`when: '"safety" in signals'`, `when: '"safety" in signals || intent == "vat"'`),
    });
    expect(findings).toEqual([]);
  });

  test('a template that no rule says', async () => {
    const more = (text: string) => `${text}farewell: Goodbye.\n`;
    expect(await findingsOf({ 'templates/en.yaml': more })).toEqual([
      expect.stringMatching(/^warning unused-template templates\/en.yaml:7:1 "farewell" is said by no rule/),
    ]);
  });

  test('a template that a language lacks', async () => {
    const less = swap('refunded: Ihr Geld ist unterwegs.\n', '');
    expect(await findingsOf({ 'templates/de.yaml': less })).toEqual([
      expect.stringMatching(/^warning missing-translation templates\/en.yaml:6:1 "refunded".*"de".*"en"$/),
    ]);
  });

  test('a condition with a name that no rule uses', async () => {
    const named = (text: string) => `conditions:\n  isLate: order.late\n${text}`;
    expect(await findingsOf({ 'rules.yaml': named })).toEqual([
      expect.stringMatching(/^warning unused-condition rules.yaml:2:3 "isLate"/),
    ]);
  });

  test('groups that the desk does not have, in rules, settings and escalation', async () => {
    expect(await findingsOf({}, { groups: ['Support'] })).toEqual([
      expect.stringMatching(
        /^error unknown-group rules.yaml:8:44 names the group "Tier 2".*It has: "Support"/,
      ),
    ]);
    expect(await findingsOf({}, { groups: ['Suport', 'Tier 2'] })).toEqual([
      expect.stringMatching(/^error unknown-group policy.yaml:14:19 .*"Support".*Did you mean "Suport"\?/),
      expect.stringMatching(/^error unknown-group policy.yaml:17:26 .*"Support"/),
    ]);
  });
});

describe('facts that can be absent', () => {
  const says = (text: string) => swap('on-its-way: Your order is on its way.', `on-its-way: '${text}'`);

  test.each([
    ['{{ order.expectedOn | day }}', 'order.expectedOn'],
    ['{{ order.refund | money: order.refundCurrency }}', 'order.refundCurrency'],
    ['{{ customer.name }}', 'customer.name'],
    ['{% for parcel in order.parcels %}{{ parcel.trackingUrl }}{% endfor %}', 'Parcel.trackingUrl'],
    ['{% if order.late or order.expectedOn %}{{ order.expectedOn }}{% endif %}', 'order.expectedOn'],
    ['{% if order.expectedOn %}soon{% else %}{{ order.expectedOn }}{% endif %}', 'order.expectedOn'],
    ['{% unless order.expectedOn %}{{ order.expectedOn }}{% endunless %}', 'order.expectedOn'],
    ['{% if order.expectedOn %}soon{% endif %} {{ order.expectedOn }}', 'order.expectedOn'],
  ])('%s is not asked for', async (text, fact) => {
    expect(await findingsOf({ 'templates/en.yaml': says(text) })).toEqual([
      expect.stringContaining(`"on-its-way" prints ${fact}, which can be absent where "on-its-way" says it`),
    ]);
  });

  test.each([
    '{{ order.number }}',
    '{% if order.expectedOn %}{{ order.expectedOn | day }}{% endif %}',
    '{% if order.expectedOn and order.late %}{{ order.expectedOn }}{% endif %}',
    '{% if order.expectedOn != "" %}{{ order.expectedOn }}{% endif %}',
    '{% if order.refundOn %}{{ order.refund | money: order.refundCurrency }}{% endif %}',
    '{% unless order.expectedOn %}soon{% else %}{{ order.expectedOn }}{% endunless %}',
    '{% for parcel in order.parcels %}{% if parcel.trackingUrl %}{{ parcel.trackingUrl }}{% endif %}{% endfor %}',
    '{% comment %}{{ customer.name }}{% endcomment %}On its way.',
    '{{ shop.name }}',
  ])('%s is fine', async (text) => {
    expect(await findingsOf({ 'templates/en.yaml': says(text) })).toEqual([]);
  });

  test("an order's facts where no order is meant", async () => {
    const asks = swap('which-order: Which order is it?', 'which-order: Is it {{ order.number }}?');
    expect(await findingsOf({ 'templates/en.yaml': asks })).toEqual([
      expect.stringMatching(/^warning absent-fact templates\/en.yaml:5:20 "which-order" prints order.number/),
    ]);
  });

  test('the amount is there where a rule refunds', async () => {
    const refunded = swap('refunded: Your money', 'refunded: "{{ deed.amount | money: deed.currency }}"\n#');
    expect(await findingsOf({ 'templates/en.yaml': refunded })).toEqual([]);
  });
});

test('an example that the classifier puts elsewhere, with the intent it went to', async () => {
  const stray = swap(
    '[I want my money back, Please',
    '[Where is my parcel now, I want my money back, Please',
  );
  const findings = await findingsOf(
    { 'intents.yaml': stray },
    { classifierOf: (intents) => createEmbeddedClassifier(intents) },
  );
  expect(findings.filter((finding) => finding.includes('Where is my parcel now'))).toEqual([
    expect.stringMatching(
      /^warning example-of-another-intent intents.yaml:9:14 .*is an example of "refund", but going by the other examples it is "order_status" \(0\.\d\d\)/,
    ),
  ]);
});

test('an example that is only unusual is not told: the other intent is as sure of its own examples', async () => {
  /** Sure of all but one, which it puts with order_status, as sure as it is told. */
  const classifierSure = (confidence: number): CheckOptions['classifierOf'] => {
    const classify = ({ words: { text } }: ClassifyInput): Promise<Classification> => {
      const intent = /order\?|parcel|money/.test(text) ? 'order_status' : 'refund';
      const ranking = [{ intent, confidence: text.includes('money') ? confidence : 0.8 }];
      const nothingElse = {
        language: 'en',
        entities: { orderNumbers: [] },
        signals: [],
        classifier: 'table',
      };
      return Promise.resolve({ intent, confidence, ranking, ...nothingElse });
    };
    return () => Promise.resolve({ classify });
  };
  expect(await findingsOf({}, { classifierOf: classifierSure(0.79) })).toEqual([]);
  expect(await findingsOf({}, { classifierOf: classifierSure(0.81) })).toEqual([
    expect.stringMatching(
      /"I want my money back" is an example of "refund", but .* "order_status" \(0\.81\)/,
    ),
  ]);
});
