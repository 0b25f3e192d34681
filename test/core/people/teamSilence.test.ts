/** The policy's silence rule: people have the ticket, its customer waits, nobody says anything, and the bot answers. */
import { Engine, fail, note, planOf, reply, start } from '../support/engine';
import { nextDeadline } from '../../../src/core/nextDeadline';
import {
  defaultSettings,
  type Plan,
  type PlannedAction,
  type PolicySettings,
} from '../../../src/core/policy/plan';
import { clockViews, standingOf } from '../../../src/core/sla/clockViews';
import type { ClockName } from '../../../src/core/sla/targets';
import { handedOffTag } from '../../../src/core/ticket/tags';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const settings: PolicySettings = { ...defaultSettings, handBack: { afterMs: 2 * hour, except: ['legal'] } };
/** All rungs of the ladder are climbed by then. */
const ladderMs = settings.ladder.reduce((sum, { afterMs }) => sum + afterMs, 0);
const handOff = (reason: 'asked-for-human' | 'legal' = 'asked-for-human'): PlannedAction => ({
  type: 'hand-off',
  reason,
  group: 'Support',
});
const promise: PlannedAction = {
  type: 'reply',
  text: 'A colleague will answer you.',
  html: '<p>A colleague will answer you.</p>',
  template: 'handed-over',
  language: 'en',
};
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };

const plan = (actions: readonly PlannedAction[], change: Partial<Plan> = {}): Plan =>
  planOf(actions, { settings, ...change });
const engineWith = (actions: readonly PlannedAction[]): Engine =>
  new Engine({ settings, plan: () => plan(actions) });

/** Handed off; from then on the policy has another answer. */
function handedOff(
  then: Plan = plan([reply, note]),
  reason: 'asked-for-human' | 'legal' = 'asked-for-human',
): Engine {
  const engine = engineWith([promise, note, handOff(reason)]);
  engine.customerAsks('A person, please');
  engine.pass(minute);
  engine.world.plan = () => then;
  return engine;
}

/** Somebody takes the ticket of a customer who waits. */
function taken(how: 'takes over' | 'is assigned', then: Plan = plan([reply, note])): Engine {
  const engine = handedOff(then);
  if (how === 'takes over') engine.act('take-over');
  else {
    engine.desk.assign('nora');
    engine.hint();
  }
  engine.settle();
  expect(engine.state.stage).toBe('with-person');
  return engine;
}

const said = ({ desk }: Engine) => desk.publicReplies().map(({ text }) => text);
const answers = (engine: Engine) => said(engine).filter((text) => text === 'It is on its way.').length;
const noteOf = ({ desk }: Engine, words: string) =>
  desk.notes().filter(({ text }) => text?.includes(words) === true).length;

describe('somebody has the ticket', () => {
  it('is assigned and silent: after that time the customer is answered in their place, once', () => {
    const engine = taken('is assigned');
    engine.pass(2 * hour - 5 * minute);
    expect(answers(engine)).toBe(0);
    engine.pass(10 * minute);
    expect(answers(engine)).toBe(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.desk.tags).not.toContain(handedOffTag);
    expect(noteOf(engine, 'nobody has said anything for 2 hours (since 2026-11-25 10:01 UTC)')).toBe(1);
    engine.pass(3 * day);
    expect(answers(engine)).toBe(1);
  });

  it('took over and said nothing, with nobody assigned: people are called first', () => {
    const engine = taken('takes over');
    engine.pass(hour);
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    engine.pass(ladderMs + 2 * hour);
    expect(answers(engine)).toBe(1);
    expect(engine.state.handOff).toBeNull();
  });

  it.each([
    ['a public answer ends the wait', true, 0],
    ['a note is a sign of life: it begins anew', false, 0],
  ] as const)('%s', (_what, isPublic, expected) => {
    const engine = taken('is assigned');
    engine.pass(2 * hour - 5 * minute);
    engine.desk.agentWrites('I am on it', isPublic);
    engine.pass(hour);
    expect(answers(engine)).toBe(expected);
    engine.pass(2 * hour);
    expect(answers(engine)).toBe(isPublic ? 0 : 1);
  });

  it('given to somebody else: they have their time', () => {
    const engine = taken('is assigned');
    engine.pass(hour);
    engine.desk.assign('maria');
    engine.hint();
    engine.pass(hour + 10 * minute);
    expect(answers(engine)).toBe(0);
    engine.pass(hour);
    expect(answers(engine)).toBe(1);
  });

  it.each(['pending', 'hold', 'solved'] as const)('set to %s by whoever has it: nobody waits', (status) => {
    const engine = taken('is assigned');
    engine.desk.status = status;
    engine.hint();
    engine.pass(day);
    expect(answers(engine)).toBe(0);
  });

  it('a customer who writes again does not wait longer, and all of it is answered', () => {
    const engine = taken('is assigned');
    engine.pass(hour);
    engine.customerAsks('Hello?');
    engine.pass(hour + minute);
    const read = engine.started.flatMap((step) =>
      step.type === 'classify-message' ? [step.words.text] : [],
    );
    expect(read.at(-1)).toBe('A person, please\n\nHello?');
    expect(answers(engine)).toBe(1);
  });

  it('what an agent has answered is not answered again: only what came after it', () => {
    const engine = taken('is assigned');
    engine.desk.agentWrites('Which colour?');
    engine.hint();
    engine.pass(minute);
    engine.customerAsks('Blue');
    engine.pass(2 * hour + minute);
    const read = engine.started.flatMap((step) =>
      step.type === 'classify-message' ? [step.words.text] : [],
    );
    expect(read.at(-1)).toBe('Blue');
  });

  it('an automatic answer of the customer waits for nobody', () => {
    const engine = taken('is assigned');
    engine.desk.agentWrites('Here it is.');
    engine.desk.customerWrites('I am away', { reading: 'auto-reply' });
    engine.hint();
    engine.pass(day);
    expect(answers(engine)).toBe(0);
  });
});

describe('nobody came to the end of the ladder', () => {
  it('the last rung has its time, and then the bot answers', () => {
    const engine = handedOff();
    engine.pass(ladderMs + 2 * hour - 5 * minute);
    expect([answers(engine), engine.state.stage]).toEqual([0, 'escalated']);
    engine.pass(10 * minute);
    expect([answers(engine), engine.state.stage]).toEqual([1, 'waiting-for-customer']);
  });

  it('an agent who escalates wants people', () => {
    const engine = handedOff();
    engine.act('take-over');
    engine.act('escalate');
    engine.pass(3 * day);
    expect(answers(engine)).toBe(0);
    expect(engine.state.stage).toBe('escalated');
  });

  it('what the policy leaves out stays with people, with whoever takes it too', () => {
    const engine = handedOff(plan([reply]), 'legal');
    engine.pass(3 * day);
    expect(engine.state.stage).toBe('escalated');
    engine.desk.assign('nora');
    engine.hint();
    engine.pass(3 * day);
    expect(answers(engine)).toBe(0);
  });
});

describe('the policy has no answer of its own', () => {
  const leftToPeople: Readonly<Record<string, Plan>> = {
    'the same hand-off': plan([promise, note, handOff()]),
    'another hand-off': plan([promise, handOff('legal')]),
    'nothing to say': plan([note]),
    'an answer that needs approval': plan([reply], { needsApproval: true }),
  };

  it.each(Object.entries(leftToPeople))(
    '%s: the ladder goes on as if it had not been tried, and nothing is said twice',
    (_what, then) => {
      const engine = handedOff(then);
      const before = engine.state.handOff;
      const other = handedOff(then);
      other.world.settings = defaultSettings;
      other.world.plan = () => ({ ...then, settings: defaultSettings });
      engine.pass(3 * day);
      other.hint();
      other.pass(3 * day);
      expect(said(engine)).toEqual(['A colleague will answer you.']);
      expect(engine.state.handOff).toMatchObject({ since: before?.since, reason: 'asked-for-human' });
      expect(engine.state.handOff?.level).toBe(other.state.handOff?.level);
      expect(engine.desk.notes().map(({ text }) => text)).toEqual(other.desk.notes().map(({ text }) => text));
      expect(engine.desk.tags).toContain(handedOffTag);
    },
  );

  it('it is tried once, and again for words that are new', () => {
    const engine = handedOff(plan([promise, handOff()]));
    const tries = () => engine.started.filter(({ type }) => type === 'consult-policy').length;
    engine.pass(3 * day);
    expect(tries()).toBe(2);
    engine.world.plan = () => plan([reply]);
    engine.customerAsks('Then just tell me where it is');
    engine.pass(minute);
    expect(tries()).toBe(3);
    expect(answers(engine)).toBe(1);
  });

  it('whoever is assigned is reminded, once: in a note, and in a notice where those are wanted', () => {
    const wanted: PolicySettings = { ...settings, alsoTell: ['deadline'] };
    const engine = taken('is assigned', { ...plan([promise, handOff()]), settings: wanted });
    engine.world.settings = wanted;
    engine.pass(3 * day);
    expect(engine.state.stage).toBe('with-person');
    expect(noteOf(engine, 'Please answer')).toBe(1);
    expect(noteOf(engine, 'the policy leaves it to people (asked-for-human)')).toBe(1);
    expect(
      engine.notices.filter((what) => what.includes('the team has said nothing for 2 hours')),
    ).toHaveLength(1);
    expect(engine.state.deadline?.reason).toBe('person-check');
  });

  it('thanks wait for nobody: whoever has the ticket is not reminded of them', () => {
    const engine = taken('is assigned', plan([note]));
    engine.pass(3 * day);
    expect(noteOf(engine, 'Please answer')).toBe(0);
    expect(engine.state.stage).toBe('with-person');
  });

  it('a shop that is out is no reason to speak: not even that it takes longer', () => {
    const patient: PolicySettings = { ...settings, holdingReplyAfterMs: 10 * minute };
    const engine = taken('is assigned', plan([reply], { settings: patient }));
    engine.world.settings = patient;
    engine.world.before = (step) => (step.type === 'consult-policy' ? fail('unavailable') : undefined);
    engine.pass(3 * hour);
    expect(engine.started.some(({ type }) => type === 'send-holding-reply')).toBe(false);
    expect(said(engine)).toEqual(['A colleague will answer you.']);
    expect(noteOf(engine, 'the bot could not answer')).toBe(1);
  });

  it('a courier who has written is nobody the bot answers', () => {
    const engine = handedOff();
    engine.desk.customerWrites('Delivered!', { author: 'third-party' });
    engine.hint();
    engine.pass(3 * day);
    expect(answers(engine)).toBe(0);
    expect(engine.state.stage).toBe('escalated');
  });

  it.each(['draft', 'shadow', 'off'] as const)('the mode is %s: nothing is said', (mode) => {
    const engine = handedOff();
    engine.world.modes = { company: mode, intents: {} };
    engine.pass(3 * day);
    expect(said(engine)).toEqual(['A colleague will answer you.']);
    expect(engine.state.handOff?.reason).toBe('asked-for-human');
  });

  it('an order is not touched where a person may have promised something else', () => {
    const engine = taken('is assigned', plan([cancel, reply]));
    engine.desk.agentWrites('I will see what I can do.');
    engine.hint();
    engine.pass(minute);
    engine.customerAsks('Cancel it then');
    engine.pass(3 * hour);
    expect(engine.shop.size).toBe(0);
    expect(answers(engine)).toBe(0);
    const untouched = taken('is assigned', plan([cancel, reply]));
    untouched.pass(3 * hour);
    expect(untouched.shop.size).toBe(1);
  });
});

describe('somebody comes at the last moment', () => {
  const moments = ['fetch-ticket', 'classify-message', 'consult-policy', 'update-ticket'] as const;
  const comes: Readonly<Record<string, (engine: Engine) => void>> = {
    'answers in public': ({ desk }) => void desk.agentWrites('Here I am.'),
    'is assigned': ({ desk }) => desk.assign('maria'),
    'takes over by an action': (engine) => engine.act('take-over'),
  };
  it.each(moments.flatMap((type) => Object.keys(comes).map((how) => [type, how] as const)))(
    'before %s is done: whoever %s is not talked over',
    (type, how) => {
      const engine = handedOff();
      engine.pass(ladderMs + hour);
      let isCome = false;
      engine.world.before = (step) => {
        if (isCome || step.type !== type) return undefined;
        isCome = true;
        comes[how]?.(engine);
        return engine.state.cancelling ? fail('cancelled') : undefined;
      };
      engine.pass(2 * hour);
      expect(isCome).toBe(true);
      expect(answers(engine)).toBe(0);
      const whose = engine.state.stage === 'with-person' ? 'a person' : engine.state.handOff?.reason;
      // Nobody is assigned who took over by an action: people are called an hour later.
      expect(whose).toBe(how.startsWith('takes over') ? 'left-by-person' : 'a person');
      expect(nextDeadline(engine.state)).not.toBeNull();
    },
  );

  it('a newer message is answered together with what waited', () => {
    const engine = handedOff();
    engine.pass(ladderMs + hour);
    let isSaid = false;
    engine.world.before = (step) => {
      if (!isSaid && step.type === 'update-ticket') {
        isSaid = true;
        engine.hint(engine.desk.customerWrites('And the invoice?').id);
      }
      return undefined;
    };
    engine.pass(2 * hour);
    const read = engine.started.flatMap((step) =>
      step.type === 'classify-message' ? [step.words.text] : [],
    );
    expect(read.at(-1)).toBe('A person, please\n\nAnd the invoice?');
    expect([answers(engine), engine.state.stage]).toEqual([1, 'waiting-for-customer']);
  });

  it.each(moments)('%s fails for good: the ladder goes on, and nobody is called anew', (type) => {
    const engine = handedOff();
    engine.pass(ladderMs + hour);
    const { handOff: before } = engine.state;
    engine.world.before = (step) =>
      step.type === type && engine.state.turn?.cause === 'team-silence' && !step.type.startsWith('notify')
        ? fail('rejected')
        : undefined;
    engine.pass(2 * hour);
    expect(engine.state.handOff).toMatchObject({ since: before?.since, reason: 'asked-for-human' });
    engine.world.before = () => undefined;
    engine.pass(2 * day);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.state.handOff?.level).toBeGreaterThan(before?.level ?? 0);
  });
});

describe('time', () => {
  it('in business time it counts while the team is at work', () => {
    const shifts = [[9 * 60, 17 * 60]] as const;
    const hours = {
      timeZone: 'UTC',
      offsets: [[0, 0]] as const,
      week: [[], shifts, shifts, shifts, shifts, shifts, []],
      dates: {},
    };
    const handBack = { afterMs: 2 * hour, countedIn: 'business-hours', except: [] } as const;
    const inHours: PolicySettings = { ...settings, hours, handBack };
    const engine = new Engine({
      settings: inHours,
      plan: () => plan([promise, handOff()], { settings: inHours }),
    });
    engine.now = Date.UTC(2026, 10, 27, 16, 0, 0);
    engine.customerAsks('A person, please');
    engine.desk.assign('nora');
    engine.hint();
    engine.settle();
    engine.world.plan = () => plan([reply], { settings: inHours });
    engine.pass(2 * day);
    expect(answers(engine)).toBe(0);
    expect(new Date(engine.state.teamSilence?.deadline?.at ?? 0).toISOString()).toMatch(/^2026-11-30T10:00/);
    engine.pass(day);
    expect(answers(engine)).toBe(1);
  });

  it('a new run of the workflow goes on counting', () => {
    const engine = taken('is assigned');
    engine.pass(hour);
    engine.carryOver();
    engine.pass(hour + minute);
    expect(answers(engine)).toBe(1);
  });

  it('a policy without the rule, from the next look on, ends it', () => {
    const engine = taken('is assigned');
    engine.world.settings = defaultSettings;
    engine.hint();
    engine.pass(3 * day);
    expect(answers(engine)).toBe(0);
    expect(engine.state.teamSilence).toBeUndefined();
  });

  it("a desk's clock that is ahead makes nobody wait longer", () => {
    const engine = taken('is assigned');
    const at = new Date(start + 5 * hour).toISOString();
    engine.desk.comments = engine.desk.comments.map((one) =>
      one.author === 'requester' ? { ...one, at } : one,
    );
    engine.hint();
    engine.pass(2 * hour + minute);
    expect(answers(engine)).toBe(1);
  });
});

describe('what is promised', () => {
  const promised: PolicySettings = {
    ...settings,
    alsoTell: ['deadline'],
    sla: { tier: null, targets: { 'first-reply': { afterMs: day }, 'pick-up': { afterMs: day } } },
  };
  const standing = (engine: Engine, name: ClockName) =>
    standingOf(clockViews(engine.state, engine.now), name);

  function called(then: readonly PlannedAction[]): Engine {
    const engine = new Engine({
      settings: promised,
      plan: () => plan([promise, note, handOff()], { settings: promised }),
    });
    engine.customerAsks('A person, please');
    engine.world.plan = () => plan(then, { settings: promised });
    return engine;
  }

  it('runs on until the answer stands on the ticket, and is over then', () => {
    const engine = called([reply]);
    engine.pass(ladderMs + 2 * hour - minute);
    expect([standing(engine, 'first-reply'), standing(engine, 'pick-up')]).toEqual(['running', 'running']);
    engine.pass(5 * minute);
    expect(answers(engine)).toBe(1);
    expect([standing(engine, 'first-reply'), standing(engine, 'pick-up')]).toEqual(['over', 'over']);
  });

  it('is not touched where people keep the ticket', () => {
    const engine = called([promise, handOff()]);
    engine.pass(ladderMs + hour);
    const { clocks } = engine.state.sla ?? {};
    engine.pass(2 * hour);
    expect(engine.started.filter(({ type }) => type === 'consult-policy')).toHaveLength(2);
    expect(engine.state.sla?.clocks).toEqual(clocks);
    engine.pass(2 * day);
    expect([standing(engine, 'first-reply'), standing(engine, 'pick-up')]).toEqual(['breached', 'breached']);
    expect(engine.notices.filter((what) => what.includes('the first reply')).length).toBe(1);
  });
});
