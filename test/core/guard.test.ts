/** What is answered, and what never is. */
import { Engine, planOf, reply } from './support/engine';
import { defaultSettings } from '../../src/core/plan';
import type { TicketComment } from '../../src/core/ticket';

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

  it('several attachments without words are counted', () => {
    const attachment = { name: 'a.jpg', contentType: 'image/jpeg', bytes: 9 };
    const engine = read({ reading: 'attachment-only', text: '', attachments: [attachment, attachment] });
    expect(engine.desk.notes()[0]?.text).toContain('2 attachments');
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

  it('an agent as requester gets no answer as if he were the customer', () => {
    const engine = new Engine();
    engine.desk.requester = { ...engine.desk.requester, role: 'agent' };
    engine.customerAsks('Fwd: where is my parcel');
    expect(engine.desk.publicReplies()).toHaveLength(0);
    expect(engine.state.handOff?.reason).toBe('forwarded');
  });

  it('two bots in polite circles are cut off at the limit', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
    for (let round = 0; round < 10; round += 1) engine.customerAsks(`thank you very much ${round}`);
    expect(engine.desk.publicReplies()).toHaveLength(defaultSettings.repliesPerHour);
    expect(engine.state.handOff?.reason).toBe('reply-limit');
  });

  it('an hour later the bot may answer again', () => {
    const engine = new Engine({ plan: () => planOf([reply]) });
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
