/** A run that was terminated, reset or lost with its database: the next one takes up what stands on the ticket. */
import { Engine, fail, note, planOf, reply, start } from './support/engine';
import { agentActions } from '../../src/core/events';
import { defaultSettings, type PlannedAction } from '../../src/core/policy/plan';
import { recall } from '../../src/core/turn/recall';
import { newTicketState } from '../../src/core/newTicketState';
import { beginTurn } from '../../src/core/turn/turnStart';
import type { TicketState } from '../../src/core/state';
import type { PastEvent } from '../../src/core/ticket/ticket';
import { plainUpdate } from '../../src/core/ticket/update';

const minute = 60_000;
const day = 24 * 60 * minute;
const { ladder, approvalMs } = defaultSettings;
const firstRungMs = ladder[0].afterMs;
const handOff: PlannedAction = { type: 'hand-off', reason: 'asked-for-human', group: 'Support' };
const handingOff = () => new Engine({ plan: () => planOf([reply, note, handOff]) });

/** The run is gone; something makes the next one look. */
function anew(engine: Engine): Engine {
  engine.startAnew();
  engine.hint();
  engine.settle();
  return engine;
}
const written = ({ desk }: Engine) => desk.comments.filter(({ author }) => author === 'bot').length;

describe('a ticket that was handed off', () => {
  it('is still handed off: reason, memory and clock come back, and nothing is written twice', () => {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    const { deadline, handOff: before } = engine.state;
    const said = written(engine);
    engine.pass(10 * minute);
    anew(engine);
    expect(engine.state).toMatchObject({
      stage: 'handed-off',
      handOff: { reason: 'asked-for-human', level: 0, since: before?.since },
      deadline,
    });
    expect(written(engine)).toBe(said);
    engine.pass(firstRungMs);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.priority).toBe('high');
  });

  it('and back is answered, the promise of a person being no answer', () => {
    const engine = anew(handedOff());
    engine.world.plan = () => planOf([reply]);
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  function handedOff(): Engine {
    const engine = handingOff();
    engine.customerAsks('I want to talk to a human');
    return engine;
  }

  it.each(agentActions)('%s before the new run has looked leaves nobody behind', (action) => {
    const engine = handedOff();
    engine.world.plan = () => planOf([reply]);
    engine.startAnew();
    engine.act('take-over');
    engine.act(action);
    engine.pass(3 * day);
    const answered = engine.desk.publicReplies().length === 2;
    const isPeoples = ['handed-off', 'escalated'].includes(engine.state.stage);
    expect(answered || isPeoples || engine.desk.status === 'solved').toBe(true);
  });

  it('what the customer adds is the people’s, as before', () => {
    const engine = handedOff();
    engine.startAnew();
    engine.customerAsks('hello??');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('handed-off');
  });

  it('goes on at the rung it had reached; one that is overdue is climbed at once', () => {
    const engine = handedOff();
    engine.pass(firstRungMs);
    expect(engine.state.handOff?.level).toBe(1);
    engine.startAnew();
    engine.pass(day);
    engine.hint();
    engine.pass(minute);
    expect(engine.state.handOff?.level).toBe(2);
    expect(engine.desk.priority).toBe('urgent');
  });

  it('is a person’s when one has noted something since, and not when the note was there before', () => {
    const engine = handedOff();
    engine.desk.agentWrites('calling her', false);
    expect(anew(engine).state.stage).toBe('with-person');
    const other = handingOff();
    other.desk.agentWrites('a good customer', false);
    other.customerAsks('I want to talk to a human');
    expect(anew(other).state.stage).toBe('handed-off');
  });

  function closedByAction(engine: Engine): void {
    engine.act('close');
    engine.pass(1);
  }

  it.each([
    ['answered', (engine: Engine) => engine.desk.agentWrites('Here I am')],
    ['solved without a word', (engine: Engine) => engine.desk.agentSolves()],
    ['closed by an action', closedByAction],
    [
      'handed back and answered',
      (engine: Engine) => {
        engine.world.plan = () => planOf([reply]);
        engine.act('hand-back');
        engine.pass(minute);
      },
    ],
  ] as const)('and %s since is over: only what is new counts', (_how, happen) => {
    const engine = handedOff();
    happen(engine);
    engine.startAnew();
    engine.world.plan = () => planOf([reply]);
    const isAnswered = engine.desk.comments.at(-1)?.author === 'agent';
    engine.hint(engine.desk.customerWrites('And the invoice?').id);
    engine.pass(minute);
    const read = engine.started.filter((step) => step.type === 'classify-message').at(-1);
    if (isAnswered) expect(engine.state.stage).toBe('with-person');
    else expect(read).toMatchObject({ words: { text: 'And the invoice?' } });
    expect(engine.state).toMatchObject({ handedOver: [], handOff: null });
  });

  it('by an agent who found nothing unanswered: people stay called', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('escalate');
    engine.pass(1);
    expect(anew(engine).state).toMatchObject({
      stage: 'escalated',
      handOff: { reason: 'agent-escalated', level: 1 },
      handedOver: [],
    });
  });

  it('in its simplest form, which the desk took when it refused the other one', () => {
    const engine = handingOff();
    let refusals = 0;
    engine.world.plan = () => planOf([note], { needsApproval: true });
    engine.customerAsks('I want to talk to a human');
    engine.world.before = (step) =>
      step.type === 'update-ticket' && step.purpose === 'hand-off' && refusals++ === 0
        ? fail('rejected')
        : undefined;
    engine.act('reject');
    engine.pass(1);
    expect(anew(engine).state.handOff?.reason).toBe('approval-rejected');
  });
});

it('a look that failed before anything was known does not make the promise an answer', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a human');
  engine.startAnew();
  engine.world.before = (step) => (step.type === 'fetch-ticket' ? fail('rejected') : undefined);
  engine.hint();
  engine.settle();
  engine.world.before = () => undefined;
  engine.world.plan = () => planOf([reply]);
  engine.act('hand-back');
  engine.pass(minute);
  expect(engine.desk.publicReplies()).toHaveLength(2);
});

it('a ticket that the desk did not know for a moment is taken up when it is back', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a human');
  engine.world.before = (step) => (step.type === 'fetch-ticket' ? fail('ticket-not-found') : undefined);
  engine.pass(firstRungMs);
  expect(engine.finished).toBe(true);
  engine.world.before = () => undefined;
  engine.startAnewIfFinished();
  engine.hint();
  engine.pass(minute);
  expect(engine.state.stage).toBe('escalated');
});

it('a ticket that the desk does not know is looked at once more when something was announced meanwhile', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a human');
  const { deadline } = engine.state;
  engine.world.before = () => {
    engine.world.before = () => undefined;
    engine.hint();
    return fail('ticket-not-found');
  };
  engine.hint();
  engine.settle();
  expect(engine.state).toMatchObject({ stage: 'handed-off', deadline });
  expect(engine.notices).toHaveLength(0);
});

it('a hint that reaches a run about to end is looked at as by a new one', () => {
  const engine = handingOff();
  engine.customerAsks('I want to talk to a human');
  engine.world.before = (step) => (step.type === 'fetch-ticket' ? fail('ticket-not-found') : undefined);
  engine.hint();
  engine.step();
  engine.world.before = () => undefined;
  engine.hint();
  engine.pass(minute);
  expect(engine.state.stage).toBe('handed-off');
});

describe('a draft', () => {
  it('that waited for approval is made anew, and can be approved', () => {
    const engine = new Engine({ plan: () => planOf([reply], { needsApproval: true }) });
    engine.customerAsks('Where is my order?');
    anew(engine);
    engine.pass(minute);
    expect(engine.state.stage).toBe('waiting-for-approval');
    engine.act('approve');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    engine.pass(approvalMs);
    expect(anew(engine).state.stage).toBe('waiting-for-customer');
  });

  it.each([true, false])('kept when a person took over is that person’s (had noted: %s)', (noted) => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'consult-policy') engine.act('take-over');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.world.before = () => undefined;
    if (noted) engine.desk.agentWrites('hm', false);
    anew(engine);
    expect(engine.state.stage).toBe('with-person');
    engine.pass(firstRungMs);
    expect(engine.state.handOff?.reason).toBe('left-by-person');
    expect(engine.desk.publicReplies()).toHaveLength(0);
  });
});

describe('of what the desk tells', () => {
  const at = new Date(start).toISOString();
  const engine = new Engine();
  const asked = engine.desk.customerWrites('Where is my order?');
  const added = engine.desk.customerWrites('And the invoice?');
  engine.desk.apply([plainUpdate('k', { comment: { public: true, text: 'Friday', html: null } })], {
    kind: 'any',
  });
  const newest = engine.desk.comments.at(-1)?.id ?? '';
  const begun = beginTurn(newTicketState(engine.state.ref), 'message', start);

  function recalled(past: readonly PastEvent[] | undefined): TicketState {
    if (begun.turn === null) throw new Error('no turn was begun');
    return recall(begun, begun.turn, engine.desk.snapshot(), past, start).state;
  }
  const event = (key: string, after = newest): PastEvent => ({ type: 'written', key, at, after });

  it.each([
    ['no history', undefined],
    ['nothing of ours', []],
    ['words of another program of ours', [event('of-another-program')]],
  ])('%s: the comments as they stand, of which the last words are an answer to all before', (_, past) => {
    expect(recalled(past)).toMatchObject({ handledCommentId: added.id, handOff: null });
  });

  it.each([
    ['reply', asked.id],
    ['reply-again-k1', asked.id],
    ['note', asked.id],
    [`follow-up-${start}-1`, asked.id],
    ['hand-off-reply', null],
    ['refund/48213/done', null],
    ['code/50926', null],
    ['reply/fields', null],
    [`draft-${start}/fields`, null],
  ])('%s deals with the message it was made for, not with one that it overtook: %s', (deed, dealtWith) => {
    expect(recalled([event(`35436/${asked.id}/${deed}`)])).toMatchObject({
      handledCommentId: dealtWith,
      handOff: null,
    });
  });

  it.each([
    [`hand-off-anger-${start}`, 'anger'],
    [`hand-off-left-by-person-${start}/plain`, 'left-by-person'],
    [`hand-off-${start}`, 'policy'],
  ])('%s is a hand-off that stands (%s)', (deed, reason) => {
    expect(recalled([event(`35436/${asked.id}/${deed}`)])).toMatchObject({
      stage: 'handed-off',
      handedOver: [asked.id],
      handledCommentId: asked.id,
      handOff: { reason, since: start },
    });
  });

  it('an action’s id that looks like a deed closes all the same', () => {
    expect(recalled([event('35436/x/reply/close')]).handledCommentId).toBe(added.id);
  });
});

describe('a ticket that follows a closed one, since the customer wrote there', () => {
  function following(): Engine {
    const engine = new Engine();
    const text = 'The customer wrote on ticket 35400 after it was closed.';
    const opened = plainUpdate('35400/8001/follow-up', { comment: { public: false, text, html: null } });
    engine.desk.apply([opened], { kind: 'any' });
    engine.hint();
    engine.settle();
    return engine;
  }

  it('waits for a person, and the ladder runs until one comes', () => {
    const engine = following();
    expect(engine.state).toMatchObject({ stage: 'handed-off', deadline: { reason: 'pick-up' } });
    engine.pass(firstRungMs);
    expect(engine.state.stage).toBe('escalated');
    expect(engine.desk.priority).toBe('high');
    engine.desk.agentWrites('Hi Ana, I am looking into it.');
    engine.hint();
    engine.settle();
    expect(engine.state.stage).toBe('with-person');
  });

  it('goes on from its rung when its own run is lost', () => {
    const engine = following();
    engine.pass(firstRungMs);
    const said = written(engine);
    anew(engine);
    expect(engine.state).toMatchObject({ stage: 'escalated', handOff: { level: 1 } });
    expect(written(engine)).toBe(said);
  });

  it('is nobody’s matter any more once an agent has answered', () => {
    const engine = following();
    engine.desk.agentWrites('Hi Ana, done.');
    anew(engine);
    expect(engine.state.handOff).toBeNull();
  });

  it('is answered when the customer writes there and people have handed it back', () => {
    const engine = following();
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});
