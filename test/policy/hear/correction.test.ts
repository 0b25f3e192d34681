import type { OrderAction } from '../../../src/core/orders/orderAction';
import { correctionOf } from '../../../src/policy/hear/correction';
import { asked } from '../support';

const things = ['Blue mug', 'Red mug', 'Green bowl'];
const refund: OrderAction = {
  type: 'refund',
  order: '60004',
  amount: { minor: 1_000, currency: 'EUR' },
  lines: [{ line: '1', quantity: 1 }],
};
const address = 'Elm Street 4\n8000 Aarhus';

const proposals = {
  refund: { intent: 'return_refund', order: '60004', choices: things, actions: [refund] },
  cancel: {
    intent: 'cancel_order',
    order: '48213',
    choices: ['Blue lamp', 'Red vase'],
    actions: [{ type: 'cancel', order: '48213' }],
  },
  address: {
    intent: 'change_address',
    order: '48213',
    choices: ['Blue lamp', 'Red vase'],
    actions: [{ type: 'change-address', order: '48213', address }],
  },
} as const;

const said = (value: string) => ({ value, from: 'said', commentId: '1' }) as const;

function corrects(text: string, proposal: keyof typeof proposals, numbers: readonly string[] = []) {
  const question = asked({ kind: 'confirm', slot: 'confirmation', ...proposals[proposal] });
  return correctionOf({ text, numbers, slots: { item: said('Blue mug'), address: said(address) } }, question);
}

describe('of a proposal for an item', () => {
  test.each<[string, readonly string[]]>([
    ['No, the red one and the blue one', ['Blue mug', 'Red mug']],
    ['no, only the red one', ['Red mug']],
    ['NO. ONLY THE RED ONE!', ['Red mug']],
    ['no the green bowl instead', ['Green bowl']],
    ['yes, but only the bowl', ['Green bowl']],
    ['both mugs', ['Blue mug', 'Red mug']],
    ['no, the blue one is fine, the red one is broken', ['Red mug']],
    ['only the blue one', ['Blue mug']],
    ['yes and the rest too', things],
    ['no, all three of them', things],
    ['Nein, alle drei', things],
    ['non, tous les trois', things],
    ['no, las tres', things],
    ['Nein, nur Red mug', ['Red mug']],
    ['non, seulement le Red mug', ['Red mug']],
    ['no, solo la Red mug', ['Red mug']],
  ])('%j is these, and no others', (text, items) => {
    expect(corrects(text, 'refund')).toEqual({ kind: 'items', items });
  });

  test.each([
    'yes, and the red one too',
    'ja, Red mug auch',
    'oui, le Red mug aussi',
    'sí, y la Red mug también',
  ])('%j adds to it', (text) => {
    expect(corrects(text, 'refund')).toEqual({ kind: 'items', items: ['Blue mug', 'Red mug'] });
  });

  test('"not the blue one" is: which one, then?', () => {
    expect(corrects('no, not the blue one', 'refund')).toEqual({ kind: 'not-that', slot: 'item' });
  });

  test.each(['the other one', 'die anderen', 'no, los otros'])(
    'of three, %j leaves two: which one?',
    (text) => {
      expect(corrects(text, 'refund')).toEqual({ kind: 'not-that', slot: 'item' });
    },
  );

  test.each(['not the blue one', 'the other one'])('of two items, %j is the other', (text) => {
    const question = asked({ kind: 'confirm', ...proposals.refund, choices: ['Blue mug', 'Red mug'] });
    const answer = { text, numbers: [], slots: { item: said('Blue mug') } };
    expect(correctionOf(answer, question)).toEqual({ kind: 'items', items: ['Red mug'] });
  });

  test.each([
    'yes',
    'no',
    'no, none of them',
    'no, both',
    'Where is the red one?',
    'no, send me a new red mug',
    'no, the red mug was a present for my aunt',
    'the handle of the red mug is off',
    'no, €5 is enough',
    'yes, but as store credit',
    "please don't refund the blue one",
    `no, the red one, ${'really '.repeat(20)}`,
  ])('%j is no correction', (text) => {
    expect(corrects(text, 'refund')).toBeNull();
  });
});

describe('of a proposal for an order', () => {
  test.each([
    'not that order, 51877',
    'no, 51877',
    'No I meant 51877',
    'not 48213 but 51877',
    'nicht diese Bestellung, 51877',
    'nein, die 51877',
    'pas cette commande, 51877',
    'je voulais dire 51877',
    'ese pedido no, el 51877',
    'no el 48213 sino el 51877',
    'quise decir #51877',
  ])('%j is that order', (text) => {
    const numbers = text.includes('48213') ? ['48213', '51877'] : ['51877'];
    expect(corrects(text, 'cancel', numbers)).toEqual({ kind: 'order', number: '51877' });
  });

  test.each(['yes, and 51877 too', 'ja, und 51877 auch', 'oui, et 51877 aussi', 'sí, y el 51877 también'])(
    '%j is a yes, and the same for another order',
    (text) => {
      expect(corrects(text, 'cancel', ['51877'])).toEqual({ kind: 'order-too', number: '51877' });
    },
  );

  test.each([
    'the other one',
    'no, the other order',
    'wrong order',
    'that is the wrong order',
    'no, the one with the blanket',
    'die andere',
    'falsche Bestellung',
    'nein, die mit der Decke',
    "l'autre",
    'mauvaise commande',
    'el otro',
    'pedido equivocado',
  ])('%j is another one', (text) => {
    expect(corrects(text, 'cancel')).toEqual({ kind: 'another-order' });
  });

  test.each([
    'no, only the blue lamp',
    'yes, but only the lamp',
    'yes but send the rest',
    'yes but keep the red vase',
    'Ja, aber schicken Sie den Rest',
    'oui, mais envoyez le reste',
    'sí, pero envíe el resto',
  ])('%j is about a part of it', (text) => {
    expect(corrects(text, 'cancel')).toEqual({ kind: 'part' });
  });

  test.each<[string, readonly string[]]>([
    ['51877 too', ['51877']],
    ['no, 51877 and 51878', ['51877', '51878']],
    ['yes, cancel 51877 when you can', ['51877']],
    ['where is 51877?', ['51877']],
    ['yes 48213', ['48213']],
    ['yes', []],
    ['not yet', []],
    ['yes, both of them', []],
    ['another day perhaps', []],
    ['the blue mug of order 60004 arrived broken', ['60004']],
  ])('%j is no correction', (text, numbers) => {
    expect(corrects(text, 'cancel', numbers)).toBeNull();
  });

  test('a question that asks for a value is not corrected', () => {
    const answer = { text: 'the other one', numbers: [], slots: {} };
    expect(correctionOf(answer, asked({ kind: 'ask' }))).toBeNull();
  });
});

describe('what is turned down is not proposed in place of what was', () => {
  test.each([
    'not 51877',
    'nicht die 51877',
    'yes but 51877 not',
    'yes, and not 51877 too',
    '51877 wrong',
    '51877 is the wrong one',
    'ja, aber nicht die 51877',
    '51877 meine ich nicht',
    '51877 war die falsche',
    'oui mais pas la 51877',
    'je ne parle pas de 51877',
    'sí, el 51877 no',
    'el 51877 no era',
    'yes, not the other one',
    'please not the other order',
    'yes, that is not the wrong order',
    'that is the right order, not the other',
    'ja, nicht die andere',
    'ja, die andere Bestellung aber nicht',
    "oui, pas l'autre",
    "oui, l'autre commande non",
    'sí, no el otro',
    'sí, el otro pedido no',
  ])('%j: the same order is asked about again', (text) => {
    const numbers = text.includes('51877') ? ['51877'] : [];
    expect(corrects(text, 'cancel', numbers)).toEqual({ kind: 'order', number: '48213' });
  });

  test('"51880 is right, 51877 is wrong" is the right one', () => {
    const text = '48213 is right, 51877 is wrong';
    expect(corrects(text, 'cancel', ['48213', '51877'])).toEqual({ kind: 'order', number: '48213' });
  });

  test.each([
    'not that one, the other',
    'nicht die, sondern die andere',
    'no, the other one',
    'ese no, el otro',
  ])('%j is the other', (text) => {
    expect(corrects(text, 'cancel')).toEqual({ kind: 'another-order' });
  });

  test.each([
    'yes, not the other one',
    'yes, not the rest',
    'yes, the red one is not broken',
    "yes, the red one isn't broken",
    'yes, the red one is also not broken',
    "yes but don't refund the red one",
    'yes but dont refund the red one',
    'ja, Red mug ist nicht kaputt',
    "oui, le Red mug n'est pas cassé",
    'sí, la Red mug no está rota',
  ])('%j: the same item is asked about again', (text) => {
    expect(corrects(text, 'refund')).toEqual({ kind: 'items', items: ['Blue mug'] });
  });

  test('"the blue one is not broken, the red one is" is the red one', () => {
    expect(corrects('the blue one is not broken, the red one is', 'refund')).toEqual({
      kind: 'items',
      items: ['Red mug'],
    });
  });

  test.each(['yes, but not all three', 'the blue one is not broken'])('%j: which one, then?', (text) => {
    expect(corrects(text, 'refund')).toEqual({ kind: 'not-that', slot: 'item' });
  });
});

describe('of a proposal for an address', () => {
  test('a piece of it takes the place of its own', () => {
    expect(corrects('no, Elm Street 14', 'address')).toEqual({
      kind: 'address',
      address: 'Elm Street 14\n8000 Aarhus',
    });
  });

  test.each([
    'that is the wrong address',
    'no, the other address',
    'falsche Adresse',
    'mauvaise adresse',
    'no, otra dirección',
  ])('%j is: which one, then?', (text) => {
    expect(corrects(text, 'address')).toEqual({ kind: 'not-that', slot: 'address' });
  });

  test('another order goes to the same address', () => {
    expect(corrects('no, for 51877', 'address', ['51877'])).toEqual({ kind: 'order', number: '51877' });
  });
});
