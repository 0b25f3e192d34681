/** Whatever happens in whatever order: nothing is said twice, nothing is lost, somebody always owes the next step. */
import fc from 'fast-check';
import { Engine, fail, note, planOf, reply } from './support/engine';
import { happen, happenings, otherPlan } from './support/happenings';
import { decodeState } from '../../src/core/decodeState';
import type { FailureKind } from '../../src/core/failure';
import type { Plan, PlannedAction } from '../../src/core/policy/plan';

const minute = 60_000;

const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: 'Support' };
const cancel: PlannedAction = { type: 'order-action', action: { type: 'cancel', order: '48213' } };
const followUp: Extract<PlannedAction, { type: 'follow-up' }> = {
  type: 'follow-up',
  afterMs: 60 * minute,
  text: 'Are you still there?',
  html: '<p>Are you still there?</p>',
  template: 'still-there',
  language: 'en',
  close: false,
};
const plans: readonly Plan[] = [
  planOf([reply, note]),
  planOf([reply, note, handOff]),
  planOf([note]),
  planOf([]),
  planOf([reply, followUp, { ...followUp, close: true }]),
  planOf([
    reply,
    { type: 'wait', ms: 30 * minute },
    { type: 'set-field', field: 'Order number', value: '48213' },
  ]),
  planOf([{ type: 'set-status', status: 'solved' }]),
  planOf([reply], { needsApproval: true }),
  planOf([reply], { awaitsMore: true }),
  planOf([cancel, reply, note], { ifRefused: [reply, handOff] }),
  planOf([cancel, reply], { needsApproval: true, ifRefused: [handOff] }),
];

const happening = fc.oneof(
  { weight: 6, arbitrary: happenings.customer },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('hint' as const), repeat: fc.boolean() }) },
  { weight: 3, arbitrary: happenings.agent },
  { weight: 2, arbitrary: happenings.agentWrites },
  { weight: 1, arbitrary: happenings.assign },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('desk-status' as const),
      status: fc.constantFrom('open' as const, 'solved' as const),
    }),
  },
  { weight: 12, arbitrary: happenings.step },
  { weight: 2, arbitrary: happenings.failure },
  { weight: 4, arbitrary: happenings.time },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('carry-over' as const) }) },
  { weight: 2, arbitrary: otherPlan(plans) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

class Story {
  readonly engine = new Engine();
  private nextFailure: FailureKind | null = null;
  private plan: Plan | undefined = plans[0];

  constructor() {
    this.engine.world.plan = () => this.plan ?? planOf([]);
    this.engine.world.before = () => {
      const kind = this.nextFailure;
      this.nextFailure = null;
      return kind === null ? undefined : fail(kind);
    };
  }

  tell(what: Happening): void {
    const { engine } = this;
    switch (what.type) {
      case 'customer':
      case 'agent':
      case 'agent-writes':
      case 'assign':
      case 'step':
      case 'time':
        happen(engine, what);
        break;
      case 'hint':
        engine.hint(null, what.repeat ? 'the-same-event' : undefined);
        break;
      case 'desk-status':
        engine.desk.status = what.status;
        engine.hint();
        break;
      case 'failure':
        this.nextFailure = what.kind;
        engine.step();
        break;
      case 'carry-over':
        engine.carryOver();
        break;
      case 'plan':
        this.plan = plans[what.index];
        break;
    }
  }
}

function play(story: readonly Happening[], check: (engine: Engine) => void): Engine {
  const told = new Story();
  for (const what of story) {
    told.tell(what);
    check(told.engine);
  }
  return told.engine;
}

const stories = fc.array(happening, { minLength: 1, maxLength: 60 });

describe('for any story', () => {
  it('an open ticket always has a next step: one under way, or a deadline', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, ({ state }) => {
          // A workflow begins with a look at the ticket; before it nothing is owed to anybody.
          if (state.turns === 0) return;
          expect(state.stage === 'closed' || state.steps.length > 0 || state.deadline !== null).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('no business key writes two comments, and no public reply repeats a message that was answered', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = play(story, () => undefined);
        engine.pass(10 * minute);
        const keys = engine.started.flatMap((step) =>
          step.type === 'update-ticket'
            ? step.updates.filter((update) => update.comment?.public === true).map((update) => update.key)
            : [],
        );
        expect(engine.desk.publicReplies().length).toBeLessThanOrEqual(new Set(keys).size);
        const asked = engine.desk.comments.filter((comment) => comment.author === 'requester').length;
        const again = story.filter((what) => what.type === 'agent' && what.action === 'reply-again').length;
        const followUps = engine.desk.publicReplies().filter(({ text }) => text === followUp.text);
        expect(engine.desk.publicReplies().length - followUps.length).toBeLessThanOrEqual(asked + again);
        // Two after one reply at most.
        expect(followUps.length).toBeLessThanOrEqual(2 * (asked + again));
      }),
      { numRuns: 400 },
    );
  });

  it('the bot never writes in public after an agent has, unless the ticket was handed back', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const withoutHandBack = story.filter(
          (what) => !(what.type === 'agent' && what.action === 'hand-back'),
        );
        const engine = play(withoutHandBack, () => undefined);
        engine.pass(10 * minute);
        const firstAgent = engine.desk.comments.findIndex(
          (comment) => comment.author === 'agent' && comment.public,
        );
        const later = firstAgent === -1 ? [] : engine.desk.comments.slice(firstAgent + 1);
        expect(later.filter((comment) => comment.author === 'bot' && comment.public)).toHaveLength(0);
      }),
      { numRuns: 400 },
    );
  });

  it('every message is answered, with a person, or waited on for a reason', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = play(story, () => undefined);
        engine.world.before = () => undefined;
        engine.world.plan = () => planOf([reply, note]);
        const { id } = engine.desk.customerWrites('the last word');
        engine.hint(id);
        engine.pass(10 * minute);
        const { state } = engine;
        const answered =
          engine.desk.comments.at(-1)?.author === 'bot' ||
          engine.desk.publicReplies().some((comment) => comment.id > id);
        const withPeople = ['with-person', 'handed-off', 'escalated'].includes(state.stage);
        expect(answered || withPeople).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('an order is acted on at most once for a message, and people are told of all that was done', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const engine = play(story, () => undefined);
        engine.pass(10 * minute);
        const asked = engine.desk.comments.filter((comment) => comment.author === 'requester').length;
        expect(engine.shop.size).toBeLessThanOrEqual(asked);
        const { orderActions, stage } = engine.state;
        expect(stage === 'closed' || orderActions.every(({ noted }) => noted)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('the state survives JSON, and comes back the same', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { state } = play(story, () => undefined);
        expect(decodeState(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });

  it('the state stays small, however long the ticket lives', () => {
    const engine = play(
      Array.from({ length: 2_000 }, (_, index): Happening =>
        index % 3 === 0 ? { type: 'customer', announced: true } : { type: 'time', ms: 5 * minute },
      ),
      () => undefined,
    );
    expect(JSON.stringify(engine.state).length).toBeLessThan(40_000);
  });
});
