/** A late reply finds what was agreed: on the solved ticket, on one that was let go, on one that follows a closed one. */
import { Engine, note, planOf, reply } from '../support/engine';
import { newDialogue, type Dialogue } from '../../../src/core/conversation/dialogue';
import type { EarlierDeed } from '../../../src/core/conversation/agreed';
import { decodeState } from '../../../src/core/decodeState';
import type { ConsultInput } from '../../../src/core/effects';
import { newTicketState } from '../../../src/core/newTicketState';
import type { Plan, PlannedAction } from '../../../src/core/policy/plan';

const second = 1_000;
const day = 86_400_000;

const refund: PlannedAction = {
  type: 'order-action',
  action: { type: 'refund', order: '48213', amount: { minor: 1_500, currency: 'EUR' }, lines: [] },
};
const move: PlannedAction = {
  type: 'order-action',
  action: { type: 'change-address', order: '48213', address: 'Canal Street 7\nGhent' },
};
const solve: PlannedAction = { type: 'set-status', status: 'solved' };
const handOff: PlannedAction = { type: 'hand-off', reason: 'policy', group: null };

const said = (name: string, value: string) => ({
  [name]: { value, from: 'said' as const, commentId: '9001' },
});
const dialogue: Dialogue = {
  ...newDialogue,
  slots: {
    ...said('order-number', '48213'),
    ...said('language', 'de'),
    ...said('postal-code', '9000'),
    ...said('address', 'Canal Street 7'),
  },
  mismatches: 2,
  proven: ['48213'],
};
const aboutOrder = { facts: [{ intent: 'refund', order: { found: true, number: '48213' } }], dialogue };
const plan =
  (actions: readonly PlannedAction[], change: Partial<Plan> = aboutOrder) =>
  () =>
    planOf(actions, change);

/** A refund was given, the customer was told, and the ticket was solved with it. */
function refunded(...more: readonly PlannedAction[]): Engine {
  const engine = new Engine({ plan: plan([refund, ...more, reply, note, solve]) });
  engine.customerAsks('The mug is broken, I want my money back.');
  expect([engine.state.stage, engine.shop.size]).toEqual(['solved', 1 + more.length]);
  engine.world.plan = plan([reply, note], {});
  return engine;
}

function asked(engine: Engine): ConsultInput {
  const step = engine.started.findLast(({ type }) => type === 'consult-policy');
  if (step?.type !== 'consult-policy') throw new Error('the policy was not asked');
  return step.input;
}

const newestNote = ({ desk }: Engine) => desk.notes().at(-1)?.text ?? '';
const done: EarlierDeed = {
  key: '35436/9001/refund/48213',
  type: 'refund',
  order: '48213',
  what: 'refund EUR 15.00 on order 48213',
};

/** As the desk shows a ticket that its customer has opened by answering this one. */
function followedBy(engine: Engine, ticketId = '35437'): Engine {
  const next = new Engine({ plan: plan([reply, note], {}) });
  const { past = [] } = engine.desk.snapshot(true);
  next.desk.follows = { ticketId: engine.state.ref.ticketId, past };
  next.state = newTicketState({ ...engine.state.ref, ticketId }, 'another');
  return next;
}

describe('on a solved ticket', () => {
  it('the policy hears that it was opened again, what was done, and which order it was about', () => {
    const engine = refunded();
    engine.pass(day);
    engine.customerAsks('And the second mug?');
    expect(asked(engine)).toMatchObject({ reopened: true, done: [done], policyVersion: null });
    expect(asked(engine).dialogue).toEqual({
      ...newDialogue,
      slots: { ...said('order-number', '48213'), ...said('language', 'de') },
    });
  });

  it('what proved the order to be theirs is asked for anew, and no question is open', () => {
    const engine = refunded();
    engine.customerAsks('And the second mug?');
    const { proven, mismatches, questions } = asked(engine).dialogue;
    expect([proven, mismatches, questions]).toEqual([undefined, 0, []]);
  });

  it('the note says once what was done before', () => {
    const engine = refunded();
    engine.customerAsks('And the second mug?');
    expect(newestNote(engine)).toMatch(
      /^Done before on this ticket: refund EUR 15\.00 on order 48213\.\n\norder_status/,
    );
    engine.customerAsks('Hello?');
    expect(newestNote(engine)).not.toContain('Done before');
  });

  it('so does the note of a hand-off, of a rule or of the engine', () => {
    const byRule = refunded();
    byRule.world.plan = plan([note, handOff], {});
    byRule.customerAsks('This is not what I ordered.');
    expect(newestNote(byRule)).toContain('Done before on this ticket: refund EUR 15.00 on order 48213.');
    const byEngine = refunded();
    const file = byEngine.desk.customerWrites('', { reading: 'attachment-only' });
    byEngine.hint(file.id);
    byEngine.pass(10 * second);
    expect(byEngine.state.handOff?.reason).toBe('unreadable');
    expect(newestNote(byEngine)).toMatch(/^Done before on this ticket: refund EUR 15\.00/);
    const byRating = refunded();
    byRating.desk.customerRates('bad');
    byRating.hint();
    byRating.pass(second);
    expect(newestNote(byRating)).toMatch(/^Done before on this ticket: refund EUR 15\.00/);
  });

  it('whoever approves a second refund reads of the first one', () => {
    const engine = refunded();
    engine.world.plan = plan([refund, reply, note], { ...aboutOrder, needsApproval: true });
    engine.customerAsks('The second mug is broken, too.');
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(newestNote(engine)).toContain('Done before on this ticket: refund EUR 15.00 on order 48213.');
    expect(engine.shop.size).toBe(1);
  });

  it('no address is told: not to the policy, in no note, and in nothing that is kept', () => {
    const engine = refunded(move);
    engine.customerAsks('Thank you. One more thing.');
    expect(asked(engine).done?.map(({ what }) => what)).toEqual([
      done.what,
      'change the delivery address of order 48213',
    ]);
    const kept = engine.started.flatMap((step) =>
      step.type === 'update-ticket' ? step.updates.map(({ agreed }) => agreed) : [],
    );
    expect(JSON.stringify(kept)).not.toContain('Canal');
    expect(newestNote(engine)).not.toContain('Canal');
  });

  it('a turn that begins anew does not take what it has done itself for something of before', () => {
    const engine = new Engine({ plan: plan([refund, reply, note]) });
    let more = true;
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && more) {
        more = false;
        engine.hint(engine.desk.customerWrites('It is the blue one.').id);
      }
      return undefined;
    };
    engine.customerAsks('The mug is broken, I want my money back.');
    engine.pass(10 * second);
    expect(asked(engine).commentId).not.toBe('9001');
    expect(asked(engine)).not.toHaveProperty('done');
    expect(engine.shop.size).toBe(1);
  });

  it('within one conversation, a later message knows what an earlier one has brought about', () => {
    const engine = new Engine({ plan: plan([refund, reply, note]) });
    engine.customerAsks('The mug is broken, I want my money back.');
    engine.world.plan = plan([reply, note], {});
    engine.customerAsks('And the plate, too.');
    expect(asked(engine).done).toEqual([done]);
    expect(asked(engine)).not.toHaveProperty('reopened');
  });
});

describe('on a ticket that was let go', () => {
  it('a run without memory reads on the desk what was agreed', () => {
    const engine = refunded();
    engine.pass(30 * day);
    expect(engine.finished).toBe(true);
    engine.startAnew();
    engine.customerAsks('And the second mug?');
    expect(asked(engine)).toMatchObject({ reopened: true, done: [done] });
    expect(asked(engine).dialogue.slots).toEqual({
      'order-number': { value: '48213', from: 'known', commentId: null },
    });
    expect(newestNote(engine)).toContain('Done before on this ticket: refund EUR 15.00 on order 48213.');
  });

  it('again and again: what was told once stays known', () => {
    const engine = refunded();
    for (let times = 0; times < 3; times += 1) {
      engine.pass(30 * day);
      engine.startAnew();
      engine.customerAsks('And now?');
      expect(asked(engine).done).toEqual([done]);
    }
  });

  it('nothing is claimed of a ticket on which nobody has answered', () => {
    const engine = new Engine({ plan: plan([handOff, note], {}) });
    engine.customerAsks('Where is my order?');
    engine.startAnew();
    engine.customerAsks('Hello?');
    expect(engine.state.earlier).toBeUndefined();
  });

  it('the order of an answer that did nothing is known as well', () => {
    const engine = new Engine({ plan: plan([reply, note]) });
    engine.customerAsks('Where is 48213?');
    engine.pass(30 * day);
    engine.startAnew();
    engine.customerAsks('And now?');
    expect(asked(engine)).toMatchObject({ reopened: true });
    expect(asked(engine)).not.toHaveProperty('done');
    expect(asked(engine).dialogue.slots['order-number']?.value).toBe('48213');
    expect(newestNote(engine)).not.toContain('before');
  });
});

describe('on a ticket that follows a closed one', () => {
  it('knows what was done there, and says where', () => {
    const next = followedBy(refunded());
    next.customerAsks('And the second mug?');
    expect(asked(next)).toMatchObject({ reopened: true, done: [done] });
    expect(asked(next).dialogue.slots['order-number']?.value).toBe('48213');
    expect(newestNote(next)).toMatch(
      /^This ticket follows 35436, which is closed\. Done by then: refund EUR 15\.00 on order 48213\./,
    );
  });

  it('so does the one after that: what was done goes along', () => {
    const next = followedBy(refunded());
    next.customerAsks('And the second mug?');
    const last = followedBy(next, '35438');
    last.customerAsks('And the third?');
    expect(asked(last).done).toEqual([done]);
    expect(newestNote(last)).toContain('This ticket follows 35437');
  });

  it('when nothing was done, it is known to have been reopened, and no more is said', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const next = followedBy(engine);
    next.customerAsks('Still nothing!');
    expect(asked(next).reopened).toBe(true);
    expect(newestNote(next)).not.toContain('follows');
  });

  it('the one that is opened for people, since no reply went out any more, says what was done for the customer', () => {
    const engine = new Engine({ plan: plan([refund, reply, note]) });
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.desk.status = 'closed';
      return undefined;
    };
    engine.customerAsks('The mug is broken, I want my money back.');
    engine.pass(10 * second);
    const opened = engine.started.find((step) => step.type === 'open-follow-up');
    expect(opened).toMatchObject({ agreed: { done: [done] } });
    expect(opened?.type === 'open-follow-up' ? opened.note : '').toContain(
      'Done: refund EUR 15.00 on order 48213',
    );
  });
});

describe('what is carried', () => {
  it('survives a new run of the same ticket, and is absent in older states', () => {
    const engine = refunded();
    engine.carryOver();
    engine.customerAsks('And the second mug?');
    engine.carryOver();
    expect(engine.state.earlier).toEqual({ done: [done], isNoted: true });
    const older: unknown = JSON.parse(JSON.stringify({ ...engine.state, earlier: undefined }));
    expect(decodeState(older).earlier).toBeUndefined();
  });

  it('is bounded: the newest twenty', () => {
    const engine = refunded();
    const past = Array.from({ length: 40 }, (_, index) => ({
      type: 'written' as const,
      key: `35436/${index}/reply`,
      at: new Date(engine.now).toISOString(),
      after: '9001',
      agreed: {
        done: [
          { ...done, key: `35436/${index}/refund/48213`, what: `refund EUR 1${index}0.00 on order 48213` },
        ],
      },
    }));
    engine.startAnew();
    engine.desk.follows = { ticketId: '1', past };
    engine.customerAsks('And?');
    expect(engine.state.earlier?.done).toHaveLength(20);
    expect(engine.state.earlier?.done.at(-1)?.what).toBe(done.what);
  });
});
