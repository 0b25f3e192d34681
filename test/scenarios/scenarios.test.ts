/** Conversations from end to end: what a scenario can say, and that each expectation can fail. */
import * as fc from 'fast-check';
import { failureOf, mistakesOf, run, scenarioOf } from './support';

const where = '- customer says: Where is my order 48213?';
const processing = '    given: { orders: [{ number: 51877, items: [Kettle] }] }\n';
const cancel = '- customer says: Please cancel my order 51877';

describe('a scenario passes', () => {
  test.each([
    [
      'decision and words',
      `${where}\n- expect: { intent: order_status, rule: order-in-transit, template: order-in-transit, language: en, reply contains: [Ana, "27 November"], reply does not contain: sorry }`,
    ],
    [
      'ticket',
      `${where}\n- expect: { status: pending, stage: waiting-for-customer, question: none, hand-off: none, actions: [], tags: [deskhand_answered] }`,
    ],
    [
      'time',
      `${where}\n- expect: { hand-off: none }\n- after: 5 days\n- expect: { stage: closed, silence: true }`,
    ],
    [
      'a burst is one message',
      `- customer says: [Hello, one question, where is my order 48213?]\n- expect: { rule: order-in-transit }`,
    ],
    [
      'a person wins',
      `${where}\n- expect: { stage: waiting-for-customer }\n- agent says: I have it.\n- customer says: And when will it be here?\n- expect: { silence: true, stage: with-person }`,
    ],
    [
      'assigned, noted and handed back',
      `- agent assigns: Maria\n- agent notes: I look at it.\n${where}\n- expect: { silence: true, stage: with-person }\n- agent assigns: nobody\n- agent hands back: Maria\n- expect: { rule: order-in-transit }`,
    ],
    [
      'the order changes',
      `${where}\n- expect: { rule: order-in-transit }\n- order changes: { number: 48213, status: delivered }\n- customer says: Where is my order 48213 now?\n- expect: { rule: order-delivered }`,
    ],
    [
      'quoted history and machines are read as in production',
      `${where}\n- expect: { rule: order-in-transit }\n- customer says: |\n    Automatic reply: I am out of the office until Monday.\n- expect: { silence: true }`,
    ],
  ])('%s', async (_what, steps) => {
    expect(await failureOf(steps)).toBe('');
  });

  it('an order action is proposed, confirmed and done, once', async () => {
    const steps = `${cancel}\n- expect: { rule: cancel-now, question: confirmation, proposes: [{ cancel: 51877 }], actions: [] }\n- customer says: Yes please\n- expect: { actions: [{ cancel: 51877 }], note contains: "Done: cancel order 51877", question: none }`;
    expect(await failureOf(steps, processing)).toBe('');
  });

  it('what the shop refuses ends at a person', async () => {
    const steps = `${cancel}\n- expect: { question: confirmation }\n- shop refuses: It was packed a minute ago.\n- customer says: Yes please\n- expect: { actions: [], hand-off: order-action-refused, note contains: It was packed a minute ago. }`;
    expect(await failureOf(steps, processing)).toBe('');
  });
});

describe('modes', () => {
  const draft = '    given: { mode: draft, orders: [{ number: 48213 }] }\n';

  it('in draft a reply waits, and an agent sends it', async () => {
    const steps = `${where}\n- expect: { mode: draft, stage: waiting-for-approval, silence: true, rule: order-in-transit, note contains: "27 November" }\n- agent approves: Maria\n- expect: { reply contains: "27 November", stage: waiting-for-customer }`;
    expect(
      await failureOf(steps, '    given: { mode: draft, orders: [{ number: 48213, status: in-transit }] }\n'),
    ).toBe('');
  });

  it('a draft that nobody decides about is reminded of, given to another group, and handed off', async () => {
    const approvals = 'approvals: [{ after: 30m }, { after: 2h, group: Tier 2 }]';
    const steps = [
      where,
      '- expect: { stage: waiting-for-approval }',
      '- after: 31 minutes',
      '- expect: { stage: waiting-for-approval, note contains: "waits for approval since" }',
      '- after: 2 hours',
      '- expect: { stage: waiting-for-approval, note contains: "Tier 2 is asked now" }',
      '- after: 2 hours',
      '- expect: { hand-off: approval-timeout }',
    ].join('\n');
    expect(await failureOf(steps, draft, approvals)).toBe('');
  });

  it('shadow and off write nothing, and what is switched in between holds at once', async () => {
    const steps = `- mode becomes: shadow\n${where}\n- expect: { mode: shadow, stage: watching, silence: true, rule: order-in-transit, status: new }\n- mode becomes: off\n- customer says: Hello?\n- expect: { mode: off, stage: watching, silence: true }\n- mode becomes: auto\n- customer says: Where is my order 48213?\n- expect: { mode: auto, rule: order-in-transit, stage: waiting-for-customer }`;
    expect(await failureOf(steps)).toBe('');
  });

  it("rules are tried out as if they did it all by themselves, whatever the policy's mode", async () => {
    const cautious = 'mode: { default: auto, intents: { order_status: draft } }';
    const answered = `${where}\n- expect: { mode: auto, stage: waiting-for-customer }`;
    expect(await failureOf(answered, '', cautious)).toBe('');
    const held = `${where}\n- expect: { mode: draft, stage: waiting-for-approval }`;
    const asItSays =
      '    given: { mode: as the policy says, orders: [{ number: 48213, status: in-transit }] }\n';
    expect(await failureOf(held, asItSays, cautious)).toBe('');
  });

  it('an expectation about it can fail', async () => {
    expect(await failureOf(`${where}\n- expect: { mode: auto }`, draft)).toContain('- mode: auto');
  });
});

describe('a scenario fails, and tells', () => {
  test.each([
    [
      'intent: refund_status',
      /- intent: refund_status\n {2}\+ intent: order_status\n {6}Understood was: order_status \d+ %/,
    ],
    ['rule: order-late', /"order-late" was not looked at: "order-in-transit" matched/],
    ['rule: order-processing', /"order-processing" was looked at: .*order.status is "in-transit"/],
    [
      'rule: refund-by-person',
      /"refund-by-person" is a rule of the intent refund_status; understood was order_status/,
    ],
    ['rule: nothing-matched', /decides only when no rule matches, and "order-in-transit" matched/],
    ['template: order-late', /\+ template: order-in-transit/],
    ['language: de', /\+ language: en/],
    ['reply contains: refund', /- reply contains: "refund"\n {2}\+ reply contains: the reply above/],
    ['reply does not contain: "48213"', /nothing with "48213"/],
    ['note contains: refund', /- note contains: "refund"/],
    ['silence: true', /- silence: no reply/],
    ['question: order-number', /\+ question: none/],
    ['actions: [{ cancel: 48213 }]', /- actions: cancel order 48213\n {2}\+ actions: nothing/],
    [
      'proposes: [{ refund: { order: 48213, amount: EUR 10.00 } }]',
      /- proposes: refund EUR 10.00 on order 48213/,
    ],
    ['hand-off: anger', /- hand-off: anger\n {2}\+ hand-off: none\n {6}Rule "order-in-transit" decided/],
    ['hand-off: { group: Billing }', /- hand-off: group Billing/],
    ['tags: [vip]', /- tags: vip\n {2}\+ tags: deskhand_answered/],
    ['status: solved', /\+ status: pending/],
    ['priority: high', /\+ priority: none/],
    ['stage: closed', /\+ stage: waiting-for-customer/],
  ])('%s', async (expected, words) => {
    const text = await failureOf(`${where}\n- expect: { ${expected} }`);
    expect(text).toMatch(words);
    expect(text).toMatch(/Expected at scenarios\/some\.yaml:7:\d+:/);
  });

  it('reads like a conversation up to where it took another course, and stops there', async () => {
    const text = await failureOf(
      `${where}\n- expect: { rule: order-late }\n- customer says: Never said\n- expect: { silence: true }`,
    );
    expect(text).toContain('11-25 10:00  Customer  Where is my order 48213?');
    expect(text).toMatch(/Deskhand {2}Hello Ana,/);
    expect(text).not.toContain('Never said');
  });
});

describe('nothing runs for ever', () => {
  it('a year of a ticket that nobody picks up comes to an end', async () => {
    const steps =
      '- customer says: I want to talk to a human\n- expect: { stage: handed-off }\n- after: 365 days\n- expect: { stage: escalated }';
    const [result] = await run(scenarioOf(steps));
    expect(result?.failed).toBeNull();
    expect(result?.happenings.length).toBeLessThan(2_500);
  });

  it('whatever customers, agents, shop and time do in whatever order', async () => {
    const step = fc.constantFrom(
      'customer says: Where is my order 48213?',
      'customer says: [Hi, my order]',
      'customer says: Thanks!',
      'customer says: I want to talk to a human',
      'customer says: { text: "", files: [photo.jpg] }',
      'agent says: I have it.',
      'agent notes: Strange.',
      'agent assigns: Maria',
      'agent assigns: nobody',
      ...[
        'approves',
        'rejects',
        'takes over',
        'hands back',
        'escalates',
        'closes',
        'asks for another reply',
      ].map((action) => `agent ${action}: Maria`),
      'after: 4 seconds',
      'after: 31 minutes',
      'after: 5 days',
      'after: 60 days',
      'shop refuses: No.',
      'order changes: { number: 48213, status: delivered }',
    );
    const conversation = fc.array(step, { minLength: 1, maxLength: 12 });
    const some = fc.sample(conversation, { numRuns: 60, seed: 7 });
    const file = some.map(
      (steps, index) =>
        `  - scenario: Number ${index}\n    steps:\n${[...steps, 'expect: { status: closed }'].map((line) => `      - ${line}\n`).join('')}`,
    );
    const results = await run(`given: { orders: [{ number: 48213 }] }\nscenarios:\n${file.join('')}`);
    expect(results).toHaveLength(some.length);
    for (const { failed, happenings } of results) {
      expect(failed?.broken ?? null).toBeNull();
      expect(happenings.length).toBeLessThan(12 * 2_500);
    }
  });
});

describe('a silent customer', () => {
  const asked = `
- order changes: { number: 48213, status: delivered }
- customer says: Where is my order 48213?`;
  const delivered = `${asked}
- expect: { rule: order-delivered }`;

  test('a follow-up comes when its time is over, and solves the ticket', async () => {
    const steps = `${asked}
- expect: { follow-up: all-well, fields: { Order number: '48213', Delivered: true } }
- after: 71 hours
- expect: { silence: true, stage: waiting-for-customer }
- after: 1 hour
- expect: { reply contains: [Hello Ana, close this], status: solved, stage: solved, follow-up: none }
- after: 90 days
- expect: { silence: true, stage: closed }`;
    expect(await failureOf(steps)).toBe('');
  });

  test('an answer takes its place', async () => {
    const steps = `${delivered}
- after: 1 day
- customer says: I want to talk to a human
- after: 10 minutes
- expect: { hand-off: asked-for-human, follow-up: none, reply does not contain: close this }`;
    expect(await failureOf(steps)).toBe('');
  });

  test.each([
    ['{ follow-up: none }', /- follow-up: none\n\s+\+ follow-up: all-well/],
    ["{ fields: { Order number: '1' } }", /- fields: Order number: 1\n\s+\+ fields: Order number: 48213/],
    ['{ fields: { Colour: blue } }', /- fields: Colour: blue\n\s+\+ fields: Colour: not set/],
  ])('what came is told where %s was expected', async (expectation, words) => {
    expect(await failureOf(`${asked}\n- expect: ${expectation}`)).toMatch(words);
  });

  test('a follow-up is shown in its place of a conversation that fails', async () => {
    const failure = await failureOf(`${delivered}\n- after: 4 days\n- expect: { silence: true }`);
    expect(failure).toMatch(
      /4 days pass\n.*\n?\s*\d\d-\d\d \d\d:\d\d {2}Deskhand {2}Hello Ana,\n\n\s+I take it that all is well/,
    );
  });

  test.each([
    ['{ follow-up: al-well }', /expects the template "al-well".*Did you mean "all-well"/],
    ['{ fields: { Order number: [1] } }', /fields/],
  ])('%s is a mistake of the file', async (expectation, words) => {
    expect((await mistakesOf(scenarioOf(`${asked}\n- expect: ${expectation}`))).join('\n')).toMatch(words);
  });
});

const silenceRule = 'hand-back: { after: 2h, except: [legal] }';
const wantsPerson = '- customer says: I want to talk to a human please';
/** The last rung of the ladder, and the time of the rule. */
const longAfter = '- after: 1 day';

describe('handed back by the silence rule', () => {
  test.each([
    [
      'somebody has the ticket and says nothing: the customer is answered in their place',
      `- agent assigns: Maria\n${where}\n- expect: { silence: true, stage: with-person }\n- after: 110 minutes\n- expect: { silence: true, stage: with-person }\n- after: 11 minutes\n- expect: { rule: order-in-transit, stage: waiting-for-customer, hand-off: none, note contains: "nobody has said anything for 2 hours" }`,
    ],
    [
      'a person answers in time: nothing is said twice',
      `- agent assigns: Maria\n${where}\n- after: 1 hour\n- agent says: It is on its way to you.\n- after: 1 day\n- expect: { silence: true, stage: with-person }`,
    ],
    [
      'what is asked after a person has answered is answered, and nothing else',
      `- agent assigns: Maria\n${wantsPerson}\n- agent says: I am a human. How can I help?\n${where}\n- after: 3 hours\n- expect: { rule: order-in-transit, hand-off: none, stage: waiting-for-customer }`,
    ],
    [
      'for the same old reason nobody is called anew, and nothing is said',
      `${wantsPerson}\n- expect: { hand-off: asked-for-human }\n${longAfter}\n- expect: { silence: true, stage: escalated, hand-off: asked-for-human }`,
    ],
    [
      'a wish for a person goes on to count, whatever else is asked',
      `${wantsPerson}\n- expect: { hand-off: asked-for-human }\n${longAfter}\n${where}\n- expect: { silence: true, stage: escalated }\n- after: 1 day\n- expect: { silence: true, stage: escalated }`,
    ],
  ])('%s', async (_what, steps) => {
    expect(await failureOf(steps, '', silenceRule)).toBe('');
  });

  it('without the rule, people keep it', async () => {
    const steps = `- agent assigns: Maria\n${where}\n- after: 3 days\n- expect: { silence: true, stage: with-person }`;
    expect(await failureOf(steps)).toBe('');
  });
});

describe('what a customer has told a person', () => {
  const orders =
    '    given: { orders: [{ number: 48213, status: in-transit }, { number: 51877, status: in-transit }] }\n';
  const told = `- agent assigns: Maria\n- customer says: I have a question about order 48213\n- agent says: Which one?\n- agent assigns: nobody\n- agent hands back: Maria\n- customer says: Where is my order?`;

  it('is asked for where they have not told it', async () => {
    const steps = `${told.replace('order 48213', 'something')}\n- expect: { question: order-number }`;
    expect(await failureOf(steps, orders)).toBe('');
  });

  it('is not asked for again when it is handed back', async () => {
    const steps = `${told}\n- expect: { rule: order-in-transit, question: none, reply contains: "48213" }`;
    expect(await failureOf(steps, orders)).toBe('');
  });
});

describe('handed back by an action', () => {
  test.each([
    [
      'for the same old reason the call that stands goes on, and nothing is said twice',
      `${wantsPerson}\n- expect: { hand-off: asked-for-human }\n- agent hands back: Maria\n- expect: { silence: true, stage: handed-off, hand-off: asked-for-human, note contains: It stays handed off }`,
    ],
    [
      'what a person has answered is not handed off again',
      `${wantsPerson}\n- expect: { hand-off: asked-for-human }\n- agent says: I am a human, and Deskhand goes on from here.\n- agent hands back: Maria\n- expect: { silence: true, stage: waiting-for-customer }\n${where}\n- expect: { rule: order-in-transit, hand-off: none }`,
    ],
  ])('%s', async (_what, steps) => {
    expect(await failureOf(steps)).toBe('');
  });
});
