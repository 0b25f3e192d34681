/** What was promised to customers: people are warned, the ladder is climbed, each once, and nobody after an answer. */
import { Engine, fail, note, planOf, reply, start } from '../support/engine';
import { decodeState } from '../../../src/core/decodeState';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { nextDeadline } from '../../../src/core/nextDeadline';
import { clockViews, standingOf } from '../../../src/core/sla/clockViews';
import type { ClockName, SlaSettings } from '../../../src/core/sla/targets';
import { currentDetails, deadlineSummary } from '../../../src/core/story';
import { slaBreachedTag, slaWarningTag } from '../../../src/core/ticket/tags';

const minute = 60_000;
const hour = 60 * minute;
const handOff: Extract<PlannedAction, { type: 'hand-off' }> = {
  type: 'hand-off',
  reason: 'anger',
  group: 'Support',
};
const promise: PlannedAction = {
  type: 'reply',
  text: 'A colleague will answer you here.',
  html: '<p>A colleague will answer you here.</p>',
  template: 'hand-off-sorry',
  language: 'en',
};
const half = { share: 0.5 };

function promising(targets: SlaSettings['targets'], change: Partial<PolicySettings> = {}): PolicySettings {
  return { ...defaultSettings, sla: { tier: 'standard', targets }, alsoTell: ['deadline'], ...change };
}

function engineWith(
  targets: SlaSettings['targets'],
  actions: readonly PlannedAction[],
  change: Partial<PolicySettings> = {},
  needsApproval = false,
): Engine {
  const engine: Engine = new Engine({
    settings: promising(targets, change),
    plan: () => planOf(actions, { settings: engine.world.settings, needsApproval }),
  });
  return engine;
}

/** Handed off with the promise that somebody answers: the first reply is due in two hours. */
function angry(targets: SlaSettings['targets'], change: Partial<PolicySettings> = {}): Engine {
  const engine = engineWith(targets, [promise, note, handOff], change);
  engine.customerAsks('A disgrace!');
  return engine;
}

const standing = (engine: Engine, name: ClockName) => standingOf(clockViews(engine.state, engine.now), name);
const view = (engine: Engine, name: ClockName) =>
  clockViews(engine.state, engine.now).find(({ clock }) => clock === name);
const slaLines = (engine: Engine) =>
  engine.state.timeline.filter(({ kind }) => kind === 'sla').map(({ text }) => text);
const slaNotes = (engine: Engine) =>
  engine.desk.comments.flatMap(({ public: shown, text }) => (!shown && text?.includes('SLA') ? [text] : []));
const looks = (engine: Engine) => engine.started.filter(({ type }) => type === 'fetch-ticket').length;

const twoHours = { afterMs: 2 * hour, warn: half };

describe('warned, then breached', () => {
  test('the promise that a colleague answers is no answer: the customer waits since the first message', () => {
    const engine = angry({ 'first-reply': twoHours });
    expect(view(engine, 'first-reply')).toMatchObject({
      status: 'running',
      since: start,
      until: start + 2 * hour,
    });
    engine.pass(hour);
    expect(standing(engine, 'first-reply')).toBe('warned');
    expect(engine.desk.tags).toContain(slaWarningTag);
    expect(engine.desk.tags).not.toContain(slaBreachedTag);
    expect(engine.notices).toContainEqual(
      expect.stringContaining('SLA standard: the first reply within 2 hours'),
    );
    expect(slaNotes(engine)).toEqual([]);
  });

  test('a breach climbs the ladder the hand-off is on, with tag and note in one update', () => {
    const engine = angry({ 'first-reply': { afterMs: 10 * minute } });
    engine.pass(10 * minute);
    expect(engine.state).toMatchObject({ stage: 'escalated', handOff: { level: 1 } });
    expect(engine.desk.tags).toEqual(expect.arrayContaining([slaBreachedTag, 'deskhand_escalated']));
    expect(engine.desk.priority).toBe('high');
    expect(slaNotes(engine)).toEqual([
      expect.stringMatching(
        /^SLA standard: the first reply within 10 minutes is breached; it runs since 2026-11-25 10:00 UTC\. /,
      ),
    ]);
    expect(engine.notices.filter((notice) => notice.includes('breached'))).toHaveLength(1);
  });

  test('on a holiday nobody has waited for no time at all', () => {
    const [first, ...others] = defaultSettings.ladder;
    const inHours = { ...first, countedIn: 'business-hours' } as const;
    const hours = {
      timeZone: 'UTC',
      offsets: [[0, 0]] as const,
      week: Array.from({ length: 7 }, () => [[540, 600]] as const),
      dates: { '2026-11-25': [] },
    };
    const engine = angry(
      { 'first-reply': { afterMs: 45 * minute } },
      { ladder: [inHours, ...others], hours },
    );
    engine.pass(hour);
    expect(slaNotes(engine)).toEqual([
      expect.stringContaining(
        'Nobody has picked this ticket up for 45 minutes, out of business hours (anger)',
      ),
    ]);
    expect(engine.notices.join()).not.toContain(' 0 minutes');
  });

  test('each clock is told of once, however long it goes on', () => {
    const engine = angry({
      'first-reply': { afterMs: 10 * minute, warn: half },
      'pick-up': { afterMs: 20 * minute },
    });
    engine.pass(48 * hour);
    expect(slaLines(engine)).toHaveLength(3);
    expect(slaNotes(engine)).toHaveLength(2);
    expect(standing(engine, 'pick-up')).toBe('breached');
  });

  test('a warning at the time of the breach is left out', () => {
    const engine = angry({ 'first-reply': { afterMs: 10 * minute, warn: { beforeMs: minute } } });
    engine.world.before = ({ type }) => (type === 'fetch-ticket' ? fail('unavailable') : undefined);
    engine.hint();
    engine.pass(11 * minute);
    engine.world.before = () => undefined;
    engine.pass(hour);
    expect(slaLines(engine)).toEqual([expect.stringContaining('breached')]);
  });

  test('a rung that is due at the same moment is climbed once', () => {
    const [rung] = defaultSettings.ladder;
    const engine = angry({ 'pick-up': { afterMs: rung.afterMs } });
    const { handOff } = engine.state;
    engine.pass((handOff?.since ?? 0) + rung.afterMs - engine.now);
    expect(engine.state.handOff?.level).toBe(1);
    expect(engine.desk.tags).toContain(slaBreachedTag);
    // The ladder goes on as if nothing else had been.
    expect(engine.state.deadline?.reason).toBe('pick-up');
  });

  test('a breach before the rung makes nothing later: the top of the ladder stays where it was', () => {
    const engine = angry({
      'first-reply': { afterMs: 5 * minute },
      'pick-up': { afterMs: 6 * minute },
      resolution: { afterMs: 7 * minute },
    });
    engine.pass(8 * minute);
    expect(engine.state.handOff).toMatchObject({ level: 3, asked: 3 });
    const due = engine.state.deadline?.at ?? 0;
    expect(due).toBeLessThanOrEqual(engine.now + 2 * hour);
  });
});

describe('nothing for what was kept', () => {
  test('an answer that nobody announced is read before anybody is called', () => {
    const engine = angry({ 'first-reply': twoHours });
    engine.pass(20 * minute);
    engine.desk.agentWrites('I am on it: your parcel leaves today.', true);
    engine.pass(5 * hour);
    expect(standing(engine, 'first-reply')).toBe('over');
    expect(slaLines(engine)).toEqual([]);
    expect(engine.desk.tags).not.toContain(slaBreachedTag);
    expect(view(engine, 'first-reply')?.usedMs).toBe(20 * minute + 3_000);
  });

  test("the bot's own answer stops the first reply, and the resolution stands while the customer is asked", () => {
    const engine = engineWith({ 'first-reply': twoHours, 'next-reply': twoHours, resolution: twoHours }, [
      reply,
    ]);
    engine.customerAsks('Where is my order 48213?');
    expect(standing(engine, 'first-reply')).toBe('over');
    expect(standing(engine, 'resolution')).toBe('paused');
    expect(view(engine, 'resolution')?.why).toBe('the customer is waited for');
    engine.pass(24 * hour);
    expect(slaLines(engine)).toEqual([]);
    expect(view(engine, 'resolution')?.usedMs).toBe(defaultSettings.settleMs);
  });

  test('a status of pending stops what the customer is waited for; an open one goes on', () => {
    const engine = angry({ resolution: { afterMs: 3 * hour } });
    engine.desk.agentWrites('Which colour do you want?', true);
    engine.desk.assign('7');
    engine.desk.status = 'pending';
    engine.hint();
    engine.pass(10 * hour);
    expect(standing(engine, 'resolution')).toBe('paused');
    const used = view(engine, 'resolution')?.usedMs ?? 0;
    engine.desk.status = 'open';
    engine.hint();
    engine.pass(hour);
    expect(view(engine, 'resolution')).toMatchObject({ status: 'running', usedMs: used + hour });
  });

  test('a solved ticket has kept its resolution; a reopened one goes on where it stood', () => {
    const engine = angry({ resolution: twoHours });
    engine.pass(10 * minute);
    engine.desk.agentWrites('Refunded.', true);
    engine.desk.status = 'solved';
    engine.hint();
    engine.pass(5 * hour);
    expect(standing(engine, 'resolution')).toBe('over');
    const { usedMs = 0 } = view(engine, 'resolution') ?? {};
    engine.desk.customerWrites('No, it was not!');
    engine.desk.status = 'open';
    engine.hint();
    engine.pass(minute);
    expect(view(engine, 'resolution')).toMatchObject({ status: 'running', usedMs: usedMs + minute });
  });

  test('an automatic answer of the customer starts no clock', () => {
    const engine = angry({ 'first-reply': twoHours, 'next-reply': twoHours });
    engine.desk.agentWrites('It leaves today.', true);
    engine.hint();
    engine.settle();
    engine.desk.customerWrites('I am out of office.', { reading: 'auto-reply' });
    engine.hint();
    engine.pass(5 * hour);
    expect(standing(engine, 'next-reply')).toBe('none');
  });
});

describe('with whoever has the ticket', () => {
  test('a person who is late keeps the ticket: it is marked, raised, and told', () => {
    const engine = angry({ 'first-reply': { afterMs: 30 * minute } });
    engine.desk.assign('7');
    engine.hint();
    engine.pass(hour);
    expect(engine.state.stage).toBe('with-person');
    expect(standing(engine, 'pick-up')).toBe('none');
    expect(standing(engine, 'first-reply')).toBe('breached');
    expect(engine.desk).toMatchObject({ priority: 'high', assignee: { id: '7' } });
    expect(engine.desk.tags).toEqual(expect.arrayContaining([slaBreachedTag, 'deskhand_escalated']));
    expect(slaNotes(engine)).toHaveLength(1);
    expect(engine.notices).toContainEqual(
      expect.stringContaining('the first reply within 30 minutes is breached'),
    );
  });

  test('a draft that waits for approval is no answer', () => {
    const engine = engineWith({ 'first-reply': { afterMs: 30 * minute } }, [reply], {}, true);
    engine.customerAsks('Where is my order 48213?');
    engine.pass(hour);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(standing(engine, 'first-reply')).toBe('breached');
    engine.act('approve');
    engine.settle();
    expect(view(engine, 'first-reply')).toMatchObject({ status: 'over', breachedAt: start + 30 * minute });
  });

  test.each(['shadow', 'off'] as const)(
    'in %s it is noted in the timeline, and nothing is written',
    (mode) => {
      const engine = engineWith({ 'first-reply': { afterMs: 30 * minute, warn: half } }, [reply]);
      engine.world.modes = { company: mode, intents: {} };
      engine.customerAsks('Where is my order 48213?');
      engine.pass(2 * hour);
      expect(slaLines(engine)).toHaveLength(2);
      expect(engine.desk.comments).toHaveLength(1);
      expect(engine.desk.tags).toEqual([]);
      expect(engine.notices).toEqual([]);
    },
  );
});

describe('what moves', () => {
  test('another priority brings another tier with the next look, and its targets count from the same moment', () => {
    const engine = angry({ 'first-reply': { afterMs: 4 * hour } });
    expect(nextDeadline(engine.state)?.reason).toBe('pick-up');
    engine.world.settings = promising({ 'first-reply': { afterMs: 25 * minute } });
    engine.hint();
    engine.settle();
    expect(nextDeadline(engine.state)).toMatchObject({ reason: 'sla', at: start + 25 * minute });
    engine.pass(25 * minute);
    expect(standing(engine, 'first-reply')).toBe('breached');
  });

  test('other business hours move what runs', () => {
    const hours = {
      timeZone: 'UTC',
      offsets: [[0, 0]],
      week: Array.from({ length: 7 }, () => [[540, 1020]] as const),
      dates: {},
    } as const;
    const target = { afterMs: 10 * minute, countedIn: 'business-hours' } as const;
    const engine = angry({ 'first-reply': target }, { hours });
    expect(view(engine, 'first-reply')?.until).toBe(start + 10 * minute);
    engine.world.settings = { ...engine.world.settings, hours: { ...hours, dates: { '2026-11-25': [] } } };
    engine.pass(hour);
    expect(view(engine, 'first-reply')?.until).toBe(Date.parse('2026-11-26T09:10Z'));
    expect(slaLines(engine)).toEqual([
      'SLA standard: the first reply within 10 business minutes is due 2026-11-26 09:10 UTC, not 2026-11-25 10:10 UTC: the business hours have changed',
    ]);
    // Said once, and nothing is breached that the team was not at work for.
    engine.pass(hour);
    expect(slaLines(engine)).toHaveLength(1);
  });

  test('the clock of another tier that promises nothing is silent, and goes on when it is promised again', () => {
    const engine = angry({ 'first-reply': twoHours });
    engine.world.settings = promising({});
    engine.hint();
    engine.pass(5 * hour);
    expect(standing(engine, 'first-reply')).toBe('none');
    engine.world.settings = promising({ 'first-reply': twoHours });
    engine.hint();
    engine.settle();
    expect(standing(engine, 'first-reply')).toBe('breached');
  });

  test('a policy that promises nothing any more forgets the clocks', () => {
    const engine = angry({ 'first-reply': twoHours });
    engine.world.settings = defaultSettings;
    engine.hint();
    engine.settle();
    expect(engine.state.sla).toBeUndefined();
    expect(clockViews(engine.state, engine.now)).toEqual([]);
  });
});

describe('kept over runs', () => {
  test('continue-as-new carries the clocks whole', () => {
    const engine = angry({ 'first-reply': twoHours });
    engine.pass(hour);
    const before = clockViews(engine.state, engine.now);
    engine.carryOver();
    expect(clockViews(engine.state, engine.now)).toEqual(before);
    expect(nextDeadline(decodeState(JSON.parse(JSON.stringify(engine.state))))).toEqual(
      nextDeadline(engine.state),
    );
    engine.pass(hour);
    expect(slaLines(engine)).toHaveLength(2);
  });

  test('a run without memory works them out of the comments, and tells nobody a second time', () => {
    const engine = angry({ 'first-reply': { afterMs: 10 * minute, warn: half } });
    engine.pass(15 * minute);
    const { level } = engine.state.handOff ?? {};
    const notes = slaNotes(engine).length;
    engine.startAnew();
    engine.hint();
    engine.pass(minute);
    expect(view(engine, 'first-reply')).toMatchObject({
      since: start,
      status: 'running',
      breachedAt: start + 10 * minute,
    });
    expect(engine.state.handOff?.level).toBe(level);
    expect(slaNotes(engine)).toHaveLength(notes);
  });

  test('what the bot had answered before counts as answered there', () => {
    const engine = engineWith({ 'first-reply': twoHours, resolution: twoHours }, [reply]);
    engine.customerAsks('Where is my order 48213?');
    engine.pass(minute);
    engine.startAnew();
    engine.hint();
    engine.settle();
    expect(standing(engine, 'first-reply')).toBe('over');
    expect(standing(engine, 'resolution')).toBe('paused');
  });

  test('a promise that begins in mid-conversation counts from its first message', () => {
    const engine = engineWith({}, [promise, note, handOff], {
      ladder: [{ ...defaultSettings.ladder[0], afterMs: 10 * hour }],
    });
    const promised = engine.world.settings;
    engine.world.settings = { ...defaultSettings, ladder: promised.ladder };
    engine.customerAsks('A disgrace!');
    engine.pass(hour);
    expect(engine.state.sla).toBeUndefined();
    engine.world.settings = promising(
      { 'first-reply': twoHours, 'pick-up': twoHours },
      { ladder: promised.ladder },
    );
    engine.hint();
    engine.settle();
    expect(view(engine, 'first-reply')).toMatchObject({ since: start, status: 'running' });
    expect(view(engine, 'pick-up')).toMatchObject({ since: start + 3_000, status: 'running' });
  });
});

describe('what it costs', () => {
  test('a policy that promises nothing has no clock, no look and no word more', () => {
    const engine = new Engine({ plan: () => planOf([promise, note, handOff]) });
    engine.customerAsks('A disgrace!');
    engine.pass(29 * minute);
    expect(engine.state.sla).toBeUndefined();
    expect(looks(engine)).toBe(1);
  });

  test('a promise that is kept costs nothing', () => {
    const engine = engineWith({ 'first-reply': twoHours, resolution: twoHours }, [reply]);
    engine.customerAsks('Where is my order 48213?');
    const { length } = engine.started;
    engine.pass(48 * hour);
    expect(engine.started).toHaveLength(length);
  });

  test('a look that fails is not repeated at once', () => {
    const engine = angry({ 'first-reply': { afterMs: 10 * minute } });
    engine.pass(5 * minute);
    engine.world.before = ({ type }) => (type === 'fetch-ticket' ? fail('unavailable') : undefined);
    const before = looks(engine);
    engine.pass(hour);
    expect(looks(engine) - before).toBeLessThan(10);
    engine.world.before = () => undefined;
    engine.pass(hour);
    expect(standing(engine, 'first-reply')).toBe('breached');
  });

  test('the timer says what it is for', () => {
    const engine = angry({ 'first-reply': { afterMs: 20 * minute } });
    const deadline = nextDeadline(engine.state);
    expect(deadline && deadlineSummary(deadline)).toBe(
      'look whether what is promised was kept: breach of the first reply within 20 minutes',
    );
    expect(currentDetails(engine.state)).toContain(
      'breach of the first reply within 20 minutes, 2026-11-25 10:20 UTC',
    );
  });
});
