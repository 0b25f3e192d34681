/** Whatever an agent, a customer or a desk does, at whichever moment of a turn: the same promises hold. */
import { Engine, fail, note, planOf, reply } from './support/engine';
import { agentActions, type AgentActionName } from '../../src/core/events';
import { failureKinds, type FailureKind } from '../../src/core/failure';
import type { Plan, PlannedAction } from '../../src/core/policy/plan';

const minute = 60_000;
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const refund: PlannedAction = {
  type: 'order-action',
  action: { type: 'refund', order: '48213', amount: { minor: 500, currency: 'EUR' }, lines: [] },
};

const day = 24 * 60 * minute;
const followUp: Extract<PlannedAction, { type: 'follow-up' }> = {
  type: 'follow-up',
  afterMs: 2 * day,
  text: 'Are you still there?',
  html: '<p>Are you still there?</p>',
  template: 'still-there',
  language: 'en',
  close: false,
};

const code: PlannedAction = {
  type: 'send-code',
  order: '50926',
  language: 'en',
  mail: { subject: 'Your code', text: '{code}' },
};

/** Turns of each kind, with the steps that they take when nothing comes in between. */
const kinds: readonly { readonly name: string; readonly plan: Plan; readonly steps: number }[] = [
  { name: 'an answer', plan: planOf([reply, note]), steps: 4 },
  { name: 'a hand-off', plan: planOf([reply, note, handOff]), steps: 4 },
  { name: 'a refund', plan: planOf([refund, reply, note], { ifRefused: [reply, handOff] }), steps: 5 },
  {
    name: 'a code',
    plan: planOf([reply, code, note], { ifRefused: [reply, handOff] }),
    steps: 5,
  },
  { name: 'a note alone', plan: planOf([note]), steps: 4 },
  {
    name: 'an answer that sets a field and is followed up',
    plan: planOf([reply, note, { type: 'set-field', field: 'Order number', value: '48213' }, followUp]),
    steps: 4,
  },
  { name: 'a draft', plan: planOf([reply, note], { needsApproval: true }), steps: 4 },
];

interface Moment {
  readonly name: string;
  readonly plan: Plan;
  /** What happens comes before this step is answered, from 1. */
  readonly step: number;
}
const moments: readonly Moment[] = kinds.flatMap(({ name, plan, steps }) =>
  Array.from({ length: steps }, (_, index) => ({
    name: `step ${index + 1} of ${name}`,
    plan,
    step: index + 1,
  })),
);

/** One turn, with something happening while that step is under way. */
function turnWith(moment: Moment, happen: (engine: Engine) => FailureKind | null): Engine {
  const engine = new Engine({ plan: () => moment.plan });
  let taken = 0;
  engine.world.before = () => {
    taken += 1;
    const kind = taken === moment.step ? happen(engine) : null;
    return kind === null ? undefined : fail(kind);
  };
  engine.customerAsks('Where is my order?');
  engine.pass(minute);
  return engine;
}

const botReplies = (engine: Engine) =>
  engine.desk.publicReplies().filter(({ author }) => author === 'bot').length;
const drafts = (engine: Engine) =>
  engine.desk.notes().filter(({ text }) => text?.startsWith('Draft') === true).length;

/** Somebody owes the next step, and the engine will look again by itself. */
function expectCaredFor({ state }: Engine): void {
  expect(state.stage === 'closed' || state.deadline !== null).toBe(true);
}

describe.each(moments)('at $name', (moment) => {
  it('a take-over silences the bot from then on; what was under way is told, the draft is kept once', () => {
    const engine = turnWith(moment, (now) => {
      now.act('take-over');
      return null;
    });
    const before = botReplies(engine);
    expect(before).toBeLessThanOrEqual(1);
    engine.desk.customerWrites('And?');
    engine.hint();
    engine.pass(minute);
    expect(botReplies(engine)).toBe(before);
    expect(drafts(engine)).toBeLessThanOrEqual(1);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.state.orderActions.every(({ noted }) => noted)).toBe(true);
    expectCaredFor(engine);
  });

  it.each(['answers', 'notes', 'takes'] as const)('an agent who %s it wins', (how) => {
    const engine = turnWith(moment, ({ desk }) => {
      if (how === 'takes') desk.assign('nora');
      else desk.agentWrites('I am on it', how === 'answers');
      return null;
    });
    const agentAt = engine.desk.comments.findIndex(({ author }) => author === 'agent');
    const later = engine.desk.comments
      .slice(agentAt + 1)
      .filter((said) => said.author === 'bot' && said.public);
    // A note before the first look is one of many that tickets carry; it claims nothing.
    if (how === 'answers') expect(later).toHaveLength(0);
    expect(botReplies(engine)).toBeLessThanOrEqual(1);
    expectCaredFor(engine);
  });

  it('a message of the customer is answered together with the first one, or given to a person', () => {
    const engine = turnWith(moment, (now) => {
      now.hint(now.desk.customerWrites('And the invoice?').id);
      return null;
    });
    const { stage } = engine.state;
    const last = engine.desk.comments.findLastIndex(({ author }) => author === 'requester');
    const after = engine.desk.comments.slice(last + 1).filter(({ author }) => author === 'bot');
    const isPeoples = ['handed-off', 'escalated', 'with-person', 'waiting-for-approval'].includes(stage);
    expect(after.length > 0 || isPeoples).toBe(true);
    expect(engine.shop.size).toBeLessThanOrEqual(2);
    expectCaredFor(engine);
  });

  it.each(['close', 'escalate', 'hand-back', 'reply-again'] as const)(
    '%s leaves nothing half done',
    (action: AgentActionName) => {
      const engine = turnWith(moment, (now) => {
        now.act(action);
        return null;
      });
      expect(botReplies(engine)).toBeLessThanOrEqual(1);
      expect(engine.state.steps).toHaveLength(0);
      expect(engine.state.orderActions.every(({ noted }) => noted)).toBe(true);
      // Before the first look nobody knows what is closed over: the message is answered first.
      if (action === 'close' && moment.step > 1) {
        expect([engine.desk.status, engine.state.stage]).toEqual(['solved', 'closed']);
      }
      if (action === 'escalate') expect(engine.state.stage).toBe('escalated');
      expectCaredFor(engine);
    },
  );

  it('a new run of the workflow goes on as if nothing had been', () => {
    const undisturbed = turnWith({ ...moment, step: -1 }, () => null);
    const engine = new Engine({ plan: () => moment.plan });
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    for (let step = 1; step < moment.step; step += 1) {
      if (!engine.step()) engine.pass(engine.state.settings.settleMs);
    }
    engine.carryOver();
    engine.pass(minute);
    expect(engine.desk.comments.map(({ text }) => text)).toEqual(
      undisturbed.desk.comments.map(({ text }) => text),
    );
    expect([...engine.shop.values()]).toEqual([...undisturbed.shop.values()]);
    expect(engine.state.stage).toBe(undisturbed.state.stage);
  });

  it.each(failureKinds)('a step that fails for good (%s) ends at somebody', (kind) => {
    const engine = turnWith(moment, () => kind);
    expect(botReplies(engine)).toBeLessThanOrEqual(1);
    expectCaredFor(engine);
    const { stage } = engine.state;
    const told =
      botReplies(engine) > 0 ||
      ['handed-off', 'escalated', 'with-person', 'waiting-for-approval'].includes(stage) ||
      engine.notices.length > 0 ||
      engine.followUps.length > 0 ||
      moment.plan.actions.every(({ type }) => type === 'note');
    expect(told).toBe(true);
  });
});

describe.each([
  ['the look before a follow-up', 1, false],
  ['the writing of a follow-up', 2, false],
  ['the writing of one that solves the ticket', 2, true],
])('at %s', (_, atStep, close) => {
  /** Something happens while that step is under way. */
  function silentWith(happen: (engine: Engine) => FailureKind | null): Engine {
    const engine = new Engine({ plan: () => planOf([reply, note, { ...followUp, close }]) });
    engine.customerAsks('Where is my order?');
    let taken = 0;
    engine.world.before = () => {
      taken += 1;
      const kind = taken === atStep ? happen(engine) : null;
      return kind === null ? undefined : fail(kind);
    };
    engine.pass(2 * day + minute);
    return engine;
  }

  const followUps = ({ desk }: Engine) =>
    desk.publicReplies().filter(({ text }) => text === 'Are you still there?');

  it.each(agentActions)('%s leaves nothing half done', (action) => {
    const engine = silentWith((now) => {
      now.act(action);
      return null;
    });
    engine.pass(minute);
    expect(followUps(engine).length).toBeLessThanOrEqual(1);
    expect(engine.state.steps).toHaveLength(0);
    if (action === 'take-over') expect(engine.state.stage).toBe('with-person');
    if (action === 'escalate') expect(engine.state.stage).toBe('escalated');
    expectCaredFor(engine);
  });

  it.each(['answers', 'notes', 'takes'] as const)('an agent who %s wins', (how) => {
    const engine = silentWith(({ desk }) => {
      if (how === 'takes') desk.assign('nora');
      else desk.agentWrites('I am on it', how === 'answers');
      return null;
    });
    expect(followUps(engine)).toHaveLength(0);
    expectCaredFor(engine);
  });

  it.each([true, false])('a customer who writes is answered instead (announced: %s)', (announced) => {
    const engine = silentWith((now) => {
      const { id } = now.desk.customerWrites('48213');
      if (announced) now.hint(id);
      return null;
    });
    engine.pass(minute);
    expect(followUps(engine)).toHaveLength(0);
    expect(botReplies(engine)).toBe(2);
    expectCaredFor(engine);
  });

  it('a new run of the workflow goes on and writes it once', () => {
    const engine = new Engine({ plan: () => planOf([reply, note, { ...followUp, close }]) });
    engine.customerAsks('Where is my order?');
    expect(engine.reachDeadline(Infinity)).toBe(true);
    for (let step = 1; step < atStep; step += 1) engine.step();
    engine.carryOver();
    engine.pass(3 * day);
    expect(followUps(engine)).toHaveLength(1);
    expect(engine.state.stage).toBe(close ? 'solved' : 'waiting-for-customer');
  });

  it.each(failureKinds)('a step that fails for good (%s) leaves the ticket to somebody', (kind) => {
    const engine = silentWith(() => kind);
    expect(followUps(engine).length).toBeLessThanOrEqual(1);
    expect(engine.state.steps).toHaveLength(0);
    expectCaredFor(engine);
  });
});
