/** Somebody other than the requester writes: the policy says what becomes of it, and identity never follows them. */
import { Engine, note, planOf, reply } from '../support/engine';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/plan';
import { newDialogue, type Dialogue, type OpenQuestion } from '../../../src/core/conversation/dialogue';

const minute = 60_000;
const bo = { author: 'third-party', authorId: 'r-2' } as const;
const others = (text: string, more = {}) => ({ text, ...bo, ...more });

function under(thirdParties: PolicySettings['thirdParties'], dialogue: Dialogue = newDialogue): Engine {
  const settings = { ...defaultSettings, ...(thirdParties === undefined ? {} : { thirdParties }) };
  return new Engine({ settings, plan: () => planOf([reply, note], { dialogue }) });
}
function writes(engine: Engine, ...said: readonly ReturnType<typeof others>[]): void {
  for (const { text, ...who } of said) engine.desk.customerWrites(text, who);
  engine.hint();
  engine.pass(minute);
}
const consulted = (engine: Engine) =>
  engine.started.flatMap((step) => (step.type === 'consult-policy' ? [step.input] : []));

describe('where the policy does not say', () => {
  it('a person gets the ticket', () => {
    const engine = under(undefined);
    writes(engine, others('I am her husband, where is it?'));
    expect(engine.desk.publicReplies()).toEqual([]);
    expect(engine.state.handOff?.reason).toBe('third-party');
  });

  it('but not for a machine that writes beside the customer', () => {
    const engine = under(undefined);
    engine.desk.customerWrites('We deliver tomorrow.', { ...bo, reading: 'auto-reply' });
    engine.customerAsks('Where is my order?');
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });
});

describe('note-only', () => {
  it('their words are told in a note, once, and nobody is called', () => {
    const engine = under('note-only');
    writes(engine, others('Delivered!'));
    engine.hint();
    engine.pass(minute);
    expect(engine.desk.comments.filter(({ author }) => author === 'bot').map(({ text }) => text)).toEqual([
      'Somebody other than the requester wrote. Deskhand does not answer them; the policy says so.',
    ]);
    expect(engine.state).toMatchObject({ stage: 'waiting-for-customer', handOff: null });
    expect(engine.started.map(({ type }) => type)).not.toContain('classify-message');
  });

  it('the customer who writes beside them is answered, in their own words alone', () => {
    const engine = under('note-only');
    engine.desk.customerWrites('Cancel all of it!', bo);
    engine.customerAsks('Where is my order?');
    expect(consulted(engine)).toMatchObject([
      { words: { text: 'Where is my order?' }, requester: { trusted: true } },
    ]);
    expect(engine.desk.publicReplies()).toHaveLength(1);
  });

  it('what comes behind the customer’s words is noted after the answer', () => {
    const engine = under('note-only');
    engine.desk.customerWrites('Where is my order?');
    writes(engine, others('He means 48213.'));
    engine.hint();
    engine.pass(minute);
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.desk.notes().at(-1)?.text).toMatch(/^Somebody other than the requester/);
  });

  it('the clock that waits for the customer goes on', () => {
    const engine = under('note-only');
    engine.customerAsks('Where is my order?');
    const { deadline } = engine.state;
    engine.now += minute;
    writes(engine, others('Same here.'));
    expect(engine.state.deadline).toEqual(deadline);
  });

  it('in shadow nothing is written', () => {
    const engine = under('note-only');
    engine.world.modes = { company: 'shadow', intents: {} };
    writes(engine, others('Delivered!'));
    expect(engine.desk.notes()).toEqual([]);
  });
});

describe('answer', () => {
  it('they are answered, and the requester’s address proves nothing', () => {
    const engine = under('answer');
    writes(engine, others('Do you deliver to Ireland?'));
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(consulted(engine)).toMatchObject([
      { words: { text: 'Do you deliver to Ireland?' }, requester: { trusted: false } },
    ]);
  });

  it('together with the customer’s own words it proves as little', () => {
    const engine = under('answer');
    engine.desk.customerWrites('Where is my order?');
    writes(engine, others('And mine?'));
    expect(consulted(engine)).toMatchObject([{ requester: { trusted: false } }]);
  });

  it('the customer alone is known as before', () => {
    const engine = under('answer');
    writes(engine, others('Do you deliver to Ireland?'));
    engine.customerAsks('Where is my order?');
    expect(consulted(engine).at(-1)).toMatchObject({ requester: { trusted: true } });
  });

  const asked: OpenQuestion = {
    ...{ kind: 'confirm', slot: 'confirmation', intent: 'cancel_order', rule: 'cancel', tries: 1 },
    ...{ text: 'Shall I?', reminded: false, order: '48213', choices: [], actions: [] },
  };
  const named = { value: '48213', from: 'said', commentId: '1' } as const;
  it.each<[string, Dialogue]>([
    ['a yes is waited for', { ...newDialogue, questions: [asked] }],
    ['an order was named', { ...newDialogue, slots: { 'order-number': named } }],
    ['a code was given', { ...newDialogue, proven: ['48213'] }],
  ])('while %s, their words are a person’s', (_what, dialogue) => {
    const engine = under('answer', dialogue);
    engine.customerAsks('Cancel my order 48213.');
    writes(engine, others('Yes, do it.'));
    expect(engine.desk.publicReplies()).toHaveLength(1);
    expect(engine.state.handOff).toMatchObject({
      reason: 'third-party',
      detail: expect.stringContaining('the requester has begun') as string,
    });
  });
});
