/** Whatever is wrong with a file of scenarios: where, what was found, what is allowed. */
import { loadPolicy } from '../../src/policy/load/loadPolicy';
import { loadScenarios } from '../../src/scenarios/load/loadScenarios';
import { mistakesOf, scenarioOf, withScenarios } from './support';

const says = '- customer says: Where is my order?';

test.each([
  [
    'an unknown step',
    '- customer sais: Hello',
    /some\.yaml:6:9 "customer sais" is not a step.*Did you mean "customer says"\?/,
  ],
  [
    'two things in one step',
    '- { customer says: Hello, after: 3 days }',
    /has "customer says" and "after" in one step/,
  ],
  [
    'an unknown expectation',
    `${says}\n- expect: { rules: order-late }`,
    /:7:19 has the unknown key "rules"\. Allowed: .*Did you mean "rule"\?/,
  ],
  [
    'a rule that is not there',
    `${says}\n- expect: { rule: order-lat }`,
    /:7:25 expects the rule "order-lat".*Did you mean "order-late"\?/,
  ],
  [
    'an intent that is not there',
    `${says}\n- expect: { intent: order_statu }`,
    /Did you mean "order_status"\?/,
  ],
  [
    'a template that is not there',
    `${says}\n- expect: { template: order-lat }`,
    /expects the template "order-lat"/,
  ],
  ['a language that is not there', `${says}\n- expect: { language: pl }`, /expects the language "pl"/],
  [
    'an unknown order action',
    `${says}\n- expect: { actions: [{ cancle: 48213 }] }`,
    /"cancle" is not an order action.*Did you mean "cancel"\?/,
  ],
  [
    'an amount without currency',
    `${says}\n- expect: { actions: [{ refund: { order: 1, amount: "12.90" } }] }`,
    /must be a currency and an amount, such as "EUR 12.90"/,
  ],
  [
    'a time that is none',
    `${says}\n- after: soon\n- expect: { silence: true }`,
    /:7:16 .*is "soon", but it must be a time such as/,
  ],
  [
    'a clock that is none',
    `${says}\n- expect: { sla: { first-repl: running } }`,
    /has the unknown key "first-repl"\. Allowed: "first-reply", .*Did you mean "first-reply"\?/,
  ],
  ['too long a time', `${says}\n- after: 9000 days\n- expect: { silence: true }`, /at most a year/],
  ['nothing expected', `${says}\n- expect: {}`, /expects nothing/],
  ['a last step that nothing checks', says, /is the last step, but only an "expect" after it/],
  [
    'an expectation before anything',
    `- expect: { silence: true }\n${says}\n- expect: { silence: true }`,
    /expects something before anything happens/,
  ],
  [
    'an order that was not given',
    `${says}\n- order changes: { number: 7, status: delivered }\n- expect: { silence: true }`,
    /changes order 7, which is none of the given ones\. Given: 48213/,
  ],
  ['silence that is not true', `${says}\n- expect: { silence: false }`, /silence/],
])('%s', async (_what, steps, words) => {
  expect((await mistakesOf(scenarioOf(steps))).join('\n')).toMatch(words);
});

test.each([
  ['clock', 'clock: yesterday', /must be a moment such as "2026-11-25 10:00"/],
  ['day', 'orders: [{ number: 1, placed: last week }]', /must be a day such as "2026-11-21"/],
  ['impossible day', 'orders: [{ number: 1, placed: 2026-02-31 }]', /must be a day/],
  ['total', 'orders: [{ number: 1, total: EUR 1.234 }]', /must be a currency and an amount/],
  ['currency', 'orders: [{ number: 1, total: XYZ 1.00 }]', /must be a currency and an amount/],
  ['email', 'customer: { email: ana }', /must be an e-mail address/],
  ['status', 'orders: [{ number: 1, status: lost }]', /but allowed is "processing"/],
])('given: %s', async (_what, given, words) => {
  const file = `given:\n  ${given}\nscenarios:\n  - scenario: One\n    steps:\n      ${says}\n      - expect: { silence: true }\n`;
  expect((await mistakesOf(file)).join('\n')).toMatch(words);
});

test('a tab, a duplicate key and a bomb of aliases are told, not followed', async () => {
  expect((await mistakesOf('scenarios:\n\t- a')).join()).toMatch(/:2:1 is indented with a tab/);
  expect((await mistakesOf('given: {}\ngiven: {}\n')).join()).toMatch(/second time/);
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    'b: &b [*a,*a,*a,*a,*a,*a,*a,*a]',
    'c: &c [*b,*b,*b,*b,*b,*b,*b,*b]',
    'd: [*c,*c,*c,*c,*c,*c,*c,*c]',
  ];
  expect((await mistakesOf(bomb.join('\n'))).join()).toMatch(/Write the values out/);
});

test('one name is one scenario, over all files', async () => {
  const one = scenarioOf(`${says}\n- expect: { silence: true }`);
  await withScenarios({ 'a.yaml': one, 'b.yaml': one }, async (folder) => {
    await expect(loadScenarios(folder, await loadPolicy(folder))).rejects.toThrow(
      /b\.yaml:4:1 "One" is the name of another scenario, scenarios\/a\.yaml:4/,
    );
  });
});

test('a policy without scenarios says where to put them', async () => {
  await withScenarios({}, async (folder) => {
    await expect(loadScenarios(folder, await loadPolicy(folder))).rejects.toThrow(
      /has no scenarios\. Put some/,
    );
  });
});
