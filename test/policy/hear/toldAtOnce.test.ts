/** What a first message tells already, and what only looks like it. */
import { itemsMeant, valuesTold } from '../../../src/policy/hear/toldAtOnce';
import { asked, inputOf } from '../support';
import { processorMs } from '../../support/processorMs';

const told = (text: string) => valuesTold(text, new Set(['address', 'email', 'reason']));

test.each([
  ['please change the address of 48213 to Elm Street 4, 8000 Aarhus', 'Elm Street 4\n8000 Aarhus'],
  ['Can you send order 48213 to 12 Oak Road, London SW1A 1AA?', '12 Oak Road\nLondon SW1A 1AA'],
  [
    'Change the address of 48213 to:\nAna Costa\nElm Street 4\n8000 Aarhus\nThanks',
    'Ana Costa\nElm Street 4\n8000 Aarhus',
  ],
  ['Bitte ändern Sie die Adresse von 48213 auf Lindenweg 7, 10115 Berlin', 'Lindenweg 7\n10115 Berlin'],
  ["Changez l'adresse de 48213 : 12 rue des Lilas, 75011 Paris", '12 rue des Lilas\n75011 Paris'],
  ['Cambien la dirección del pedido 48213 a Calle Mayor 5, 28013 Madrid', 'Calle Mayor 5\n28013 Madrid'],
  ['Send ordre 48213 til Elmegade 4 B, 2200 København', 'Elmegade 4 B\n2200 København'],
  ['I have moved to Elm Street 4, 8000 Aarhus, it is about order 71010', 'Elm Street 4\n8000 Aarhus'],
  ['Ich bin umgezogen nach Lindenweg 7, 10115 Berlin', 'Lindenweg 7\n10115 Berlin'],
  ['Jeg er flyttet til Elmegade 4 B, 2200 København', 'Elmegade 4 B\n2200 København'],
])('an address: %s', (text, address) => {
  expect(told(text)).toEqual({ address });
});

test.each([
  'I moved from Elm Street 4 to Oak Road 2, can you change it?',
  'I moved from Elm Street 4, 8000 Aarhus to Oak Road 2, 8200 Aarhus',
  'It is not to go to Elm Street 4, 8000 Aarhus',
  'My old address is Elm Street 4, 8000 Aarhus',
  'It was sent to Elm Street 4, 8000 Aarhus',
  'Die Adresse ist falsch: Lindenweg 7, 10115 Berlin',
  'Why does it go to Elm Street 4, 8000 Aarhus?',
  'Change the address of 48213.\nAna Costa\nElm Street 4\n8000 Aarhus',
  'Change it to 8000 Aarhus',
  'Change it to Elm Street 4',
  'Change the address please',
  'I moved, so do not send it to Elm Street 4, 8000 Aarhus',
  'Since we moved it still goes to Elm Street 4, 8000 Aarhus',
])('no address: %j', (text) => {
  expect(told(text)).toEqual({});
});

test.each([
  ['Send the invoice to Books@Firm.example please', 'books@firm.example'],
  ['Rechnung bitte an buch@firma.example', 'buch@firma.example'],
  ['my email: ana@mail.example', 'ana@mail.example'],
])('an e-mail address: %s', (text, email) => {
  expect(told(text)).toEqual({ email });
});

test.each([
  'I got it from shop@firm.example',
  'not to a@firm.example but to b@firm.example',
  'ana@mail.example',
])('no e-mail address: %s', (text) => {
  expect(told(text)).toEqual({});
});

test.each([
  ['Cancel it because I found it cheaper. Thanks', 'I found it cheaper'],
  ['Bitte stornieren, weil ich sie doppelt bestellt habe', 'ich sie doppelt bestellt habe'],
  ["Annulez parce que j'ai changé d'avis", "j'ai changé d'avis"],
  ['Cancelen porque tarda demasiado', 'tarda demasiado'],
  ['Annuller fordi den er for dyr', 'den er for dyr'],
])('a reason: %s', (text, reason) => {
  expect(told(text)).toEqual({ reason });
});

test('nothing is told that no rule asks for', () => {
  const text = 'Send it to Elm Street 4, 8000 Aarhus because I moved';
  expect(valuesTold(text, new Set(['item', 'topic']))).toEqual({});
});

describe('items', () => {
  const items = ['Blue mug', 'Red mug', 'Kettle'];
  const first = (text: string) => itemsMeant(inputOf({ text }), { question: null, continued: false }, items);

  test.each([
    ['I want my money back for the red mug of order 60004', ['Red mug']],
    ['The kettle arrived broken', ['Kettle']],
    ['Refund both mugs, please', ['Blue mug', 'Red mug']],
    ['The kettle arrived torn', ['Kettle']],
    ['The box of the red mug had burst', ['Red mug']],
    ['The kettle is ripped', ['Kettle']],
    ['Beim Kettle war die Tüte aufgerissen', ['Kettle']],
    ['Le sachet du kettle était déchiré', ['Kettle']],
    ['La bolsa del kettle llegó rasgada', ['Kettle']],
    ['Posen med kettle var flænset', ['Kettle']],
    ['I am off on a trip, is the kettle any good', []],
    ['See the description of the red mug', []],
    ['I love the blue mug. I want my money back for order 60004.', []],
    ['Can I return the kettle or the blue mug? I like the mug', []],
    ['Where is the red mug', []],
    ['The red mug and the blue one are broken', []],
    ['both mugs are broken', ['Blue mug', 'Red mug']],
  ])('%s', (text, meant) => {
    expect(first(text)).toEqual(meant);
  });

  test('of an order with one line that one is meant anyway', () => {
    expect(
      itemsMeant(inputOf({ text: 'refund the mug' }), { question: null, continued: false }, ['Mug']),
    ).toEqual([]);
  });

  test('to our question any words that name one, and what a classifier picked', () => {
    const question = asked({ slot: 'item', choices: items });
    const answer = (text: string, chosen?: readonly string[]) => {
      const input = inputOf({ text });
      const classification = { ...input.classification, ...(chosen === undefined ? {} : { chosen }) };
      return itemsMeant({ ...input, classification }, { question, continued: true }, items);
    };
    expect(answer('the red one')).toEqual(['Red mug']);
    expect(answer('the second one', ['Red mug'])).toEqual(['Red mug']);
    expect(answer('both mugs')).toEqual(['Blue mug', 'Red mug']);
    expect(answer('hm')).toEqual([]);
  });

  test('a proposal is corrected elsewhere', () => {
    const question = asked({ kind: 'confirm', slot: 'confirmation' });
    expect(itemsMeant(inputOf({ text: 'refund both mugs' }), { question, continued: true }, items)).toEqual(
      [],
    );
  });
});

test.each(['to a@b.cc ', '8000 Aarhus ', 'to Elm Street 4, ', 'because ', 'can ', 'from A ', 'refund mug. '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const text = piece.repeat(60_000 / piece.length);
    const used = processorMs();
    told(text);
    told(`${text}?`);
    itemsMeant(inputOf({ text }), { question: null, continued: false }, ['Blue mug', 'Red mug']);
    expect(used()).toBeLessThan(1_000);
  },
);
