/** No failure ends in a dead workflow: everything that cannot be done ends at people, with what was tried. */
import { Engine, fail, note, planOf, reply } from './support/engine';
import { assertNever, failureKinds } from '../../src/core/failure';
import { defaultSettings } from '../../src/core/policy/plan';
import type { Step } from '../../src/core/effects';

const minute = 60_000;

function failing(matches: (step: Step) => boolean, kind: (typeof failureKinds)[number]): Engine {
  const engine = new Engine();
  engine.world.before = (step) => (matches(step) ? fail(kind) : undefined);
  engine.customerAsks('Where is my order?');
  engine.pass(minute);
  return engine;
}

const isReply = (step: Step) => step.type === 'update-ticket' && step.purpose === 'reply';

describe('a step that failed for good', () => {
  it.each([
    'rejected',
    'budget-used-up',
    'malformed',
    'conflict',
    'unknown',
    'unavailable',
    'throttled',
  ] as const)('the reply is %s: a person gets the draft and what was tried', (kind) => {
    const engine = failing(isReply, kind);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff?.reason).toBe('failure');
    const [handed = '', draft = ''] = engine.desk.notes().map((comment) => comment.text ?? '');
    expect(handed).toContain(`desk says ${kind}`);
    expect(handed).toContain('after 3 attempts');
    expect(draft).toContain('not sent');
    expect(draft).toContain('It is on its way.');
    expect(engine.notices).toHaveLength(1);
  });

  it('the second half is refused after the reply was sent: no note claims that it was not', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (!isReply(step) || step.type !== 'update-ticket') return undefined;
      engine.desk.apply(step.updates.slice(0, 1), step.guard);
      return fail('rejected');
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([
      expect.stringContaining('could not finish its answer'),
    ]);
  });

  it('people are told before the desk is, which may be what is down', () => {
    const engine = failing(isReply, 'budget-used-up');
    const order = engine.started.map((step) => step.type).slice(-3);
    expect(order).toEqual(['notify-people', 'update-ticket', 'update-ticket']);
  });

  it.each(['fetch-ticket', 'classify-message', 'consult-policy'] as const)(
    '%s is given up: a person gets the ticket',
    (type) => {
      const engine = failing((step) => step.type === type, 'budget-used-up');
      expect(engine.state.stage).toBe('handed-off');
      expect(engine.desk.tags).toContain('deskhand_handed_off');
      expect(engine.desk.notes().at(-1)?.text).toMatch(
        /(Reading the ticket|Understanding the message|Consulting the policy) failed after 3 attempts/,
      );
    },
  );

  it.each(['fetch-ticket', 'reply'])(
    '%s finds no ticket: people are told once and the workflow ends',
    (where) => {
      let isGone = where === 'fetch-ticket';
      const engine = failing((step) => {
        isGone ||= isReply(step);
        return isGone && (isReply(step) || step.type === 'fetch-ticket');
      }, 'ticket-not-found');
      expect(engine.notices).toEqual([expect.stringContaining('does not exist')]);
      expect(engine.finished).toBe(true);
    },
  );

  it('one "not found" while the ticket can be read is not believed: the reply is tried again', () => {
    let once = true;
    const engine = failing((step) => {
      const now = once && isReply(step);
      once &&= !now;
      return now;
    }, 'ticket-not-found');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.notices).toHaveLength(0);
    expect(engine.finished).toBe(false);
  });

  it('the hand-off itself is refused: note and tag alone are tried, and people are told otherwise', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (isReply(step)) return fail('rejected');
      if (step.type === 'update-ticket' && step.updates[0]?.key.endsWith('/plain') === false)
        return fail('rejected');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    expect(engine.desk.tags).toContain('deskhand_handed_off');
    expect(engine.desk.group).toBeNull();
    expect(engine.notices.length).toBeGreaterThanOrEqual(1);
    expect(engine.state.stage).toBe('handed-off');
  });

  it('nothing can be written at all: people are told, and it is tried again later until it works', () => {
    const engine = new Engine();
    let broken = true;
    engine.world.before = (step) => (broken && step.type === 'update-ticket' ? fail('rejected') : undefined);
    engine.customerAsks('Where is my order?');
    expect(engine.state.deadline?.reason).toBe('try-again');
    broken = false;
    engine.pass(15 * minute);
    expect(engine.desk.tags).toContain('deskhand_escalated');
    expect(engine.state.stage).toBe('escalated');
  });

  it('a message that comes while people cannot be reached does not stop the trying', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type !== 'update-ticket') return undefined;
      if (step.updates[0]?.key.endsWith('/plain') === true)
        engine.hint(engine.desk.customerWrites('hello?').id);
      return fail('rejected');
    };
    engine.customerAsks('Where is my order?');
    expect(engine.state.deadline?.reason).toBe('try-again');
  });

  it('an escalation that cannot be written is told to people all the same, and the ladder goes on', () => {
    const engine = failing(
      (step) => isReply(step) || (step.type === 'update-ticket' && step.purpose === 'escalate'),
      'rejected',
    );
    engine.pass(30 * minute);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.state.deadline?.reason).toBe('pick-up');
    expect(engine.notices.at(-1)).toContain('escalated to rung 1');
  });

  it('an approval note that cannot be written leaves the approval waiting', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
    engine.world.before = (step) => (step.type === 'update-ticket' ? fail('rejected') : undefined);
    engine.customerAsks('Where is my order?');
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(engine.state.deadline?.reason).toBe('approval');
  });

  it('a follow-up ticket that cannot be opened: people are told', () => {
    const engine = new Engine();
    engine.world.before = (step) => (step.type === 'open-follow-up' ? fail('rejected') : undefined);
    engine.desk.customerWrites('Where is my order?');
    engine.desk.status = 'closed';
    engine.hint();
    engine.pass(1);
    expect(engine.notices).toEqual([expect.stringContaining('no follow-up ticket')]);
    expect(engine.finished).toBe(true);
  });

  it('people cannot be notified: the desk still has the hand-off, and the timeline says so', () => {
    const engine = failing((step) => isReply(step) || step.type === 'notify-people', 'rejected');
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.timeline.some((entry) => entry.text.startsWith('Notifying people failed'))).toBe(
      true,
    );
  });

  it.each(failureKinds)(
    '%s, on every step in turn, leaves the ticket finished or with a next step',
    (kind) => {
      for (const type of [
        'fetch-ticket',
        'classify-message',
        'consult-policy',
        'update-ticket',
        'notify-people',
      ] as const) {
        const engine = failing((step) => step.type === type, kind);
        expect(engine.finished || engine.state.deadline !== null || engine.state.steps.length > 0).toBe(true);
      }
    },
  );

  it('the failure of a hand-off with words to the customer keeps those words for the person', () => {
    const engine = new Engine({
      plan: () =>
        planOf([reply, note, { type: 'hand-off', reason: 'anger', group: null }], {
          settings: defaultSettings,
        }),
    });
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.guard.kind !== 'any' ? fail('rejected') : undefined;
    engine.customerAsks('This is the third time!');
    expect(engine.desk.notes().at(-1)?.text).toContain('It is on its way.');
  });

  it('assertNever names what nobody expected', () => {
    expect(() => assertNever('odd' as never)).toThrow('unexpected value: "odd"');
  });
});

it('a notice that reached nobody in the end is told in the timeline, and changes nothing else', () => {
  const engine = new Engine();
  engine.customerAsks('Where is my order?');
  const { timeline: before, ...rest } = engine.state;
  engine.happen({
    type: 'notice-failed',
    failure: { kind: 'budget-used-up', message: 'gave up: it answered 404', attempts: 9 },
  });
  const { timeline, ...restAfter } = engine.state;
  expect(timeline.slice(before.length)).toMatchObject([
    { kind: 'failed', text: 'People were not notified: gave up: it answered 404' },
  ]);
  expect(restAfter).toEqual(rest);
});
