/** Short answers to the engine's own questions, in the languages shops meet. */
import { numberOf, readAnswer as readChoice } from '../../src/classify/embedded/openQuestion';
import type { OpenQuestion } from '../../src/core/conversation/dialogue';

type Asked = Pick<OpenQuestion, 'slot' | 'choices'>;

const two: Asked = {
  slot: 'order-number',
  choices: ['48213 (kettle)', '51877 (desk lamp)'],
};
const three: Asked = { ...two, choices: [...two.choices, '60004 (rug)'] };
const open: Asked = { ...two, choices: [] };
const remedy: Asked = { ...two, slot: 'remedy', choices: ['exchange', 'money back'] };

/** By order number, whatever words stand beside it in what was offered. */
function readAnswer(said: string, question: Asked): ReturnType<typeof readChoice> {
  const answer = readChoice(said, question);
  return answer.kind === 'chosen' ? { ...answer, choices: answer.choices.map(numberOf) } : answer;
}

const chosen = (...choices: string[]) => ({ kind: 'chosen', choices });
const none = { kind: 'none-of-these' };
const other = { kind: 'other' };

test.each([
  'no',
  'No.',
  'no thanks',
  'nope',
  'neither',
  'Neither one',
  'neither of them, sorry',
  'none of these',
  'not any of those',
  'nein',
  'Nein, danke',
  'weder noch',
  'keine von beiden',
  'keins davon',
  'non',
  'Non merci',
  'aucune',
  "ni l'un ni l'autre",
  'no, gracias',
  'ninguno',
  'ninguna de las dos',
  'nessuno dei due',
  'nej tak',
  'ingen af dem',
  'nee',
  'geen van beide',
  'ingen av dem',
  '- no -',
])('turns everything down: %s', (said) => {
  expect(readAnswer(said, two)).toEqual(none);
  expect(readAnswer(said, remedy)).toEqual(none);
});

test.each([
  'both',
  'Both please!',
  'both of them',
  'both orders',
  'beide',
  'alle beide',
  'les deux',
  'ambos',
  'los dos',
  'entrambi',
  'tutti e due',
  'begge to, tak',
  'allebei graag',
])('takes both of two: %s', (said) => {
  expect(readAnswer(said, two)).toEqual(chosen('48213', '51877'));
});

test.each(['both', 'beide', 'les deux'])('but of three it leaves a doubt: %s', (said) => {
  expect(readAnswer(said, three)).toEqual(other);
});

test.each(['all', 'all of them', 'alle bitte', 'toutes', 'todos', 'tutti', 'allemaal'])(
  'takes all of three: %s',
  (said) => {
    expect(readAnswer(said, three)).toEqual(chosen('48213', '51877', '60004'));
  },
);

test.each([
  ['the first', '48213'],
  ['1st one please', '48213'],
  ['die erste', '48213'],
  ['la première', '48213'],
  ['el primero', '48213'],
  ['den første', '48213'],
  ['de eerste', '48213'],
  ['the second one', '51877'],
  ['die zweite', '51877'],
  ['la deuxième', '51877'],
  ['la segunda', '51877'],
  ['il secondo', '51877'],
  ['den anden', '51877'],
  ['the third', '60004'],
  ['troisième', '60004'],
  ['number two', '51877'],
  ['Nummer drei', '60004'],
  ['nummer to', '51877'],
  ['le numéro 1', '48213'],
  ['ending in 877', '51877'],
  ['the one with 004', '60004'],
  ['the lamp', '51877'],
  ['kettle', '48213'],
  ['The RUG, please', '60004'],
  ['51877', '51877'],
  ['#60004', '60004'],
  ["it's order 48213, thanks", '48213'],
  ['Bestellnummer 48213 bitte', '48213'],
])('picks one: %s', (said, number) => {
  expect(readAnswer(said, three)).toEqual(chosen(number));
});

test.each([
  '',
  '   ',
  'the fourth',
  'the last one',
  'the newest',
  'one of the first two',
  'the chair',
  'no idea what you are talking about',
  'no problem, where is my refund?',
  'none of your business, I want a person',
  'I have not got it here',
  'I ordered the first one in May and it never came, that is why I am writing to you again today',
  '51877 but I want to change the address',
])('is not an answer, or not only one: %j', (said) => {
  expect(readAnswer(said, three)).toEqual(other);
});

test('a number answers a question for one, without choices; nothing else does', () => {
  expect(readAnswer('it is 51877', open)).toEqual(chosen('51877'));
  expect(readAnswer('both', open)).toEqual(other);
  expect(readAnswer('the second', open)).toEqual(other);
  expect(readAnswer('no', open)).toEqual(none);
});

test('the last of other choices is the last one listed', () => {
  for (const said of ['the last one', 'die letzte', 'la última']) {
    expect(readAnswer(said, remedy)).toEqual(chosen('money back'));
  }
});

test('a yes chooses where there is one to choose, and nothing where there are several', () => {
  const one: Asked = { ...two, choices: ['48213'] };
  for (const said of [
    'yes',
    'Yes, that one',
    'that one please',
    'ja, genau diese',
    'oui, celle-ci',
    'sí, ese',
    'ja, den',
  ]) {
    expect(readAnswer(said, one)).toEqual(chosen('48213'));
    expect(readAnswer(said, two)).toEqual(other);
  }
  expect(readAnswer('no, not that one', one)).toEqual(other);
});

test('a number is no answer to a question for something else', () => {
  expect(readAnswer('51877', { ...open, slot: 'reason' })).toEqual(other);
});

test('where "no" is one of the choices, it is chosen', () => {
  expect(readAnswer('No', { ...remedy, choices: ['yes', 'no'] })).toEqual(chosen('no'));
});
