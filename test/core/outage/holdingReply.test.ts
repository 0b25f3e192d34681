/** What a customer hears while the answer waits for a part that is out: one word, which changes nothing else. */
import { parseKey } from '../../../src/core/businessKeys';
import { decodeState } from '../../../src/core/decodeState';
import type { Step } from '../../../src/core/effects';
import type { FailureKind, StepFailure } from '../../../src/core/failure';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/plan';
import { clockViews } from '../../../src/core/sla/clockViews';
import { modeTags, type Mode } from '../../../src/core/modes/mode';
import { holdingUpdate } from '../../../src/core/outage/holdingUpdate';
import { Engine, fail, note, planOf, reply, start, type World } from '../support/engine';

const minute = 60_000;
const hour = 60 * minute;
const settings: PolicySettings = { ...defaultSettings, settleMs: 0, holdingReplyAfterMs: 30 * minute };
const longer = 'It takes longer.';
const answer = 'It is on its way.';

/** A shop that is out until a step of a test mends it; each try of a step takes as long as its patience. */
function withoutShop(change: Partial<World> = {}, out: Step['type'] = 'consult-policy') {
  const part = { isOut: true, kind: 'budget-used-up' as FailureKind, tries: [] as number[] };
  const engine: Engine = new Engine({
    settings,
    plan: () => planOf([reply, note], { settings: change.settings ?? settings }),
    ...change,
    before: (step): StepFailure | undefined => {
      if (step.type === out && part.isOut) {
        const patienceMs = 'patienceMs' in step ? step.patienceMs : undefined;
        const lasts = patienceMs ?? settings.stepBudgetMs;
        part.tries.push(lasts);
        engine.now += lasts;
        return fail(part.kind, 'gave up: the shop could not be asked');
      }
      return change.before?.(step);
    },
  });
  return { engine, part };
}

/** Until the customer has been told and the step is about to be tried again. */
function untilHeld(engine: Engine): void {
  while (!engine.started.some(({ type }) => type === 'send-holding-reply')) {
    if (!engine.step()) throw new Error('no holding reply came');
  }
}

const said = (engine: Engine): (string | null)[] => engine.desk.publicReplies().map(({ text }) => text);

function begun(change: Partial<World> = {}, out: Step['type'] = 'consult-policy') {
  const { engine, part } = withoutShop(change, out);
  engine.hint(engine.desk.customerWrites('Where is my order?').id);
  return { engine, part };
}

describe('a shop that does not answer', () => {
  it('has the customer told after the time the policy says, once, and is answered when it is back', () => {
    const { engine, part } = begun();
    untilHeld(engine);
    expect(said(engine)).toEqual([longer]);
    expect(part.tries).toEqual([30 * minute]);
    expect(engine.state.stage).toBe('answering');
    part.isOut = false;
    engine.settle();
    expect(said(engine)).toEqual([longer, answer]);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('is asked for the rest of the budget, and then the ticket is a person’s, who reads what was said', () => {
    const { engine, part } = begun();
    engine.settle();
    expect(part.tries).toEqual([30 * minute, settings.stepBudgetMs - 30 * minute]);
    expect(said(engine)).toEqual([longer]);
    expect(engine.state.handOff?.reason).toBe('failure');
    expect(engine.desk.notes().at(-1)?.text).toContain('The customer was told that it takes longer.');
  });

  it.each<FailureKind>(['unavailable', 'throttled', 'malformed', 'unauthorized'])(
    'counts as out: %s',
    (kind) => {
      const { engine, part } = begun();
      part.kind = kind;
      engine.settle();
      expect(said(engine)).toEqual([longer]);
    },
  );

  it.each<FailureKind>(['rejected', 'unknown'])('is no outage: %s', (kind) => {
    const { engine, part } = begun();
    part.kind = kind;
    engine.settle();
    expect(said(engine)).toEqual([]);
    expect(engine.state.handOff?.reason).toBe('failure');
  });

  it('is waited for in silence where the policy says nothing of it', () => {
    const { engine, part } = begun({ settings: { ...defaultSettings, settleMs: 0 } });
    engine.settle();
    expect(said(engine)).toEqual([]);
    expect(part.tries).toEqual([settings.stepBudgetMs]);
  });

  it('is waited for in silence where people get the ticket before the customer would be told', () => {
    const { engine } = begun({ settings: { ...settings, holdingReplyAfterMs: settings.stepBudgetMs } });
    engine.settle();
    expect(said(engine)).toEqual([]);
  });

  it('costs a turn that goes well no step and no wait', () => {
    const { engine, part } = begun();
    part.isOut = false;
    engine.settle();
    expect(engine.started.map(({ type }) => type)).toEqual([
      'fetch-ticket',
      'classify-message',
      'consult-policy',
      'update-ticket',
    ]);
  });
});

describe('a classifier that is out', () => {
  it('has the customer told in the desk’s language, as nothing was understood', () => {
    const { engine, part } = begun({}, 'classify-message');
    engine.desk.requester = { ...engine.desk.requester, locale: 'de-DE' };
    untilHeld(engine);
    const held = engine.started.find((step) => step.type === 'send-holding-reply');
    expect(held?.customer).toMatchObject({ locale: 'de-DE', language: null, channel: 'email' });
    part.isOut = false;
    engine.settle();
    expect(said(engine)).toEqual([longer, answer]);
  });
});

describe('once', () => {
  it('in an outage, whatever the customer adds meanwhile; both messages get the one answer', () => {
    const { engine, part } = begun();
    untilHeld(engine);
    engine.hint(engine.desk.customerWrites('Hello? It is order 48213.').id);
    part.isOut = false;
    engine.settle();
    expect(said(engine)).toEqual([longer, answer]);
    const asked = engine.started.filter((step) => step.type === 'consult-policy').at(-1);
    expect(asked?.input.words.text).toBe('Where is my order?\n\nHello? It is order 48213.');
    expect(engine.state.pendingHints).toEqual([]);
  });

  it('in an outage, also where the customer writes before the step is tried again and it goes on', () => {
    const { engine } = begun();
    untilHeld(engine);
    engine.desk.customerWrites('Hello?');
    engine.hint();
    engine.settle();
    expect(said(engine)).toEqual([longer]);
  });

  it('in each of two outages of one conversation', () => {
    const { engine, part } = begun();
    untilHeld(engine);
    part.isOut = false;
    engine.settle();
    part.isOut = true;
    engine.customerAsks('And my other order?');
    expect(said(engine)).toEqual([longer, answer, longer]);
  });

  it('however often the step is repeated: a key of its own, made of the oldest message', () => {
    const { engine } = begun();
    const first = engine.desk.comments[0]?.id;
    untilHeld(engine);
    const key = engine.started.find((step) => step.type === 'send-holding-reply')?.key ?? '';
    expect(key).toBe(`35436/${first}/holding`);
    expect(parseKey(key)).toEqual({ type: 'holding' });
    engine.desk.customerWrites('Hello?');
    engine.startAnew();
    engine.hint();
    engine.settle();
    expect(
      engine.started.filter((step) => step.type === 'send-holding-reply').map((step) => step.key),
    ).toEqual([key, key]);
    expect(said(engine)).toEqual([longer]);
  });

  it('also over continue-as-new', () => {
    const { engine, part } = begun();
    untilHeld(engine);
    expect(decodeState(JSON.parse(JSON.stringify(engine.state))).holding).toEqual(engine.state.holding);
    engine.carryOver();
    part.isOut = false;
    engine.settle();
    expect(said(engine)).toEqual([longer, answer]);
  });
});

describe('a newer message that the desk has not announced', () => {
  it('is read before anything is said', () => {
    const { engine, part } = begun({
      before: (step) => {
        if (step.type === 'send-holding-reply' && engine.desk.comments.length === 1) {
          engine.desk.customerWrites('It is order 48213.');
        }
        return undefined;
      },
    });
    untilHeld(engine);
    expect(said(engine)).toEqual([]);
    part.isOut = false;
    engine.settle();
    expect(said(engine)).toEqual([answer]);
    expect(engine.state.holding?.isOpen).toBe(false);
  });
});

describe('who was not told yet', () => {
  it('a customer who writes again while the shop is out is told within minutes after that was read', () => {
    const { engine, part } = begun();
    engine.step();
    engine.step();
    engine.hint(engine.desk.customerWrites('Hello?').id);
    untilHeld(engine);
    expect(said(engine)).toEqual([]);
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    expect(part.tries.slice(0, 2)).toEqual([30 * minute, 2 * minute]);
    expect(engine.desk.notes().at(-1)?.text).toContain('The customer was told that it takes longer.');
  });

  it('a draft of it that no agent has sent tells the customer nothing: in auto they are told', () => {
    const { engine } = begun({ modes: { company: 'draft', intents: {} } });
    untilHeld(engine);
    engine.world.modes = { company: 'auto', intents: {} };
    engine.startAnew();
    engine.hint();
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    expect(engine.started.flatMap((step) => (step.type === 'send-holding-reply' ? [step.key] : []))).toEqual([
      '35436/9001/holding-note',
      '35436/9001/holding',
    ]);
  });
});

describe('an outage that ended while people had the ticket', () => {
  /** Out for so long that people got it, who have answered and given it back. */
  function answeredByPeople() {
    const { engine, part } = begun();
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    engine.desk.agentWrites('It is at the depot.');
    engine.hint();
    engine.pass(minute);
    engine.act('hand-back');
    engine.pass(minute);
    return { engine, part };
  }

  it('the next one is another one', () => {
    const { engine } = answeredByPeople();
    engine.customerAsks('And my other order?');
    expect(said(engine)).toEqual([longer, longer]);
  });

  it.each<[string, Step['type']]>([
    ['no words were read yet', 'fetch-ticket'],
    ['the answer fails at once', 'consult-policy'],
  ])('no note says that the customer was told of the next one where %s', (_, failing) => {
    const { engine, part } = answeredByPeople();
    part.isOut = false;
    engine.world.before = (step) => (step.type === failing ? fail('rejected') : undefined);
    engine.customerAsks('And my other order?');
    expect(engine.desk.notes().at(-1)?.text).toContain('Deskhand could not finish its answer.');
    expect(engine.desk.notes().at(-1)?.text).not.toContain('was told');
  });

  it('what was told and nobody has answered is told of, when it is given back in the same outage', () => {
    const { engine } = begun();
    engine.settle();
    engine.act('hand-back');
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    expect(engine.desk.notes().at(-1)?.text).toContain('The customer was told that it takes longer.');
  });
});

describe('it is no answer', () => {
  const promised: PolicySettings = {
    ...settings,
    sla: {
      tier: 'all',
      targets: { 'first-reply': { afterMs: 8 * hour }, resolution: { afterMs: 48 * hour } },
    },
  };
  const standings = (engine: Engine) =>
    clockViews(engine.state, engine.now).map(({ clock, status, since }) => ({ clock, status, since }));

  it('no clock stops or begins anew by it; the answer ends them', () => {
    const { engine, part } = begun({ settings: promised });
    engine.step();
    const before = standings(engine);
    expect(before.map(({ status }) => status)).toEqual(['running', 'running']);
    untilHeld(engine);
    expect(said(engine)).toEqual([longer]);
    expect(standings(engine)).toEqual(before);
    part.isOut = false;
    engine.settle();
    expect(standings(engine).map(({ status }) => status)).toEqual(['over', 'paused']);
  });

  it('nor in a run that knows of it by the ticket alone', () => {
    const { engine } = begun({ settings: promised });
    engine.step();
    const before = standings(engine);
    untilHeld(engine);
    engine.startAnew();
    engine.hint();
    engine.step();
    expect(standings(engine)).toEqual(before);
    expect(engine.state.turn?.commentIds).toHaveLength(1);
  });

  it('it counts for no loop: the replies within an hour are the answers', () => {
    const { engine } = begun();
    untilHeld(engine);
    expect(engine.state.replyTimes).toEqual([]);
  });

  it('the ticket keeps its status, and nothing is written to a customer who stays silent after it', () => {
    const { engine } = begun();
    const { status } = engine.desk;
    untilHeld(engine);
    expect(engine.desk.status).toBe(status);
    expect(engine.state.silence).toBeNull();
    expect(engine.state.deadline).toBeNull();
  });

  it('a note that an agent left before it still speaks against the customer’s yes', () => {
    const { engine, part } = begun();
    part.isOut = false;
    engine.settle();
    engine.desk.agentWrites('She phoned, she keeps it.', false);
    part.isOut = true;
    engine.hint(engine.desk.customerWrites('Yes').id);
    untilHeld(engine);
    engine.hint(engine.desk.customerWrites('Yes, please').id);
    part.isOut = false;
    engine.settle();
    const asked = engine.started.filter((step) => step.type === 'consult-policy').at(-1);
    expect(asked?.input.agentNoted).toBe(true);
  });

  it('who asks for another reply gets it to all that had waited before the one answer', () => {
    const { engine, part } = begun();
    untilHeld(engine);
    engine.hint(engine.desk.customerWrites('It is order 48213.').id);
    part.isOut = false;
    engine.settle();
    engine.act('reply-again');
    engine.settle();
    const asked = engine.started.filter((step) => step.type === 'consult-policy').at(-1);
    expect(asked?.input.words.text).toBe('Where is my order?\n\nIt is order 48213.');
  });
});

describe('people come first', () => {
  it.each([
    ['has answered', (engine: Engine) => void engine.desk.agentWrites('I look into it.')],
    ['has noted something', (engine: Engine) => void engine.desk.agentWrites('Mine.', false)],
    ['is assigned', (engine: Engine) => engine.desk.assign('agent-7')],
  ])('nothing is said where somebody %s by then', (_, comes) => {
    const { engine } = begun({
      before: (step) => {
        if (step.type === 'send-holding-reply') comes(engine);
        return undefined;
      },
    });
    engine.settle();
    expect(said(engine)).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('a take-over while the shop is out: no word more', () => {
    const { engine, part } = begun();
    engine.step();
    engine.step();
    engine.act('take-over');
    part.kind = 'cancelled';
    engine.settle();
    expect(said(engine)).toEqual([]);
    expect(engine.state.stage).toBe('with-person');
  });

  it('a take-over that comes too late to stop it: what is on the ticket is told, and is no answer', () => {
    const { engine } = begun({
      before: (step) => {
        if (step.type === 'send-holding-reply') engine.act('take-over');
        return undefined;
      },
    });
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    expect(engine.state).toMatchObject({ stage: 'with-person', handledCommentId: null });
    expect(engine.state.timeline.map(({ text }) => text)).toContain(
      'Told the customer that the answer takes longer',
    );
  });
});

describe('the mode', () => {
  const inMode = (company: Mode) => begun({ modes: { company, intents: {} } });

  it('draft: a note has the words, the customer none', () => {
    const { engine, part } = inMode('draft');
    untilHeld(engine);
    expect(said(engine)).toEqual([]);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([longer]);
    part.isOut = false;
    engine.settle();
    expect(engine.state.stage).toBe('waiting-for-approval');
  });

  it.each<Mode>(['shadow', 'off'])('%s: nothing is written', (mode) => {
    const { engine } = inMode(mode);
    engine.settle();
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.desk.notes()).toEqual([]);
  });

  it('of the intent: what is left to people is', () => {
    const { engine } = begun({ modes: { company: 'auto', intents: { order_status: 'shadow' } } });
    engine.settle();
    expect(engine.started.some(({ type }) => type === 'send-holding-reply')).toBe(false);
  });

  it('of any intent, while nothing is understood', () => {
    const { engine } = begun(
      { modes: { company: 'auto', intents: { refund: 'draft' } } },
      'classify-message',
    );
    untilHeld(engine);
    expect(said(engine)).toEqual([]);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([longer]);
  });

  it('of the ticket, by its tag', () => {
    const { engine } = withoutShop();
    engine.desk.tags = [modeTags.draft];
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    untilHeld(engine);
    expect(said(engine)).toEqual([]);
  });

  it('that becomes stricter while the shop is out holds', () => {
    const { engine } = begun({
      before: (step) => {
        if (step.type === 'send-holding-reply') engine.world.modes = { company: 'off', intents: {} };
        return undefined;
      },
    });
    engine.settle();
    expect(said(engine)).toEqual([]);
    expect(engine.desk.notes()).toEqual([]);
  });
});

describe('a desk that does not take it', () => {
  it('stops nothing: the answer comes all the same', () => {
    const { engine, part } = begun({
      before: (step) => {
        if (step.type !== 'send-holding-reply') return undefined;
        part.isOut = false;
        return fail('budget-used-up', 'gave up: Zendesk answered 503');
      },
    });
    engine.settle();
    expect(said(engine)).toEqual([answer]);
    expect(engine.state.timeline.map(({ text }) => text)).toContain(
      'Telling the customer that it takes longer failed after 3 attempts: gave up: Zendesk answered 503.',
    );
  });

  it('for an hour, while the shop is out as well: it is told as soon as the desk takes it, and once', () => {
    const { engine, part } = begun({
      before: (step) => {
        if (step.type !== 'send-holding-reply') return undefined;
        engine.now += minute;
        return engine.now < start + 90 * minute
          ? fail('budget-used-up', 'gave up: Zendesk answered 503')
          : undefined;
      },
    });
    engine.settle();
    expect(said(engine)).toEqual([longer]);
    expect(Date.parse(engine.desk.publicReplies()[0]?.at ?? '')).toBeLessThan(start + 95 * minute);
    expect(part.tries.slice(0, 3)).toEqual([30 * minute, 2 * minute, 2 * minute]);
    expect(engine.state.handOff?.reason).toBe('failure');
    expect(engine.now).toBe(start + settings.stepBudgetMs);
  });

  it('as long as the shop is out: people get the ticket in the end, and no note says that the customer was told', () => {
    const { engine } = begun({
      before: (step) => {
        if (step.type !== 'send-holding-reply') return undefined;
        engine.now += minute;
        return fail('budget-used-up', 'gave up: Zendesk answered 503');
      },
    });
    engine.settle();
    expect(engine.state.handOff?.reason).toBe('failure');
    expect(engine.now).toBeLessThan(start + settings.stepBudgetMs + 5 * minute);
    expect(engine.desk.notes().at(-1)?.text).not.toContain('was told');
  });

  it('because the ticket is closed for good: the message goes on in a follow-up', () => {
    const { engine } = begun({
      before: (step) => (step.type === 'send-holding-reply' ? fail('ticket-closed') : undefined),
    });
    engine.settle();
    expect(engine.followUps).toHaveLength(1);
    expect(said(engine)).toEqual([]);
  });
});

describe('what is written on the ticket', () => {
  const reply = { text: longer, html: `<p>${longer}</p>` };

  it('is one public comment, and no other change', () => {
    expect(holdingUpdate({ key: '1/2/holding', isPublic: true }, reply)).toEqual({
      key: '1/2/holding',
      comment: { public: true, ...reply },
      addTags: [],
      removeTags: [],
      status: null,
      priority: null,
      group: null,
      assignee: null,
    });
  });

  it('is a note where an agent is to send it', () => {
    const { comment } = holdingUpdate({ key: '1/2/holding', isPublic: false }, reply);
    expect(comment).toMatchObject({ public: false, html: null });
    expect(comment?.text).toContain(longer);
  });
});
