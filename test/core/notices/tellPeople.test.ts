/** Which happenings of a ticket call people outside the desk, in which words, and that none of them names anybody. */
import type { Step } from '../../../src/core/effects';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf, reply, type World } from '../support/engine';

const minute = 60_000;
const everything: PolicySettings = { ...defaultSettings, alsoTell: ['approval', 'deadline', 'hand-off'] };
const handOff: PlannedAction = { type: 'hand-off', reason: 'anger', group: 'Tier 2' };

type NotifyStep = Extract<Step, { type: 'notify-people' }>;

function told(engine: Engine): NotifyStep[] {
  return engine.started.filter((step): step is NotifyStep => step.type === 'notify-people');
}

function asked(world: Partial<World>): Engine {
  const engine = new Engine(world);
  engine.customerAsks('My name is Ana Silva, ana@example.com, and I am furious about 48213!');
  return engine;
}

function handedOff(settings: PolicySettings): Engine {
  return asked({ settings, plan: () => planOf([reply, note, handOff], { settings }) });
}

describe('an escalation', () => {
  it('is told on each rung, under its own key, since when the ticket waits', () => {
    const engine = handedOff(defaultSettings);
    const since = engine.state.handOff?.since;
    engine.pass(31 * minute);
    engine.pass(121 * minute);
    expect(told(engine).map(({ about }) => about)).toMatchObject([
      { kind: 'escalation', key: '35436/9001-1-1/escalate-1', since },
      { kind: 'escalation', key: '35436/9001-1-1/escalate-2', since },
    ]);
    expect(told(engine)[0]?.message).toBe(
      'Ticket 35436: nobody has picked it up for 30 minutes; escalated to rung 1.',
    );
    expect(told(engine)[0]?.about?.next).toMatch(/^Assign it to yourself/);
  });

  it("names the ticket's brand, as it is when it is told, for those who serve several", () => {
    const engine = new Engine({ plan: () => planOf([handOff]) });
    engine.desk.brand = 'Acme';
    engine.customerAsks('Where is my order?');
    engine.desk.brand = 'Bravo';
    engine.pass(31 * minute);
    engine.desk.brand = null;
    engine.pass(121 * minute);
    expect(told(engine).map(({ brand }) => brand)).toEqual(['Bravo', undefined]);
  });

  it('at the word of an agent does not say whose: the note on the desk does', () => {
    const engine = handedOff(defaultSettings);
    engine.act('escalate', { by: 'maria' });
    engine.settle();
    expect(told(engine)[0]?.message).toBe('Ticket 35436: an agent escalated it; escalated to rung 1.');
    expect(engine.desk.comments.some(({ text }) => text?.includes('maria') === true)).toBe(true);
  });
});

describe('where people want to hear of it', () => {
  it('a hand-off is told, once, after it is on the ticket', () => {
    const engine = handedOff(everything);
    expect(told(engine)).toMatchObject([
      {
        reason: 'anger',
        message: 'Ticket 35436: handed off to "Tier 2" (anger).',
        about: { kind: 'hand-off', since: engine.state.handOff?.since },
      },
    ]);
    const order = engine.started.map(({ type }) => type);
    expect(order.indexOf('notify-people')).toBeGreaterThan(order.indexOf('update-ticket'));
  });

  it('a draft that waits for approval is told, with its deadline', () => {
    const plan = () => planOf([reply, note], { needsApproval: true, settings: everything });
    const engine = asked({ settings: everything, plan });
    expect(told(engine)).toMatchObject([
      {
        reason: 'approval',
        message: 'Ticket 35436: a draft waits for approval until 2026-11-25 14:00 UTC.',
        about: { kind: 'approval', key: engine.state.approval?.draftId },
      },
    ]);
    expect(JSON.stringify(told(engine))).not.toContain('on its way');
  });

  it('an approval nobody gave in time is a missed deadline, and not a hand-off as well', () => {
    const plan = () => planOf([reply, note], { needsApproval: true, settings: everything });
    const engine = asked({ settings: everything, plan });
    engine.pass(4 * 60 * minute + 1);
    expect(told(engine).map(({ about }) => about?.kind)).toEqual(['approval', 'deadline']);
    expect(told(engine)[1]?.message).toBe('Ticket 35436: nobody approved or rejected the draft in time.');
  });

  it('whoever left a customer waiting is a missed deadline, too', () => {
    const engine = handedOff(everything);
    engine.act('take-over');
    engine.pass(31 * minute);
    expect(told(engine).map(({ about }) => about?.kind)).toEqual(['hand-off', 'deadline']);
    expect(told(engine)[1]).toMatchObject({ reason: 'left-by-person' });
  });
});

describe('where nobody has asked for it', () => {
  it('hand-offs and approvals cost no step', () => {
    expect(told(handedOff(defaultSettings))).toHaveLength(0);
    const plan = () => planOf([reply, note], { needsApproval: true });
    expect(told(asked({ plan }))).toHaveLength(0);
  });

  it('only what is wanted is told', () => {
    const settings: PolicySettings = { ...defaultSettings, alsoTell: ['approval'] };
    expect(told(handedOff(settings))).toHaveLength(0);
  });
});

describe('a failure', () => {
  const failing = (kind: Parameters<typeof fail>[0], settings = everything): Engine =>
    asked({
      settings,
      before: (step) => (step.type === 'classify-message' ? fail(kind, 'it fails') : undefined),
    });

  it('is told as a failure, and not as a hand-off as well', () => {
    const engine = failing('rejected');
    expect(told(engine)).toMatchObject([
      {
        message: 'Ticket 35436 needs a person: Understanding the message failed after 3 attempts: it fails.',
        about: { kind: 'failure' },
      },
    ]);
  });

  it.each(['unavailable', 'unauthorized', 'malformed', 'budget-used-up'] as const)(
    'for "%s" may be an outage’s',
    (kind) => {
      expect(told(failing(kind))[0]?.about?.perhapsOutageOf).toEqual(['classifier']);
    },
  );

  it.each(['rejected', 'conflict', 'unknown'] as const)('for "%s" is the ticket’s own', (kind) => {
    expect(told(failing(kind))[0]?.about).not.toHaveProperty('perhapsOutageOf');
  });

  it.each([
    ['fetch-ticket', ['desk']],
    ['consult-policy', ['shop']],
    ['update-ticket', ['desk']],
  ] as const)('of %s may be an outage of %j alone', (type, parts) => {
    const engine = asked({
      before: (step) => (step.type === type ? fail('unavailable', 'no answer') : undefined),
    });
    expect(told(engine)[0]?.about?.perhapsOutageOf).toEqual(parts);
  });

  it('that is tried again every quarter of an hour has one key: it is told once', () => {
    const engine = asked({
      plan: () => planOf([handOff]),
      before: (step) =>
        step.type === 'update-ticket' && step.purpose === 'hand-off' ? fail('rejected') : undefined,
    });
    engine.pass(20 * minute);
    const keys = told(engine)
      .filter(({ message }) => message.includes('could not be handed over'))
      .map(({ about }) => about?.key);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });
});

it('no notice holds a word of the customer, an address or a name', () => {
  const engines = [handedOff(everything), asked({ settings: everything, before: () => fail('rejected') })];
  for (const engine of engines) {
    engine.pass(5 * 60 * minute);
    expect(told(engine).length).toBeGreaterThan(0);
    expect(JSON.stringify(told(engine))).not.toMatch(/Ana|Silva|example\.com|furious|48213/);
  }
});
