/** Which of several things customers name, as they bend the words, turn one down or want both. */
import {
  tellsWhatIsFine,
  namesOnly,
  saysBoth,
  thingsFitting,
  thingsNamed,
  wordsBeside,
} from '../../../src/policy/hear/thingsNamed';
import { processorMs } from '../../support/processorMs';

const english = ['Blue mug', 'Red mug', 'Kettle, steel'];
const german = ['Blaue Tasse', 'Rote Tasse', 'Wollsocken'];
const french = ['Tasse bleue', 'Tasse rouge'];
const spanish = ['Taza azul', 'Taza roja'];
const danish = ['Blå kop', 'Rød kop'];

test.each([
  ['the blue one', english, ['Blue mug']],
  ['KETTLE please', english, ['Kettle, steel']],
  ['mit der blauen Tasse', german, ['Blaue Tasse']],
  ['es geht um die Socken', german, ['Wollsocken']],
  ['die Tasse', ['Tasse', 'Kaffeetasse'], ['Tasse']],
  ['die Lampe', ['Tischlampe', 'Stehlampe'], []],
  ['lampen', ['Bordlampe', 'Uldsokker'], ['Bordlampe']],
  ['the art', ['Cart', 'Kettle'], []],
  ['um meine Wollsocken', german, ['Wollsocken']],
  ['les tasses rouges', french, ['Tasse rouge']],
  ['las tazas rojas', spanish, ['Taza roja']],
  ['den røde kop', danish, ['Rød kop']],
  ['den blå', danish, ['Blå kop']],
  ['the mug', english, []],
  ['the green one', english, []],
  ['', english, []],
] as const)('%j', (said, things, named) => {
  expect(thingsNamed(said, things)).toEqual(named);
});

test.each([
  ['not the red one, the blue one', english, ['Blue mug']],
  ['the kettle, not the mug', english, ['Kettle, steel']],
  ['nicht die rote sondern die blaue', german, ['Blaue Tasse']],
  ['weder die rote noch die blaue, die Wollsocken', german, ['Wollsocken']],
  ['la bleue, pas la rouge', french, ['Tasse bleue']],
  ['la roja, no la azul', spanish, ['Taza roja']],
  ['ikke den blå men den røde', danish, ['Rød kop']],
  ['not the blue one', english, []],
  ['the red one except if blue', english, ['Red mug']],
  ['all but the kettle', english, ['Blue mug', 'Red mug']],
  ['everything but the red one', english, ['Blue mug', 'Kettle, steel']],
  ['all three but the kettle', english, []],
] as const)('what is turned down is not meant: %s', (said, things, named) => {
  expect(thingsNamed(said, things)).toEqual(named);
});

test.each([
  ['the blue one, no wait, the red one', english, ['Red mug']],
  ['blue. Sorry, I mean red.', english, ['Red mug']],
  ['no the red one', english, ['Red mug']],
  ['die blaue, nein, die rote', german, ['Rote Tasse']],
  ['la azul, perdón, la roja', spanish, ['Taza roja']],
  ['den blå, undskyld, den røde', danish, ['Rød kop']],
] as const)('who corrects themselves means the last: %s', (said, things, named) => {
  expect(thingsNamed(said, things)).toEqual(named);
});

test.each([
  ['the red one is fine', english, []],
  ['the red mug works perfectly', english, []],
  ['the blue one is ok but the red one is broken', english, ['Red mug']],
  ['the blue one is broken, the red one is fine', english, ['Blue mug']],
  ["the blue one isn't ok", english, ['Blue mug']],
  ['the red one, that is still good', english, []],
  ['the red one. Everything else is fine', english, ['Red mug']],
  ['the red one would be fine', english, ['Red mug']],
  ['die rote ist in Ordnung, die blaue ist kaputt', german, ['Blaue Tasse']],
  ['die blaue ist nicht in Ordnung', german, ['Blaue Tasse']],
  ['die Socken sind noch ganz heil', german, []],
  ['la bleue est intacte mais la rouge est cassée', french, ['Tasse rouge']],
  ['la rouge marche bien', french, []],
  ['la azul está bien, la roja está rota', spanish, ['Taza roja']],
  ['la azul no está bien', spanish, ['Taza azul']],
  ['den blå er fin, men den røde er i stykker', danish, ['Rød kop']],
  ['den blå virker ikke', danish, ['Blå kop']],
  ['Water works poster', ['Water works poster', 'Kettle'], ['Water works poster']],
] as const)('of what is fine nothing is wanted: %s', (said, things, named) => {
  expect(thingsNamed(said, things)).toEqual(named);
});

test.each([
  ['both mugs', english, ['Blue mug', 'Red mug']],
  ['red and blue', english, ['Blue mug', 'Red mug']],
  ['all of them', english, english],
  ['both', english, []],
  ['both', spanish, spanish],
  ['beide Tassen', german, ['Blaue Tasse', 'Rote Tasse']],
  ['les deux', french, french],
  ['la azul y la roja', spanish, spanish],
  ['begge kopper', danish, danish],
  ['all the best to you and yours', english, []],
] as const)('several: %s', (said, things, named) => {
  expect(thingsNamed(said, things)).toEqual(named);
  expect(named.length < 3 || saysBoth(said)).toBe(true);
});

test('the whole name is one thing, whatever stands in it', () => {
  const things = ['Salt and pepper mill', 'Salt', 'The Book', 'Cup for two'];
  expect(thingsNamed('the salt and pepper mill', things)).toEqual(['Salt and pepper mill']);
  expect(thingsNamed('I want my money back for the order', things)).toEqual([]);
});

test('what is fine is told of, in short', () => {
  expect(tellsWhatIsFine('the red one is fine', english)).toBe(true);
  expect(tellsWhatIsFine('the blue one is ok but the red one is broken', english)).toBe(true);
  expect(tellsWhatIsFine('die Socken sind heil', german)).toBe(true);
  for (const other of [
    'the red one',
    'is the red one fine?',
    'all is fine',
    `the red one is fine ${'x'.repeat(80)}`,
  ]) {
    expect(tellsWhatIsFine(other, english)).toBe(false);
  }
});

test('what fits may be several, and nothing is not the same as none', () => {
  const orders = ['Blue mug Red mug', 'Desk lamp', 'Red lamp'];
  expect(thingsFitting('the one with the mugs', orders)).toEqual(['Blue mug Red mug']);
  expect(thingsFitting('the red one', orders)).toEqual(['Blue mug Red mug', 'Red lamp']);
  expect(thingsFitting('desk mug', orders)).toEqual([]);
  expect(thingsFitting('the toaster', orders)).toBeNull();
});

test('an answer says nothing else', () => {
  expect(namesOnly('no, the blue one please', english)).toBe(true);
  expect(namesOnly('the blue one is broken', english)).toBe(false);
  expect(namesOnly('the blue one?', english)).toBe(false);
  expect(namesOnly('the one', english)).toBe(false);
  expect(wordsBeside('the blue one is broken', english)).toHaveLength(1);
});

test.each(['not the ', 'both ', 'blue, ', 'no ', 'and ', 'instead of '])(
  'a hostile text takes no time: %j',
  (piece) => {
    const text = piece.repeat(60_000 / piece.length);
    const used = processorMs();
    thingsNamed(text, english);
    thingsFitting(text, english);
    expect(used()).toBeLessThan(1_000);
  },
);
