/** A draft that nobody decides about: people are reminded, another group is asked, and then it is handed off. */
import type { BusinessHours } from '../../../src/core/hours/businessHours';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/plan';
import { Engine, note, planOf, reply } from '../support/engine';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const path: PolicySettings['approvalPath'] = [
  { afterMs: 30 * minuteMs, group: null },
  { afterMs: hourMs, group: 'Tier 2' },
];
const settings: PolicySettings = { ...defaultSettings, approvalPath: path, alsoTell: ['approval'] };

function held(change: Partial<PolicySettings> = {}): Engine {
  const all = { ...settings, ...change };
  const engine = new Engine({
    plan: () => planOf([reply, note], { needsApproval: true, settings: all }),
    settings: all,
  });
  engine.customerAsks('Where is my order?');
  engine.pass(1);
  expect(engine.state.stage).toBe('waiting-for-approval');
  return engine;
}
const reminders = (engine: Engine) =>
  engine.desk
    .notes()
    .map(({ text }) => text ?? '')
    .filter((text) => text.includes('waits for approval since'));
const groups = (engine: Engine) =>
  engine.started.flatMap((step) =>
    step.type === 'update-ticket' ? step.updates.flatMap(({ group }) => group ?? []) : [],
  );

it('is reminded of, given to the other group, and handed off at the policy’s time, each once', () => {
  const engine = held();
  const { draftId = '', since = 0 } = engine.state.approval ?? {};
  expect(engine.state.deadline).toEqual({ at: since + 30 * minuteMs, reason: 'approval-reminder' });
  engine.pass(30 * minuteMs);
  expect(reminders(engine)).toEqual([
    `Draft ${draftId} waits for approval since 2026-11-25 10:00 UTC. ` +
      'Nobody has approved or rejected it; at 2026-11-25 14:00 UTC the ticket is handed off.',
  ]);
  expect(groups(engine)).toEqual([]);
  engine.pass(30 * minuteMs);
  expect(reminders(engine)[1]).toContain('10:00 UTC. Tier 2 is asked now. Nobody');
  expect(groups(engine)).toEqual(['Tier 2']);
  expect(engine.state.approval).toMatchObject({ draftId, reminded: 2 });
  expect(engine.state.deadline).toEqual({ at: since + 4 * hourMs, reason: 'approval' });
  expect(engine.notices).toEqual(
    [1, 2, 3].map(() => expect.stringContaining('until 2026-11-25 14:00') as string),
  );
  engine.pass(3 * hourMs);
  expect(engine.state.handOff?.reason).toBe('approval-timeout');
  expect(engine.state.settledDrafts).toMatchObject([{ draftId, how: 'timed-out' }]);
  expect(reminders(engine)).toHaveLength(2);
});

it('may be decided about after any of it, as before', () => {
  const engine = held();
  engine.pass(hourMs);
  engine.act('approve');
  engine.pass(minuteMs);
  expect(engine.desk.publicReplies()).toHaveLength(1);
  engine.pass(5 * hourMs);
  expect(reminders(engine)).toHaveLength(2);
  expect(engine.state.handOff).toBeNull();
});

it('of somebody who has taken the ticket to look at it, too: it goes on being theirs to decide', () => {
  const engine = held();
  engine.desk.assign('agent-7');
  engine.pass(30 * minuteMs);
  expect(reminders(engine)).toHaveLength(1);
  expect(engine.state.stage).toBe('waiting-for-approval');
  engine.act('approve');
  engine.pass(minuteMs);
  expect(engine.desk.publicReplies()).toHaveLength(1);
});

it('is not reminded of once the customer has written, an agent has answered, or the tag is there', () => {
  const byCustomer = held();
  byCustomer.desk.customerWrites('Never mind');
  byCustomer.pass(31 * minuteMs);
  expect(reminders(byCustomer)).toHaveLength(0);
  expect(byCustomer.state.approval?.reminded).toBeUndefined();

  const byAgent = held();
  byAgent.desk.agentWrites('It is on its way');
  byAgent.pass(31 * minuteMs);
  expect(reminders(byAgent)).toHaveLength(0);
  expect(byAgent.state.stage).toBe('with-person');

  const byTag = held();
  byTag.desk.tags = [...byTag.desk.tags, 'deskhand_send'];
  byTag.pass(31 * minuteMs);
  expect(reminders(byTag)).toHaveLength(0);
  expect(byTag.desk.publicReplies()).toHaveLength(1);
});

it('after a long sleep of all workers, is reminded of once and not for each time that was missed', () => {
  const engine = held();
  engine.now += 2 * hourMs;
  engine.pass(1);
  expect(reminders(engine)).toHaveLength(1);
  expect(groups(engine)).toEqual(['Tier 2']);
});

it('where the hand-off comes first, is handed off', () => {
  const engine = held({ approvalMs: 20 * minuteMs });
  engine.pass(20 * minuteMs);
  expect(reminders(engine)).toHaveLength(0);
  expect(engine.state.handOff?.reason).toBe('approval-timeout');
});

it('nobody who does not want to hear of approvals is told; the note is there all the same', () => {
  const engine = held({ alsoTell: [] });
  engine.pass(hourMs);
  expect(engine.notices).toHaveLength(0);
  expect(reminders(engine)).toHaveLength(2);
});

it('an older state, which does not know since when it waits, is handed off as it was to be', () => {
  const engine = held();
  const { approval, deadline } = engine.state;
  const { draftId = '', text = '' } = approval ?? {};
  engine.state = {
    ...engine.state,
    approval: { draftId, text, noted: true },
    deadline: { at: deadline?.at ?? 0, reason: 'approval' },
  };
  engine.pass(hourMs);
  expect(reminders(engine)).toHaveLength(0);
  expect(engine.state.handOff?.reason).toBe('approval-timeout');
});

it('counts in business time where the policy says so', () => {
  const office = [[540, 1_020]] as const;
  const hours: BusinessHours = {
    ...{ timeZone: 'UTC', offsets: [[0, 0]], dates: {} },
    week: [[], office, office, office, office, office, []],
  };
  const day = { afterMs: 8 * hourMs, countedIn: 'business-hours', group: null } as const;
  const engine = held({ hours, approvalPath: [day], approvalMs: 48 * hourMs });
  // Seven hours were left of Wednesday.
  expect(engine.state.deadline).toMatchObject({
    reason: 'approval-reminder',
    counted: { afterMs: 8 * hourMs, countedIn: 'business-hours' },
  });
  engine.pass(23 * hourMs + 59 * minuteMs);
  expect(reminders(engine)).toHaveLength(0);
  engine.pass(2 * minuteMs);
  expect(reminders(engine)).toHaveLength(1);
});

describe('the hours are edited while it waits', () => {
  const everyDay = (until: number): BusinessHours => ({
    ...{ timeZone: 'UTC', offsets: [[0, 0]], dates: {} },
    week: Array.from({ length: 7 }, () => [[540, until]] as const),
  });
  const [noon, six] = [everyDay(720), everyDay(1_080)];
  const business = (hours: number) =>
    ({ afterMs: hours * hourMs, countedIn: 'business-hours', group: null }) as const;
  const byClock = (hours: number) => ({ afterMs: hours * hourMs, group: null });

  /** A draft since 10:00; an hour later it is looked at under other hours. */
  function edited(from: BusinessHours, to: BusinessHours, change: Partial<PolicySettings>): Engine {
    const under = (hours: BusinessHours) => ({ ...settings, ...change, hours });
    const engine: Engine = new Engine({
      plan: () => planOf([reply, note], { needsApproval: true, settings: engine.world.settings }),
      settings: under(from),
    });
    engine.customerAsks('Where is my order?');
    engine.pass(hourMs);
    engine.world.settings = under(to);
    engine.hint();
    engine.settle();
    return engine;
  }
  const told = ({ state }: Engine) =>
    state.timeline.flatMap(({ text }) => (text.startsWith('The business hours') ? [text] : []));
  const next = ({ state, now }: Engine) => [
    state.deadline?.reason,
    Math.round(((state.deadline?.at ?? 0) - now) / hourMs),
  ];

  it('a reminder that moves behind the hand-off makes nobody wait longer for that', () => {
    const engine = edited(six, noon, { approvalPath: [business(6)], approvalMs: 7 * hourMs });
    expect(next(engine)).toEqual(['approval', 6]);
    expect(told(engine)).toEqual([
      'The business hours have changed: hand off if nobody approves the draft, 2026-11-25 17:00 UTC, comes first now',
    ]);
    engine.pass(6 * hourMs + minuteMs);
    expect(engine.state.handOff?.reason).toBe('approval-timeout');
    expect(reminders(engine)).toHaveLength(0);
  });

  it('a hand-off that moves behind a reminder does not take it away', () => {
    const change = { approvalMs: 4 * hourMs, countedIn: { approval: 'business-hours' } } as const;
    const engine = edited(six, noon, { ...change, approvalPath: [byClock(5)] });
    expect(next(engine)).toEqual(['approval-reminder', 4]);
    engine.pass(4 * hourMs + minuteMs);
    expect(reminders(engine)).toHaveLength(1);
    expect(next(engine)).toEqual(['approval', 20]);
  });

  it('a hand-off that moves before a reminder by the clock comes first', () => {
    const change = { approvalMs: 4 * hourMs, countedIn: { approval: 'business-hours' } } as const;
    const engine = edited(noon, six, { ...change, approvalPath: [byClock(5)] });
    expect(next(engine)).toEqual(['approval', 3]);
  });

  it('one that was reached, and is not due by the hours of that moment, waits on; what is due instead is done', () => {
    const change = { approvalMs: 4 * hourMs, countedIn: { approval: 'business-hours' } } as const;
    const under = { ...settings, ...change, approvalPath: [byClock(4)] };
    const engine: Engine = new Engine({
      plan: () => planOf([reply, note], { needsApproval: true, settings: engine.world.settings }),
      settings: { ...under, hours: six },
    });
    engine.customerAsks('Where is my order?');
    engine.pass(hourMs);
    engine.world.settings = { ...under, hours: noon };
    engine.pass(3 * hourMs + minuteMs);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(reminders(engine)).toHaveLength(1);
    expect(engine.state.deadline?.reason).toBe('approval');
  });

  it('nothing that goes by the clock moves, also where the policy says another time by now', () => {
    const engine = edited(six, noon, { approvalPath: [byClock(5)], approvalMs: 7 * hourMs });
    expect(next(engine)).toEqual(['approval-reminder', 4]);
    expect(told(engine)).toEqual([]);
  });
});
