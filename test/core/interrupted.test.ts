/** What was due stays due, and what was claimed stays claimed, when a look or a write is cut short. */
import { Engine, fail, note, planOf, reply } from './support/engine';
import { refusal } from '../../src/core/people/agent';
import { agentActions } from '../../src/core/events';
import type { PlannedAction } from '../../src/core/policy/plan';
import { defaultSettings } from '../../src/core/policy/plan';

const minute = 60_000;
const day = 24 * 60 * minute;
const firstRungMs = defaultSettings.ladder[0].afterMs;
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const refund: PlannedAction = {
  type: 'order-action',
  action: { type: 'refund', order: '48213', amount: { minor: 500, currency: 'EUR' }, lines: [] },
};
const handedOff = () => {
  const engine = new Engine({ plan: () => planOf([reply, note, handOff]) });
  engine.customerAsks('a person, please');
  return engine;
};
const replies = ({ desk }: Engine) => desk.publicReplies().length;

describe('a close that a message overtakes', () => {
  it.each(['while a message is being read', 'while it is looked whether somebody has come'])(
    'leaves the ladder as it was: %s',
    (when) => {
      const engine = handedOff();
      engine.desk.customerWrites('hello?');
      if (when === 'while a message is being read') engine.hint();
      else engine.reachDeadline(Infinity);
      engine.act('close');
      engine.pass(2 * day);
      expect(engine.state.stage).toBe('escalated');
      expect(engine.state.handOff?.level).toBeGreaterThan(2);
      expect(engine.state.deadline?.reason).toBe('pick-up');
    },
  );

  it('and that was asked for after an escalation keeps the rung that the escalation has set', () => {
    const engine = new Engine();
    engine.act('take-over');
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    engine.act('escalate');
    const { deadline } = engine.state;
    engine.act('close');
    expect(engine.state.deadline).toEqual(deadline);
    engine.pass(2 * day);
    expect(engine.state.handOff?.level).toBeGreaterThan(2);
  });

  it('is looked at once by the turn that the message has begun', () => {
    const engine = handedOff();
    engine.act('close');
    engine.hint(engine.desk.customerWrites('wait!').id);
    const { turns } = engine.state;
    engine.pass(minute);
    expect(engine.state.turns).toBe(turns);
    expect(engine.state.deadline?.at).toBeLessThanOrEqual(engine.now + firstRungMs);
  });
});

describe('a hand-back', () => {
  const assignedAndBack = () => {
    const engine = new Engine();
    engine.desk.assign('maria');
    engine.customerAsks('Where is my order?');
    engine.act('hand-back');
    return engine;
  };

  it('holds while whoever gave it back stays assigned', () => {
    const engine = assignedAndBack();
    engine.pass(minute);
    engine.customerAsks('and when?');
    expect(replies(engine)).toBe(2);
  });

  it.each(['before the first look', 'later'])('is over when they are assigned anew (%s)', (when) => {
    const engine = assignedAndBack();
    if (when === 'later') engine.pass(minute);
    const before = replies(engine);
    engine.desk.assign(null);
    engine.hint();
    engine.step();
    engine.desk.assign('maria');
    engine.hint(engine.desk.customerWrites('and when?').id);
    engine.pass(minute);
    expect(replies(engine)).toBe(before);
    expect(engine.state.stage).toBe('with-person');
  });
});

it('a ticket said to be closed while something is announced stays whose it was', () => {
  const engine = new Engine({ plan: () => planOf([reply]) });
  engine.desk.agentWrites('I am on it');
  engine.customerAsks('Where is my order?');
  engine.act('escalate');
  engine.world.before = () => {
    engine.world.before = () => undefined;
    engine.hint(engine.desk.customerWrites('hello?').id);
    engine.hint();
    return fail('ticket-closed');
  };
  engine.pass(minute);
  expect(replies(engine)).toBe(0);
  expect(engine.state).toMatchObject({ stage: 'escalated', deadline: { reason: 'pick-up' } });
});

it('a reply asked for again after a solved one waits for the customer when only a machine has written since', () => {
  const engine = new Engine({ plan: () => planOf([reply, { type: 'set-status', status: 'solved' }]) });
  engine.customerAsks('all is well');
  engine.act('reply-again');
  engine.world.before = (step) => {
    if (step.type !== 'update-ticket') return undefined;
    engine.world.before = () => undefined;
    engine.desk.customerWrites('I am away', { reading: 'auto-reply' });
    return fail('stale-draft');
  };
  engine.pass(minute);
  const { stage, deadline } = engine.state;
  expect([stage, deadline?.reason]).toEqual(
    stage === 'solved' ? ['solved', 'linger-after-solved'] : ['waiting-for-customer', 'customer-silence'],
  );
});

it.each(['auto-reply', 'delivery-report'] as const)(
  'nobody is called for an %s to an agent’s answer',
  (reading) => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.agentWrites('It comes on Friday.');
    engine.hint(engine.desk.customerWrites('I am away', { reading }).id);
    engine.pass(3 * day);
    expect(engine.state).toMatchObject({ stage: 'with-person', handOff: null });
  },
);

it('somebody is called when the agent’s answer could not be delivered', () => {
  const engine = new Engine();
  engine.customerAsks('Where is my order?');
  engine.desk.agentWrites('It comes on Friday.');
  engine.hint(engine.desk.customerWrites('could not be delivered', { reading: 'undeliverable' }).id);
  engine.pass(3 * day);
  expect(engine.state.handOff?.reason).toBe('left-by-person');
});

it('a reply asked for again does nothing to an order again, though it answers an older message as well', () => {
  const engine = new Engine({ plan: () => planOf([]) });
  engine.customerAsks('thanks');
  engine.world.plan = () => planOf([refund, reply, note]);
  engine.customerAsks('and my money?');
  engine.act('reply-again');
  engine.pass(minute);
  expect(replies(engine)).toBe(2);
  expect(engine.shop.size).toBe(1);
});

describe('a desk that does not answer', () => {
  it('gets a line of bounded length, however often agents ask; only what stops the bot is never refused', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    for (let round = 0; round < 500; round += 1) {
      engine.act('escalate');
      engine.act('hand-back');
    }
    expect(engine.state.steps.length).toBeLessThan(60);
    expect(JSON.stringify(engine.state).length).toBeLessThan(60_000);
    const refused = agentActions.filter(
      (action) =>
        refusal(engine.state, { id: 'x', action, by: 'maria', reason: null, draftId: null, mode: 'off' }) !==
        null,
    );
    expect(refused).toEqual(agentActions.filter((action) => action !== 'take-over' && action !== 'set-mode'));
    expect(engine.state.timeline.at(-1)?.text).toMatch(/5\d steps on the ticket wait for the desk to answer/);
  });

  it('does what it was asked when it is back, and then takes more', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    for (let round = 0; round < 500; round += 1) engine.act('escalate');
    engine.pass(1);
    expect(engine.state.steps).toHaveLength(0);
    expect(engine.state.stage).toBe('escalated');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });
});

it('a hand-off that the desk never took leaves the ticket to whoever has come without it', () => {
  const engine = new Engine({ plan: () => planOf([note], { needsApproval: true }) });
  engine.customerAsks('Where is my order?');
  engine.act('reject');
  let refusals = 0;
  engine.world.before = (step) => {
    if (step.type !== 'update-ticket' || step.purpose !== 'hand-off') return undefined;
    refusals += 1;
    if (refusals === 2) engine.act('take-over');
    return fail('rejected');
  };
  engine.pass(1);
  expect(refusals).toBe(2);
  expect(engine.state).toMatchObject({ stage: 'with-person', deadline: { reason: 'person-check' } });
});

it.each(['shadow', 'off'] as const)(
  'a look that fails in mode %s takes the ticket from nobody who has it',
  (mode) => {
    const engine = new Engine();
    engine.act('set-mode', { mode });
    engine.act('take-over');
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    engine.world.before = (step) => {
      engine.world.before = () => undefined;
      return step.type === 'fetch-ticket' ? fail('malformed') : undefined;
    };
    engine.pass(1);
    expect(engine.state).toMatchObject({ stage: 'with-person', deadline: { reason: 'person-check' } });
    engine.act('set-mode', { mode: 'auto' });
    engine.pass(minute);
    expect(replies(engine)).toBe(0);
  },
);
