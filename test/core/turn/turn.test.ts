import { Engine, fail, note, planOf, reply } from '../support/engine';
import { viewOf } from '../../../src/contracts/messages';
import { defaultSettings } from '../../../src/core/policy/plan';
import type { Dialogue } from '../../../src/core/conversation/dialogue';

const minute = 60_000;

describe('a turn', () => {
  it('reads, understands, consults, replies with a note, and waits for the customer', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    expect(engine.started.map((step) => step.type)).toEqual([
      'fetch-ticket',
      'classify-message',
      'consult-policy',
      'update-ticket',
    ]);
    expect(engine.desk.publicReplies().map((comment) => comment.text)).toEqual(['It is on its way.']);
    expect(engine.desk.notes()).toHaveLength(1);
    expect(engine.desk.status).toBe('pending');
    expect(engine.state.stage).toBe('waiting-for-customer');
    expect(engine.state.deadline?.reason).toBe('customer-silence');
    expect(engine.state.last).toMatchObject({
      intent: 'order_status',
      rule: 'in-transit',
      policyVersion: 'p-test',
    });
  });

  it('tells one certainty of a message: none where the customer goes on with our question', () => {
    const engine = new Engine();
    const story = ({ state }: Engine) => state.timeline.find(({ kind }) => kind === 'decided')?.text;
    engine.customerAsks('Where is my order?');
    expect(viewOf(engine.state, engine.now).confidence).toBe(0.93);
    expect(story(engine)).toBe('Rule in-transit of p-test');
    const answering = new Engine({
      plan: () => planOf([reply, note], { confidence: 1, facts: [{ question: { continued: true } }] }),
    });
    answering.customerAsks('48213');
    expect(viewOf(answering.state, answering.now)).toMatchObject({
      intent: 'order_status',
      confidence: null,
    });
    expect(story(answering)).toBe('Rule in-transit of p-test: the customer goes on with our question');
  });

  it('answers a burst of messages together, once', () => {
    const engine = new Engine();
    for (const text of ['hi', 'my parcel', '48213, it says delivered but it is not here']) {
      engine.hint(engine.desk.customerWrites(text).id);
      engine.pass(2_000);
    }
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    const classified = engine.started.find((step) => step.type === 'classify-message');
    expect(classified).toMatchObject({
      words: { text: 'hi\n\nmy parcel\n\n48213, it says delivered but it is not here' },
    });
  });

  it('does not wait for ever for a customer who keeps writing', () => {
    const engine = new Engine();
    for (let second = 0; second < 40; second += 2) {
      engine.hint(engine.desk.customerWrites(`word ${second}`).id);
      engine.pass(2_000);
    }
    expect(engine.desk.publicReplies().length).toBeGreaterThanOrEqual(1);
  });

  it('drops a draft that a newer message made stale', () => {
    const engine = new Engine();
    let interrupted = false;
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && !interrupted) {
        interrupted = true;
        engine.desk.customerWrites('and cancel the other one');
      }
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.started.filter((step) => step.type === 'classify-message').at(-1)).toMatchObject({
      words: { text: 'Where is my order?\n\nand cancel the other one' },
    });
  });

  it('starts over as soon as a newer message is announced, before the policy is asked in vain', () => {
    const engine = new Engine();
    let announced = false;
    engine.world.before = (step) => {
      if (step.type === 'classify-message' && !announced) {
        announced = true;
        engine.hint(engine.desk.customerWrites('one more thing').id);
      }
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.started.filter((step) => step.type === 'consult-policy')).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it.each([0, 1, 2, 3])('announced again after %i steps, the same message is answered once', (steps) => {
    const engine = new Engine({ settings: { ...defaultSettings, settleMs: 0 } });
    const message = engine.desk.customerWrites('Where is my order?');
    engine.hint(message.id, 'event-1');
    for (let done = 0; done < steps; done += 1) engine.step();
    engine.hint(message.id, 'event-1');
    engine.hint(message.id, 'event-2');
    engine.settle();
    engine.hint(message.id, 'event-3');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it.each([0, 1, 2, 3])('announced as created and as commented, %i steps apart, is read once', (steps) => {
    const engine = new Engine();
    const { id } = engine.desk.customerWrites('Where is my order?');
    engine.hint(id, 'comment-added', 'changed');
    for (let done = 0; done < steps; done += 1) engine.step();
    engine.hint(null, 'ticket-created', 'created');
    engine.pass(minute);
    expect(engine.started.filter((step) => step.type === 'fetch-ticket')).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('announced as created first is answered as well', () => {
    const engine = new Engine();
    const { id } = engine.desk.customerWrites('Where is my order?');
    engine.hint(null, 'ticket-created', 'created');
    engine.step();
    engine.hint(id, 'comment-added', 'changed');
    engine.pass(minute);
    expect(engine.started.filter((step) => step.type === 'fetch-ticket')).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('looks again after the turn when something unnamed happened meanwhile', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && engine.state.turns === 1) engine.hint(null);
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.started.filter((step) => step.type === 'fetch-ticket')).toHaveLength(2);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it('waits once for the rest of a fragment, then answers what it has', () => {
    const engine = new Engine({ plan: () => planOf([reply], { awaitsMore: true }) });
    engine.customerAsks('hi');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.deadline?.reason).toBe('settle');
    engine.pass(defaultSettings.fragmentSettleMs);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.started.filter((step) => step.type === 'consult-policy')).toHaveLength(1);
  });

  const asking: Dialogue = {
    questions: [
      {
        kind: 'ask',
        slot: 'order-number',
        intent: 'order_status',
        rule: 'ask-order-number',
        tries: 1,
        text: 'Which order?',
        reminded: false,
        order: null,
        choices: [],
        actions: [],
      },
    ],
    slots: { 'postal-code': { value: '1050', from: 'said', commentId: '1' } },
    mismatches: 1,
  };

  it('keeps the question it asked, and gives it to the next turn', () => {
    const engine = new Engine({ plan: () => planOf([reply], { dialogue: asking }) });
    engine.customerAsks('Where is my order?');
    expect(engine.state.dialogue).toEqual(asking);
    engine.customerAsks('48213');
    expect(engine.started.filter((step) => step.type === 'classify-message').at(-1)).toMatchObject({
      question: asking.questions[0],
    });
    expect(engine.started.filter((step) => step.type === 'consult-policy').at(-1)).toMatchObject({
      input: { dialogue: asking },
    });
  });

  it('forgets the question when a solved ticket is opened again for another matter', () => {
    const engine = new Engine({ plan: () => planOf([reply], { dialogue: asking }) });
    engine.customerAsks('Where is my order?');
    engine.desk.status = 'solved';
    engine.hint();
    engine.pass(1);
    expect(engine.state.stage).toBe('solved');
    engine.customerAsks('Different thing: the lamp came broken');
    expect(engine.started.filter((step) => step.type === 'classify-message').at(-1)).toMatchObject({
      question: null,
    });
  });

  it('says nothing where the policy says nothing', () => {
    const engine = new Engine({ plan: () => planOf([{ type: 'set-status', status: 'solved' }]) });
    engine.customerAsks('thanks!');
    expect(engine.desk.comments).toHaveLength(1);
    expect(engine.desk.status).toBe('solved');
    expect(engine.state.stage).toBe('solved');
  });

  it('writes nothing at all for an empty plan', () => {
    const engine = new Engine({ plan: () => planOf([]) });
    engine.customerAsks('ok');
    expect(engine.started.some((step) => step.type === 'update-ticket')).toBe(false);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });

  it("puts tags, priority, group and assignee of a plan into the reply's own update", () => {
    const engine = new Engine({
      plan: () =>
        planOf([
          reply,
          { type: 'tag', add: ['where-is-my-order'], remove: ['new'] },
          { type: 'tag', add: ['vip'], remove: [] },
          { type: 'set-priority', priority: 'high' },
          { type: 'assign', group: 'Shipping', agent: null },
          { type: 'set-status', status: 'hold' },
        ]),
    });
    engine.customerAsks('Where is my order?');
    const write = engine.started.find((step) => step.type === 'update-ticket');
    expect(write?.updates).toHaveLength(1);
    expect(write?.updates[0]).toMatchObject({
      addTags: ['where-is-my-order', 'vip', 'deskhand_answered'],
      removeTags: ['new'],
      priority: 'high',
      group: 'Shipping',
      status: 'hold',
    });
  });

  it('lets a silent ticket go, and starts afresh when the customer writes in the last moment', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.pass(defaultSettings.customerSilenceMs);
    expect(engine.finished).toBe(true);
    // The signal that arrives together with the end keeps the run alive.
    engine.customerAsks('Still nothing here');
    expect(engine.finished).toBe(false);
    expect(engine.desk.publicReplies()).toHaveLength(2);
  });

  it('follows the desk when it closes a ticket that nobody waits on', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.status = 'closed';
    engine.hint();
    engine.pass(1);
    expect(engine.finished).toBe(true);
  });

  it('brings a message on a closed ticket to people by a follow-up ticket, once', () => {
    const engine = new Engine();
    engine.desk.customerWrites('Where is my order?');
    engine.desk.status = 'closed';
    engine.hint();
    engine.pass(minute);
    expect(engine.followUps).toHaveLength(1);
    expect(engine.finished).toBe(true);
  });

  it('leaves tickets alone that were closed long ago, or that a person had', () => {
    const old = new Engine();
    old.desk.customerWrites('thanks!');
    old.desk.status = 'closed';
    old.now += 5 * 24 * 60 * minute;
    old.hint();
    old.pass(minute);
    expect(old.followUps).toHaveLength(0);
    expect(old.finished).toBe(true);

    const theirs = new Engine();
    theirs.desk.agentWrites('Done!');
    theirs.desk.customerWrites('thanks!');
    theirs.desk.status = 'closed';
    theirs.hint();
    theirs.pass(minute);
    expect(theirs.followUps).toHaveLength(0);
  });

  it('does the same when the ticket is closed while it is handed over', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.desk.status = 'closed';
      return undefined;
    };
    engine.hint(engine.desk.customerWrites('', { attachments: [] }).id);
    engine.pass(minute);
    expect(engine.followUps).toHaveLength(1);
  });

  it('does the same when the ticket is closed between reading and replying', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket') engine.desk.status = 'closed';
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.followUps).toHaveLength(1);
    expect(engine.desk.publicReplies()).toHaveLength(0);
  });

  it('goes on in a new run where it was, at every step', () => {
    for (let steps = 0; steps < 5; steps += 1) {
      const engine = new Engine();
      engine.hint(engine.desk.customerWrites('Where is my order?').id);
      for (let done = 0; done < steps; done += 1) engine.step();
      engine.carryOver();
      engine.pass(minute);
      expect(engine.desk.publicReplies()).toHaveLength(1);
      expect(engine.desk.notes()).toHaveLength(1);
      expect(engine.state.stage).toBe('waiting-for-customer');
    }
  });

  it('ignores an outcome of a step it did not start, and a timer of an earlier deadline', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const before = engine.state;
    engine.happen({ type: 'step-done', stepId: 'step-99', outcome: { type: 'people-notified' } });
    engine.happen({ type: 'deadline-reached', reason: 'pick-up' });
    engine.happen({ type: 'deadline-reached', reason: 'customer-silence' });
    expect(engine.state).toEqual(before);
  });

  it('keeps a signal it could not understand for people to see', () => {
    const engine = new Engine();
    engine.happen({ type: 'message-refused', name: 'takeOver', why: 'by must name who acts' });
    expect(engine.state.timeline.at(-1)).toMatchObject({
      kind: 'ignored',
      text: expect.stringContaining('takeOver') as string,
    });
  });

  it('gives a ticket to people when one customer keeps overtaking it', () => {
    const engine = new Engine();
    engine.world.before = (step) => {
      if (step.type === 'update-ticket' && step.purpose === 'reply') return fail('stale-draft');
      return undefined;
    };
    engine.customerAsks('Where is my order?');
    engine.pass(minute);
    expect(engine.state.stage).toBe('handed-off');
    expect(engine.state.handOff?.reason).toBe('failure');
  });

  it('notes alone end a turn too', () => {
    const engine = new Engine({ plan: () => planOf([note]) });
    engine.customerAsks('Where is my order?');
    expect(engine.desk.notes()).toHaveLength(1);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });
});
