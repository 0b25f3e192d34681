/** The mode of the whole company changes while tickets are at any point of their lives, and changes back. */
import fc from 'fast-check';
import { isHandsOff, modes, strictest, type Mode } from '../../../src/core/modes/mode';
import { modeOf } from '../../../src/core/modes/modeOf';
import { defaultSettings, type PlannedAction } from '../../../src/core/policy/plan';
import { Engine, fail, note, planOf, reply, writes } from '../support/engine';
import { happen, happenings, otherPlan } from '../support/happenings';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };

function switchTo(engine: Engine, company: Mode): void {
  engine.world.modes = { company, intents: {} };
}

function asked(company: Mode, actions: readonly PlannedAction[] = [reply, note]): Engine {
  const engine = new Engine({ plan: () => planOf(actions), modes: { company, intents: {} } });
  engine.customerAsks('Where is my order?');
  return engine;
}

const told = (engine: Engine) => engine.state.timeline.map(({ text }) => text).join('\n');
const writtenSince = (engine: Engine, before: number) => engine.started.slice(before).filter(writes);

describe('switched in the middle of a turn', () => {
  const stricter = ['draft', 'shadow', 'off'] as const;

  /** Switched right before the step is carried out, when everything before it was decided under auto. */
  function switchedBefore(company: Mode, type: string, actions: readonly PlannedAction[]): Engine {
    const engine = new Engine({ plan: () => planOf(actions, { ifRefused: [reply, handOff] }) });
    engine.world.before = (step) => {
      if (step.type === type) switchTo(engine, company);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    return engine;
  }

  it.each(stricter)('to %s: the reply that was on its way is not sent', (company) => {
    const engine = switchedBefore(company, 'update-ticket', [reply, note]);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(told(engine)).toContain(`the mode is ${company} now`);
    expect(engine.state.stage).toBe(company === 'draft' ? 'waiting-for-approval' : 'watching');
    expect(engine.desk.notes()).toHaveLength(company === 'draft' ? 1 : 0);
  });

  it.each(stricter)('to %s: the order that was to be cancelled is not', (company) => {
    const engine = switchedBefore(company, 'act-on-order', [cancel, reply, note]);
    expect(engine.shop.size).toBe(0);
    expect(engine.state.stage).toBe(company === 'draft' ? 'waiting-for-approval' : 'watching');
  });

  it.each(['shadow', 'off'] as const)('to %s: what was done to an order before is still noted', (company) => {
    const engine = switchedBefore(company, 'update-ticket', [cancel, reply]);
    expect(engine.shop.size).toBe(1);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual(['Done: cancel order 48213 (re-1).']);
  });

  it.each(['shadow', 'off'] as const)('to %s: nobody is handed the ticket over', (company) => {
    const engine = switchedBefore(company, 'update-ticket', [handOff, note]);
    expect(engine.desk.notes()).toEqual([]);
    expect(engine.desk.group).toBeNull();
    expect(engine.state.stage).toBe('watching');
  });

  it('an order action is granted with its approval: draft does not stop it, off does', () => {
    for (const company of ['draft', 'off'] as const) {
      const engine = asked('draft', [cancel, reply]);
      engine.world.before = (step) => {
        if (step.type === 'act-on-order') switchTo(engine, company);
        return undefined;
      };
      engine.act('approve');
      engine.pass(minute);
      expect(engine.shop.size).toBe(company === 'draft' ? 1 : 0);
    }
  });

  it('and to and fro without end: a person gets the ticket instead of another try', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      const isReply = step.type === 'update-ticket' && step.purpose === 'reply';
      return isReply ? fail('mode-forbids', 'the mode is off now') : undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.started.length).toBeLessThan(60);
  });
});

describe('switched while a ticket waits', () => {
  it.each(['shadow', 'off'] as const)('%s: nobody is called who has not come yet', (company) => {
    const engine = asked('auto', [handOff, note]);
    switchTo(engine, company);
    const before = engine.started.length;
    engine.pass(3 * day);
    expect(writtenSince(engine, before)).toEqual([]);
    expect(engine.notices).toEqual([]);
    expect(engine.state.stage).toBe('handed-off');
    expect(told(engine).match(/Nobody is called/g)).toHaveLength(1);
    switchTo(engine, 'auto');
    engine.pass(day);
    expect(engine.state.stage).toBe('escalated');
  });

  it.each(['shadow', 'off'] as const)('%s: a ticket that a person has left is not handed off', (company) => {
    const engine = asked('auto');
    engine.act('take-over');
    engine.settle();
    switchTo(engine, company);
    engine.customerAsks('And now?');
    const before = engine.started.length;
    engine.pass(3 * day);
    expect(writtenSince(engine, before)).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
    switchTo(engine, 'auto');
    engine.pass(day);
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it.each(['shadow', 'off'] as const)('%s: a draft is void, and its time runs out in silence', (company) => {
    const engine = asked('draft');
    switchTo(engine, company);
    const before = engine.started.length;
    engine.pass(defaultSettings.approvalMs);
    expect(writtenSince(engine, before)).toEqual([]);
    expect(engine.state).toMatchObject({ stage: 'watching', approval: null, heldTurn: null });
  });

  it.each(['shadow', 'off'] as const)(
    '%s: a message on a ticket the desk has closed opens none',
    (company) => {
      const engine = asked(company);
      engine.desk.status = 'closed';
      engine.customerAsks('One more thing');
      expect(engine.followUps).toEqual([]);
      expect(engine.state.stage).toBe('closed');
    },
  );

  it.each(['shadow', 'off'] as const)('%s: a desk that does not answer calls nobody', (company) => {
    const engine = asked(company);
    engine.world.before = (step) => (step.type === 'fetch-ticket' ? fail('budget-used-up') : undefined);
    engine.hint();
    engine.settle();
    expect(engine.started.filter(writes)).toEqual([]);
    expect(engine.notices).toEqual([]);
    expect(engine.state.stage).toBe('watching');
    expect(engine.state.deadline?.reason).toBe('person-check');
  });
});

describe('switched on again', () => {
  it.each(['shadow', 'off'] as const)(
    'after %s: what came in the meantime and nobody has answered is answered within half an hour',
    (company) => {
      const engine = asked(company);
      engine.pass(20 * minute);
      switchTo(engine, 'auto');
      engine.pass(30 * minute);
      expect(engine.desk.publicReplies()).toHaveLength(1);
      expect(engine.state.stage).toBe('waiting-for-customer');
    },
  );

  it('soon after it was off for long, a young message waits no longer than it has waited', () => {
    const engine = asked('off');
    engine.pass(5 * hour);
    switchTo(engine, 'auto');
    engine.pass(5 * hour);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('looks at a ticket ever less often, and at least once a day', () => {
    const engine = asked('off');
    engine.pass(10 * day);
    const looks = engine.started.filter(({ type }) => type === 'fetch-ticket').length;
    expect(looks).toBeGreaterThanOrEqual(12);
    expect(looks).toBeLessThanOrEqual(20);
  });

  it('an old message is not answered out of nowhere: a person is called for it', () => {
    const engine = asked('off');
    engine.pass(5 * day);
    switchTo(engine, 'auto');
    engine.pass(day);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    expect(engine.desk.notes().map(({ text }) => text)[0]).toContain('nobody has answered');
  });

  it('nor is it when anything else happens on the ticket', () => {
    const engine = asked('off');
    engine.pass(5 * day);
    switchTo(engine, 'auto');
    engine.desk.tags = ['vip'];
    engine.hint();
    engine.settle();
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('watching');
  });

  it("the customer's next message is answered together with what waits", () => {
    const engine = asked('off');
    engine.pass(5 * day);
    switchTo(engine, 'auto');
    engine.customerAsks('Hello?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    const words = engine.started.flatMap((step) =>
      step.type === 'classify-message' ? [step.words.text] : [],
    );
    expect(words).toEqual(['Where is my order?\n\nHello?']);
  });

  it('a ticket that is handed back is answered at once, however old its message is', () => {
    const engine = asked('off');
    engine.pass(5 * day);
    switchTo(engine, 'auto');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('and one that is handed back while it is off is left to people still', () => {
    const engine = asked('off');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.started.filter(writes)).toEqual([]);
    expect(engine.state.stage).toBe('watching');
  });

  it('who has taken it over meanwhile has it', () => {
    const engine = asked('off');
    engine.act('take-over');
    engine.settle();
    switchTo(engine, 'auto');
    engine.customerAsks('Hello?');
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('what an agent has answered is not answered again', () => {
    const engine = asked('off');
    engine.desk.agentWrites('It arrives tomorrow.');
    engine.hint();
    engine.settle();
    switchTo(engine, 'auto');
    engine.pass(3 * day);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('what was solved in the meantime stays so', () => {
    const engine = asked('shadow');
    engine.desk.agentSolves();
    engine.hint();
    engine.settle();
    switchTo(engine, 'auto');
    engine.pass(day);
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.stage).toBe('solved');
  });
});

describe('whatever happens in whatever order', () => {
  const plans = [
    planOf([reply, note]),
    planOf([reply, handOff, note]),
    planOf([cancel, reply, note], { ifRefused: [reply, handOff] }),
    planOf([reply], { needsApproval: true }),
    planOf([reply], { awaitsMore: true }),
    planOf([{ type: 'set-status', status: 'solved' }]),
    planOf([]),
  ];
  const mode = fc.constantFrom(...modes);
  const happening = fc.oneof(
    { weight: 6, arbitrary: happenings.customer },
    { weight: 3, arbitrary: happenings.agent },
    { weight: 2, arbitrary: happenings.agentWrites },
    { weight: 1, arbitrary: happenings.assign },
    { weight: 12, arbitrary: happenings.step },
    { weight: 2, arbitrary: happenings.failure },
    { weight: 4, arbitrary: happenings.time },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('company' as const), mode }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('ticket' as const), mode }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('tag' as const), tag: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('carry-over' as const) }) },
    { weight: 2, arbitrary: otherPlan(plans) },
  );
  type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

  function play(engine: Engine, what: Happening): void {
    switch (what.type) {
      case 'company':
        switchTo(engine, what.mode);
        break;
      case 'ticket':
        engine.act('set-mode', { mode: what.mode });
        break;
      case 'tag':
        engine.desk.tags = what.tag ? [...engine.desk.tags, 'deskhand_send'] : [];
        engine.hint();
        break;
      case 'failure':
        engine.world.before = () => {
          engine.world.before = () => undefined;
          return fail(what.kind);
        };
        engine.step();
        break;
      case 'carry-over':
        engine.carryOver();
        break;
      case 'plan':
        engine.world.plan = () => plans[what.index] ?? planOf([]);
        break;
      default:
        happen(engine, what);
    }
  }

  const stories = fc.array(happening, { minLength: 1, maxLength: 60 });

  it('shadow and off start nothing that writes, but for notes of what was done to an order before', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom('shadow' as const, 'off' as const), (story, company) => {
        const engine = new Engine({ plan: () => planOf([cancel, reply, handOff, note]) });
        switchTo(engine, company);
        engine.hint();
        engine.settle();
        for (const what of story) {
          // The company's mode stands: it is the ticket's that changes, and may be looser.
          if (what.type !== 'company') play(engine, what);
        }
        engine.pass(3 * day);
        expect(engine.desk.comments.filter(({ author }) => author === 'bot')).toEqual([]);
        expect(engine.shop.size + engine.codes.length + engine.followUps.length).toBe(0);
        // The last look would stop it; the core knows from its first look on, and does not even try.
        expect(engine.started.filter(writes)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('in draft the customer notices nothing that no agent has sent', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = new Engine();
        switchTo(engine, 'draft');
        for (const what of story) {
          const isWord = what.type === 'agent' && what.action === 'approve';
          if (what.type !== 'company' && what.type !== 'tag' && !isWord) play(engine, what);
        }
        engine.pass(3 * day);
        expect(engine.desk.publicReplies()).toEqual([]);
        expect(engine.shop.size + engine.codes.length).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('after any switching an open ticket has a next step, and nothing is written under a stricter mode', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = new Engine();
        for (const what of story) {
          const before = { comments: engine.desk.comments.length, shop: engine.shop.size };
          const held = strictest(engine.world.modes.company, modeOf(engine.state));
          play(engine, what);
          const { state } = engine;
          const isOwed = state.stage === 'closed' || state.steps.length > 0 || state.deadline !== null;
          expect(state.turns === 0 || isOwed).toBe(true);
          if (what.type !== 'step' || engine.world.modes.company !== held || !isHandsOff(held)) continue;
          const added = engine.desk.comments.slice(before.comments);
          expect(added.filter(({ author, text }) => author === 'bot' && !isOfDeed(text))).toEqual([]);
          expect(engine.shop.size).toBe(before.shop);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('back in auto every message is answered, with a person, or a person was called', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = new Engine();
        for (const what of story) play(engine, what);
        engine.world.before = () => undefined;
        engine.world.plan = () => planOf([reply, note]);
        switchTo(engine, 'auto');
        engine.desk.tags = [];
        engine.act('set-mode', { mode: 'auto' });
        const { id } = engine.desk.customerWrites('the last word');
        engine.hint(id);
        engine.pass(2 * day);
        const answered = engine.desk.publicReplies().some((comment) => Number(comment.id) > Number(id));
        const withPeople = ['with-person', 'handed-off', 'escalated'].includes(engine.state.stage);
        expect(answered || withPeople).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  /** Of what was done to an order, or may have been: told in any mode. */
  function isOfDeed(text: string | null): boolean {
    return /^Done: |about to cancel/.test(text ?? '');
  }
});
