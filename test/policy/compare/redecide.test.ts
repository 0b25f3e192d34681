/** Decisions as they are recorded, decided again: under their own version the same, under another what it says. */
import { newDialogue } from '../../../src/core/conversation/dialogue';
import type { Plan } from '../../../src/core/policy/plan';
import { createMailedCodes } from '../../../src/mail/mailedCodes';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor } from '../../../src/policy/processor';
import { readPlan } from '../../../src/policy/compare/recordedPlan';
import { redecide, type Difference } from '../../../src/policy/compare/redecide';
import { smallPolicy, type Edits } from '../smallPolicy';
import { converse, demo, inputOf, order, shopOf, type Turn } from '../support';

let policy: LoadedPolicy;
beforeAll(async () => {
  policy = await smallPolicy();
});

/** As a history gives it back. */
function recorded(plan: Plan): Plan {
  const read = readPlan(JSON.parse(JSON.stringify(plan)));
  if (read === null) throw new Error('the plan was not recognized');
  return read;
}

async function decided(...turns: readonly Turn[]): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const { orders = [], ...said } of turns) {
    const dialogue = plans.at(-1)?.dialogue ?? newDialogue;
    const input = inputOf({ dialogue, ...said });
    plans.push(
      await createPolicyProcessor(policy, shopOf(...orders)).consult(input, new AbortController().signal),
    );
  }
  return plans;
}

async function lastUnder(edits: Edits, ...turns: readonly Turn[]): Promise<readonly Difference[]> {
  const plan = (await decided(...turns)).at(-1);
  if (plan === undefined) throw new Error('nothing was said');
  const again = redecide(await smallPolicy(edits), recorded(plan));
  if (again.type === 'undecidable') throw new Error(again.why);
  return again.differences;
}

const whereIsIt: Turn = { intent: 'order_status', orders: [order()] };
const late: Turn = { intent: 'order_status', orders: [order({ status: 'late' })] };
const refund: Turn = { intent: 'refund', orders: [order({ total: { minor: 4_900, currency: 'EUR' } })] };
const noOrder: Turn = { intent: 'order_status', orders: [] };

describe('under its own version a decision is the same again', () => {
  const conversations: Readonly<Record<string, readonly Turn[]>> = {
    'an answer': [whereIsIt],
    'a refund': [refund],
    'a question and its answer': [
      noOrder,
      { text: '48213', numbers: ['48213'], intent: null, orders: [order()] },
    ],
    'two questions, then a person': [noOrder, noOrder, noOrder],
    'a hand-off': [{ ...whereIsIt, signals: ['safety'] }],
    'two matters': [{ ...late, further: [{ intent: 'refund', confidence: 0.9, orderNumbers: ['48213'] }] }],
  };

  test.each(Object.entries(conversations))('%s', async (_name, turns) => {
    for (const plan of await decided(...turns)) {
      const again = redecide(policy, recorded(plan));
      expect(again).toMatchObject({ type: 'decided', differences: [], after: plan });
    }
  });

  test('the demo policy, with a topic put aside and come back to', async () => {
    const plans = await converse(
      { intent: 'order_status', orders: [order(), order({ number: '51877' })] },
      { text: 'How do I return things?', intent: 'delivery_info' },
      { text: '51877', numbers: ['51877'], intent: null, orders: [order(), order({ number: '51877' })] },
    );
    for (const plan of plans) {
      // What was promised for the ticket is no part of a decision, as when the team was at work is none.
      const { settings } = await demo();
      expect(redecide(await demo(), recorded(plan))).toMatchObject({
        differences: [],
        after: { ...plan, settings },
      });
    }
  });
});

describe('another version', () => {
  test('that differs elsewhere would have done the same', async () => {
    expect(
      await lastUnder({ 'rules.yaml': (text) => text.replace('EUR: 5000', 'EUR: 9000') }, whereIsIt),
    ).toEqual([]);
  });

  test('other words of the same template', async () => {
    const edits = { 'templates/en.yaml': (text: string) => text.replace('is on its way', 'travels') };
    expect(await lastUnder(edits, whereIsIt)).toEqual([
      { aspect: 'reply', before: 'on-its-way (en)', after: 'on-its-way (en)' },
    ]);
  });

  test('another rule, with what it sets on the ticket', async () => {
    const edits = {
      'rules.yaml': (text: string) =>
        text.replace('order.found && order.late', 'order.found && order.late && false'),
    };
    expect(await lastUnder(edits, late)).toEqual([
      { aspect: 'reply', before: 'sorry-late (en)', after: 'on-its-way (en)' },
      { aspect: 'ticket', before: 'priority high', after: 'tag +answered' },
    ]);
  });

  test('a lower limit: no refund, and a person', async () => {
    const edits = { 'rules.yaml': (text: string) => text.replace('EUR: 5000', 'EUR: 1000') };
    expect(await lastUnder(edits, refund)).toEqual([
      { aspect: 'reply', before: 'refunded (en)', after: 'hand-off (en)' },
      {
        aspect: 'order action',
        before: expect.stringContaining('EUR 49.00 on order 48213') as string,
        after: '-',
      },
      { aspect: 'hand-off', before: '-', after: 'policy to Support' },
    ]);
  });

  test('an approval', async () => {
    const edits = {
      'rules.yaml': (text: string) => text.replace('needs-approval: false', 'needs-approval: true'),
    };
    expect(await lastUnder(edits, refund)).toEqual([{ aspect: 'approval', before: '-', after: 'needed' }]);
  });

  test('fewer tries: the second question is a person', async () => {
    const edits = { 'rules.yaml': (text: string) => text.replace('at-most: 2', 'at-most: 1') };
    expect((await lastUnder(edits, noOrder, noOrder)).map(({ aspect, after }) => [aspect, after])).toEqual([
      ['reply', 'hand-off (en)'],
      ['hand-off', 'policy to Support'],
      ['question', '-'],
    ]);
  });

  test('without the intent: nothing it knows, as a message would be understood under it', async () => {
    const edits = {
      'intents.yaml': (text: string) => text.replace('refund:\n', 'money:\n'),
      'rules.yaml': (text: string) => text.replace('  refund:\n', '  money:\n'),
    };
    expect(await lastUnder(edits, refund)).toContainEqual({
      aspect: 'hand-off',
      before: '-',
      after: 'policy to Support',
    });
  });

  test('another group of the settings counts, a note does not', async () => {
    const edits = {
      'policy.yaml': (text: string) => text.replace('hand-off-group: Support', 'hand-off-group: Tier 3'),
    };
    const unknown: Turn = { intent: null, orders: [] };
    expect(await lastUnder(edits, unknown)).toEqual([
      { aspect: 'hand-off', before: 'policy to Support', after: 'policy to Tier 3' },
    ]);
  });
});

describe('a code that is mailed', () => {
  const proofs = {
    'policy.yaml': (text: string) => `${text}identity: { proofs: [email, mailed-code] }\n`,
    'rules.yaml': (text: string) =>
      text.replace(
        '- ask: { for: order-number, with: which-order, at-most: 2 }',
        '- ask: { for: mailed-code, with: which-order, at-most: 2 }',
      ),
    'templates/en.yaml': (text: string) =>
      `${text}code-mail-subject: Your code\ncode-mail: The code is {{ code }}.\n`,
    'templates/de.yaml': (text: string) =>
      `${text}code-mail-subject: Ihr Code\ncode-mail: Der Code ist {{ code }}.\n`,
  };
  const anothers: Turn = { intent: 'order_status', numbers: ['77001'], orders: [] };

  async function under(edits: Edits): Promise<readonly Difference[]> {
    const its = await smallPolicy(proofs);
    const codes = createMailedCodes('a secret of thirty-two characters');
    const { orders = [], ...said } = anothers;
    const processor = createPolicyProcessor(its, shopOf(...orders), { codes });
    const plan = await processor.consult(inputOf(said), new AbortController().signal);
    expect(plan.actions).toContainEqual(expect.objectContaining({ type: 'send-code', order: '77001' }));
    const again = redecide(await smallPolicy({ ...proofs, ...edits }), recorded(plan));
    if (again.type === 'undecidable') throw new Error(again.why);
    return again.differences;
  }

  test('by the same policy is the same', async () => {
    expect(await under({})).toEqual([]);
  });

  test('in other words: its reader would see them', async () => {
    const text = (en: string) => proofs['templates/en.yaml'](en).replace('The code is', 'Please type');
    expect(await under({ 'templates/en.yaml': text })).toEqual([
      { aspect: 'code mail', before: 'for order 77001 (en)', after: 'for order 77001 (en)' },
    ]);
  });

  test('and what happens where it cannot be sent', async () => {
    const policy = (yaml: string) =>
      proofs['policy.yaml'](yaml).replace('hand-off-group: Support', 'hand-off-group: Tier 3');
    expect(await under({ 'policy.yaml': policy })).toEqual([
      {
        aspect: 'if refused',
        before: 'hand-off (en), failure to Support',
        after: 'hand-off (en), failure to Tier 3',
      },
    ]);
  });
});

test('a rule that waits for the rest of a message makes its customer wait', async () => {
  const waits = (text: string) => text.replace('- rule: late', '- wait-for-more: true\n      rule: late');
  expect(await lastUnder({ 'rules.yaml': waits }, late)).toEqual([
    { aspect: 'wait for more', before: '-', after: 'first' },
  ]);
});

describe('what cannot be decided again is said, not guessed', () => {
  test('a plan of 0.1.0, which kept no facts', async () => {
    const [plan] = await decided(whereIsIt);
    const { facts, questionsBefore, ifRefused, dialogue, ...old } = plan ?? ({} as Plan);
    expect([facts, questionsBefore, ifRefused, dialogue]).not.toContain(undefined);
    const read = readPlan({ ...old, question: null });
    expect(read === null ? null : redecide(policy, read)).toEqual({
      type: 'undecidable',
      why: 'an older Deskhand did not keep the facts',
    });
  });

  test('a fact that did not exist yet is absent', async () => {
    const [plan] = await decided(whereIsIt);
    const [{ identity, ...facts } = {}] = plan?.facts ?? [];
    expect(identity).toBeDefined();
    const again = redecide(policy, recorded({ ...(plan as Plan), facts: [facts] }));
    expect(again).toMatchObject({ type: 'decided', differences: [] });
  });

  test.each([
    ['a fact of another kind', { order: 'none' }],
    ['a list that is none', { signals: 'safety' }],
    ['a list entry that is none', { lookup: { outcome: 'several' }, orders: { count: 2, list: [null] } }],
  ])('%s', async (_name, change) => {
    const [plan] = await decided(whereIsIt);
    const facts = [{ ...plan?.facts[0], ...change }];
    expect(redecide(policy, recorded({ ...(plan as Plan), facts })).type).toBe('undecidable');
  });

  test.each([null, 42, 'plan', [], {}, { policyVersion: 'p-1', rule: 'x' }, { actions: {} }])(
    '%j is no plan',
    (value) => {
      expect(readPlan(value)).toBeNull();
    },
  );
});
