/** What is promised moves with the hours, the tier and the policy, and whoever reads the ticket sees that it did, and why. */
import type { BusinessHours } from '../../../src/core/hours/businessHours';
import { defaultSettings, type PlannedAction, type PolicySettings } from '../../../src/core/policy/plan';
import { clockViews } from '../../../src/core/sla/clockViews';
import type { SlaSettings } from '../../../src/core/sla/targets';
import { Engine, note, planOf, reply } from '../support/engine';

const minute = 60_000;
const hour = 60 * minute;
const handOff: PlannedAction = { type: 'hand-off', reason: 'anger', group: 'Support' };
const open = (from: number, to: number): BusinessHours => ({
  timeZone: 'UTC',
  offsets: [[0, 0]],
  week: Array.from({ length: 7 }, () => [[from, to]] as const),
  dates: {},
});
const nineToSix = open(540, 1_080);
const business = (hours: number) => ({ afterMs: hours * hour, countedIn: 'business-hours' }) as const;

function promising(
  targets: SlaSettings['targets'],
  { hours = nineToSix, tier = 'standard' }: { hours?: BusinessHours; tier?: string | null } = {},
): PolicySettings {
  return { ...defaultSettings, sla: { tier, targets }, hours };
}

/** Given to people on a Wednesday at 10:00. */
function handedOff(settings: PolicySettings): Engine {
  const engine: Engine = new Engine({
    settings,
    plan: () => planOf([reply, note, handOff], { settings: engine.world.settings }),
  });
  engine.customerAsks('A disgrace!');
  return engine;
}

function look(engine: Engine, settings: PolicySettings): readonly string[] {
  const told = engine.state.timeline.length;
  engine.world.settings = settings;
  engine.hint();
  engine.settle();
  return engine.state.timeline.slice(told).flatMap(({ kind, text }) => (kind === 'sla' ? [text] : []));
}

const both = { 'first-reply': business(2), resolution: business(16) };

it('by a schedule that was edited: each clock that runs, from when to when', () => {
  const engine = handedOff(promising(both));
  engine.pass(30 * minute);
  expect(look(engine, promising(both, { hours: open(540, 660) }))).toEqual([
    'SLA standard: the first reply within 2 business hours is due 2026-11-26 10:00 UTC, not 2026-11-25 12:00 UTC: the business hours have changed',
    'SLA standard: the resolution within 16 business hours is due 2026-12-03 10:00 UTC, not 2026-11-26 17:00 UTC: the business hours have changed',
  ]);
  expect(clockViews(engine.state, engine.now)[0]?.until).toBe(Date.parse('2026-11-26T10:00Z'));
});

it('by another tier, and by a policy that promises something else', () => {
  const engine = handedOff(promising(both));
  expect(look(engine, promising({ 'first-reply': business(1) }, { tier: 'vip' }))).toEqual([
    'SLA vip: the first reply within 1 business hour (it was 2 business hours) is due 2026-11-25 11:00 UTC, not 2026-11-25 12:00 UTC: its tier was standard',
  ]);
  expect(look(engine, promising({ 'first-reply': business(3) }, { tier: 'vip' }))).toEqual([
    'SLA vip: the first reply within 3 business hours (it was 1 business hour) is due 2026-11-25 13:00 UTC, not 2026-11-25 11:00 UTC: the policy promises something else',
  ]);
});

it.each<[string, PolicySettings]>([
  ['the same hours, looked up anew', promising(both, { hours: open(540, 1_080) })],
  ['hours that change nothing of it', promising(both, { hours: open(480, 1_080) })],
  ['another name', promising(both, { tier: 'gold' })],
  ['another warning', promising({ ...both, 'first-reply': { ...business(2), warn: { share: 0.5 } } })],
  ['nothing more', promising({}, { tier: null })],
])('nothing is said of %s', (_what, settings) => {
  const engine = handedOff(promising({ 'first-reply': business(2) }));
  expect(look(engine, settings)).toEqual([]);
});

it('nor of a clock that stands, or is breached', () => {
  const engine = handedOff(promising({ 'first-reply': business(1), resolution: business(16) }));
  engine.pass(61 * minute);
  engine.desk.agentWrites('Which size?', true);
  engine.desk.status = 'pending';
  engine.hint();
  engine.settle();
  expect(clockViews(engine.state, engine.now).map(({ status }) => status)).toEqual(['over', 'paused']);
  expect(look(engine, promising({ 'first-reply': business(9), resolution: business(30) }))).toEqual([]);
});

it('nor of one that began before the hours’ own holidays do', () => {
  const engine = handedOff(promising({ resolution: business(700) }));
  const later = { ...open(540, 660), offsets: [[engine.now + hour, 0]] } as const;
  expect(look(engine, promising({ resolution: business(700) }, { hours: later }))).toEqual([]);
});

it('nor of the tier that the first message turns out to be for', () => {
  const engine: Engine = new Engine({
    settings: promising(both, { tier: 'standard' }),
    plan: () =>
      planOf([reply, note, handOff], {
        settings: promising({ 'first-reply': business(1) }, { tier: 'vip' }),
      }),
  });
  engine.customerAsks('A disgrace!');
  expect(engine.state.timeline.filter(({ kind }) => kind === 'sla')).toEqual([]);
});
