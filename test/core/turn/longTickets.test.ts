/**
 * A ticket with hundreds of messages, of which a reading shows the newest hundred: nothing is answered twice, and no
 * agent's action done twice, however old what comes again.
 */
import { decodeState } from '../../../src/core/decodeState';
import { wasDone } from '../../../src/core/people/agent';
import type { AgentActionName } from '../../../src/core/events';
import { defaultSettings } from '../../../src/core/policy/plan';
import type { TicketComment } from '../../../src/core/ticket/ticket';
import { Engine, planOf, reply } from '../support/engine';

const hour = 60 * 60_000;

/** As desks are read: the newest hundred. */
function shorten(engine: Engine): void {
  const { desk } = engine;
  const read = desk.snapshot.bind(desk);
  desk.snapshot = (withPast) => {
    const snapshot = read(withPast);
    return { ...snapshot, comments: snapshot.comments.slice(-100) };
  };
}

/** As continue-as-new carries it. */
function carry(engine: Engine): void {
  engine.state = decodeState(JSON.parse(JSON.stringify(engine.state)));
}

function chatty(messages: number): { engine: Engine; asked: readonly TicketComment[] } {
  const settings = { ...defaultSettings, repliesWithoutPerson: 1_000 };
  const engine = new Engine({ settings, plan: () => planOf([reply], { settings }) });
  shorten(engine);
  const asked = Array.from({ length: messages }, (_, index) => {
    const comment = engine.desk.customerWrites(`Where is my order? ${index}`);
    engine.hint(comment.id, `webhook-${comment.id}`);
    engine.pass(hour);
    if (index % 50 === 49) carry(engine);
    return comment;
  });
  return { engine, asked };
}

describe('after 300 answered messages', () => {
  const { engine, asked } = chatty(300);
  const [first] = asked;
  const answered = engine.desk.publicReplies().length;
  const nothingIsSaid = (): void => {
    engine.pass(hour);
    expect(engine.desk.publicReplies()).toHaveLength(answered);
    expect(engine.state).toMatchObject({ stage: 'waiting-for-customer', turn: null });
  };

  it('each has its one answer', () => {
    expect(answered).toBe(300);
    expect(engine.desk.comments.length).toBeGreaterThan(500);
  });

  it.each([
    ['a webhook about the first, delivered again', first?.id ?? '', `webhook-${first?.id ?? ''}`],
    ['the same comment, announced under another id', first?.id ?? '', 'bulk-edit'],
    ['a change of the ticket that names no comment, as after an edit in bulk', null, 'bulk-edit-2'],
    ['a look of the poll after a long outage', null, 'poll-after-outage'],
  ])('%s', (_what, commentId, hintId) => {
    engine.hint(commentId, hintId);
    nothingIsSaid();
  });

  it('an old message that was taken away on the desk, and with it the last that was answered', () => {
    const { desk } = engine;
    const last = desk.comments.findLast(({ author }) => author === 'requester');
    desk.comments = desk.comments.filter((comment) => comment !== last && comment.id !== first?.id);
    engine.hint(null);
    nothingIsSaid();
  });

  it('one that is new is answered all the same', () => {
    engine.customerAsks('And now?');
    expect(engine.desk.publicReplies()).toHaveLength(answered + 1);
  });
});

describe("an agent's action that comes again after 250 messages", () => {
  const messages = (engine: Engine): void => {
    for (let count = 0; count < 250; count += 1) engine.hint(null, `chat-${count}`);
    engine.pass(hour);
  };

  it.each(['take-over', 'escalate', 'close'] as const)('%s is not done twice', (action) => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act(action, { id: 'click-1' });
    engine.pass(1_000);
    engine.act('hand-back', { id: 'click-2' });
    engine.pass(1_000);
    messages(engine);
    const told = () => engine.state.timeline.filter(({ kind }) => kind === 'agent').length;
    const before = told();
    engine.act(action, { id: 'click-1' });
    expect(told()).toBe(before);
    expect(wasDone(engine.state, actionOf(action))).toBe(true);
  });

  it('nor where an older state remembers it among the messages', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const older = { ...engine.state, acted: undefined, seen: ['take-over click-1'] };
    engine.state = decodeState(JSON.parse(JSON.stringify(older)));
    engine.act('take-over', { id: 'click-1' });
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('its id stands for no other action', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.act('take-over', { id: 'click-1' });
    messages(engine);
    engine.act('hand-back', { id: 'click-1' });
    expect(engine.state).toMatchObject({ stage: 'with-person' });
    expect(engine.state.timeline.at(-1)?.text).toMatch(/was used for take-over before/);
  });

  it('what a ticket remembers stays bounded', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    for (let count = 0; count < 300; count += 1) engine.act('take-over', { id: `click-${count}` });
    messages(engine);
    expect(engine.state.acted).toHaveLength(200);
    expect(engine.state.seen).toHaveLength(200);
  });
});

function actionOf(action: AgentActionName) {
  return { id: 'click-1', action, by: 'maria', reason: null, draftId: null };
}
