/** What customers write when they are asked for a value, and what is none. */
import fc from 'fast-check';
import { readSlot, valuesNamed, valuesSaid } from '../../../src/policy/hear/readSlot';
import { asked, inputOf, type Said } from '../support';
import { processorMs } from '../../support/processorMs';
import { anyCharacter } from '../../support/anyCharacter';

const ask = { kind: 'ask', choices: [] } as const;
const mugs = { kind: 'ask', choices: ['Blue mug', 'Red mug', 'Kettle, steel'] } as const;
const said = (more: Said, question: Parameters<typeof asked>[0], isNewTopic = false) =>
  valuesSaid(inputOf({ ...more, question: asked(question) }), asked(question), isNewTopic);

test.each([
  ['email', 'ana@mail.example', 'ana@mail.example'],
  ['email', 'It is Ana.Costa+shop@Mail.Example, thanks', 'ana.costa+shop@mail.example'],
  ['email', '<ana@mail.co.uk>.', 'ana@mail.co.uk'],
  ['postal-code', '1050', '1050'],
  ['postal-code', 'sw1a 1aa', 'sw1a1aa'],
  ['postal-code', '1012 AB', '1012ab'],
  ['postal-code', 'DK-1050', '1050'],
  ['postal-code', '10115 Berlin', '10115'],
  ['postal-code', "it's 75011.", '75011'],
  ['postal-code', 'Sure, my postal code is 1050 and I need it soon', '1050'],
  ['postal-code', 'Meine PLZ lautet 10115', '10115'],
  ['address', 'Elm Street 4, 8000 Aarhus', 'Elm Street 4\n8000 Aarhus'],
  ['address', 'Please send it to Elm Street 4\n8000 Aarhus', 'Elm Street 4\n8000 Aarhus'],
  ['address', 'My new address is: 12 Rue de Lille, 75007 Paris', '12 Rue de Lille\n75007 Paris'],
  ['address', 'Not Elm Street 4, 8000 Aarhus but Oak Road 12, 8200 Aarhus', 'Oak Road 12\n8200 Aarhus'],
  ['address', 'To Oak Road 12, 8200 Aarhus, not to Elm Street 4, 8000 Aarhus', 'Oak Road 12\n8200 Aarhus'],
  ['address', 'An Lindenweg 7, 10115 Berlin', 'Lindenweg 7\n10115 Berlin'],
  ['address', 'An der Alster 12, 20099 Hamburg', 'An der Alster 12\n20099 Hamburg'],
  [
    'address',
    'Nicht Lindenweg 7, 10115 Berlin, sondern Am Markt 2, 20095 Hamburg',
    'Am Markt 2\n20095 Hamburg',
  ],
  ['address', 'It is not Elm Street 4 but Oak Road 12, 8200 Aarhus', 'Oak Road 12\n8200 Aarhus'],
  ['reason', 'I found it cheaper', 'I found it cheaper'],
] as const)('%s in %j', (slot, text, value) => {
  expect(readSlot(slot, text, ask)).toBe(value);
});

test.each([
  ['email', 'ana at mail'],
  ['email', '@mail.example'],
  ['postal-code', 'I do not know'],
  ['postal-code', 'I live in the centre and my house is number 12 on the left'],
  ['postal-code', '12'],
  ['postal-code', '12345678901234'],
  ['address', 'to my office'],
  ['address', '12345'],
  ['address', 'Can you send it to Elm Street 4, 8000 Aarhus?'],
  ['address', 'Elm Street 4, 8000 Aarhus or Oak Road 12, 8200 Aarhus'],
  ['address', 'not Elm Street 4, 8000 Aarhus'],
  ['reason', '!!'],
  ['reason', 'why do you ask?'],
  ['topic', 'where is it'],
] as const)('no %s in %j', (slot, text) => {
  expect(readSlot(slot, text, ask)).toBeNull();
});

test.each([
  ['the blue one', 'Blue mug'],
  ['RED MUG please', 'Red mug'],
  ['the kettle', 'Kettle, steel'],
  ['no, the blue one', 'Blue mug'],
  ['not the red one, the blue one', 'Blue mug'],
  ['the blue one, not the red one', 'Blue mug'],
  ['nicht red sondern blue', 'Blue mug'],
  ['blue instead of red', 'Blue mug'],
  ['the mug', null],
  ['red and blue', null],
  ['the green one', null],
  ['not the red one', null],
])('of what was offered, %j is %j', (text, value) => {
  expect(readSlot('item', text, mugs)).toBe(value);
});

describe('in the light of the question', () => {
  test('the order number sent once more is no postal code', () => {
    const question = { slot: 'postal-code', order: '48213' };
    expect(said({ text: '48213' }, question)).toEqual({});
    expect(said({ text: '1050' }, question)).toEqual({ 'postal-code': '1050' });
  });

  test('an order number makes no address', () => {
    const question = { slot: 'address', order: '48213' };
    expect(said({ text: 'I do not know, see order 51877', numbers: ['51877'] }, question)).toEqual({});
  });

  test('of another topic only what cannot be mistaken counts', () => {
    const story = { text: 'Where is the lamp from Elm Street 4 in 8000 Aarhus' };
    expect(said(story, { slot: 'address' }, true)).toEqual({});
    expect(said(story, { slot: 'reason' }, true)).toEqual({});
    expect(said({ text: 'ana@mail.example, and where is it' }, { slot: 'email' }, true)).toEqual({
      email: 'ana@mail.example',
    });
  });

  test('a plain yes or no holds no value', () => {
    for (const signal of ['affirms', 'declines', 'never-mind', 'none-of-these'] as const) {
      expect(said({ text: 'nothing really', signals: [signal] }, { slot: 'reason' })).toEqual({});
    }
  });

  test.each([
    ['no, Oak Road 12, 8000 Aarhus', 'Oak Road 12\n8000 Aarhus'],
    ['Sorry, it is 12 Oak Road, SW1A 1AA London', '12 Oak Road, SW1A 1AA London'],
    ['no', undefined],
    ['no, I need it before 24 December 2026, is that possible?', undefined],
    ['send it to my neighbour at number 5', undefined],
  ])('a proposal is corrected by a whole address only: %j', (text, address) => {
    const dialogue = {
      questions: [],
      mismatches: 0,
      slots: { address: { value: 'Elm Street 4\n8000 Aarhus', from: 'said', commentId: '1' } },
    } as const;
    const question = asked({ kind: 'confirm', slot: 'confirmation' });
    expect(valuesSaid(inputOf({ text, dialogue }), question, false)).toEqual(
      address === undefined ? {} : { address },
    );
  });
});

test('a postal code counts unasked only where it is called one', () => {
  expect(valuesNamed('Where is 48213? My postal code is 1050.')).toEqual({ 'postal-code': '1050' });
  expect(valuesNamed('Where is 48213? 1050')).toEqual({});
});

test('any text gives a value or none, soon', () => {
  const slots = fc.constantFrom('email', 'postal-code', 'item', 'address', 'reason', 'topic');
  const pieces = fc.constantFrom(
    '1',
    'a',
    '@',
    '.',
    ' ',
    '-',
    ',',
    '\n',
    'not ',
    'SW1A ',
    'postal code ',
    'blue ',
  );
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.array(pieces, { maxLength: 400 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(slots, texts, fc.constantFrom('ask' as const, 'confirm' as const), (slot, text, kind) => {
      const used = processorMs();
      const value = readSlot(slot, text, { ...mugs, kind });
      expect(value === null || (value.length > 0 && value.length <= 320)).toBe(true);
      expect(used()).toBeLessThan(500);
    }),
  );
});

test.each(['1', 'a@', '1 ', 'postal code ', 'not the ', 'A1 '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const used = processorMs();
    for (const slot of ['email', 'postal-code', 'item', 'address', 'reason'] as const) {
      readSlot(slot, piece.repeat(20_000 / piece.length), mugs);
    }
    expect(used()).toBeLessThan(1_000);
  },
);
