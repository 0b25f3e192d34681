/** Handed back by an action or a tag: nobody is called for the same old reason, and nothing is said to a customer twice. */
import { Engine, note, planOf, reply } from '../support/engine';
import { nextDeadline } from '../../../src/core/nextDeadline';
import { defaultSettings, type HandOffReason, type PlannedAction } from '../../../src/core/policy/plan';
import { handBackTag, handedOffTag } from '../../../src/core/ticket/tags';

const minute = 60_000;
const firstRungMs = defaultSettings.ladder[0].afterMs;
const handOff = (reason: HandOffReason): PlannedAction => ({ type: 'hand-off', reason, group: 'Support' });
const promise: PlannedAction = {
  type: 'reply',
  text: 'A colleague will answer you.',
  html: '<p>A colleague will answer you.</p>',
  template: 'handed-over',
  language: 'en',
};
const asked = [promise, note, handOff('asked-for-human')];

function handedOff(): Engine {
  const engine = new Engine({ plan: () => planOf(asked) });
  engine.customerAsks('A person, please');
  engine.pass(minute);
  return engine;
}

const ways: Readonly<Record<string, (engine: Engine) => void>> = {
  'the action': (engine) => engine.act('hand-back'),
  'the tag': (engine) => {
    engine.desk.tags = [...engine.desk.tags, handBackTag];
    engine.hint();
  },
};
const eachWay = Object.entries(ways);
const said = ({ desk }: Engine) => desk.publicReplies().map(({ text }) => text);
const calls = ({ desk }: Engine) =>
  desk.notes().filter(({ text }) => text?.includes('Next: Write to the customer yourself') === true).length;

describe.each(eachWay)('by %s', (_way, handBack) => {
  it('for the same reason and the same words, the call that stands goes on where it was', () => {
    const engine = handedOff();
    engine.pass(firstRungMs + minute);
    const { handOff: before, deadline, stage } = engine.state;
    expect(before?.level).toBe(1);
    handBack(engine);
    engine.pass(minute);
    expect(engine.state).toMatchObject({ handOff: before, deadline, stage });
    expect(said(engine)).toEqual(['A colleague will answer you.']);
    expect(calls(engine)).toBe(1);
    expect(engine.desk.notes().at(-1)?.text).toBe(
      'Handed back, and not answered by Deskhand: the policy leaves it to people for the same reason (asked-for-human). It stays handed off: please take it.',
    );
    engine.pass((deadline?.at ?? 0) - engine.now);
    expect(engine.state.handOff?.level).toBe(2);
  });

  it('for another reason, it is another call; that somebody comes is not said again', () => {
    const engine = handedOff();
    engine.world.plan = () => planOf([promise, note, handOff('legal')]);
    handBack(engine);
    engine.pass(minute);
    expect(engine.state.handOff).toMatchObject({ reason: 'legal', level: 0 });
    expect(said(engine)).toEqual(['A colleague will answer you.']);
  });

  it('with new words it is another call, and says nothing that was said', () => {
    const engine = handedOff();
    engine.customerAsks('And a lawyer!');
    handBack(engine);
    engine.pass(minute);
    expect(calls(engine)).toBe(2);
    expect(said(engine)).toEqual(['A colleague will answer you.']);
  });

  it('an answer takes the tag of the call away', () => {
    const engine = handedOff();
    engine.world.plan = () => planOf([reply, note]);
    handBack(engine);
    engine.pass(minute);
    expect(said(engine)).toEqual(['A colleague will answer you.', 'It is on its way.']);
    expect(engine.desk.tags).not.toContain(handedOffTag);
  });

  it('what a courier wrote is given to people once', () => {
    const engine = new Engine();
    engine.hint(engine.desk.customerWrites('Delivered!', { author: 'third-party' }).id);
    engine.pass(minute);
    const { handOff: before } = engine.state;
    expect(before?.reason).toBe('third-party');
    handBack(engine);
    engine.pass(minute);
    expect(engine.state.handOff).toEqual(before);
    expect(said(engine)).toEqual([]);
  });

  it('how often it answered before is forgiven', () => {
    const engine = new Engine();
    for (let times = 0; times <= defaultSettings.repliesPerHour; times += 1) engine.customerAsks('And now?');
    expect(engine.state.handOff?.reason).toBe('reply-limit');
    const before = said(engine).length;
    handBack(engine);
    engine.pass(minute);
    expect(said(engine)).toHaveLength(before + 1);
    engine.customerAsks('And now?');
    expect(said(engine)).toHaveLength(before + 2);
  });

  it('how often somebody else’s order was named is forgiven, and nothing else of what was said', () => {
    const slots = { 'order-number': { value: '48213', from: 'said', commentId: '9001' } } as const;
    const engine = new Engine({
      plan: () => planOf([note, handOff('identity')], { dialogue: { questions: [], slots, mismatches: 3 } }),
    });
    engine.customerAsks('Order 1, 2 and 3');
    engine.pass(minute);
    handBack(engine);
    engine.world.plan = () => planOf([reply]);
    engine.pass(minute);
    const known = engine.started.flatMap((step) =>
      step.type === 'consult-policy' ? [step.input.dialogue] : [],
    );
    expect(known.at(-1)).toMatchObject({ mismatches: 0, slots });
  });

  it('what a person has answered is not read again', () => {
    const engine = handedOff();
    engine.desk.agentWrites('I am a person.');
    engine.hint();
    engine.pass(minute);
    handBack(engine);
    engine.pass(minute);
    expect([engine.state.stage, said(engine).length]).toEqual(['waiting-for-customer', 1]);
    engine.world.plan = () => planOf([reply]);
    engine.customerAsks('Where is it?');
    const read = engine.started.flatMap((step) =>
      step.type === 'classify-message' ? [step.words.text] : [],
    );
    expect(read).toEqual(['A person, please', 'Where is it?']);
  });

  it('in a mode that leaves it to people, nothing is written and nobody is called', () => {
    const engine = handedOff();
    const before = engine.desk.comments.length;
    engine.world.modes = { company: 'shadow', intents: {} };
    handBack(engine);
    engine.pass(minute);
    expect(engine.desk.comments).toHaveLength(before);
    expect(nextDeadline(engine.state)).not.toBeNull();
  });
});

it('picked up and given back, it may be given to people again: quietly', () => {
  const engine = handedOff();
  engine.act('take-over');
  engine.act('hand-back');
  engine.pass(minute);
  expect(engine.state.handOff).toMatchObject({ reason: 'asked-for-human', level: 0 });
  expect(said(engine)).toEqual(['A colleague will answer you.']);
});

it('what was promised of the call is not told again when it stands again', () => {
  const sla = { tier: null, targets: { 'pick-up': { afterMs: 10 * minute } } } as const;
  const settings = { ...defaultSettings, sla };
  const engine = new Engine({ settings, plan: () => planOf(asked, { settings }) });
  engine.customerAsks('A person, please');
  engine.pass(15 * minute);
  const { handOff: before, sla: clocksBefore } = engine.state;
  const breaches = () => engine.notices.filter((what) => what.includes('is breached')).length;
  expect([before?.level, breaches()]).toEqual([1, 1]);
  engine.act('hand-back');
  engine.pass(minute);
  expect(engine.state.handOff).toEqual(before);
  expect(breaches()).toBe(1);
  expect(engine.state.sla?.clocks['pick-up']).toMatchObject({
    since: clocksBefore?.clocks['pick-up']?.since,
    breachedAt: clocksBefore?.clocks['pick-up']?.breachedAt,
  });
  engine.desk.assign('nora');
  engine.hint();
  engine.settle();
  expect(engine.state.sla?.clocks['pick-up']?.over).toBe(true);
});

describe('what the customer has told people is not asked for again', () => {
  const known = (engine: Engine): string | undefined =>
    engine.started
      .flatMap((step) =>
        step.type === 'consult-policy' ? [step.input.dialogue.slots['order-number']?.value] : [],
      )
      .at(-1);

  function withPerson(...said: readonly (readonly ['customer' | 'agent' | 'note', string])[]): Engine {
    const engine = handedOff();
    for (const [who, text] of said) {
      if (who === 'customer') engine.desk.customerWrites(text);
      else engine.desk.agentWrites(text, who === 'agent');
      engine.hint();
      engine.pass(minute);
    }
    engine.world.plan = () => planOf([reply]);
    return engine;
  }

  it.each(eachWay)('by %s, the order that they spoke of is known', (_way, handBack) => {
    const engine = withPerson(['customer', 'It is order 48213'], ['agent', 'I look at it.']);
    handBack(engine);
    engine.pass(minute);
    engine.customerAsks('And where is it?');
    expect(known(engine)).toBe('48213');
  });

  it.each([
    ['an agent has named it', [['agent', 'You mean order 48213?']], '48213'],
    ['a note names it, which the customer may not have', [['note', 'Order 48213']], undefined],
    [
      'they spoke of two',
      [
        ['customer', 'Order 48213'],
        ['agent', 'Not order 51877?'],
      ],
      undefined,
    ],
    ['they spoke of none', [['agent', 'How can I help?']], undefined],
  ] as const)('%s', (_what, said, expected) => {
    const engine = withPerson(...said);
    engine.act('hand-back');
    engine.pass(minute);
    engine.customerAsks('And where is it?');
    expect(known(engine)).toBe(expected);
  });

  it('nothing is known of it while people have the ticket', () => {
    const engine = withPerson(['customer', 'It is order 48213'], ['agent', 'I look at it.']);
    expect(engine.state.dialogue.slots).toEqual({});
  });
});
