/** A yes is often written as a letter. Whom it greets and who signs it is no word of the answer. */
import { readPlainAnswer } from '../../src/classify/embedded/plainAnswers';

const cancel = { kind: 'confirm', intent: 'cancel_order', choices: ['Rose lamp'] } as const;
const says = (text: string, name: string | null = null) =>
  readPlainAnswer({ comments: [text], name }, cancel)?.says ?? null;

test.each([
  'Hi Anna,\n\nyes please',
  'Hi Anna, yes please',
  'Dear Sir or Madam,\nyes, please cancel it',
  'Hello customer service team,\nyes',
  'Guten Tag Frau Weber,\nja bitte',
  'Sehr geehrte Damen und Herren,\n\nja, ich bin damit einverstanden.',
  'Bonjour Madame,\noui',
  'Hola Carlos:\nsí, gracias',
  'Yes please.\n\nKind regards,\nTom Baker',
  'Yes please\n\nBest,\nTom Baker',
  'Ja, gerne. Mit freundlichen Grüßen, K. Weber',
  'Oui, merci.\nCordialement\nJean-Luc Moreau',
  'Hi Anna,\n\nyes that would be great.\n\nBest,\nTom Baker',
])('a yes: %j', (text) => {
  expect(says(text)).toBe('yes');
  expect(says(text, 'Ana Costa')).toBe('yes');
});

test.each([
  'Hi Anna,\n\nno thanks\n\nBest,\nTom Baker',
  'Sehr geehrte Damen und Herren,\nlieber nicht.\nMit freundlichen Grüßen\nK. Weber',
])('a no: %j', (text) => {
  expect(says(text)).toBe('no');
});

test.each([
  ['Hi Not Yet,\nyes', 'a limit is no name'],
  ['Hi Stop,\nyes', 'a no is no name'],
  ['Hi rose,\nyes', 'a thing of the order, and no capital'],
  ['Hi Rose,\nyes', 'a thing of the order'],
  ['Hi there but wait,\nyes', 'not greeted'],
  ['Yes please\n\nThanks,\nTomorrow', 'what stands below thanks may go on with the sentence'],
  ['Yes please\n\nKind regards,\nbut not today', 'not a name'],
  ['Yes please\n\nKind regards,\nRed', 'one word may be what they mean'],
  ['Yes please\n\nBest,\nOnly Half', 'a limit'],
  ['Yes please\n\nBest,\nThe rose lamp', 'a thing of the order'],
  ['Yes please\n\nRegards,\nTom\nOne more: keep the box', 'more below the name'],
  ['Yes please best Tom', 'nothing parts the closing from the name'],
])('neither: %j, %s', (text) => {
  expect(says(text)).not.toBe('yes');
});
