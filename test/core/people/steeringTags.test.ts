/** The tags deskhand_take_over and deskhand_hand_back: each counts once, when it is set. */
import { Engine, note, planOf, reply } from '../support/engine';
import type { PlannedAction } from '../../../src/core/policy/plan';
import type { Step } from '../../../src/core/effects';
import { handBackTag, handedOffTag, takeOverTag } from '../../../src/core/ticket/tags';

const minute = 60_000;
const day = 24 * 60 * minute;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };

const tag = (engine: Engine, ...tags: readonly string[]): void => {
  engine.desk.tags = [...new Set([...engine.desk.tags, ...tags])];
};
const told = (engine: Engine): void => {
  engine.hint();
  engine.pass(minute);
};
const replies = ({ desk }: Engine) => desk.publicReplies().length;

describe('deskhand_take_over', () => {
  it('silences the bot, and what the customer writes then is a person’s', () => {
    const engine = new Engine();
    tag(engine, takeOverTag);
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(replies(engine)).toBe(0);
    expect(engine.state).toMatchObject({ stage: 'with-person', takenOver: true });
    engine.customerAsks('Hello?');
    engine.pass(minute);
    expect(replies(engine)).toBe(0);
  });

  it('of a ticket that nobody answers and nobody is assigned to, people are called, louder and louder', () => {
    const engine = new Engine();
    tag(engine, takeOverTag);
    engine.customerAsks('Where is my order?');
    engine.pass(day);
    expect(engine.state.handOff).toMatchObject({ reason: 'left-by-person' });
    expect(engine.state.handOff?.level).toBeGreaterThan(1);
  });

  it('picks a hand-off up', () => {
    const engine = new Engine({ plan: () => planOf([reply, note, handOff]) });
    engine.customerAsks('A person, please');
    tag(engine, takeOverTag);
    told(engine);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.state.handOff).toBeNull();
  });

  it('stops a draft that waits, which stays as a note', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    const draftId = engine.state.approval?.draftId ?? '';
    tag(engine, takeOverTag);
    told(engine);
    expect(engine.state).toMatchObject({ stage: 'with-person', approval: null });
    expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'void' }]);
    expect(engine.desk.notes().filter(({ text }) => text?.includes('It is on its way.'))).toHaveLength(1);
  });

  it.each(['update-ticket', 'act-on-order', 'send-code'] as const)(
    'set while %s is on its way, it is found right before',
    (type) => {
      const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
      const mail = { subject: 'Your code', text: '{code}' };
      const code: PlannedAction = { type: 'send-code', order: '48213', language: 'en', mail };
      const actions = {
        'update-ticket': [reply],
        'act-on-order': [cancel, reply],
        'send-code': [code, reply],
      };
      const engine = new Engine({ plan: () => planOf(actions[type]) });
      engine.world.before = (step: Step) => {
        if (step.type === type) tag(engine, takeOverTag);
        return undefined;
      };
      engine.customerAsks('Where is my order?');
      engine.pass(minute);
      expect([replies(engine), engine.shop.size, engine.codes.length]).toEqual([0, 0, 0]);
      expect(engine.state.stage).toBe('with-person');
      expect(engine.desk.notes().map(({ text }) => text)).toEqual([
        'Draft by Deskhand, not sent because a person has the ticket:\n\nIt is on its way.',
      ]);
    },
  );

  it.each(['deskhand_draft', 'deskhand_shadow', 'deskhand_off'])(
    '%s set while a reply is on its way holds it back as well',
    (mode) => {
      const engine = new Engine();
      engine.world.before = (step) => {
        if (step.type === 'update-ticket' && step.purpose === 'reply') tag(engine, mode);
        return undefined;
      };
      engine.customerAsks('Where is my order?');
      engine.pass(minute);
      expect(replies(engine)).toBe(0);
      expect(engine.state.stage).toBe(mode === 'deskhand_draft' ? 'waiting-for-approval' : 'watching');
    },
  );

  it('an approved reply goes out under deskhand_draft, and not over whoever has taken the ticket', () => {
    for (const [set, expected] of [
      ['deskhand_draft', 1],
      [takeOverTag, 0],
    ] as const) {
      const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
      engine.customerAsks('Where is my order?');
      tag(engine, set);
      engine.act('approve');
      engine.pass(minute);
      expect(replies(engine)).toBe(expected);
    }
  });

  it('counts once: handed back by an action, it may stay, and be set again', () => {
    const engine = new Engine();
    tag(engine, takeOverTag);
    engine.customerAsks('Where is my order?');
    engine.act('hand-back');
    engine.pass(minute);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'waiting-for-customer']);
    expect(engine.desk.tags).not.toContain(takeOverTag);
    tag(engine, takeOverTag);
    told(engine);
    expect(engine.state.stage).toBe('with-person');
  });

  it('a run that remembers nothing finds it', () => {
    const engine = new Engine();
    tag(engine, takeOverTag);
    engine.customerAsks('Where is my order?');
    engine.startAnew();
    told(engine);
    expect([replies(engine), engine.state.stage]).toEqual([0, 'with-person']);
  });
});

describe('deskhand_hand_back', () => {
  const takenBy: Readonly<Record<string, (engine: Engine) => void>> = {
    'the action': (engine) => engine.act('take-over'),
    'the tag': (engine) => tag(engine, takeOverTag),
    'an assignment': ({ desk }) => desk.assign('nora'),
    'a hand-off that nobody has picked up': (engine) => {
      engine.world.plan = () => planOf([reply, note, handOff]);
    },
  };

  it.each(Object.entries(takenBy))('gives back what was taken by %s, and is taken away', (_how, take) => {
    const engine = new Engine();
    take(engine);
    engine.customerAsks('Where is my order?');
    const before = replies(engine);
    engine.world.plan = () => planOf([reply]);
    tag(engine, handBackTag);
    told(engine);
    expect(replies(engine)).toBe(before + 1);
    expect(engine.state.stage).toBe('waiting-for-customer');
    for (const gone of [handBackTag, takeOverTag, handedOffTag]) expect(engine.desk.tags).not.toContain(gone);
    expect(engine.state.timeline.some(({ text }) => text === 'hand-back by the tag deskhand_hand_back')).toBe(
      true,
    );
  });

  it('set together with an answer: the answer stands, and the bot has what comes after it', () => {
    const engine = new Engine();
    engine.desk.assign('nora');
    engine.customerAsks('Which colours are there?');
    engine.desk.agentWrites('Blue and red.');
    tag(engine, handBackTag);
    told(engine);
    expect(replies(engine)).toBe(0);
    engine.customerAsks('And where is my order?');
    engine.pass(minute);
    expect(replies(engine)).toBe(1);
  });

  it('whoever writes after it has the ticket again', () => {
    const engine = new Engine();
    engine.desk.assign('nora');
    engine.customerAsks('Where is my order?');
    tag(engine, handBackTag);
    told(engine);
    engine.desk.agentWrites('One more thing.');
    told(engine);
    engine.customerAsks('Thanks, and the invoice?');
    engine.pass(minute);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'with-person']);
  });

  it('on a ticket that the bot has, it is taken away, and gives nothing back later', () => {
    const engine = new Engine();
    tag(engine, handBackTag);
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.tags).not.toContain(handBackTag);
    engine.act('take-over');
    engine.customerAsks('And now?');
    engine.pass(minute);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'with-person']);
  });

  it('set in the moment in which a rung is due, and left to people for the same reason: the rung comes then', () => {
    const engine = new Engine({ plan: () => planOf([reply, note, handOff]) });
    engine.customerAsks('A person, please');
    engine.pass(2 * day);
    const level = engine.state.handOff?.level ?? 0;
    let isDue = false;
    engine.world.before = (step) => {
      if (isDue || step.type !== 'fetch-ticket') return undefined;
      isDue = true;
      tag(engine, handBackTag);
      return undefined;
    };
    engine.pass(day);
    expect(isDue).toBe(true);
    expect(
      engine.desk.notes().some(({ text }) => text?.startsWith('Handed back, and not answered') === true),
    ).toBe(true);
    expect(engine.state.handOff).toMatchObject({ reason: 'asked-for-human', level: level + 1 });
  });

  it('together with deskhand_take_over, a person wins', () => {
    const engine = new Engine();
    tag(engine, handBackTag, takeOverTag);
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect([replies(engine), engine.state.stage]).toEqual([0, 'with-person']);
  });

  it('gives back what the other tag took at the moment of posting, which no look has shown', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'reply') tag(engine, takeOverTag);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.world.before = () => undefined;
    expect(engine.state.stage).toBe('with-person');
    tag(engine, handBackTag);
    told(engine);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'waiting-for-customer']);
  });

  it('of a desk that takes no tags away it gives back once', () => {
    const engine = new Engine();
    engine.act('take-over');
    engine.customerAsks('Where is my order?');
    tag(engine, handBackTag);
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.updates.every(({ comment }) => comment === null)
        ? { kind: 'rejected', message: 'no', attempts: 1 }
        : undefined;
    told(engine);
    expect(replies(engine)).toBe(1);
    expect(engine.state.steps).toHaveLength(0);
    engine.act('take-over');
    engine.customerAsks('And now?');
    told(engine);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'with-person']);
  });

  it('where nothing may be written it stays, and does nothing', () => {
    const engine = new Engine();
    engine.world.modes = { company: 'off', intents: {} };
    engine.customerAsks('Where is my order?');
    tag(engine, handBackTag);
    told(engine);
    expect(engine.desk.tags).toContain(handBackTag);
    expect(engine.state.stage).toBe('watching');
  });

  it('a run that is continued as new does not count it twice', () => {
    const engine = new Engine();
    engine.act('take-over');
    engine.customerAsks('Where is my order?');
    tag(engine, takeOverTag);
    told(engine);
    engine.carryOver();
    engine.act('hand-back');
    engine.pass(minute);
    expect([replies(engine), engine.state.stage]).toEqual([1, 'waiting-for-customer']);
  });
});
