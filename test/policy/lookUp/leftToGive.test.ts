/** What the limits over all tickets leave is known when a rule is chosen: nothing over it is offered. */
import { openQuestion } from '../../../src/core/conversation/dialogue';
import type { Plan } from '../../../src/core/policy/plan';
import type { Allowances, Order } from '../../../src/orders/port';
import type { LoadedPolicy } from '../../../src/policy/load/loadPolicy';
import { loadPolicy } from '../../../src/policy/load/loadPolicy';
import { createPolicyProcessor, createVersionedProcessor } from '../../../src/policy/processor';
import { readFacts } from '../../../src/policy/compare/recordedPlan';
import { RemoteFailure } from '../../../src/remote/failures';
import { inForceAndOwn, inputOf, line, order, shopOf, withoutKey, withPolicy, type Said } from '../support';

const mugs = order({
  status: 'delivered',
  items: [line('Mug', 1, 4_000)],
  total: { minor: 4_000, currency: 'EUR' },
});
const rules = `
    - rule: refund-on-yes
      why: A delivered order may be refunded once the customer confirms.
      when: order.found
      then:
        - confirm: { with: confirm-refund, declined: nothing-done, at-most: 2 }
        - order: { refund: { what: item, at-most: { EUR: 5000 } } }
        - reply: refunded-item
    - rule: refund-on-approval
      why: More than we may give alone.
      when: order.found && question.answer == ""
      needs-approval: true
      then:
        - order: { refund: { what: item, at-most: { EUR: 20000 } } }
        - reply: refunded-item
`;
const withRules = {
  'rules.yaml': (text: string) => text.replace(/^ {2}return_refund:\n/m, (key) => `${key}${rules}`),
};

let policy: LoadedPolicy;
beforeAll(async () => {
  policy = await withPolicy(withRules, loadPolicy);
});

type Asked = Parameters<Allowances['left']>;

async function consult(
  said: Said,
  left: (...asked: Asked) => Promise<number | null>,
  orders: readonly Order[] = [mugs],
): Promise<Plan> {
  const processor = createPolicyProcessor(policy, shopOf(...orders), { allowances: { left } });
  return processor.consult(inputOf({ intent: 'return_refund', ...said }), new AbortController().signal);
}

const wish: Said = { text: 'I want a refund for order 48213', numbers: ['48213'] };

test.each<[string, number | null, string]>([
  ['enough is left', 4_000, 'refund-on-yes'],
  ['nothing limits it', null, 'refund-on-yes'],
  ['one cent too little is left', 3_999, 'refund-on-approval'],
  ['nothing is left', 0, 'refund-on-approval'],
])('%s', async (_what, left, rule) => {
  const plan = await consult(wish, () => Promise.resolve(left));
  expect(plan.rule).toBe(rule);
  expect(plan.needsApproval).toBe(rule === 'refund-on-approval');
});

test('why it is not offered is told to agents, in money', async () => {
  const plan = await consult(wish, () => Promise.resolve(1_250));
  expect(plan.trace).toContainEqual({
    rule: 'refund-on-yes',
    matched: false,
    why: 'the limits over all tickets leave EUR 12.50, and this is EUR 40.00',
  });
});

test('the account of whose order it is is asked, for the limits and the moment', async () => {
  const asked: Asked[] = [];
  await consult(wish, (...question) => {
    asked.push(question);
    return Promise.resolve(null);
  });
  const { now } = inputOf(wish);
  const whom = { customer: 'ana@mail.example', currency: 'EUR', at: now };
  expect(asked).toEqual([[whom, policy.settings.limits]]);
});

test('what was offered and agreed to is tried, whatever is left meanwhile: the account itself decides', async () => {
  const offered = await consult(wish, () => Promise.resolve(null));
  const question = openQuestion(offered.dialogue);
  expect(question?.actions).toMatchObject([{ type: 'refund', amount: { minor: 4_000 } }]);
  const yes: Said = { text: 'yes', signals: ['affirms'], dialogue: offered.dialogue };
  const plan = await consult(yes, () => Promise.resolve(0));
  expect(plan).toMatchObject({
    rule: 'refund-on-yes',
    actions: [{ type: 'reply' }, { type: 'order-action' }, {}],
  });
});

test('an account that does not answer keeps nobody waiting', async () => {
  const noWorker = new RemoteFailure('unavailable', 'no worker', { retryable: true });
  const plan = await consult(wish, () => Promise.reject(noWorker));
  expect(plan.rule).toBe('refund-on-yes');
});

test('a defect is not taken for an account without limits', async () => {
  const defect = new TypeError('left.map is not a function');
  await expect(consult(wish, () => Promise.reject(defect))).rejects.toBe(defect);
});

const stranger = order({ ...mugs, customerEmail: 'eve@mail.example', postalCode: '9' });
test.each<[string, Said, readonly Order[]]>([
  ['a wish that no rule gives money for', { ...wish, intent: 'order_status' }, [mugs]],
  ['an order that is not found', wish, []],
  ["somebody else's order", wish, [stranger]],
  ['several orders', { ...wish, numbers: ['48213', '48214'] }, [mugs, order({ ...mugs, number: '48214' })]],
])('no account is asked about %s', async (_what, said, orders) => {
  const plan = await consult(said, () => Promise.reject(new Error('was asked')), orders);
  expect(plan.facts[0]?.['limits']).toEqual({ left: Number.MAX_SAFE_INTEGER });
  const asked = jest.fn(() => Promise.resolve(0));
  await consult(said, asked, orders);
  expect(asked).not.toHaveBeenCalled();
});

test('a decision that was recorded before the fact existed is decided again without a limit', async () => {
  const [facts] = (await consult(wish, () => Promise.resolve(0))).facts;
  const older = Object.entries(facts ?? {}).filter(([name]) => name !== 'limits');
  expect(readFacts(Object.fromEntries(older))?.limits.left).toBe(Number.MAX_SAFE_INTEGER);
});

test('the limits in force hold, whichever version decides', async () => {
  const file = (text: string) =>
    `${withoutKey(text, 'limits')}\nlimits: { refunds: { per-day: { EUR: 7 } } }\n`;
  const strict = await withPolicy({ ...withRules, 'policy.yaml': file }, loadPolicy);
  const free = await withPolicy(
    { ...withRules, 'policy.yaml': (text: string) => withoutKey(text, 'limits') },
    loadPolicy,
  );
  const under = (inForce: LoadedPolicy) =>
    createVersionedProcessor(inForceAndOwn(inForce, policy), shopOf(mugs));
  const input = { ...inputOf(wish), policyVersion: policy.version };
  const plan = await under(strict).consult(input, new AbortController().signal);
  expect(plan.policyVersion).toBe(policy.version);
  expect(plan.settings.limits).toEqual({ perCustomer: null, perDay: { EUR: 7 } });
  expect((await under(strict).settingsOf(policy.version)).limits).toEqual(plan.settings.limits);
  expect('limits' in (await under(free).settingsOf(policy.version))).toBe(false);
});
