/** "Where are my mugs?": what is asked after, by the form of the question alone. */
import { thingSought } from '../../src/classify/embedded/thingSought';
import { processorMs } from '../support/processorMs';

test.each([
  ['Where are my mugs?', 'mugs'],
  ['Hi! Where is the blue scarf that I ordered last week?', 'blue scarf'],
  ["where's my tea towel please", 'tea towel'],
  ['Where are our mugs now?\n\nThanks, Ana', 'mugs'],
  ['When does the blue scarf come?', 'blue scarf'],
  ['when will my desk lamp be delivered', 'desk lamp'],
  ['Have my mugs been sent yet?', 'mugs'],
  ['Did my notebooks ship?', 'notebooks'],
  ['Wo bleiben meine Tassen?', 'Tassen'],
  ['Guten Tag, wo ist denn der blaue Schal?', 'blaue Schal'],
  ['Wann kommt meine Schreibtischlampe endlich?', 'Schreibtischlampe'],
  ['Où sont mes tasses ?', 'tasses'],
  ['Quand arrive ma lampe de bureau ?', 'lampe de bureau'],
  ['¿Dónde están mis tazas?', 'tazas'],
  ['Cuando llega la bufanda azul?', 'bufanda azul'],
  ['Hvor bliver mine krus af?', 'krus'],
  ['Hvornår kommer den blå lampe?', 'blå lampe'],
])('%j asks after %j', (text, thing) => {
  expect(thingSought(text)).toBe(thing);
});

test.each([
  'My mugs are wonderful',
  'Where do I find your shop?',
  'Where can I buy more of the mugs?',
  'Is the scarf made of wool?',
  'When do you open?',
  '',
  `Where are my mugs? ${'I have waited so long. '.repeat(20)}`,
])('%j asks after nothing', (text) => {
  expect(thingSought(text)).toBeNull();
});

test('a long line of words takes no time', () => {
  const used = processorMs();
  for (const text of [
    'where is my '.repeat(24),
    `where is my ${"a' ".repeat(90)}`,
    'wo ist die '.repeat(27),
  ]) {
    thingSought(text);
  }
  expect(used()).toBeLessThan(500);
});
