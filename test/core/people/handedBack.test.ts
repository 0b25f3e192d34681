/** What people were given and did not settle is not forgotten: on the way to them, with them, and on the way back. */
import { Engine, fail, note, planOf, reply, start } from '../support/engine';
import { refusal } from '../../../src/core/people/agent';
import { agentActions, type AgentActionName } from '../../../src/core/events';
import { defaultSettings, type PlannedAction } from '../../../src/core/policy/plan';
import { rungAt } from '../../../src/core/people/ladder';
import { isNewer } from '../../../src/core/ticket/ticket';

const minute = 60_000;
const second = 1_000;
const firstRungMs = defaultSettings.ladder[0].afterMs;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const promise: PlannedAction = {
  type: 'reply',
  text: 'A colleague will answer you.',
  html: '<p>A colleague will answer you.</p>',
  template: 'handed_over',
  language: 'en',
};
const handingOff = () => new Engine({ plan: () => planOf([promise, note, handOff]) });

/** Handed back, the policy now having an answer. */
function handedBack(engine: Engine): Engine {
  engine.world.plan = () => planOf([reply]);
  engine.act('hand-back');
  engine.pass(minute);
  return engine;
}
const lastRead = ({ started }: Engine) =>
  started.flatMap((step) => (step.type === 'classify-message' ? [step.words.text] : [])).at(-1);

describe('a hand-back answers what was handed over', () => {
  it.each<readonly AgentActionName[]>([
    ['take-over', 'escalate'],
    ['escalate'],
    ['escalate', 'escalate'],
    ['take-over', 'escalate', 'take-over'],
  ])('after %s %s %s', (...actions) => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a real person please');
    for (const action of actions) engine.act(action);
    engine.settle();
    handedBack(engine);
    expect(lastRead(engine)).toBe('I want to talk to a real person please');
    expect(engine.desk.publicReplies()).toHaveLength(2);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('after a look that failed', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a real person please');
    engine.world.before = (step) => (step.type === 'fetch-ticket' ? fail('rejected') : undefined);
    engine.pass(firstRungMs);
    engine.world.before = () => undefined;
    expect(engine.state.handOff?.reason).toBe('asked-for-human');
    expect(handedBack(engine).desk.publicReplies()).toHaveLength(2);
  });

  it.each([0, 1, 2])('taken over while it was being written, %i of its updates on the desk', (written) => {
    const engine = handingOff();
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket' || step.purpose !== 'hand-off') return undefined;
      engine.act('take-over');
      engine.desk.apply(step.updates.slice(0, written), step.guard);
      return written === 2 ? undefined : fail('cancelled');
    };
    engine.customerAsks('I want to talk to a real person please');
    engine.world.before = () => undefined;
    handedBack(engine);
    expect(lastRead(engine)).toBe('I want to talk to a real person please');
    expect(engine.desk.publicReplies().at(-1)?.text).toBe('It is on its way.');
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('together with what came since, of all that people had been given one after the other', () => {
    const engine = handingOff();
    engine.customerAsks('first');
    engine.act('take-over');
    engine.customerAsks('second');
    engine.pass(firstRungMs);
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    engine.customerAsks('third');
    handedBack(engine);
    expect(lastRead(engine)).toBe('first\n\nsecond\n\nthird');
  });

  it('but not what an agent has answered, or has solved', () => {
    const engine = handingOff();
    engine.customerAsks('first');
    engine.desk.agentWrites('Done.');
    engine.customerAsks('second');
    handedBack(engine);
    expect(lastRead(engine)).toBe('second');
    const other = handingOff();
    other.customerAsks('first');
    other.desk.agentSolves();
    other.hint();
    other.settle();
    other.customerAsks('second');
    handedBack(other);
    expect(lastRead(other)).toBe('second');
  });

  it('also when a message overtakes a close that overtook the hand-back', () => {
    const engine = handingOff();
    engine.customerAsks('first');
    engine.desk.customerWrites('second');
    engine.world.plan = () => planOf([reply]);
    engine.act('hand-back');
    engine.act('close');
    engine.pass(minute);
    expect(lastRead(engine)).toBe('first\n\nsecond');
  });

  it('as a draft, which goes to people when nobody looks at it', () => {
    const engine = handingOff();
    engine.customerAsks('first');
    engine.world.plan = () => planOf([reply], { needsApproval: true });
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-approval');
    engine.pass(defaultSettings.approvalMs);
    expect(engine.state.handOff?.reason).toBe('approval-timeout');
  });
});

it('a note in passing after an escalation forgets nobody', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a real person please');
  engine.act('take-over');
  engine.act('escalate');
  engine.settle();
  engine.desk.agentWrites('who has this?', false);
  engine.pass(firstRungMs * 5);
  expect(['handed-off', 'escalated']).toContain(engine.state.stage);
  expect(engine.state.timeline.some(({ text }) => text.includes('left-by-person'))).toBe(true);
});

it('what an agent wrote before people were called is no pick-up: the ladder is climbed to its end', () => {
  const engine = new Engine();
  engine.desk.agentWrites('Hello, how can I help?');
  engine.customerAsks('Where is my order?');
  engine.pass(firstRungMs);
  expect(engine.state.handOff?.reason).toBe('left-by-person');
  engine.pass(200 * minute);
  expect(engine.state.handOff?.level).toBe(2);
});

describe('while an accepted close is on its way', () => {
  const closing = (plan = planOf([reply], { needsApproval: true })) => {
    const engine = new Engine({ plan: () => plan });
    engine.customerAsks('Where is my order?');
    engine.act('close', { id: 'close-1' });
    return engine;
  };

  it.each(agentActions)('%s is refused, and says why; the ticket ends closed', (action) => {
    const engine = closing();
    const refused = refusal(engine.state, { id: 'a', action, by: 'nora', reason: null, draftId: null });
    expect(refused).toContain('being closed');
    engine.act(action);
    engine.pass(minute);
    expect([engine.desk.status, engine.state.stage]).toEqual(['solved', 'closed']);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.tags).not.toContain('deskhand_handed_off');
  });

  it('a message that comes before it lets everything happen again', () => {
    const engine = closing();
    engine.desk.customerWrites('wait!');
    engine.pass(minute);
    engine.act('escalate');
    engine.pass(1);
    expect(engine.state.stage).toBe('escalated');
  });

  it.each([true, false])(
    'what it closes over is closed: a message behind it is answered alone (%s)',
    (looking) => {
      const engine = closing();
      if (looking) engine.hint();
      for (let steps = 0; engine.desk.status !== 'solved' && steps < 5; steps += 1) engine.step();
      engine.hint(engine.desk.customerWrites('And the invoice?').id);
      engine.pass(minute);
      expect(lastRead(engine)).toBe('And the invoice?');
    },
  );
});

describe('asked for again and again', () => {
  it('escalations raise the rung and postpone nothing', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a real person please');
    for (let times = 0; times < 13; times += 1) {
      engine.act('escalate');
      engine.pass(second);
    }
    const { handOff: now, deadline } = engine.state;
    const last = defaultSettings.ladder.at(-1)?.afterMs ?? 0;
    expect(now?.level).toBe(13);
    expect(deadline?.at).toBeLessThanOrEqual(start + 3 * second + 3 * second + last);
    expect(engine.desk.notes().filter(({ text }) => text?.startsWith('Escalated by') === true)).toHaveLength(
      13,
    );
    engine.pass(last + minute);
    expect(engine.state.handOff?.level).toBe(14);
  });

  it('rungs that nobody asked for repeat ever slower, the others count for nothing', () => {
    expect(rungAt(defaultSettings, 13, 13).afterMs).toBe(rungAt(defaultSettings, 0).afterMs * 4);
    expect(rungAt(defaultSettings, 15, 13).afterMs).toBe(rungAt(defaultSettings, 2).afterMs);
  });

  it('an escalation while the ticket is being looked at keeps what was due', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a real person please');
    engine.act('escalate');
    engine.act('escalate');
    engine.settle();
    const due = engine.state.deadline;
    engine.pass(minute);
    engine.hint();
    engine.act('escalate');
    engine.settle();
    expect(engine.state.deadline).toEqual(due);
  });
});

describe('a customer who keeps writing to somebody who is not there', () => {
  const passedBy = () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('take-over');
    engine.customerAsks('hello?');
    return engine;
  };

  it('waits no longer than one who is silent', () => {
    const engine = passedBy();
    for (let passed = 0; passed < firstRungMs; passed += minute) {
      engine.customerAsks('hello??');
      engine.pass(minute);
    }
    expect(engine.state.handOff?.reason).toBe('left-by-person');
  });

  it('nor is it put off by changes that the poll sees', () => {
    const engine = passedBy();
    const due = engine.state.deadline;
    engine.pass(10 * minute);
    engine.hint();
    engine.settle();
    expect(engine.state.deadline).toEqual(due);
  });

  it('an answer ends that wait, and the next message begins another', () => {
    const engine = passedBy();
    engine.pass(10 * minute);
    engine.desk.agentWrites('I am looking.');
    engine.pass(10 * minute);
    const { id } = engine.desk.customerWrites('thank you, and the invoice?');
    engine.hint(id);
    engine.settle();
    expect(engine.state.deadline).toEqual({ reason: 'person-check', at: engine.now + firstRungMs });
  });
});

describe('a desk whose clock steps back', () => {
  it('a later message is answered', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const at = new Date(start - 2 * minute).toISOString();
    engine.hint(engine.desk.customerWrites('Can I get an invoice?', { at }).id);
    engine.pass(minute);
    expect(lastRead(engine)).toBe('Can I get an invoice?');
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it.each([
    ['9002', 0, '9001', 1, true],
    ['10000', 0, '9999', 1, true],
    ['9001', 1, '9002', 0, false],
    ['c-b', 0, 'c-a', 1, false],
    ['c-a', 1, 'c-b', 0, true],
    ['c-b', 0, 'c-a', 0, true],
    ['9002', 0, 'c-9', 1, false],
  ])('%s at %i s is newer than %s at %i s: %s', (id, at, other, otherAt, newer) => {
    const time = (seconds: number) => new Date(start + seconds * second).toISOString();
    expect(isNewer({ id, at: time(at) }, { id: other, at: time(otherAt) })).toBe(newer);
  });
});

describe('a ticket given to another requester', () => {
  const ben = { id: 'r-2', name: 'Ben', email: 'ben@mail.example' } as const;
  function give(engine: Engine): void {
    engine.desk.requester = { ...engine.desk.requester, ...ben };
    engine.desk.comments = engine.desk.comments.map((said) =>
      said.author === 'requester' ? { ...said, author: 'third-party' } : said,
    );
  }

  it.each(['consult-policy', 'update-ticket'] as const)(
    'before %s: what was meant for one is not said to another',
    (type) => {
      const engine = new Engine();
      engine.world.before = (step) => {
        if (step.type === type && engine.desk.requester.id !== ben.id) give(engine);
        return undefined;
      };
      engine.customerAsks('Where is my order?');
      engine.pass(minute);
      expect(engine.desk.publicReplies()).toHaveLength(0);
      expect(engine.state.handOff?.reason).toBe('third-party');
    },
  );

  it('nothing is done to an order, and no approved draft is sent', () => {
    const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
    const engine = new Engine({ plan: () => planOf([cancel, reply], { needsApproval: true }) });
    engine.customerAsks('Cancel it');
    give(engine);
    engine.act('approve');
    engine.pass(minute);
    expect(engine.shop.size).toBe(0);
    expect(engine.desk.publicReplies()).toHaveLength(0);
  });

  it('what the first one has shown opens nothing for the next: the conversation begins anew', () => {
    const dialogue = { questions: [], slots: {}, mismatches: 1, proven: ['48213'] };
    const engine = new Engine({ plan: () => planOf([reply], { dialogue }) });
    engine.customerAsks('Where is my order?');
    give(engine);
    engine.customerAsks('And mine?');
    const asked = engine.started.flatMap((step) =>
      step.type === 'consult-policy' ? [step.input.dialogue] : [],
    );
    expect(asked.at(-1)).toEqual({ questions: [], slots: {}, mismatches: 0 });
    engine.customerAsks('And now?');
    expect(engine.started.filter(({ type }) => type === 'consult-policy')).toHaveLength(3);
    expect(engine.state.dialogue).toEqual(dialogue);
  });
});

it('a cancel request is told and changes nothing else', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a real person please');
  const { timeline, ...before } = engine.state;
  engine.happen({ type: 'cancel-requested' });
  const { timeline: told, ...after } = engine.state;
  expect(after).toEqual(before);
  expect(told.slice(timeline.length)).toMatchObject([{ kind: 'ignored' }]);
});

describe("however far the desk's clock is ahead", () => {
  it.each([0, 3 * second, 10 * minute])('%d ms: what was known of the person is let go of', (aheadMs) => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    const at = (): string => new Date(engine.now + aheadMs).toISOString();
    engine.customerAsks('one');
    engine.act('take-over');
    engine.pass(minute);
    for (const isPublic of [false, true]) {
      const { id } = engine.desk.agentWrites('We look into it', isPublic);
      engine.desk.comments = engine.desk.comments.map((one) => (one.id === id ? { ...one, at: at() } : one));
    }
    engine.hint();
    engine.pass(2 * second);
    engine.desk.customerWrites('two', { at: at() });
    engine.pass(2 * second);
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });
});
