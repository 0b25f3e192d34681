/** An answer to a proposal, whatever a classifier calls it: what is named of the order decides whether it is all of it. */
import type { MessageSignal } from '../../../src/core/conversation/understanding';
import { newDialogue, type Dialogue } from '../../../src/core/conversation/dialogue';
import type { OrderAction } from '../../../src/core/orders/orderAction';
import { correctionHeard, heardAs } from '../../../src/policy/hear/heardCorrection';
import { onlyRemarksOn } from '../../../src/policy/hear/correction';
import { understand } from '../../../src/policy/hear/understand';
import { asked, demo, inputOf } from '../support';

const things = ['Blue lamp', 'Red vase'];
const cancel: OrderAction = { type: 'cancel', order: '48213' };
const refund: OrderAction = {
  type: 'refund',
  order: '48213',
  amount: { minor: 2_000, currency: 'EUR' },
  lines: [{ line: '1', quantity: 1 }],
};
const proposal = (action: OrderAction, intent: string) =>
  asked({
    kind: 'confirm',
    slot: 'confirmation',
    intent,
    rule: 'cancel-now',
    order: '48213',
    choices: things,
    actions: [action],
  });
const cancelling = proposal(cancel, 'cancel_order');
const refunding = proposal(refund, 'return_refund');
const told: Dialogue = {
  ...newDialogue,
  slots: { item: { value: 'Blue lamp', from: 'said', commentId: '1' } },
};

async function answered(text: string, signals: readonly MessageSignal[], question = cancelling) {
  const said = inputOf({ text, signals, intent: question.intent, confidence: 0.95, dialogue: told });
  const input = { ...said, dialogue: { ...told, questions: [question] } };
  const correction = correctionHeard(input, question, await demo());
  return { correction, heard: understand(input, await demo()) };
}

describe('of a yes to the whole order', () => {
  test.each([
    'Yes, cancel it, the lamp is ugly',
    'Ja, stornieren Sie sie, die Blue lamp ist kaputt',
    'Oui, annulez-la, la Blue lamp est moche',
    'Sí, cancélenlo, la Blue lamp es fea',
  ])('%j says how a part of it is', async (text) => {
    const { correction, heard } = await answered(text, ['affirms']);
    expect(correction).toBeNull();
    expect(heard.answer).toBe('yes');
  });

  test.each([
    'Yes, cancel the lamp',
    'Yes, cancel the lamp, it is ugly',
    'Yes, the lamp only',
    'Yes, cancel it, the lamp is ugly, send the rest',
    'Yes, cancel it, the vase is fine',
    'Ja, nur Blue lamp',
    'Oui, seulement Blue lamp',
    'Sí, solo Blue lamp',
  ])('%j is about a part, and no yes even if a classifier says so', async (text) => {
    const { correction, heard } = await answered(text, ['affirms']);
    expect(correction).toEqual({ kind: 'part' });
    expect(heard.answer).toBe('');
    expect(heard.signals).not.toContain('affirms');
  });

  test('what is no yes stays about a part, reason or not', async () => {
    const { correction } = await answered('the lamp is ugly', []);
    expect(correction).toEqual({ kind: 'part' });
  });
});

describe('of a yes to the refund of one thing', () => {
  test('it may be named', async () => {
    const { correction, heard } = await answered('yes, refund the blue lamp', ['affirms'], refunding);
    expect([correction, heard.answer]).toEqual([null, 'yes']);
  });

  test.each(['yes, refund the red vase', 'yes, the blue lamp and the red vase'])(
    '%j is of another, or of more',
    async (text) => {
      const { correction, heard } = await answered(text, ['affirms'], refunding);
      expect(correction).toMatchObject({ kind: 'items' });
      expect(heard.answer).toBe('');
    },
  );
});

test('a correction goes on with the question, and what it makes outdated is forgotten', async () => {
  const input = inputOf({ text: 'no, the red vase', intent: 'return_refund', dialogue: told });
  const heard = heardAs({ kind: 'items', items: ['Red vase'] }, refunding, input, await demo());
  expect(heard.matters).toMatchObject([
    { intent: 'return_refund', continued: true, orderNumbers: ['48213'] },
  ]);
  const lost = heardAs({ kind: 'not-that', slot: 'item' }, refunding, input, await demo());
  expect(lost.slots['item']).toBeUndefined();
});

test.each([
  ['cancel it, the lamp is ugly', true],
  ['cancel it because the lamp is ugly and the vase is broken', true],
  ['the lamp was too big', true],
  ['cancel it', false],
  ['cancel the lamp, it is ugly', false],
  ['the lamp is fine', false],
  ['the other one is ugly', false],
  ['', false],
])('%j only says how a thing is: %s', (text, only) => {
  expect(onlyRemarksOn(text, things)).toBe(only);
});
