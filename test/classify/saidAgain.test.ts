/** A yes that says the proposal again, a no that says why, and both with letters drawn out. */
import { onlySaysWhy, readPlainAnswer } from '../../src/classify/embedded/plainAnswers';
import { isRefusal } from '../../src/classify/embedded/refusals';

const cancel = { kind: 'confirm', intent: 'cancel_order', choices: ['Blue mug'] } as const;
const refund = { ...cancel, intent: 'return_refund' } as const;
const address = { ...cancel, intent: 'change_address' } as const;

type Question = typeof cancel | typeof refund | typeof address;
const says = (text: string, question: Question = cancel) =>
  readPlainAnswer({ comments: [text] }, question)?.says ?? null;

test.each([
  ['Yes, cancel order 48213.', cancel],
  ['Please cancel the whole order', cancel],
  ['Ja, stornieren Sie bitte die Bestellung', cancel],
  ['Oui, annulez ma commande', cancel],
  ['Sí, anulen el pedido 48213', cancel],
  ['ok for the refund', refund],
  ['Yeah go ahead with the refund', refund],
  ['Oui pour le remboursement', refund],
  ['Ja, mit der Erstattung einverstanden', refund],
  ['De acuerdo con el reembolso', refund],
] as const)('a yes with the proposal said again: %s', (text, question) => {
  expect(says(text, question)).toBe('yes');
  expect(says(text, address)).toBeNull();
});

test('what only points at the proposal is no yes by itself', () => {
  for (const text of ['the refund', 'with the refund', 'le remboursement', 'el reembolso']) {
    expect(says(text, refund)).toBeNull();
  }
});

test('a part of the order is not the order', () => {
  for (const text of ['Yes, cancel half the order', 'Yes, cancel the mug', 'cancel my other order']) {
    expect(says(text)).not.toBe('yes');
  }
});

describe('letters drawn out at the end', () => {
  test.each(['yess', 'Yesssss!!', 'okkk', 'yess pleaseee', 'siii', 'ouiii merci', 'jaaa bitte'])(
    '%s: yes',
    (text) => {
      expect(says(text)).toBe('yes');
    },
  );

  test.each(['nooo', 'nopee', 'neinnn danke', 'nonnn'])('%s: no', (text) => {
    expect(says(text)).toBe('no');
  });

  test('in the middle they are as often mockery, and no yes', () => {
    for (const text of ['suuuure', 'riiight', 'yeeeah right', 'Yess?']) expect(says(text)).toBeNull();
  });

  test('in the middle of a courtesy they change nothing of the yes beside it', () => {
    expect(says('yes pleeease')).toBe('yes');
    expect(says('pleeease')).not.toBe('no');
  });
});

describe('after a no', () => {
  test.each([
    'I need it for Saturday',
    'yesterday my wife told me she wants it after all',
    'my daughter likes it too much',
    'ich brauche es am Samstag',
    "c'est un cadeau pour samedi",
    'mi hija lo necesita el sábado',
  ])('a reason: %s', (rest) => {
    expect(onlySaysWhy(rest, cancel)).toBe(true);
  });

  test.each([
    ['where is it?', 'a question'],
    ['I meant the other order', 'a correction'],
    ['the blue mug is fine', 'it names a thing of the order'],
    ['but cancel it tomorrow', 'a limit'],
    ['problem at all, go ahead', 'it agrees'],
    ['I want a voucher for it', 'another proposal'],
    ['it was 55 euros', 'a number corrects'],
    ['cheaper', 'a piece of something'],
    ['my money was never there', 'it speaks of the money'],
    ['please send it to my office', 'a wish'],
    [`my wife told me ${'that she likes it '.repeat(20)}`, 'a story'],
  ])('more than a reason: %s (%s)', (rest) => {
    expect(onlySaysWhy(rest, refund)).toBe(false);
  });

  test('of an address, what follows may be the right one', () => {
    expect(onlySaysWhy('it goes to Oak Road', address)).toBe(false);
  });
});

test.each([
  'No refund please',
  'Keine Erstattung bitte',
  'Pas de remboursement merci',
  'Sin reembolso, gracias',
])('turned down: %s', (clause) => {
  expect(isRefusal(clause)).toBe(true);
});

test.each(['No refund', 'Keine Erstattung erhalten!', 'pas de remboursement reçu', 'no refund yet, thanks'])(
  'none came, or who knows: %s',
  (clause) => {
    expect(isRefusal(clause)).toBe(false);
  },
);
