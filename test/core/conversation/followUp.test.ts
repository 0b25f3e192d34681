/** A customer who stays silent is written to once, and never when the customer or a person came in between. */
import { Engine, fail, note, planOf, reply } from '../support/engine';
import { decodeState } from '../../../src/core/decodeState';
import { newTicketState } from '../../../src/core/newTicketState';
import { defaultSettings, type PlannedAction } from '../../../src/core/policy/plan';
import type { DeskStatus } from '../../../src/core/ticket/ticket';
import { currentDetails, deadlineSummary, stepSummary } from '../../../src/core/story';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const followUp: Extract<PlannedAction, { type: 'follow-up' }> = {
  type: 'follow-up',
  afterMs: 2 * day,
  text: 'Do you still need help?',
  html: '<p>Do you still need help?</p>',
  template: 'still-there',
  language: 'en',
  close: false,
};
const closing: PlannedAction = {
  ...followUp,
  afterMs: 3 * day,
  text: 'I am closing this.',
  template: 'closing',
  close: true,
};

/** Asked, answered, and now it is the customer's turn. */
function answered(actions: readonly PlannedAction[] = [reply, note, followUp], settings = {}): Engine {
  const engine = new Engine({
    plan: () => planOf(actions, { settings: { ...defaultSettings, ...settings } }),
    settings: { ...defaultSettings, ...settings },
  });
  engine.customerAsks('Where is my order?');
  return engine;
}

const said = (engine: Engine) => engine.desk.publicReplies().map(({ text }) => text);
const times = (engine: Engine, text: string) => said(engine).filter((one) => one === text).length;

describe('a silent customer', () => {
  it('is written to once, after the time the rule says, and the ticket is let go as long after that as ever', () => {
    const engine = answered();
    const repliedAt = engine.now;
    expect(engine.state.deadline).toEqual({
      at: repliedAt + 2 * day,
      reason: 'follow-up',
      detail: '"still-there" (en)',
    });
    engine.pass(2 * day - minute);
    expect(said(engine)).toEqual([reply.type === 'reply' ? reply.text : '']);
    engine.pass(minute);
    expect(said(engine)[1]).toBe(followUp.text);
    expect(engine.desk.status).toBe('pending');
    expect(engine.desk.tags).toContain('deskhand_followed_up');
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.deadline).toEqual({ at: repliedAt + 6 * day, reason: 'customer-silence' });
    engine.pass(5 * day);
    expect(engine.state.stage).toBe('closed');
    expect(said(engine)).toHaveLength(2);
  });

  it('gets the second one as long after the first as it says, and the ticket is solved with the last', () => {
    const engine = answered([reply, note, followUp, closing]);
    engine.pass(2 * day);
    expect(engine.state.deadline?.detail).toBe('"closing" (en), and solve the ticket');
    engine.pass(3 * day);
    expect(said(engine).slice(1)).toEqual([followUp.text, 'I am closing this.']);
    expect([engine.desk.status, engine.state.stage]).toEqual(['solved', 'solved']);
    engine.pass(30 * day);
    expect(said(engine)).toHaveLength(3);
  });

  it('is waited for as long as the rule says, in place of what the policy says', () => {
    const engine = answered([reply, { type: 'wait', ms: day }]);
    expect(engine.state.deadline).toEqual({ at: engine.now + day, reason: 'customer-silence' });
    engine.pass(day);
    expect(engine.state.stage).toBe('closed');
  });

  it('is waited for that long after the last follow-up', () => {
    const engine = answered([reply, followUp, { type: 'wait', ms: hour }]);
    engine.pass(2 * day);
    expect(engine.state.deadline).toEqual({ at: engine.now + hour, reason: 'customer-silence' });
  });

  it('with a wait and nothing to say, the ticket waits after a silent turn, too', () => {
    const engine = answered([{ type: 'wait', ms: hour }]);
    expect(engine.state.deadline).toEqual({ at: engine.now + hour, reason: 'customer-silence' });
  });

  it('a look that finds nothing new leaves the time of the follow-up as it was', () => {
    const engine = answered();
    const { deadline } = engine.state;
    engine.pass(day);
    engine.hint();
    engine.pass(minute);
    expect(engine.state.deadline).toEqual(deadline);
    engine.pass(day);
    expect(times(engine, followUp.text)).toBe(1);
  });

  it('of whom only a machine has written is as silent as before', () => {
    const engine = answered();
    engine.desk.customerWrites('I am on holiday.', { reading: 'auto-reply' });
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(1);
    expect(engine.desk.status).toBe('pending');
  });
});

describe('nothing is written any more', () => {
  it('when the customer has answered: the next reply has its own', () => {
    const engine = answered();
    engine.pass(day);
    engine.world.plan = () => planOf([reply]);
    engine.customerAsks('48213');
    expect(engine.state.silence).toBeNull();
    engine.pass(30 * day);
    expect(times(engine, followUp.text)).toBe(0);
  });

  it('when the customer has answered and nobody told us: the look before it finds the message and answers it', () => {
    const engine = answered();
    engine.desk.customerWrites('48213');
    engine.world.plan = () => planOf([{ ...reply, text: 'Found it.' } as PlannedAction]);
    engine.pass(2 * day + minute);
    expect(said(engine)).toEqual(['It is on its way.', 'Found it.']);
    expect(engine.state.silence).toBeNull();
  });

  it.each([
    ['replies', (engine: Engine) => engine.desk.agentWrites('I have called you.', true)],
    ['takes the ticket', (engine: Engine) => engine.desk.assign('nora')],
  ])('when an agent %s, announced or not', (_, act) => {
    for (const announced of [true, false]) {
      const engine = answered();
      act(engine);
      if (announced) engine.hint();
      engine.pass(2 * day);
      expect(engine.state.stage).toBe('with-person');
      expect(times(engine, followUp.text)).toBe(0);
    }
  });

  it('when an agent has noted something since; the ticket waits for the customer as before', () => {
    const engine = answered();
    engine.desk.agentWrites('Spoke to the carrier.', false);
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.deadline).toEqual({ at: engine.now + 4 * day, reason: 'customer-silence' });
    engine.pass(30 * day);
    expect(times(engine, followUp.text)).toBe(0);
  });

  it('but what an agent noted before the reply, and what made the approval, does not count', () => {
    const engine = new Engine({ plan: () => planOf([reply, followUp], { needsApproval: true }) });
    engine.desk.agentWrites('A regular customer.', false);
    engine.customerAsks('Where is my order?');
    expect(engine.desk.notes()[0]?.text).toContain(
      'After 2 days without an answer the customer gets "still-there" (en):\n\nDo you still need help?',
    );
    engine.desk.agentWrites('Looks good.', false);
    engine.act('approve');
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(1);
  });

  it.each(['hold', 'solved'] as const)('when an agent has set the ticket to %s without a word', (status) => {
    const engine = answered();
    engine.desk.status = status satisfies DeskStatus;
    engine.pass(2 * day + minute);
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.desk.status).toBe(status);
    expect(engine.state.deadline).not.toBeNull();
  });

  it('when an agent has given the ticket to another group', () => {
    const engine = answered();
    engine.desk.group = 'billing';
    engine.pass(2 * day + minute);
    expect(times(engine, followUp.text)).toBe(0);
  });

  it('when the ticket was given to another requester, who never saw the question', () => {
    const engine = answered();
    engine.desk.requester = { ...engine.desk.requester, id: 'r-2', name: 'Ben' };
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.state.deadline?.reason).toBe('customer-silence');
  });

  it('but a group that the rule itself has set does not count', () => {
    const engine = answered([reply, followUp, { type: 'assign', group: 'billing', agent: null }]);
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(1);
  });

  it.each(['take-over', 'escalate', 'close'] as const)('when an agent acts: %s', (action) => {
    const engine = answered();
    engine.act(action);
    engine.pass(2 * day);
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.state.silence).toBeNull();
  });

  it('when the ticket is closed on the desk', () => {
    const engine = answered();
    engine.desk.status = 'closed';
    engine.pass(2 * day);
    expect(engine.state.stage).toBe('closed');
    expect(times(engine, followUp.text)).toBe(0);
  });

  it('when the rule hands the ticket over or solves it', () => {
    const handed = answered([reply, followUp, { type: 'hand-off', reason: 'policy', group: null }]);
    expect([handed.state.stage, handed.state.silence]).toEqual(['handed-off', null]);
    const solved = answered([reply, followUp, { type: 'set-status', status: 'solved' }]);
    expect([solved.state.stage, solved.state.silence]).toEqual(['solved', null]);
    const unsaid = answered([note, followUp]);
    expect(unsaid.state.deadline?.reason).toBe('customer-silence');
  });
});

describe('the moment of writing', () => {
  /** Something happens between the look and the writing. */
  function racing(happen: (engine: Engine) => void): Engine {
    const engine = answered();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'follow-up') {
        engine.world.before = () => undefined;
        happen(engine);
      }
      return undefined;
    };
    engine.pass(2 * day);
    return engine;
  }

  it('a customer who writes just then is answered, not reminded', () => {
    const engine = racing(({ desk }) => desk.customerWrites('48213'));
    engine.pass(minute);
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('an agent who replies just then has the ticket', () => {
    const engine = racing(({ desk }) => desk.agentWrites('I am on it.'));
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('an agent who notes something just then stops it, and the ticket waits on', () => {
    const engine = racing(({ desk }) => desk.agentWrites('Hm.', false));
    expect(times(engine, followUp.text)).toBe(0);
    expect(engine.state.deadline?.reason).toBe('customer-silence');
  });

  it('a desk that refuses it costs nobody anything: the ticket waits for the customer', () => {
    const engine = answered();
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.purpose === 'follow-up' ? fail('rejected') : undefined;
    engine.pass(2 * day);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.deadline?.reason).toBe('customer-silence');
    expect(engine.state.timeline.at(-1)?.text).toContain('Following up failed');
    expect(engine.notices).toHaveLength(0);
    engine.pass(30 * day);
    expect(engine.state.stage).toBe('closed');
  });

  it('is put off while the bot has said as much within the hour as it may', () => {
    const engine = answered([reply, { ...followUp, afterMs: 10 * minute }], { repliesPerHour: 1 });
    const repliedAt = engine.now;
    engine.pass(10 * minute);
    expect(engine.state.deadline).toEqual({
      at: repliedAt + hour,
      reason: 'follow-up',
      detail: '"still-there" (en)',
    });
    engine.pass(50 * minute);
    expect(times(engine, followUp.text)).toBe(1);
    expect(engine.state.replyTimes).toEqual([engine.now]);
  });
});

describe('what is remembered', () => {
  it('survives a new run, at any time, and writes the same', () => {
    const engine = answered([reply, note, followUp, closing]);
    for (let hours = 0; hours < 6 * 24; hours += 12) {
      engine.carryOver();
      engine.pass(12 * hour);
    }
    expect(said(engine).slice(1)).toEqual([followUp.text, 'I am closing this.']);
  });

  it('has one key for each, whatever crashes in between', () => {
    const engine = answered([reply, note, followUp, followUp]);
    engine.pass(5 * day);
    const keys = engine.started.flatMap((step) =>
      step.type === 'update-ticket' && step.purpose === 'follow-up' ? step.updates.map(({ key }) => key) : [],
    );
    expect(keys).toEqual(['35436/9001/follow-up-1', '35436/9001/follow-up-2']);
  });

  it('of a version that knew no follow-ups is: nothing but the policy', () => {
    const fresh = newTicketState({ desk: 'zendesk', account: 'acme', ticketId: '1' });
    const older: unknown = JSON.parse(JSON.stringify({ ...fresh, silence: undefined }));
    expect(older).not.toHaveProperty('silence');
    expect(decodeState(older).silence).toBeNull();
  });

  it('keeps its words when another version of the policy takes the ticket on', () => {
    const engine = answered();
    engine.happen({ type: 'policy-chosen', choice: { version: 'p-other', by: 'maria' } });
    engine.world.plan = () => planOf([{ ...reply, text: 'Other words' } as PlannedAction]);
    engine.pass(2 * day);
    expect(said(engine)[1]).toBe(followUp.text);
  });

  it('a deadline whose follow-up is gone asks for nothing', () => {
    const engine = answered();
    engine.state = { ...engine.state, silence: null };
    engine.pass(2 * day);
    expect(said(engine)).toHaveLength(1);
    expect(engine.state.deadline?.reason).toBe('customer-silence');
  });

  it('a follow-up that is written although it was forgotten leaves the ticket waiting', () => {
    const engine = answered();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.state = { ...engine.state, silence: null };
      return undefined;
    };
    engine.pass(2 * day);
    expect(engine.state.deadline?.reason).toBe('customer-silence');
  });

  it('is told: what comes next, when, and in which words', () => {
    const engine = answered([reply, closing]);
    const { deadline } = engine.state;
    expect(deadline === null ? '' : deadlineSummary(deadline)).toBe(
      'write again if the customer stays silent: "closing" (en), and solve the ticket',
    );
    expect(currentDetails(engine.state)).toContain('solve the ticket, 2026-11-28 10:00 UTC');
    engine.pass(3 * day);
    const step = engine.started.find((one) => one.type === 'update-ticket' && one.purpose === 'follow-up');
    expect(step === undefined ? '' : stepSummary(step)).toBe('follow-up');
    expect(engine.state.timeline.some(({ text }) => text.includes('Followed up with "closing"'))).toBe(true);
  });
});
