/** People close, hand back, leave and come back: what they decided holds, and nobody is forgotten meanwhile. */
import { Engine, note, planOf, reply } from '../support/engine';
import { defaultSettings, type PlannedAction } from '../../../src/core/policy/plan';
import { newTicketState } from '../../../src/core/newTicketState';

const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const minute = 60_000;
const second = 1_000;
const pickUpMs = defaultSettings.ladder[0].afterMs;

/** A new workflow for the same ticket, as the next hint starts it after the last one has ended. */
function withoutMemory(engine: Engine): Engine {
  engine.state = newTicketState(engine.state.ref);
  return engine;
}

describe('close', () => {
  it('holds: a later look without memory neither answers nor hands off what was closed unanswered', () => {
    const engine = new Engine();
    engine.desk.agentWrites('spam', false);
    engine.act('take-over');
    engine.desk.customerWrites('Buy cheap watches');
    engine.hint();
    engine.pass(second);
    engine.act('close', { reason: 'spam' });
    engine.pass(second);
    expect(engine.finished).toBe(true);
    withoutMemory(engine).hint();
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.status).toBe('solved');
    expect(engine.state.stage).toBe('solved');
  });

  it('holds for a later message too only until that is written: it is answered', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('close');
    engine.pass(second);
    withoutMemory(engine).customerAsks('And the invoice?');
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('in the middle of a turn closes what the turn has read', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'classify-message') engine.act('close', { reason: 'spam' });
      return undefined;
    };
    engine.customerAsks('Buy cheap watches');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.status).toBe('solved');
    expect(engine.finished).toBe(true);
  });

  it('does not swallow a message that nobody had read when it was asked for', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.customerWrites('Sorry, one more thing');
    engine.act('close');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.timeline.map(({ text }) => text)).toContain(
      'Not closed: a message came before it was',
    );
  });

  it('repeated with the same id after the ticket was opened again changes nothing', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('close', { id: 'key-1' });
    engine.pass(second);
    withoutMemory(engine);
    engine.hint(engine.desk.customerWrites('And the invoice?').id);
    engine.step();
    engine.act('close', { id: 'key-1' });
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(engine.finished).toBe(false);
  });
});

describe('hand back', () => {
  it.each(['a note', 'an assignment', 'an answer'])(
    'does not undo %s that comes after it, before the bot has looked',
    (what) => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      engine.act('take-over');
      engine.desk.customerWrites('Anybody?');
      engine.act('hand-back');
      engine.now += 2 * second;
      if (what === 'an assignment') engine.desk.assign('tomas');
      else engine.desk.agentWrites('I am on it, do not touch', what === 'an answer');
      if (what === 'a note') engine.desk.assign('tomas');
      engine.pass(minute);
      expect(engine.desk.publicReplies().filter(({ author }) => author === 'bot')).toHaveLength(1);
      expect(engine.state.stage).toBe('with-person');
    },
  );

  it('lets go of whoever was known to have the ticket, and of what was written before', () => {
    const engine = new Engine();
    engine.desk.assign('nora');
    engine.customerAsks('Where is my order?');
    engine.desk.agentWrites('Let me see');
    engine.desk.customerWrites('And?');
    engine.now += 5 * second;
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies().filter(({ author }) => author === 'bot')).toHaveLength(1);
  });
});

describe('a person who has the ticket and leaves', () => {
  it('is missed as soon as the customer writes again', () => {
    const engine = new Engine();
    engine.desk.assign('nora');
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('with-person');
    engine.desk.assign(null);
    engine.customerAsks('Hello?');
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    expect(engine.state.deadline?.reason).toBe('pick-up');
  });

  it('having only noted something in passing is missed in the time of a pick-up', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.agentWrites('parcel was scanned today', false);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('with-person');
    engine.world.before = () => undefined;
    engine.pass(pickUpMs);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.handOff?.reason).toBe('left-by-person');
  });

  it('having taken over by an action is believed until then, whatever the customer adds', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('take-over');
    engine.customerAsks('Hello?');
    expect(engine.state.stage).toBe('with-person');
    engine.pass(pickUpMs);
    expect(engine.state.stage).toBe('handed-off');
  });

  it('is left alone while assigned, or when all was answered', () => {
    const assigned = new Engine();
    assigned.desk.assign('nora');
    assigned.customerAsks('Where is my order?');
    assigned.pass(10 * defaultSettings.personCheckMs);
    expect(assigned.state.stage).toBe('with-person');
    const answered = new Engine();
    answered.desk.customerWrites('Where is my order?');
    answered.act('take-over');
    answered.pass(minute);
    answered.desk.agentWrites('It is on its way.');
    answered.pass(10 * defaultSettings.personCheckMs);
    expect(answered.state.stage).toBe('with-person');
  });
});

describe('a draft that waits for approval', () => {
  const drafting = () => {
    const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    return engine;
  };
  const botReplies = (engine: Engine) =>
    engine.desk.publicReplies().filter(({ author }) => author === 'bot').length;

  it.each(['seen', 'not seen'])('is sent although an agent noted something beside it (%s)', (seen) => {
    const engine = drafting();
    engine.desk.agentWrites('looks good', false);
    if (seen === 'seen') engine.hint();
    engine.pass(minute);
    engine.act('approve');
    engine.pass(minute);
    expect(botReplies(engine)).toBe(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('is sent although whoever looks at it has taken the ticket', () => {
    const engine = drafting();
    engine.desk.assign('nora');
    engine.hint();
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-approval');
    engine.act('approve');
    engine.pass(minute);
    expect(botReplies(engine)).toBe(1);
  });

  it('is not sent after an agent has answered', () => {
    const engine = drafting();
    engine.desk.agentWrites('It comes tomorrow.');
    engine.act('approve');
    engine.pass(minute);
    expect(botReplies(engine)).toBe(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('is void when the customer writes to whoever has the ticket now', () => {
    const engine = drafting();
    engine.desk.assign('nora');
    engine.customerAsks('Never mind, something else');
    expect(engine.state.stage).toBe('with-person');
    expect(engine.state.approval).toBeNull();
    expect(botReplies(engine)).toBe(0);
  });
});

describe('a hand-off that is picked up in passing', () => {
  const handedOff = () => {
    const engine = new Engine({ plan: () => planOf([reply, note, handOff]) });
    engine.customerAsks('Let me speak to a human');
    expect(engine.state.stage).toBe('handed-off');
    return engine;
  };

  it.each(['a note', 'a take-over', 'an assignment that is undone'])(
    '%s and nothing more: it is handed off again in the time of a pick-up',
    (what) => {
      const engine = handedOff();
      if (what === 'a note') engine.desk.agentWrites('@tomas can you look?', false);
      else if (what === 'a take-over') engine.act('take-over');
      else engine.desk.assign('nora');
      engine.hint();
      engine.pass(second);
      expect(engine.state.stage).toBe('with-person');
      engine.desk.assign(null);
      engine.hint();
      engine.pass(pickUpMs + second);
      expect(engine.state.stage).toBe('handed-off');
      expect(engine.state.handOff?.reason).toBe('left-by-person');
    },
  );

  it('an answer, or setting it aside, is enough', () => {
    const answered = handedOff();
    answered.desk.agentWrites('Here I am');
    answered.hint();
    answered.pass(10 * defaultSettings.personCheckMs);
    expect(answered.state.stage).toBe('with-person');
  });

  it('close that a message has overtaken leaves the hand-off and its clock as they were', () => {
    const engine = handedOff();
    engine.desk.customerWrites('I want to cancel');
    engine.act('close');
    engine.pass(second);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.handOff).not.toBeNull();
    expect(engine.state.deadline?.reason).toBe('pick-up');
  });
});

describe('an agent who decides without a word', () => {
  it.each(['solved', 'hold', 'pending'] as const)(
    'by setting it to %s before the bot has looked',
    (status) => {
      const engine = new Engine();
      engine.desk.customerWrites('Where is my order?');
      engine.desk.status = status;
      engine.hint();
      engine.pass(10 * minute);
      expect(engine.desk.publicReplies()).toHaveLength(0);
      expect(engine.desk.status).toBe(status);
      expect(engine.state.stage).toBe(status === 'solved' ? 'solved' : 'with-person');
    },
  );

  it.each(['solved', 'hold'] as const)('by setting it to %s while the bot drafts', (status) => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.desk.status = status;
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.world.before = () => undefined;
    engine.hint();
    engine.pass(2 * pickUpMs);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.status).toBe(status);
  });

  it('is not mistaken for our own reply that a message has overtaken', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const { desk } = engine;
    desk.comments = desk.comments.map((said) => (said.author === 'bot' ? { ...said, id: '9100' } : said));
    const { id } = desk.customerWrites('And the invoice?', { id: '9050' });
    engine.desk.status = 'pending';
    engine.hint(id);
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('by setting a draft aside: nobody is called when the time for the approval is over', () => {
    const engine = new Engine({ plan: () => planOf([reply, note], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    engine.desk.status = 'hold';
    engine.pass(defaultSettings.approvalMs);
    expect(engine.desk.status).toBe('hold');
    expect(engine.state.stage).toBe('with-person');
  });
});

it('the customer asks again after an agent has answered and left: it is handed off at the next check', () => {
  const engine = new Engine();
  engine.desk.customerWrites('Where is my order?');
  engine.desk.agentWrites('It comes today.');
  engine.customerAsks('It did not come');
  expect(engine.state.stage).toBe('with-person');
  engine.pass(pickUpMs);
  expect(engine.state.stage).toBe('handed-off');
});

it('what was closed unanswered stays so when the customer writes about something else', () => {
  const engine = new Engine();
  engine.world.before = (step) => {
    if (step.type === 'classify-message') engine.act('close', { reason: 'spam' });
    return undefined;
  };
  engine.customerAsks('Buy cheap watches');
  engine.pass(second);
  engine.world.before = () => undefined;
  withoutMemory(engine).customerAsks('Where is my order?');
  const [consulted] = engine.started.filter((step) => step.type === 'consult-policy');
  expect(consulted).toMatchObject({ input: { words: { text: 'Where is my order?' } } });
});

describe("the desk's own automation closes the ticket", () => {
  const silent: PlannedAction = {
    ...{
      type: 'follow-up',
      afterMs: 2 * 24 * 60 * minute,
      text: 'Still there?',
      html: '<p>Still there?</p>',
    },
    ...{ template: 'still-there', language: 'en', close: true },
  };

  it.each<[string, readonly PlannedAction[]]>([
    ['the customer is waited for', [reply, silent]],
    ['a person is waited for', [reply, handOff]],
    ['it is solved', [reply, { type: 'set-status', status: 'solved' }]],
  ])('while %s: told or not, nothing more is written, nobody is called, and it ends', (_, actions) => {
    for (const isTold of [true, false]) {
      const engine = new Engine({ plan: () => planOf(actions) });
      engine.customerAsks('Where is my order?');
      const before = engine.desk.comments.length;
      const notices = engine.notices.length;
      engine.desk.status = 'closed';
      if (isTold) engine.hint();
      engine.pass(60 * 24 * 60 * minute);
      expect(engine.finished).toBe(true);
      expect(engine.desk.comments).toHaveLength(before);
      expect(engine.notices).toHaveLength(notices);
      expect(engine.followUps).toEqual([]);
    }
  });
});
