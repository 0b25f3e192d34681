import { Engine, planOf, reply, start } from './support/engine';
import { decodeState } from '../../src/core/decodeState';
import { newDialogue } from '../../src/core/conversation/dialogue';
import { newTicketState } from '../../src/core/newTicketState';
import { currentDetails, deadlineSummary, stepSummary } from '../../src/core/story';
import { defaultSettings } from '../../src/core/policy/plan';
import { rungAt } from '../../src/core/people/ladder';
import type { Deadline, TicketState } from '../../src/core/state';

const ref = { desk: 'zendesk', account: 'acme', ticketId: '35436' };

describe('carried state', () => {
  it.each([null, 'state', 7, [], {}, { schema: 1 }, { ...newTicketState(ref), ref: { desk: 'zendesk' } }])(
    'is refused when it is none: %j',
    (value) => {
      expect(() => decodeState(value)).toThrow('not a ticket state');
    },
  );

  it('of a newer schema is refused with the mend', () => {
    expect(() => decodeState({ ...newTicketState(ref), schema: 2 })).toThrow('deploy a newer one');
  });

  it('of older code, with fields still missing, gets their initial values', () => {
    const older: Partial<TicketState> = { ...newTicketState(ref) };
    delete (older as { pendingHints?: unknown }).pendingHints;
    expect(decodeState(older)).toEqual(newTicketState(ref));
  });

  it('of 0.1.0 keeps its open question, and its plans and steps learn of dialogue and orders', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    const question = { slot: 'order-number', intent: 'order_status', tries: 1, choices: ['48213'] };
    const { dialogue, orderActions, policyVersion, heldTurn, ...state } = engine.state;
    expect([dialogue, orderActions, policyVersion]).not.toContain(undefined);
    if (heldTurn === null || heldTurn.plan === null) throw new Error('a draft waits');
    const plan = Object.entries(heldTurn.plan).filter(
      ([field]) => !['dialogue', 'ifRefused', 'facts'].includes(field),
    );
    const older = { ...state, question, heldTurn: { ...heldTurn, plan: Object.fromEntries(plan) } };
    const consult = { type: 'consult-policy', input: { ref, question } };
    const read = decodeState({ ...older, steps: [{ id: 'step-9', turn: 1, step: consult }] });
    expect(read.dialogue.questions).toMatchObject([{ kind: 'ask', ...question }]);
    expect(read.orderActions).toEqual([]);
    expect(read.heldTurn?.plan).toMatchObject({ ifRefused: [], dialogue: newDialogue, facts: [] });
    expect(read.steps[0]?.step).toMatchObject({
      input: { dialogue: { questions: [question] }, policyVersion: null },
    });
  });
});

describe('the story for people', () => {
  const customerText = 'SECRET-WORDS of the customer';

  it('tells stage, intent, rule and what is next, without a word of the customer', () => {
    const engine = new Engine();
    engine.customerAsks(customerText);
    const details = currentDetails(engine.state);
    expect(details).toContain('**Stage:** waiting-for-customer');
    expect(details).toContain('**Understood:** order_status (93 %)');
    expect(details).toContain('**Rule:** `in-transit` of policy `p-test`');
    expect(details).toContain('let the ticket go if the customer stays silent');
    expect(details).not.toContain('SECRET');
  });

  it('tells of hand-offs and of drafts that wait', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true, intent: null }) });
    engine.customerAsks(customerText);
    expect(currentDetails(engine.state)).toContain('Waits for approval');
    expect(currentDetails(engine.state)).toContain('nothing the policy knows');
    engine.act('reject');
    expect(currentDetails(engine.state)).toContain('approval-rejected');
    expect(currentDetails(engine.state)).toContain('(under way)');
  });

  it('has nothing next before it began', () => {
    expect(currentDetails(newTicketState(ref))).toContain('**Next:** nothing');
  });

  it('names every step without a word of the customer', () => {
    const engine = new Engine({ plan: () => planOf([reply, { type: 'note', text: customerText }]) });
    engine.customerAsks(customerText);
    engine.act('escalate', { reason: 'x' });
    engine.pass(1);
    engine.desk.status = 'closed';
    engine.hint(engine.desk.customerWrites(customerText).id);
    engine.pass(60_000);
    const summaries = engine.started.map(stepSummary);
    expect(summaries).toEqual([
      'Read ticket 35436',
      `Understand ${customerText.length} characters`,
      'Consult the policy: order_status (93 %)',
      'public reply + internal note',
      'hand-off',
      'Notify people: agent-escalated',
      'escalate',
      'Read ticket 35436',
      'Open a follow-up to closed ticket 35436',
    ]);
  });

  it('names the group of a hand-off, and an intent nobody knows', () => {
    const engine = new Engine();
    engine.world.plan = () => planOf([{ type: 'hand-off', reason: 'policy', group: 'Billing' }]);
    engine.customerAsks('hello');
    const handOff = engine.started.find((step) => step.type === 'update-ticket');
    expect(handOff && stepSummary(handOff)).toBe('hand-off to Billing');
    const consult = engine.started.find((step) => step.type === 'consult-policy');
    if (consult === undefined) throw new Error('the policy was not consulted');
    const classification = { ...consult.input.classification, intent: null };
    expect(stepSummary({ ...consult, input: { ...consult.input, classification } })).toContain(
      'unknown intent',
    );
  });

  it('has words for every deadline', () => {
    const reasons: Deadline['reason'][] = [
      'settle',
      'customer-silence',
      'approval',
      'pick-up',
      'person-check',
      'linger-after-solved',
      'try-again',
    ];
    expect(new Set(reasons.map((reason) => deadlineSummary({ at: start, reason }))).size).toBe(
      reasons.length,
    );
  });
});

describe('the ladder', () => {
  const minutes = (level: number) => rungAt(defaultSettings, level).afterMs / 60_000;

  it('climbs its rungs, then repeats the last at doubling intervals, at most daily', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(minutes)).toEqual([30, 120, 240, 480, 960, 1440, 1440]);
  });
});
