import { findSignals, isOnlyCourtesy } from '../../src/classify/embedded/signals';

test.each([
  ['asks-for-human', 'Is anyone human there?'],
  ['asks-for-human', 'let me talk to a real person'],
  ['asks-for-human', 'Ich möchte mit einem Menschen sprechen'],
  ['anger', 'This is absolutely ridiculous'],
  ['anger', 'WHERE IS MY ORDER I AM WAITING FOR WEEKS'],
  ['anger', '😡'],
  ['legal', 'You will hear from my lawyer'],
  ['legal', 'Ich schalte die Verbraucherzentrale ein'],
  ['safety', 'the charger caught fire'],
  ['safety', 'I got an electric shock from the lamp'],
  ['thanks', 'ok thx 👍'],
  ['thanks', 'Vielen Dank'],
  ['greeting', 'Hi there, a question'],
  ['card-number', 'charge 4111 1111 1111 1111'],
])('%s: %s', (signal, text) => {
  expect(findSignals(text)).toContain(signal);
});

test.each([
  'Where is my order 48213?',
  'the agent of the courier left a card',
  'I need the fire pit by Friday',
  'Can I change the address?',
])('nothing in: %s', (text) => {
  expect(findSignals(text)).toEqual([]);
});

test('thanks for nothing are no thanks', () => {
  expect(findSignals('thanks for nothing')).not.toContain('thanks');
});

test('courtesy is all there is, or not', () => {
  expect(['ok thx 👍', 'Hi', 'perfect, thank you so much!!', 'Danke', '...'].every(isOnlyCourtesy)).toBe(
    true,
  );
  expect(['thanks, where is it', 'hi 51877', 'ok cancel it'].some(isOnlyCourtesy)).toBe(false);
});
