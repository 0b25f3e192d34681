/** A customer's rating: kept in mind; a bad one is brought before people, once, and never answered. */
import { Engine, note, planOf, reply } from '../support/engine';
import { decodeState } from '../../../src/core/decodeState';
import type { Mode } from '../../../src/core/modes/mode';
import { defaultSettings, type BadRatingRule, type PlannedAction } from '../../../src/core/policy/plan';

const second = 1_000;
const day = 86_400_000;
const solve: PlannedAction = { type: 'set-status', status: 'solved' };
const rule = (change: Partial<BadRatingRule> = {}): BadRatingRule => ({
  ...{ do: 'hand-off', group: null, priority: null, tag: 'deskhand_bad_rating' },
  ...change,
});

/** Answered, and solved with it. */
function solved(badRating?: BadRatingRule): Engine {
  const settings = badRating === undefined ? defaultSettings : { ...defaultSettings, badRating };
  const engine = new Engine({ settings, plan: () => planOf([reply, note, solve], { settings }) });
  engine.customerAsks('Where is my order?');
  expect(engine.state.stage).toBe('solved');
  return engine;
}

function rated(engine: Engine, score: 'good' | 'bad' = 'bad', hasComment = false): Engine {
  engine.desk.customerRates(score, hasComment);
  engine.hint();
  engine.pass(second);
  return engine;
}

const newestNote = ({ desk }: Engine) => desk.notes().at(-1)?.text ?? '';
const told = ({ state }: Engine) => state.timeline.map(({ text }) => text);

describe('a good rating', () => {
  it('is kept, and nothing is written', () => {
    const engine = solved();
    const before = engine.desk.comments.length;
    rated(engine, 'good');
    expect(engine.state.rating).toMatchObject({ score: 'good' });
    expect(engine.state.stage).toBe('solved');
    expect(engine.desk.comments).toHaveLength(before);
    expect(told(engine)).toContain('The customer rated the ticket: good');
  });
});

describe('a bad rating', () => {
  it('leaves what the customer writes next to people, also where the policy answers for a silent team', () => {
    const settings = { ...defaultSettings, handBack: { afterMs: 2 * 60 * 60 * second, except: [] } };
    const engine = new Engine({ settings, plan: () => planOf([reply, note, solve], { settings }) });
    engine.customerAsks('Where is my order?');
    rated(engine);
    engine.customerAsks('That was no help at all');
    engine.pass(10 * day);
    expect(engine.state.handOff?.reason).toBe('bad-rating');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('opens the ticket again for people: a note, a tag, the group, the ladder, and not a word to the customer', () => {
    const engine = rated(solved(), 'bad', true);
    expect([engine.state.stage, engine.state.handOff?.reason]).toEqual(['handed-off', 'bad-rating']);
    expect(engine.desk.status).toBe('open');
    expect(engine.desk.tags).toEqual(expect.arrayContaining(['deskhand_bad_rating', 'deskhand_handed_off']));
    expect(newestNote(engine)).toBe(
      'The customer rated this ticket bad, with a comment: the rating on the ticket shows it.\n' +
        'Next: Read what went wrong, and write to the customer if something can still be mended.',
    );
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.deadline?.reason).toBe('pick-up');
    engine.pass(day);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('goes to the group, with the priority and the tag, that the policy names', () => {
    const engine = rated(solved(rule({ group: 'Quality', priority: 'high', tag: 'unhappy' })));
    expect([engine.desk.group, engine.desk.priority]).toEqual(['Quality', 'high']);
    expect(engine.desk.tags).toContain('unhappy');
    expect(engine.desk.tags).not.toContain('deskhand_bad_rating');
    const urgent = solved(rule({ priority: 'high' }));
    urgent.desk.priority = 'urgent';
    expect(rated(urgent).desk.priority).toBe('urgent');
  });

  it('is only noted, or only kept, where the policy says so', () => {
    const noted = rated(solved(rule({ do: 'note' })));
    expect([noted.state.stage, noted.desk.status]).toEqual(['solved', 'solved']);
    expect(newestNote(noted)).toBe('The customer rated this ticket bad, without a comment.');
    expect(noted.desk.tags).toContain('deskhand_bad_rating');
    const kept = solved(rule({ do: 'nothing' }));
    const before = kept.desk.comments.length;
    rated(kept);
    expect([kept.state.stage, kept.desk.comments.length]).toEqual(['solved', before]);
    expect(kept.state.rating?.score).toBe('bad');
  });

  it('is acted on once, however often the ticket is looked at', () => {
    const engine = rated(solved());
    const notes = engine.desk.notes().length;
    engine.act('hand-back');
    engine.pass(second);
    engine.hint();
    engine.pass(second);
    expect(engine.desk.notes()).toHaveLength(notes);
    expect(engine.state.handOff).toBeNull();
  });

  it('that becomes a good one, and a bad one again under the same id, calls nobody twice', () => {
    const engine = rated(solved());
    const { rating } = engine.desk;
    if (rating === null) throw new Error('it was rated');
    engine.act('hand-back');
    engine.pass(second);
    for (const score of ['good', 'bad'] as const) {
      engine.desk.rating = { ...rating, score };
      engine.hint();
      engine.pass(second);
    }
    expect(engine.state.handOff).toBeNull();
    expect(engine.state.rating).toEqual({ id: rating.id, score: 'bad', isHeeded: true });
  });

  it('another one, later, is another matter', () => {
    const engine = rated(solved());
    engine.act('close');
    engine.pass(second);
    engine.startAnewIfFinished();
    rated(engine);
    expect(engine.state.handOff?.reason).toBe('bad-rating');
    expect(
      engine.desk.notes().filter(({ text }) => text?.startsWith('The customer rated') === true),
    ).toHaveLength(2);
  });
});

describe('a run that knows nothing', () => {
  it('finds the rating when the ticket had been let go, and brings it before people', () => {
    const engine = solved();
    engine.pass(30 * day);
    expect(engine.finished).toBe(true);
    engine.startAnew();
    rated(engine);
    expect(engine.state.handOff?.reason).toBe('bad-rating');
  });

  it('does not tell people again of one that the ticket shows they were told of, and goes on climbing for them', () => {
    const engine = rated(solved());
    const notes = engine.desk.notes().length;
    engine.startAnew();
    engine.hint();
    engine.pass(second);
    expect(engine.desk.notes()).toHaveLength(notes);
    expect(engine.state.rating?.isHeeded).toBe(true);
    expect([engine.state.stage, engine.state.handOff?.reason]).toEqual(['handed-off', 'bad-rating']);
  });

  it('nor of one that was noted', () => {
    const engine = rated(solved(rule({ do: 'note' })));
    const notes = engine.desk.notes().length;
    engine.startAnew();
    engine.hint();
    engine.pass(second);
    expect(engine.desk.notes()).toHaveLength(notes);
    expect(engine.state.stage).toBe('solved');
  });

  it('of a version that knew no ratings has none', () => {
    const engine = solved();
    const older: unknown = JSON.parse(JSON.stringify({ ...engine.state, rating: undefined }));
    expect(decodeState(older).rating).toBeUndefined();
  });
});

describe('whose ticket it is', () => {
  it('a person who solved it gets it back: noted, opened again, and looked after', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.assign('nora');
    engine.desk.agentWrites('Here it is.');
    engine.desk.agentSolves();
    engine.hint();
    engine.pass(second);
    expect(engine.state.stage).toBe('solved');
    rated(engine);
    expect([engine.state.stage, engine.desk.status, engine.desk.assignee?.id]).toEqual([
      'with-person',
      'open',
      'nora',
    ]);
    expect(newestNote(engine)).toContain('rated this ticket bad');
    expect(engine.state.deadline?.reason).toBe('person-check');
  });

  it('one that a person solved and left to nobody is handed off', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.agentWrites('Here it is.');
    engine.desk.agentSolves();
    engine.hint();
    rated(engine);
    expect(engine.state.handOff?.reason).toBe('bad-rating');
  });

  it('people who are at work, or were called, get a note and nothing more', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.assign('nora');
    engine.hint();
    rated(engine);
    expect([engine.state.stage, engine.state.handOff]).toEqual(['with-person', null]);
    expect(newestNote(engine)).toContain('rated this ticket bad');
    const called = new Engine();
    called.customerAsks('Where is my order?');
    called.act('escalate');
    called.pass(second);
    rated(called);
    expect([called.state.stage, called.state.handOff?.reason]).toEqual(['escalated', 'agent-escalated']);
    expect(newestNote(called)).toContain('rated this ticket bad');
  });

  it('with words beside it, a person answers these: they are not the bot’s any more', () => {
    const engine = solved();
    engine.desk.customerRates('bad');
    const { id } = engine.desk.customerWrites('This helped nobody.');
    engine.hint(id);
    engine.pass(10 * second);
    expect(engine.state.handOff?.reason).toBe('bad-rating');
    expect(engine.state.handedOver).toEqual([id]);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    engine.act('hand-back');
    engine.pass(10 * second);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('with words that the policy only wants noted, the bot answers them, and the rules know', () => {
    const engine = solved(rule({ do: 'note' }));
    engine.desk.customerRates('bad');
    engine.hint(engine.desk.customerWrites('And the invoice?').id);
    engine.pass(10 * second);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    const asked = engine.started.findLast((step) => step.type === 'consult-policy');
    expect(asked?.type === 'consult-policy' ? asked.input.rating : null).toBe('bad');
  });

  it('a ticket that the desk has closed is left as it is', () => {
    const engine = solved();
    engine.desk.status = 'closed';
    rated(engine);
    expect(engine.state.stage).toBe('closed');
    expect(engine.state.rating?.score).toBe('bad');
  });

  it.each<[Mode, string | null]>([
    ['shadow', 'shadow: would bring the bad rating before people'],
    ['off', null],
  ])('in the mode %s nothing is written', (mode, would) => {
    const engine = solved();
    const before = engine.desk.comments.length;
    engine.world.modes = { company: mode, intents: {} };
    rated(engine);
    expect(engine.desk.comments).toHaveLength(before);
    expect(engine.state.handOff).toBeNull();
    expect(told(engine).includes(would ?? 'The customer rated the ticket: bad')).toBe(true);
  });

  it('a draft that waits for approval is not taken away by it', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    rated(engine);
    expect(engine.state.stage).toBe('waiting-for-approval');
    expect(newestNote(engine)).toContain('rated this ticket bad');
  });
});

it('what the customer wrote with it is in no state, step or timeline', () => {
  const engine = rated(solved(), 'bad', true);
  expect(engine.desk.rating).toEqual({ id: expect.any(String) as string, score: 'bad', hasComment: true });
  expect(JSON.stringify(engine.state.rating)).toBe(
    JSON.stringify({ id: engine.desk.rating?.id, score: 'bad', isHeeded: true }),
  );
});
