/** An open conversation is moved to another version of the policy, and why a decision fell as it did is kept. */
import { decide } from '../../../src/core/decide';
import { decisionRecord } from '../../../src/core/policy/decisionRecord';
import { newTicketState } from '../../../src/core/newTicketState';
import { choiceRefusal } from '../../../src/core/policy/policyChoice';
import type { TicketState } from '../../../src/core/state';
import { parsePolicyChoice } from '../../../src/contracts/parse';
import { privateFacts } from '../../../src/policy/facts/facts';
import { consult, order } from '../../policy/support';
import { Engine, planOf, reply } from '../support/engine';

const now = Date.parse('2026-11-25T10:00:00Z');
const old = 'p-000000000001';
const chosen = { version: 'p-000000000002', by: 'maria' };
const fresh = newTicketState({ desk: 'zendesk', account: 'acme', ticketId: '35436' });
const waiting: TicketState = { ...fresh, stage: 'waiting-for-customer', policyVersion: old };

function choose(state: TicketState): TicketState {
  return decide(state, { type: 'policy-chosen', choice: chosen }, now).state;
}

function busy(): TicketState {
  const hint = { id: 'h', source: 'webhook', kind: 'changed', commentId: null } as const;
  return decide(waiting, { type: 'hint', hint }, now).state;
}

describe('moving to another version', () => {
  test('the conversation goes on under it, and the timeline tells who did it', () => {
    const moved = choose(waiting);
    expect(moved.policyVersion).toBe(chosen.version);
    expect(moved.timeline.at(-1)).toEqual({
      at: now,
      kind: 'agent',
      text: `Policy ${chosen.version} by maria, instead of ${old}`,
    });
  });

  test('nothing is done at the desk for it, and nothing that is waited for changes', () => {
    const deadline = { at: now + 1, reason: 'customer-silence' } as const;
    const { state, effects } = decide(
      { ...waiting, deadline },
      { type: 'policy-chosen', choice: chosen },
      now,
    );
    expect(effects).toEqual([]);
    expect(state.deadline).toEqual(deadline);
  });

  test('twice is once', () => {
    const moved = choose(waiting);
    expect(choose(moved)).toBe(moved);
  });

  test('that nobody has is told at the next decision, which falls under another', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    engine.customerAsks('Where is my order?');
    engine.happen({ type: 'policy-chosen', choice: chosen });
    engine.customerAsks('And now?');
    const told = engine.state.timeline.map(({ text }) => text);
    expect(told).toContain(`Policy ${chosen.version} cannot be had: decided under p-test`);
    expect(engine.state.policyVersion).toBe('p-test');
    engine.customerAsks('And tomorrow?');
    expect(engine.state.timeline.filter(({ text }) => text.includes('cannot be had'))).toHaveLength(1);
  });

  test.each<[string, TicketState, RegExp]>([
    ['closed', { ...waiting, stage: 'closed' }, /closed/],
    ['before its first decision', { ...waiting, policyVersion: null }, /No conversation is open/],
    ['solved', { ...waiting, stage: 'solved' }, /No conversation is open/],
    ['in the middle of a turn', busy(), /at work.*Try again/],
  ])('a ticket that is %s refuses it, and says why', (_name, state, why) => {
    expect(choiceRefusal(state, chosen)).toMatch(why);
    const after = choose(state);
    expect(after.policyVersion).toBe(state.policyVersion);
    expect(after.timeline.at(-1)).toMatchObject({
      kind: 'ignored',
      text: expect.stringMatching(why) as string,
    });
  });

  test('the next message is decided under it', () => {
    const engine = new Engine({ plan: () => planOf([reply], { policyVersion: old }) });
    engine.customerAsks('Where is my order?');
    expect(engine.state.policyVersion).toBe(old);
    engine.happen({ type: 'policy-chosen', choice: chosen });
    engine.customerAsks('And now?');
    const asked = engine.started.flatMap((step) =>
      step.type === 'consult-policy' ? [step.input.policyVersion] : [],
    );
    expect(asked).toEqual([null, chosen.version]);
    const settingsOf = engine.started.flatMap((step) =>
      step.type === 'fetch-ticket' ? [step.policyVersion] : [],
    );
    expect(settingsOf.at(-1)).toBe(chosen.version);
  });

  test.each([
    [undefined],
    [null],
    ['p-000000000002'],
    [{ by: 'maria' }],
    [{ version: 'latest', by: 'maria' }],
    [{ version: 'P-000000000002', by: 'maria' }],
    [{ version: 'p-000000000002' }],
    [{ version: 'p-000000000002', by: ' ' }],
    [{ version: 'p-000000000002', by: 'm'.repeat(201) }],
  ])('%j is refused', (value) => {
    expect(parsePolicyChoice(value)).toMatchObject({ ok: false });
  });

  test('what is sent is read as it is', () => {
    expect(parsePolicyChoice({ ...chosen, more: 1 })).toEqual({ ok: true, value: chosen });
  });
});

describe('why a decision fell as it did', () => {
  test('version, rules and facts, and nothing that the customer wrote or is', async () => {
    const text = 'Hi, Zebra Quux here, zebra.quux@mail.example, Elm Street 5: where is 48213?';
    const plan = await consult({ text, numbers: ['48213'], name: 'Zebra Quux' }, order());
    const record = decisionRecord(plan, now);
    expect(record).toMatchObject({
      at: now,
      policyVersion: plan.policyVersion,
      rule: plan.rule,
      trace: plan.trace,
    });
    expect(record.facts[0]).toMatchObject({
      'order.number': '48213',
      'order.status': 'in-transit',
      'order.found': true,
      'clock.weekday': 'wednesday',
    });
    expect(JSON.stringify(record)).not.toMatch(/zebra|quux|elm street/i);
  });

  test('every fact that is private to the policy is left out', async () => {
    const said = {
      email: 'a@b.example',
      'postal-code': '1050',
      address: 'Elm Street 5',
      reason: 'too small',
    };
    const slots = Object.fromEntries(
      Object.entries(said).map(([name, value]) => [name, { value, from: 'said' as const, commentId: '1' }]),
    );
    const plan = await consult(
      { text: 'too small', name: 'Ana', dialogue: { questions: [], slots, mismatches: 0 } },
      order(),
    );
    const [facts = {}] = decisionRecord(plan, now).facts;
    for (const name of privateFacts) expect(Object.keys(facts)).not.toContain(name);
    expect(JSON.stringify(facts)).not.toMatch(/too small|Elm|1050|a@b/);
  });

  test('stays small: a ticket carries it for days', async () => {
    const plan = await consult({ text: 'x '.repeat(5_000), numbers: ['48213'] }, order());
    expect(JSON.stringify(decisionRecord(plan, now).facts).length).toBeLessThan(3_000);
  });

  test('the state keeps the newest', () => {
    const engine = new Engine({ plan: () => planOf([reply], { policyVersion: old, rule: 'one' }) });
    expect(engine.state.decision).toBeNull();
    engine.customerAsks('Where is my order?');
    expect(engine.state.decision).toMatchObject({ policyVersion: old, rule: 'one' });
  });
});
