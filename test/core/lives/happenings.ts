/** What can happen in a random life, how often, and as people would tell it. */
import fc from 'fast-check';
import { agentActions } from '../../../src/core/events';
import { assertNever, failureKinds } from '../../../src/core/failure';
import { dayMs, hourMs } from '../../../src/core/spans';
import { modes, modeTags } from '../../../src/core/modes/mode';
import { handBackTag, sendTag, takeOverTag } from '../../../src/core/ticket/tags';
import { ratingScores } from '../../../src/core/ticket/ticket';
import { moods, sayings } from './sayings';

const minuteMs = 60_000;
/** How the desk's webhook fares. */
const told = fc.constantFrom('at once', 'at once', 'at once', 'late', 'never');
const agent = fc.constantFrom('maria', 'nora');

/** What comes of a step. Failures that retries would have mended never get here. */
const fate = fc.oneof(
  { weight: 10, arbitrary: fc.record({ type: fc.constant('done' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('failed' as const), kind: fc.constantFrom(...failureKinds) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('done-but-failed' as const),
      /** Of its writes. */
      done: fc.constantFrom(1, 1, 2),
      kind: fc.constantFrom('budget-used-up' as const, 'unknown' as const, 'unavailable' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('done-later' as const) }) },
  /** Only if it was asked to stop; it may have done some of it. */
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('stopped' as const), done: fc.constantFrom(0, 0, 1) }),
  },
);

/** Set and taken away by people. */
export const peoplesTags = [
  ...([takeOverTag, handBackTag, sendTag] as const),
  ...Object.values(modeTags),
] as const;

const is = <T extends string>(type: T) => fc.constant(type);

const happening = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      type: is('customer'),
      says: fc.constantFrom(...sayings),
      as: fc.constantFrom('requester', 'requester', 'requester', 'requester', 'third-party', 'machine'),
      told,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: is('late-hint'), which: fc.nat({ max: 5 }), twice: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ type: is('poll') }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: is('agent-writes'), who: agent, isPublic: fc.boolean(), told }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ type: is('assign'), to: fc.constantFrom(null, null, 'maria', 'nora'), told }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: is('status'),
      to: fc.constantFrom('open', 'pending', 'hold', 'solved'),
      told,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is('group'), to: fc.constantFrom('g-1', 'g-2'), told }) },
  { weight: 3, arbitrary: fc.record({ type: is('requester'), to: fc.constantFrom('r-1', 'r-2'), told }) },
  { weight: 1, arbitrary: fc.record({ type: is('desk-closes'), told }) },
  { weight: 1, arbitrary: fc.record({ type: is('rates'), score: fc.constantFrom(...ratingScores), told }) },
  {
    weight: 12,
    arbitrary: fc.record({
      type: is('action'),
      action: fc.constantFrom(...agentActions),
      by: agent,
      draft: fc.constantFrom('none', 'the-one-that-waits', 'the-one-that-waits', 'another'),
      isRepeat: fc.constantFrom(false, false, false, false, true),
      /** Of the action that sets one. */
      mode: fc.constantFrom('auto', 'auto', ...modes),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: is('mood'), to: fc.constantFrom(...moods, 'as-ever', 'as-ever') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: is('shop'), refuses: fc.boolean(), orderChanges: fc.boolean() }),
  },
  /** By people, or by a trigger of the desk. */
  {
    weight: 4,
    arbitrary: fc.record({
      type: is('tag'),
      tag: fc.constantFrom(...peoplesTags),
      isOn: fc.boolean(),
      told,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: is('company-mode'), to: fc.constantFrom('auto', 'auto', ...modes) }),
  },
  /** Another version of the policy, which says more or less about time. */
  { weight: 1, arbitrary: fc.record({ type: is('rules'), silence: fc.boolean(), sla: fc.boolean() }) },
  { weight: 22, arbitrary: fc.record({ type: is('work'), fate }) },
  { weight: 22, arbitrary: fc.record({ type: is('answer') }) },
  { weight: 3, arbitrary: fc.record({ type: is('late-write') }) },
  {
    weight: 12,
    arbitrary: fc.record({
      type: is('rest'),
      ms: fc.oneof(fc.integer({ min: 0, max: minuteMs }), fc.integer({ min: minuteMs, max: 3 * dayMs })),
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: is('deadline') }) },
  /** No worker runs: time passes and no timer fires. */
  {
    weight: 2,
    arbitrary: fc.record({ type: is('sleep'), ms: fc.integer({ min: 1_000, max: 8 * hourMs }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: is('continue-as-new') }) },
  { weight: 1, arbitrary: fc.record({ type: is('new-run') }) },
  /**
   * Ahead of ours and set right again, so that later comments have earlier times. Never behind: what was written
   * before a hand-back is told by its time.
   */
  {
    weight: 1,
    arbitrary: fc.record({
      type: is('desk-clock'),
      aheadMs: fc.constantFrom(0, 25 * minuteMs, 40 * minuteMs),
    }),
  },
);

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;
export type Happening = Value<typeof happening>;
export type Fate = Value<typeof fate>;

/** The same for the same seed. */
export function lifeOf(seed: number, length: number): readonly Happening[] {
  const lives = fc.noBias(fc.array(happening, { minLength: length, maxLength: length }));
  return fc.sample(lives, { seed, numRuns: 1 })[0] ?? [];
}

export function sentence(what: Happening): string {
  const hint = 'told' in what ? ` (the webhook comes ${what.told})` : '';
  switch (what.type) {
    case 'customer':
      return `${what.as} writes "${what.says}"${hint}`;
    case 'late-hint':
      return `a late webhook comes${what.twice ? ', twice' : ''}`;
    case 'poll':
      return 'the poll finds the ticket';
    case 'agent-writes':
      return `${what.who} ${what.isPublic ? 'answers' : 'notes something'}${hint}`;
    case 'assign':
      return `${what.to === null ? 'nobody is' : `${what.to} is`} assigned${hint}`;
    case 'status':
      return `an agent sets the ticket to ${what.to}${hint}`;
    case 'group':
      return `an agent gives it to group ${what.to}${hint}`;
    case 'requester':
      return `the requester is ${what.to} now${hint}`;
    case 'rates':
      return `the customer rates the ticket ${what.score}${hint}`;
    case 'desk-closes':
      return `the desk closes the ticket if it is solved${hint}`;
    case 'action':
      return `${what.action} by ${what.by}${what.isRepeat ? ', the same request again' : ''}, draft: ${what.draft}, mode: ${what.mode}`;
    case 'mood':
      return `the policy decides ${what.to}`;
    case 'shop':
      return `the shop ${what.refuses ? 'refuses' : 'does'} what it is asked, its order ${what.orderChanges ? 'changes' : 'stays as it is'}`;
    case 'tag':
      return `the tag ${what.tag} is ${what.isOn ? 'set' : 'taken away'}${hint}`;
    case 'company-mode':
      return `the company's mode is ${what.to}`;
    case 'rules':
      return `the policy ${what.silence ? 'has a silence rule' : 'has no silence rule'} and promises ${what.sla ? 'something' : 'nothing'}`;
    case 'work':
      return `the step is ${JSON.stringify(what.fate)}`;
    case 'answer':
      return 'its outcome is told';
    case 'late-write':
      return 'a late write arrives';
    case 'rest':
      return `all goes well for ${what.ms} ms`;
    case 'deadline':
      return 'time passes until the deadline';
    case 'sleep':
      return `no worker runs for ${what.ms} ms`;
    case 'continue-as-new':
      return 'the workflow continues as new';
    case 'new-run':
      return 'the run is terminated; the next one remembers nothing';
    case 'desk-clock':
      return `the desk's clock is ${what.aheadMs} ms ahead`;
    default:
      return assertNever(what);
  }
}
