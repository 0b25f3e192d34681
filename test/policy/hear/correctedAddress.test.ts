import { correctedAddress } from '../../../src/policy/hear/correctedAddress';

const aarhus = 'Elm Street 4\n8000 Aarhus';

test.each([
  ['number 14', aarhus, 'Elm Street 14\n8000 Aarhus'],
  ['Yes, but number 14', aarhus, 'Elm Street 14\n8000 Aarhus'],
  ['no. 14', aarhus, 'Elm Street 14\n8000 Aarhus'],
  ['sorry, it is number 4b', aarhus, 'Elm Street 4b\n8000 Aarhus'],
  ['Hausnummer 17', 'Lindenweg 7\n10115 Berlin', 'Lindenweg 17\n10115 Berlin'],
  ['ja, aber Hausnummer 17', 'Lindenweg 7\n10115 Berlin', 'Lindenweg 17\n10115 Berlin'],
  ['au numéro 14', '12 rue des Lilas\n75011 Paris', '14 rue des Lilas\n75011 Paris'],
  ['el número 15', 'Calle Mayor 5\n28013 Madrid', 'Calle Mayor 15\n28013 Madrid'],
])('%j is another house of the same street', (said, told, expected) => {
  expect(correctedAddress(said, told, '48213')).toBe(expected);
});

test.each([
  ['no, Elm Street 14', aarhus, 'Elm Street 14\n8000 Aarhus'],
  ['elm street 14', aarhus, 'elm street 14\n8000 Aarhus'],
  ['no, Oak Road 12', aarhus, 'Oak Road 12\n8000 Aarhus'],
  ['nein, Buchenallee 3', 'Lindenweg 7\n10115 Berlin', 'Buchenallee 3\n10115 Berlin'],
  ['nein, An der Alster 14', 'An der Alster 4\n20099 Hamburg', 'An der Alster 14\n20099 Hamburg'],
  ['non, 14 rue des Lilas', '12 rue des Lilas\n75011 Paris', '14 rue des Lilas\n75011 Paris'],
  ['no, Calle Mayor 15', 'Calle Mayor 5\n28013 Madrid', 'Calle Mayor 15\n28013 Madrid'],
  [
    'no, Elm Street 14',
    'Elm Street 4\nc/o Bo Costa\n8000 Aarhus',
    'Elm Street 14\nc/o Bo Costa\n8000 Aarhus',
  ],
])('%j is another street of the same town', (said, told, expected) => {
  expect(correctedAddress(said, told, '48213')).toBe(expected);
});

test.each([
  ['it is 8200', aarhus, 'Elm Street 4\n8200 Aarhus'],
  ['the postcode is 8200', aarhus, 'Elm Street 4\n8200 Aarhus'],
  ['PLZ 10117', 'Lindenweg 7\n10115 Berlin', 'Lindenweg 7\n10117 Berlin'],
  ['le code postal est 75012', '12 rue des Lilas\n75011 Paris', '12 rue des Lilas\n75012 Paris'],
  ['no, 8200 Aarhus N', aarhus, 'Elm Street 4\n8200 Aarhus N'],
])('%j is another code or town', (said, told, expected) => {
  expect(correctedAddress(said, told, '48213')).toBe(expected);
});

test.each([
  'yes',
  'no',
  'number 4',
  'Elm Street 4',
  'after 17',
  'yes but before Monday 14',
  'add flat 3',
  'no, 51877',
  'it is 51877',
  'it is for my aunt',
  'order 51877',
  'Elm Street 14, 8000 Aarhus',
  'no, 8000 Aarhus is right',
  '8000 Aarhus ist falsch',
])('%j is no other piece of it', (said) => {
  expect(correctedAddress(said, aarhus, '48213')).toBeNull();
});

test('a code as long as an order’s number may be one', () => {
  expect(correctedAddress('it is 51877', 'Lindenweg 7\n10115 Berlin', '48213')).toBeNull();
});

test.each(['', 'Elm Street 4', 'Elm House\n8000 Aarhus', 'Elm Street 4\nAarhus'])(
  'nothing is put into an address that is not in the usual form: %j',
  (told) => {
    expect(correctedAddress('number 14', told, '48213')).toBeNull();
  },
);
