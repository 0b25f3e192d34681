/**
 * Whatever happens on a ticket that something is promised of: people are told once of each clock, never of one that
 * an answer has stopped, nobody who is late stays unnoticed, and the engine comes to rest.
 */
import fc from 'fast-check';
import { Engine, fail, note, planOf, reply } from '../support/engine';
import { happen, happenings, otherPlan } from '../support/happenings';
import type { Plan, PlannedAction, PolicySettings } from '../../../src/core/policy/plan';
import { defaultSettings } from '../../../src/core/policy/plan';
import { isHandsOff } from '../../../src/core/modes/mode';
import { modeOf } from '../../../src/core/modes/modeOf';
import { nextDeadline } from '../../../src/core/nextDeadline';
import { clockViews } from '../../../src/core/sla/clockViews';

const minute = 60_000;
const day = 24 * 60 * minute;
const targetMs = 90 * minute;
const target = { afterMs: targetMs, warn: { share: 0.5 } };
const settings: PolicySettings = {
  ...defaultSettings,
  alsoTell: ['deadline'],
  sla: {
    tier: 'standard',
    targets: { 'first-reply': target, 'next-reply': target, 'pick-up': target, resolution: target },
  },
};
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const plans: readonly Plan[] = [
  planOf([reply, note], { settings }),
  planOf([reply, note, handOff], { settings }),
  planOf([note], { settings }),
  planOf([reply], { settings, needsApproval: true }),
];

const happening = fc.oneof(
  { weight: 5, arbitrary: happenings.customer },
  { weight: 3, arbitrary: happenings.agent },
  { weight: 3, arbitrary: happenings.agentWrites },
  { weight: 2, arbitrary: happenings.assign },
  { weight: 5, arbitrary: happenings.step },
  { weight: 1, arbitrary: happenings.failure },
  { weight: 6, arbitrary: happenings.time },
  { weight: 2, arbitrary: otherPlan(plans) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('status' as const),
      status: fc.constantFrom('open' as const, 'pending' as const, 'hold' as const, 'solved' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('carry-over' as const) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function tell(engine: Engine, what: Happening): void {
  engine.startAnewIfFinished();
  switch (what.type) {
    case 'plan':
      engine.world.plan = () => plans[what.index] ?? planOf([reply], { settings });
      return;
    case 'failure': {
      let left = 1;
      engine.world.before = () => (left-- > 0 ? fail(what.kind) : undefined);
      return;
    }
    case 'status':
      engine.desk.status = what.status;
      engine.hint();
      return;
    case 'carry-over':
      engine.settle();
      engine.carryOver();
      return;
    default:
      happen(engine, what);
  }
}

test('300 random lives', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 40 }), (life) => {
      const engine = new Engine({ settings, plan: () => plans[0] ?? planOf([reply], { settings }) });
      engine.customerAsks('Where is my order?');
      for (const what of life) {
        tell(engine, what);
        expectSound(engine);
      }
      engine.world.before = () => undefined;
      const before = engine.started.length;
      engine.pass(2 * day);
      // A look and what comes of it for each clock and rung; nothing goes round and round.
      expect(engine.started.length - before).toBeLessThan(150);
      expectSound(engine);
      expectNobodyLateUnnoticed(engine);
      told += engine.desk.tags.includes('deskhand_sla_breached') ? 1 : 0;
    }),
    // Nobody picks up what is handed off: surely told, so that it is no test of nothing.
    { numRuns: 300, examples: [[[{ type: 'plan', index: 1 }]]] },
  );
  expect(told).toBeGreaterThan(0);
});

function expectSound(engine: Engine): void {
  const { state, now, started } = engine;
  const keys = started.flatMap((step) =>
    step.type === 'update-ticket'
      ? step.updates.map(({ key }) => key).filter((key) => key.includes('/sla-'))
      : [],
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const view of clockViews(state, now)) {
    expect(view.usedMs).toBeGreaterThanOrEqual(0);
    // A clock that stands was not let run over its target after it stood.
    if (view.status !== 'running') expect(view.until).toBeNull();
    if (view.breachedAt !== null) expect(view.usedMs).toBeGreaterThanOrEqual(targetMs);
  }
  const isWatched = state.turn !== null || state.stage === 'closed';
  const isUntold = clockViews(state, now).some(
    ({ status, breachedAt }) => status === 'running' && breachedAt === null,
  );
  if (isUntold && !isWatched) expect(nextDeadline(state)).not.toBeNull();
}

function expectNobodyLateUnnoticed({ state, now }: Engine): void {
  if (state.turn !== null || isHandsOff(modeOf(state))) return;
  const late = clockViews(state, now).filter(
    ({ status, until, breachedAt }) =>
      status === 'running' && breachedAt === null && until !== null && until < now - 30 * minute,
  );
  expect(late).toEqual([]);
}
