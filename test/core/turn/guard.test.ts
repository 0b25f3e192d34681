/** What is answered, and what never is. */
import { Engine, planOf, reply } from '../support/engine';
import { defaultSettings } from '../../../src/core/policy/plan';
import type { TicketComment } from '../../../src/core/ticket/ticket';

const minute = 60_000;

function read(change: Partial<TicketComment>): Engine {
  const engine = new Engine();
  engine.hint(engine.desk.customerWrites('hello', change).id);
  engine.pass(minute);
  return engine;
}

describe('messages that are not answered in words', () => {
  it.each(['empty', 'attachment-only', 'signature-only', 'quotation-only'] as const)(
    '%s: a person gets it',
    (reading) => {
      const engine = read({
        reading,
        text: '',
        attachments: [{ name: 'IMG_2231.jpg', contentType: 'image/jpeg', bytes: 9 }],
      });
      expect(engine.desk.publicReplies()).toHaveLength(0);
      expect(engine.state.handOff?.reason).toBe('unreadable');
      expect(engine.desk.notes()[0]?.text).toContain('1 attachment');
    },
  );

  it('more than is read at once: a person gets it, and no answer is made of the half of it', () => {
    const engine = new Engine();
    engine.desk.customerWrites('', { cut: true });
    engine.hint(engine.desk.customerWrites('Where is my order?').id);
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff).toMatchObject({
      reason: 'unreadable',
      detail: expect.stringContaining('1 of 2 messages were left out') as unknown,
    });
  });

  it('one message that was longer than is read is answered by its beginning', () => {
    expect(read({ cut: true }).desk.publicReplies()).toHaveLength(1);
  });

  it('several attachments without words are counted', () => {
    const attachment = { name: 'a.jpg', contentType: 'image/jpeg', bytes: 9 };
    const engine = read({ reading: 'attachment-only', text: '', attachments: [attachment, attachment] });
    expect(engine.desk.notes()[0]?.text).toContain('2 attachments');
  });

  describe('a mail server gives up on a message', () => {
    const bounce = 'Undelivered Mail Returned to Sender. Action: failed. Status: 5.1.1';
    const bounces = (engine: Engine) => {
      engine.hint(engine.desk.customerWrites(bounce, { reading: 'undeliverable' }).id);
      engine.pass(minute);
    };

    it('after our answer: people are told once, however many reports come', () => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      bounces(engine);
      bounces(engine);
      expect(engine.state.handOff).toMatchObject({
        reason: 'undeliverable',
        detail: expect.stringContaining('could not be delivered') as unknown,
      });
      expect(engine.desk.publicReplies()).toHaveLength(1);
      expect(engine.desk.notes().filter(({ text }) => text?.includes('could not be delivered'))).toHaveLength(
        1,
      );
    });

    it('also when another address wrote it, as mail servers do', () => {
      const engine = read({ reading: 'undeliverable', author: 'third-party', authorId: 'postmaster' });
      expect(engine.state.handOff?.reason).toBe('undeliverable');
    });

    it('also on a ticket that was solved with the answer', () => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      engine.desk.status = 'solved';
      bounces(engine);
      expect(engine.state.handOff?.reason).toBe('undeliverable');
    });

    it('a delayed one before it called nobody', () => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      engine.hint(engine.desk.customerWrites('still trying', { reading: 'delivery-report' }).id);
      engine.pass(minute);
      expect(engine.state.handOff).toBeNull();
      bounces(engine);
      expect(engine.state.handOff?.reason).toBe('undeliverable');
    });

    it('nobody is called when a person has the ticket already', () => {
      const engine = new Engine();
      engine.desk.customerWrites('Where is my order?');
      engine.desk.agentWrites('I am on it.', true);
      bounces(engine);
      expect(engine.state).toMatchObject({ stage: 'with-person', handOff: null });
      expect(engine.desk.notes()).toHaveLength(0);
    });
  });

  it.each(['auto-reply', 'delivery-report'] as const)(
    '%s: nothing is said, and the clock goes on',
    (reading) => {
      const engine = new Engine();
      engine.customerAsks('Where is my order?');
      const { deadline } = engine.state;
      engine.hint(engine.desk.customerWrites('I am out of the office', { reading }).id);
      engine.pass(minute);
      expect(engine.desk.comments.filter((comment) => comment.author === 'bot')).toHaveLength(2);
      expect(engine.state.deadline).toEqual(deadline);
      expect(engine.state.stage).toBe('waiting-for-customer');
    },
  );

  it('words beside an automatic message are answered, without the automatic ones', () => {
    const engine = new Engine();
    engine.desk.customerWrites('out of office', { reading: 'auto-reply' });
    engine.customerAsks('Where is my order?');
    expect(engine.started.find((step) => step.type === 'classify-message')).toMatchObject({
      words: { text: 'Where is my order?' },
    });
  });

  it('an automatic message behind the words does not make the answer stale for ever', () => {
    const engine = new Engine();
    engine.desk.customerWrites('Where is my order?');
    engine.hint(engine.desk.customerWrites('out of office', { reading: 'auto-reply' }).id);
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.started.filter((step) => step.type === 'fetch-ticket')).toHaveLength(1);
  });

  it('a third person on the ticket learns nothing: a person decides', () => {
    const engine = read({ author: 'third-party', authorId: 'r-2' });
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff?.reason).toBe('third-party');
  });

  it("the company's own address is never answered, and shown to people once", () => {
    const engine = new Engine();
    engine.desk.requester = { ...engine.desk.requester, isCompany: true };
    engine.customerAsks('Thank you for your message, we will answer within one day.');
    engine.customerAsks('Thank you for your message, we will answer within one day.');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes()).toHaveLength(1);
    expect(engine.state.handOff?.reason).toBe('own-address');
  });

  it("the company's own automatic answer is shown to people once too", () => {
    const engine = new Engine();
    engine.desk.requester = { ...engine.desk.requester, isCompany: true };
    for (let round = 0; round < 3; round += 1) {
      engine.hint(engine.desk.customerWrites('We will answer within one day.', { reading: 'auto-reply' }).id);
      engine.pass(minute);
    }
    expect(engine.state.handOff?.reason).toBe('own-address');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.desk.notes()).toHaveLength(1);
  });

  it('an agent as requester gets no answer as if he were the customer', () => {
    const engine = new Engine();
    engine.desk.requester = { ...engine.desk.requester, role: 'agent' };
    engine.customerAsks('Fwd: where is my parcel');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff?.reason).toBe('forwarded');
  });

  it('two bots in polite circles are cut off at the limit', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    engine.desk.channel = 'chat';
    for (let round = 0; round < 10; round += 1) engine.customerAsks(`thank you very much ${round}`);
    expect(engine.desk.publicReplies()).toHaveLength(defaultSettings.repliesPerHour);
    expect(engine.state.handOff?.reason).toBe('reply-limit');
  });

  it('an hour later the bot may answer again', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    engine.desk.channel = 'chat';
    for (let round = 0; round < 5; round += 1) engine.customerAsks(`question ${round}`);
    engine.pass(61 * minute);
    engine.customerAsks('one more');
    expect(engine.desk.publicReplies()).toHaveLength(6);
  });

  it('a ticket without any customer comment is left alone', () => {
    const engine = new Engine();
    engine.desk.agentWrites('note to self', false);
    engine.hint();
    engine.pass(minute);
    expect(engine.started.map((step) => step.type)).toEqual(['fetch-ticket']);
    expect(engine.state.stage).toBe('waiting-for-customer');
  });
});

describe('a run without memory', () => {
  it('takes the desk at its word: what came before the last public answer is answered', () => {
    const engine = new Engine();
    engine.desk.customerWrites('Where is my order?');
    engine.desk.apply(
      [
        {
          key: 'old',
          comment: { public: true, text: 'On its way', html: null },
          addTags: [],
          removeTags: [],
          status: null,
          priority: null,
          group: null,
          assignee: null,
        },
      ],
      { kind: 'any' },
    );
    engine.hint();
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('answers what came after it', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    const later = new Engine();
    later.desk.comments = [...engine.desk.comments];
    const [first] = engine.desk.comments;
    if (first === undefined) throw new Error('the customer wrote nothing');
    later.desk.comments.push({
      ...first,
      id: '9100',
      at: new Date(engine.now + minute).toISOString(),
    });
    later.hint();
    later.pass(minute);
    expect(later.started.find((step) => step.type === 'classify-message')).toMatchObject({
      words: { text: 'Where is my order?' },
    });
  });

  it('still knows what it answered when that comment is no longer among the newest hundred', () => {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.desk.comments = engine.desk.comments.slice(2);
    engine.customerAsks('and the second one?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.started.filter((step) => step.type === 'classify-message').at(-1)).toMatchObject({
      words: { text: 'and the second one?' },
    });
  });
});

describe('an agent who settles the ticket without a word while the bot drafts', () => {
  it.each([
    ['solves it', (engine: Engine) => (engine.desk.status = 'solved')],
    ['puts it on hold', (engine: Engine) => (engine.desk.status = 'hold')],
    ['gives it to another group', (engine: Engine) => (engine.desk.group = 'Billing')],
  ])('and %s is not overwritten: the draft is kept as a note', (_what, settle) => {
    const engine: Engine = new Engine({
      before: (step) => {
        if (step.type === 'consult-policy') settle(engine);
        return undefined;
      },
    });
    engine.customerAsks('Where is my order?');
    const { status, group } = engine.desk;
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.stage).toBe('with-person');
    expect(engine.desk.notes().map(({ text }) => text)).toEqual([
      expect.stringContaining('not sent because a person has the ticket'),
    ]);
    engine.pass(minute);
    expect([engine.desk.status, engine.desk.group]).toEqual([status, group]);
  });
});
