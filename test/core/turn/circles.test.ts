/** Conversations that only machines have: each ends with a person, whatever the machine says and however slow it is. */
import fc from 'fast-check';
import { defaultSettings } from '../../../src/core/policy/plan';
import type { Channel } from '../../../src/core/ticket/channel';
import { automaticTag } from '../../../src/core/ticket/tags';
import type { TicketComment } from '../../../src/core/ticket/ticket';
import { Engine, planOf, reply } from '../support/engine';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const polite = [
  'Thank you!',
  'You are welcome.',
  'Noted, with thanks.',
  'We are happy to help.',
  'Of course.',
];

function answering(settings: Partial<typeof defaultSettings> = {}, channel: Channel = 'email'): Engine {
  const inForce = { ...defaultSettings, ...settings };
  const engine = new Engine({ settings: inForce, plan: () => planOf([reply], { settings: inForce }) });
  engine.desk.channel = channel;
  return engine;
}

/** The other side is a machine: it answers every answer after so long, each time in other words. */
function converse(engine: Engine, delays: readonly number[]): void {
  engine.customerAsks('Where is my order?');
  delays.forEach((delay, round) => {
    engine.pass(delay);
    engine.customerAsks(`${polite[round % polite.length] ?? ''} (${round})`);
  });
}

describe('two machines', () => {
  it('however fast or slow, never get more answers than the bound, and one call for a person', () => {
    const anyDelay = fc.oneof(
      fc.integer({ min: 0, max: 30 * second }),
      fc.integer({ min: minute, max: 20 * minute }),
      fc.integer({ min: hour, max: day }),
    );
    fc.assert(
      fc.property(
        fc.array(anyDelay, { minLength: 25, maxLength: 28 }),
        fc.constantFrom<Channel>('email', 'chat', 'form'),
        (delays, channel) => {
          const engine = answering({}, channel);
          converse(engine, delays);
          expect(engine.desk.publicReplies().length).toBeLessThanOrEqual(4 * defaultSettings.repliesPerHour);
          expect(engine.state.handOff?.reason).toBe('reply-limit');
          const calls = engine.desk
            .notes()
            .filter(({ text }) => text?.includes('leaves this ticket to a person'));
          expect(calls).toHaveLength(1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('by mail, each within ten seconds, are stopped before the hour’s limit', () => {
    const engine = answering();
    converse(
      engine,
      Array.from({ length: 6 }, () => 4 * second),
    );
    expect(engine.desk.publicReplies()).toHaveLength(3);
    expect(engine.state.handOff).toMatchObject({
      reason: 'reply-limit',
      detail: expect.stringContaining('a machine writes') as unknown,
    });
  });

  it('with a pause now and then are stopped by their number', () => {
    const engine = answering({ repliesWithoutPerson: 7 });
    converse(
      engine,
      Array.from({ length: 12 }, () => 3 * hour),
    );
    expect(engine.desk.publicReplies()).toHaveLength(7);
    expect(engine.state.handOff?.detail).toContain('7 times without a person');
  });
});

describe('people', () => {
  it('may chat as fast as they like, up to the hour’s limit', () => {
    const engine = answering({}, 'chat');
    converse(engine, [second, second, second]);
    expect(engine.desk.publicReplies()).toHaveLength(4);
  });

  it('who take a minute over one of three mails are people', () => {
    const engine = answering();
    converse(engine, [second, second, minute, second]);
    expect(engine.desk.publicReplies()).toHaveLength(5);
  });

  it('begin anew when one of the team has written in between', () => {
    const engine = answering({ repliesWithoutPerson: 3 });
    converse(engine, [hour, hour]);
    engine.hint(engine.desk.agentWrites('All good from here.', true).id);
    engine.pass(minute);
    engine.act('hand-back');
    engine.pass(minute);
    converse(engine, [hour, hour]);
    expect(engine.desk.publicReplies().filter(({ author }) => author === 'bot')).toHaveLength(6);
  });

  it('are answered again when somebody hands the ticket back all the same', () => {
    const engine = answering({ repliesWithoutPerson: 1 });
    converse(engine, [hour]);
    expect(engine.state.handOff?.reason).toBe('reply-limit');
    engine.act('hand-back');
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(2);
    engine.customerAsks('Thanks!');
    expect(engine.state.handOff?.reason).toBe('reply-limit');
  });

  it('come back after a month, and nothing is held against them', () => {
    const engine = answering({ repliesWithoutPerson: 2 });
    converse(engine, [hour]);
    engine.pass(31 * day);
    engine.customerAsks('Hello again!');
    expect(engine.desk.publicReplies()).toHaveLength(3);
  });
});

describe('an automatic message', () => {
  function automatic(change: Partial<TicketComment> = {}): Engine {
    const engine = new Engine();
    engine.customerAsks('Where is my order?');
    engine.hint(engine.desk.customerWrites('I am away.', { reading: 'auto-reply', ...change }).id);
    engine.pass(minute);
    return engine;
  }

  it('is tagged once, and nobody is answered or called', () => {
    const engine = automatic();
    expect(engine.desk.tags).toContain(automaticTag);
    expect(engine.state).toMatchObject({ stage: 'waiting-for-customer', handOff: null });
    const updates = engine.started.filter((step) => step.type === 'update-ticket').length;
    engine.hint(engine.desk.customerWrites('I am still away.', { reading: 'auto-reply' }).id);
    engine.pass(minute);
    expect(engine.started.filter((step) => step.type === 'update-ticket')).toHaveLength(updates);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('that names an order, or complains, is shown to a person once', () => {
    const engine = automatic({ forPerson: true });
    engine.hint(engine.desk.customerWrites('again', { reading: 'auto-reply', forPerson: true }).id);
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.handOff?.reason).toBe('unreadable');
    expect(engine.desk.notes().filter(({ text }) => text?.includes('A machine wrote'))).toHaveLength(1);
  });

  it('beside the customer’s words changes nothing about their answer', () => {
    const engine = new Engine();
    engine.desk.customerWrites('I am away.', { reading: 'auto-reply', forPerson: true });
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.handOff).toBeNull();
  });
});

it('a message without words names its files to the person who gets it', () => {
  const engine = new Engine();
  const files = Array.from({ length: 12 }, (_, i) => ({
    name: `IMG_${i}.jpg`,
    contentType: 'image/jpeg',
    bytes: 9,
  }));
  engine.hint(engine.desk.customerWrites('', { reading: 'attachment-only', attachments: files }).id);
  engine.pass(minute);
  const text = engine.desk.notes()[0]?.text ?? '';
  expect(text).toContain('only a file, 12 attachments');
  expect(text).toContain('Attached: IMG_0.jpg (image/jpeg), IMG_1.jpg (image/jpeg)');
  expect(text).toContain('IMG_9.jpg (image/jpeg), and 2 more.');
  expect(text).not.toContain('IMG_10.jpg');
});
