import { newDialogue, type Dialogue } from '../../../src/core/conversation/dialogue';
import { understand } from '../../../src/policy/hear/understand';
import { asked, demo, inputOf, type Said } from '../support';

const read = async (said: Said) => understand(inputOf(said), await demo()).matters[0];

describe('without an open question', () => {
  test('the intent is what the classifier says', async () => {
    expect(await read({ intent: 'invoice', confidence: 0.8 })).toMatchObject({
      intent: 'invoice',
      confidence: 0.8,
      continued: false,
    });
  });

  test.each(['no_such_intent', '', 'constructor', null])('%j is no intent of the policy', async (intent) => {
    expect((await read({ intent })).intent).toBeNull();
  });
});

describe('while a question is open', () => {
  const cases: readonly (readonly [string, Said, string | null, boolean])[] = [
    ['an answer goes on with it', { text: 'dunno', intent: null, confidence: 0.2 }, 'order_status', true],
    ['its own topic goes on with it', { intent: 'order_status', confidence: 0.99 }, 'order_status', true],
    ['an unclear new topic goes on with it', { intent: 'invoice', confidence: 0.64 }, 'order_status', true],
    ['a clear new topic is one', { intent: 'invoice', confidence: 0.65 }, 'invoice', false],
    [
      'a bare number is never a topic',
      { text: '#51877!', numbers: ['51877'], intent: 'invoice', confidence: 0.99 },
      'order_status',
      true,
    ],
    [
      'a number with words can be one',
      { text: 'invoice for 51877', numbers: ['51877'], intent: 'invoice', confidence: 0.9 },
      'invoice',
      false,
    ],
    ['digits that are no order number are no answer', { text: '12', intent: 'invoice' }, 'invoice', false],
    ['a topic the policy does not know', { intent: 'no_such_intent', confidence: 1 }, 'order_status', true],
  ];
  test.each(cases)('%s', async (_what, said, intent, continued) => {
    expect(await read({ ...said, question: asked() })).toMatchObject({ intent, continued });
  });

  describe('asked how many pieces', () => {
    const pieces = asked({ slot: 'pieces', intent: 'return_refund', order: '48213' });
    test.each<[string, boolean]>([
      ['order 48213, 1 mug', true],
      ['48213: just one', true],
      ['order 48213, add 1 mug', false],
      ['order 48213, is 1 mug too many?', false],
      ['order 48213, please put 1 mug more into it for my aunt', false],
    ])('%s', async (text, continued) => {
      const said = { text, numbers: ['48213'], intent: 'change_order', confidence: 0.91 };
      expect((await read({ ...said, question: pieces })).continued).toBe(continued);
    });
  });

  test('who answers leaves no doubt about the topic', async () => {
    expect(
      (await read({ text: '51877', numbers: ['51877'], intent: null, confidence: 0.1, question: asked() }))
        .confidence,
    ).toBe(1);
  });

  test.each(['', 'an_intent_of_an_older_policy'])('a question about %j is no longer one', async (intent) => {
    expect(await read({ intent: 'invoice', question: asked({ intent }) })).toMatchObject({
      intent: 'invoice',
      continued: false,
    });
  });
});

test('another topic that is clear is no part of what was proposed, though its words are', async () => {
  const proposal = asked({
    ...{ kind: 'confirm', slot: 'confirmation', intent: 'cancel_order', order: '51880' },
    ...{ choices: ['Blue lamp', 'Red vase'], actions: [{ type: 'cancel', order: '51880' }] },
  });
  const dialogue: Dialogue = { ...newDialogue, questions: [proposal] };
  const hear = async (confidence: number) => {
    const text = 'The blue mug arrived broken';
    return understand(inputOf({ text, dialogue, intent: 'return_refund', confidence }), await demo());
  };
  expect(await hear(0.9)).toMatchObject({ correction: null, matters: [{ intent: 'return_refund' }] });
  expect(await hear(0.4)).toMatchObject({ correction: { kind: 'part' } });
});

describe('a yes to a proposal for two items', () => {
  const items = ['Blue mug', 'Red mug', 'Green bowl'];
  const lines = [
    { line: '1', quantity: 1 },
    { line: '2', quantity: 1 },
  ];
  const refund = {
    type: 'refund',
    order: '60004',
    amount: { minor: 2_500, currency: 'EUR' },
    lines,
  } as const;
  const proposal = asked({
    ...{ kind: 'confirm', slot: 'confirmation', intent: 'return_refund', order: '60004' },
    ...{ choices: items, actions: [refund] },
  });
  const dialogue: Dialogue = {
    ...{ ...newDialogue, questions: [proposal] },
    slots: { item: { value: 'Blue mug\nRed mug', from: 'said', commentId: '1' } },
  };
  // A model calls all of these a yes.
  const hear = async (text: string) =>
    understand(inputOf({ text, dialogue, intent: 'return_refund', signals: ['affirms'] }), await demo());

  test.each(['yes, the blue one and the red one', 'Yes, both mugs'])('%j is one', async (text) => {
    expect(await hear(text)).toMatchObject({ answer: 'yes', correction: null });
  });

  test.each(['yes, the blue one', 'yes, only the blue one'])('%j is none for the other one', async (text) => {
    const correction = { kind: 'items', items: ['Blue mug'] };
    expect(await hear(text)).toMatchObject({ answer: '', correction, signals: [] });
  });
});
