/**
 * Whatever agents do, whatever fails, and however often a run ends that remembered it all: every message of the
 * customer is answered, or given to people who are called, or put to rest by one of them.
 */
import fc from 'fast-check';
import { Engine, fail, note, planOf, reply } from './support/engine';
import { happen, happenings, otherPlan } from './support/happenings';
import type { Step } from '../../src/core/effects';
import { agentActions, type AgentActionName } from '../../src/core/events';
import type { Plan, PlannedAction } from '../../src/core/policy/plan';
import { isCustomerComment } from '../../src/core/ticket/ticket';

const minute = 60_000;
const day = 24 * 60 * minute;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
const plans: readonly Plan[] = [
  planOf([reply, note]),
  planOf([reply, note, handOff]),
  planOf([note, handOff]),
  planOf([reply], { needsApproval: true }),
  planOf([reply], { awaitsMore: true }),
  planOf([cancel, reply], { ifRefused: [reply, handOff] }),
];

const happening = fc.oneof(
  { weight: 5, arbitrary: happenings.customer },
  { weight: 5, arbitrary: happenings.agent },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('stopped' as const),
      action: fc.constantFrom(...agentActions),
      written: fc.nat({ max: 2 }),
      tooLate: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: happenings.agentWrites },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('agent-solves' as const) }) },
  { weight: 1, arbitrary: happenings.assign },
  { weight: 8, arbitrary: happenings.step },
  { weight: 2, arbitrary: happenings.failure },
  { weight: 5, arbitrary: happenings.time },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('new-run' as const) }) },
  { weight: 3, arbitrary: otherPlan(plans) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

class Story {
  readonly engine = new Engine();
  private plan: Plan | undefined = plans[0];
  private readonly settled = new Set<string>();
  /** What each reply under way answers. */
  private readonly answers = new Map<string, readonly string[]>();

  constructor() {
    this.engine.world.plan = () => this.plan ?? planOf([reply]);
    const { engine } = this;
    const happen = engine.happen.bind(engine);
    // Every event may put a reply in line, and every step before it may have written one.
    engine.happen = (event) => {
      happen(event);
      this.keepAccount();
    };
  }

  tell(what: Happening): void {
    const { engine } = this;
    engine.startAnewIfFinished();
    switch (what.type) {
      case 'customer':
      case 'agent':
      case 'agent-writes':
      case 'assign':
      case 'step':
      case 'time':
        happen(engine, what);
        break;
      case 'stopped':
        this.nextStep((step) => this.stop(step, what));
        break;
      case 'agent-solves':
        engine.desk.agentSolves();
        for (const { id } of this.asked()) this.settled.add(id);
        engine.hint();
        break;
      case 'failure':
        this.nextStep(() => fail(what.kind));
        break;
      case 'new-run':
        engine.startAnew();
        engine.hint();
        break;
      case 'plan':
        this.plan = plans[what.index];
        break;
    }
  }

  /** Calm at last: nothing fails, and whoever had the ticket leaves. */
  calm(): void {
    const { engine } = this;
    engine.startAnewIfFinished();
    engine.desk.assign(null);
    engine.hint();
    engine.pass(3 * day);
  }

  handBack(): void {
    const { engine } = this;
    this.plan = plans[0];
    engine.startAnewIfFinished();
    engine.hint();
    engine.pass(minute);
    engine.act('hand-back');
    engine.pass(minute);
  }

  asked(): readonly { readonly id: string }[] {
    return this.engine.desk.comments.filter(isCustomerComment);
  }

  /** What nobody has answered and nobody has put to rest. */
  open(): readonly string[] {
    const { comments } = this.engine.desk;
    const answer = comments.findLastIndex((said) => said.author === 'agent' && said.public);
    return comments
      .slice(answer + 1)
      .filter((said) => isCustomerComment(said) && !this.settled.has(said.id))
      .map(({ id }) => id);
  }

  private nextStep(before: (step: Step) => ReturnType<typeof fail> | undefined): void {
    const { world } = this.engine;
    world.before = (step) => {
      world.before = () => undefined;
      return before(step);
    };
    this.engine.step();
    world.before = () => undefined;
  }

  /** An agent acts while the step is under way: some of it has reached the desk when it is stopped. */
  private stop(
    step: Step,
    { action, written, tooLate }: { action: AgentActionName; written: number; tooLate: boolean },
  ): ReturnType<typeof fail> | undefined {
    const { engine } = this;
    engine.act(action);
    if (tooLate || !engine.state.cancelling) return undefined;
    try {
      if (step.type === 'update-ticket') engine.desk.apply(step.updates.slice(0, written), step.guard);
    } catch {
      // The desk did not take it.
    }
    return fail('cancelled');
  }

  private keepAccount(): void {
    const { state, desk } = this.engine;
    for (const { turn, step } of state.steps) {
      if (step.type !== 'update-ticket' || state.turn === null || turn !== state.turn.number) continue;
      for (const { key } of step.updates) {
        if (/\/reply[^/]*$/.test(key)) this.answers.set(key, state.turn.commentIds);
      }
    }
    // An agent has closed it over all that was read, though the desk did not take the status.
    const read = state.lastKnown.customerCommentId ?? '';
    if (state.stage === 'closed' && state.timeline.at(-1)?.text.startsWith('Closed: by an agent') === true) {
      for (const { id } of this.asked()) if (id <= read) this.settled.add(id);
    }
    for (const key of desk.appliedKeys.keys()) {
      for (const id of this.answers.get(key) ?? []) this.settled.add(id);
      this.answers.delete(key);
      if (key.endsWith('/close') && !this.closings.has(key)) {
        this.closings.add(key);
        for (const { id } of this.asked()) this.settled.add(id);
      }
    }
  }
  private readonly closings = new Set<string>();
}

const stories = fc.array(happening, { minLength: 1, maxLength: 40 });

it('for any story: what nobody has settled has people called for it, and is answered when they hand it back', () => {
  fc.assert(
    fc.property(stories, (what) => {
      const story = new Story();
      for (const one of what) story.tell(one);
      story.calm();
      const { stage } = story.engine.state;
      expect(story.open().length === 0 || ['handed-off', 'escalated'].includes(stage)).toBe(true);
      story.handBack();
      expect(story.open()).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
