/** What waits for people or for a customer waits in business time where the policy says so, and moves with the hours. */
import fc from 'fast-check';
import { Engine, note, planOf, reply, start } from '../support/engine';
import type { BusinessHours, Shift } from '../../../src/core/hours/businessHours';
import { isOpen } from '../../../src/core/hours/businessTime';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { currentDetails, deadlineSummary } from '../../../src/core/story';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const office: readonly Shift[] = [[540, 1020]];
const week = [[], office, office, office, office, office, []];
const hours: BusinessHours = { timeZone: 'UTC', offsets: [[0, 0]], week, dates: {} };
/** Thursday is a holiday. */
const thursdayOff: BusinessHours = { ...hours, dates: { '2026-11-26': [] } };
const allWeek: BusinessHours = { ...hours, week: Array.from({ length: 7 }, () => [[0, 1440]] as const) };

const [firstRung] = defaultSettings.ladder;
const inHours: PolicySettings = {
  ...defaultSettings,
  hours,
  ladder: [{ ...firstRung, afterMs: 2 * hour, countedIn: 'business-hours' }],
  approvalMs: 4 * hour,
  customerSilenceMs: 3 * day,
  countedIn: { customerSilence: 'business-days', approval: 'business-hours' },
};
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const followUp: Extract<PlannedAction, { type: 'follow-up' }> = {
  type: 'follow-up',
  afterMs: day,
  countedIn: 'business-days',
  text: 'Are you still there?',
  html: '<p>Are you still there?</p>',
  template: 'still-there',
  language: 'en',
  close: false,
};

/** From Wednesday, 25 November 2026, 10:00 UTC. */
function engineWith(actions: readonly PlannedAction[], settings = inHours, needsApproval = false): Engine {
  const engine: Engine = new Engine({
    settings,
    plan: () => planOf(actions, { settings: engine.world.settings, needsApproval }),
  });
  return engine;
}
function goTo(engine: Engine, time: string): void {
  engine.pass(Date.parse(`${time}Z`) - engine.now);
}
const due = ({ state }: Engine) =>
  state.deadline === null ? null : new Date(state.deadline.at).toISOString().slice(0, 16);
const said = ({ state }: Engine) => state.timeline.map(({ text }) => text);
const escalations = (engine: Engine) => said(engine).filter((text) => text.startsWith('Escalated'));

describe('a ticket that waits for people', () => {
  it('is escalated after the time in which somebody could have taken it', () => {
    const engine = engineWith([reply, note, handOff]);
    goTo(engine, '2026-11-27T16:00');
    engine.customerAsks('I want to talk to somebody');
    expect(due(engine)).toBe('2026-11-30T10:00');
    goTo(engine, '2026-11-30T09:59');
    expect(escalations(engine)).toEqual([]);
    goTo(engine, '2026-11-30T10:01');
    expect(escalations(engine)).toHaveLength(1);
    expect(engine.desk.comments.at(-1)?.text).toContain(
      'Nobody has picked this ticket up for 120 minutes of business hours',
    );
  });

  it('says so wherever its deadline is shown', () => {
    const engine = engineWith([reply, note, handOff]);
    engine.customerAsks('I want to talk to somebody');
    const { deadline } = engine.state;
    expect(deadline === null ? '' : deadlineSummary(deadline)).toBe(
      'escalate if nobody has picked the ticket up, after 2 business hours',
    );
    expect(currentDetails(engine.state)).toContain('after 2 business hours, 2026-11-25 12:00 UTC');
  });

  it('is escalated again at growing intervals, at most every business day', () => {
    const engine = engineWith([reply, note, handOff]);
    engine.customerAsks('I want to talk to somebody');
    const at: (string | null)[] = [];
    for (let rung = 0; rung < 6; rung += 1) {
      at.push(due(engine));
      engine.pass((engine.state.deadline?.at ?? 0) - engine.now);
    }
    // After 2, 4 and 8 business hours, then every business day: Saturday and Sunday pass.
    expect(at).toEqual([
      '2026-11-25T12:00',
      '2026-11-25T16:00',
      '2026-11-26T16:00',
      '2026-11-27T16:00',
      '2026-11-30T16:00',
      '2026-12-01T16:00',
    ]);
  });

  it('and on which a person left a note alone is looked at in the time of the first rung', () => {
    const engine = engineWith([reply, note, handOff]);
    goTo(engine, '2026-11-27T16:30');
    engine.customerAsks('I want to talk to somebody');
    engine.desk.agentWrites('I am looking into it.', false);
    engine.hint();
    engine.settle();
    expect(engine.state.stage).toBe('with-person');
    expect([engine.state.deadline?.reason, due(engine)]).toEqual(['person-check', '2026-11-30T10:30']);
  });

  it('is found again by a new run, and its time still counts from the hand-off', () => {
    const engine = engineWith([reply, note, handOff]);
    goTo(engine, '2026-11-27T16:00');
    engine.customerAsks('I want to talk to somebody');
    goTo(engine, '2026-11-28T12:00');
    engine.startAnew();
    engine.hint();
    engine.settle();
    expect(engine.state.stage).toBe('handed-off');
    expect(due(engine)).toBe('2026-11-30T10:00');
  });
});

describe('a draft that waits for approval', () => {
  it('goes to people after business hours without a decision', () => {
    const engine = engineWith([reply], inHours, true);
    goTo(engine, '2026-11-27T15:00');
    engine.customerAsks('Where is my order?');
    expect([engine.state.deadline?.reason, due(engine)]).toEqual(['approval', '2026-11-30T11:00']);
    goTo(engine, '2026-11-30T10:59');
    expect(engine.state.stage).toBe('waiting-for-approval');
    goTo(engine, '2026-11-30T11:01');
    expect(engine.state.handOff?.reason).toBe('approval-timeout');
  });
});

describe('a customer who stays silent', () => {
  it('is let go after business days, as long as the policy says', () => {
    const engine = engineWith([reply, note]);
    goTo(engine, '2026-11-27T12:00');
    engine.customerAsks('Where is my order?');
    expect(due(engine)).toBe('2026-12-02T12:00');
    goTo(engine, '2026-12-02T12:01');
    expect(engine.state.stage).toBe('closed');
  });

  it('is written to on a business day, and let go as many of them later as the rule says', () => {
    const engine = engineWith([reply, followUp, { type: 'wait', ms: 2 * day, countedIn: 'business-days' }]);
    goTo(engine, '2026-11-27T12:00');
    engine.customerAsks('Where is my order?');
    expect([engine.state.deadline?.reason, due(engine)]).toEqual(['follow-up', '2026-11-30T12:00']);
    goTo(engine, '2026-11-30T12:01');
    expect(engine.desk.publicReplies().at(-1)?.text).toBe(followUp.text);
    expect([engine.state.deadline?.reason, due(engine)]).toEqual(['customer-silence', '2026-12-02T12:00']);
  });

  it('of a draft to approve, the agent reads how long it is waited', () => {
    const engine = engineWith([reply, followUp], inHours, true);
    engine.customerAsks('Where is my order?');
    expect(engine.state.approval?.text).toContain('After 1 business day without an answer');
  });
});

describe('hours that change', () => {
  function handedOff(settings = inHours): Engine {
    const engine = engineWith([reply, note, handOff], settings);
    goTo(engine, '2026-11-25T16:00');
    engine.customerAsks('I want to talk to somebody');
    return engine;
  }
  const changeTo = (engine: Engine, changed: BusinessHours) => {
    engine.world.settings = { ...inHours, hours: changed };
  };

  it('move what is due, later or sooner, at the next look, and the timeline says so', () => {
    const engine = handedOff();
    expect(due(engine)).toBe('2026-11-26T10:00');
    changeTo(engine, thursdayOff);
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-27T10:00');
    expect(said(engine)).toContain(
      'The business hours have changed: escalate if nobody has picked the ticket up, after 2 business hours, 2026-11-27 10:00 UTC, not 2026-11-26 10:00 UTC',
    );
    changeTo(engine, allWeek);
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-25T18:00');
  });

  it('move nothing back into the past: what is overdue by them is due at once, if somebody is there', () => {
    const engine = handedOff();
    goTo(engine, '2026-11-25T22:00');
    changeTo(engine, allWeek);
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-25T22:00');
    engine.pass(0);
    expect(escalations(engine)).toHaveLength(1);
  });

  it('and what is overdue by them while it is closed is due when it opens', () => {
    const engine = handedOff();
    goTo(engine, '2026-11-25T22:00');
    changeTo(engine, { ...hours, dates: { '2026-11-25': [[540, 1140]] } });
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-26T09:00');
    const told = said(engine).length;
    engine.hint();
    engine.settle();
    expect([due(engine), said(engine)]).toEqual(['2026-11-26T09:00', said(engine).slice(0, told)]);
  });

  it('that begin after a wait did leave it as it is', () => {
    const engine = handedOff();
    changeTo(engine, { ...thursdayOff, offsets: [[Date.parse('2026-11-25T17:00Z'), 0]] });
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-26T10:00');
  });

  it('are known before anything is done: nobody is called on a day that was made a holiday', () => {
    const engine = handedOff();
    changeTo(engine, thursdayOff);
    goTo(engine, '2026-11-26T23:00');
    expect(escalations(engine)).toEqual([]);
    expect([engine.state.stage, due(engine)]).toEqual(['handed-off', '2026-11-27T10:00']);
    goTo(engine, '2026-11-27T10:01');
    expect(escalations(engine)).toHaveLength(1);
  });

  it('nor is a customer written to, a draft given up or a ticket taken from a person', () => {
    const silent = engineWith([reply, followUp]);
    silent.customerAsks('Where is my order?');
    const undecided = engineWith([reply], { ...inHours, approvalMs: 10 * hour }, true);
    undecided.customerAsks('Where is my order?');
    for (const engine of [silent, undecided]) {
      changeTo(engine, thursdayOff);
      goTo(engine, '2026-11-26T20:00');
      expect(said(engine).at(-1)).toMatch(/^The business hours have changed/);
    }
    expect(silent.desk.publicReplies()).toHaveLength(1);
    expect(due(silent)).toBe('2026-11-27T10:00');
    expect(undecided.state.stage).toBe('waiting-for-approval');
  });

  it('that are the same for what is waited for say nothing', () => {
    const engine = handedOff();
    changeTo(engine, { ...hours, dates: { '2026-12-25': [] } });
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-26T10:00');
    expect(said(engine).join()).not.toContain('business hours have changed');
  });

  it('leave alone what goes by the clock', () => {
    const engine = handedOff({ ...inHours, ladder: [{ ...firstRung, afterMs: 2 * hour }] });
    changeTo(engine, thursdayOff);
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-25T18:00');
  });

  it('reach a ticket that is moved to another version at once, where it waits by them', () => {
    const choice = { version: 'p-000000000002', by: 'maria' };
    const engine = handedOff();
    changeTo(engine, thursdayOff);
    engine.happen({ type: 'policy-chosen', choice });
    engine.settle();
    expect(due(engine)).toBe('2026-11-27T10:00');
    const byClock = handedOff({ ...inHours, ladder: [firstRung] });
    const looks = byClock.started.length;
    byClock.happen({ type: 'policy-chosen', choice });
    byClock.settle();
    expect(byClock.started).toHaveLength(looks);
  });

  it('are taken along into a new run', () => {
    const engine = handedOff();
    engine.carryOver();
    expect(engine.state.settings.hours).toEqual(hours);
    changeTo(engine, thursdayOff);
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-27T10:00');
  });

  it('that never come again let nobody be forgotten: it goes by the clock', () => {
    const engine = handedOff();
    changeTo(engine, { ...hours, week: Array.from({ length: 7 }, () => []) });
    engine.hint();
    engine.settle();
    expect(due(engine)).toBe('2026-11-25T18:00');
  });
});

it('whatever hours come and go, somebody owes the next step, and nobody is called while it is closed', () => {
  const shifts = fc.constantFrom<readonly Shift[]>([], office, [[0, 1440]], [[1320, 1800]], [[480, 720]]);
  const anyHours = fc
    .tuple(fc.array(shifts, { minLength: 7, maxLength: 7 }), fc.constantFrom(-480, 0, 330))
    .filter(([written]) => written.some((ofDay) => ofDay.length > 0))
    .map(([written, offset]): BusinessHours => ({ ...hours, week: written, offsets: [[0, offset]] }));
  const happening = fc.record({
    hours: anyHours,
    what: fc.constantFrom('look', 'customer', 'carry-over', 'nothing'),
    ms: fc.integer({ min: 0, max: 3 * day }),
  });
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 12 }), (story) => {
      const engine = engineWith([reply, note, handOff]);
      engine.customerAsks('I want to talk to somebody');
      for (const { hours: changed, what, ms } of story) {
        engine.settle();
        engine.world.settings = { ...inHours, hours: changed };
        if (what === 'look') engine.hint();
        if (what === 'customer') engine.customerAsks('Hello?');
        if (what === 'carry-over') engine.carryOver();
        const before = escalations(engine).length;
        engine.pass(ms);
        const { deadline, timeline } = engine.state;
        expect(deadline?.at).toBeGreaterThanOrEqual(engine.now);
        for (const { at } of timeline.filter(({ kind }) => kind === 'escalated').slice(before)) {
          // What is due at the end of a shift is due as it closes.
          expect(isOpen(changed, at) || isOpen(changed, at - 1)).toBe(true);
        }
      }
    }),
    { numRuns: 150, seed: 6 },
  );
});

it('begins on a Wednesday', () => {
  expect(new Date(start).toUTCString()).toBe('Wed, 25 Nov 2026 10:00:00 GMT');
});
