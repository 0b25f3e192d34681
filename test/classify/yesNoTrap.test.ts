/** Hundreds of ways to say yes, to say no, and to say what is neither, in six languages: money hangs on it. */
import { readPlainAnswer } from '../../src/classify/embedded/plainAnswers';
import { phrases, type Phrases } from './yesNoTrap';

const name = 'Ana Costa';
const refund = {
  kind: 'confirm',
  intent: 'return_refund',
  choices: ['Blue mug', 'Red mug'],
} as const;
const cancel = { ...refund, intent: 'cancel_order', choices: ['Wool blanket'] } as const;

type Question = typeof refund | typeof cancel;
const read = (comments: readonly string[], question: Question) =>
  readPlainAnswer({ comments, name }, question);
const languages = Object.entries(phrases);
const all = (of: (language: Phrases) => readonly string[]) => languages.flatMap(([, words]) => of(words));

const yesesOf = ({ yes, around }: Phrases) => yes.flatMap((word) => around.map((with_) => with_(word)));
const noesOf = ({ no, aroundNo }: Phrases) => no.flatMap((word) => aroundNo.map((with_) => with_(word)));
/** In the same comment, in a sentence or on a line of its own, and in the next comment of a burst. */
const trapsOf = ({ leads, tails, traps }: Phrases): readonly (readonly string[])[] => [
  ...traps.map((text) => [text]),
  ...leads.flatMap((lead) =>
    tails.flatMap((tail) => [
      [`${lead}, ${tail}`],
      [`${lead}. ${tail}.`],
      [`${lead}\n\n${tail}`],
      [lead, tail],
    ]),
  ),
];

test('there are hundreds of each', () => {
  expect(all(yesesOf).length).toBeGreaterThan(400);
  expect(all(noesOf).length).toBeGreaterThan(200);
  expect(languages.flatMap(([, words]) => trapsOf(words)).length).toBeGreaterThan(1_500);
});

describe.each(languages)('%s', (_language, words) => {
  test.each([cancel, refund])('what only begins like a yes is none: $intent', (question) => {
    const taken = trapsOf(words).filter((comments) => read(comments, question)?.says === 'yes');
    expect(taken).toEqual([]);
  });

  test('a yes stays one, whatever courtesy stands around it', () => {
    const lost = yesesOf(words).filter((text) => read([text], cancel)?.says !== 'yes');
    expect(lost).toEqual([]);
  });

  test('a no stays one', () => {
    const lost = noesOf(words).filter((text) => read([text], refund)?.says !== 'no');
    expect(lost).toEqual([]);
  });

  test('two comments that say the same are said once', () => {
    for (const yes of words.yes) expect(read([yes, yes], cancel)).toEqual({ says: 'yes', rest: '' });
    for (const no of words.no) expect(read([no, no], cancel)).toEqual({ says: 'no', rest: '' });
  });

  test('a yes and a no are neither, in whatever order', () => {
    for (const no of words.no) {
      expect(read(['ok', no], cancel)?.says).not.toBe('yes');
      expect(read([words.yes[0] ?? '', no], cancel)?.says).not.toBe('yes');
      expect(read([no, words.yes[0] ?? ''], cancel)?.says).not.toBe('yes');
    }
  });
});

test('what says one proposal again turns another one down, or means who knows what', () => {
  for (const comments of [['Yes', 'Cancel'], ['Yes. Cancel.'], ['Yes, cancel it']]) {
    expect(read(comments, cancel)).toEqual({ says: 'yes', rest: '' });
    expect(read(comments, refund)).toBeNull();
  }
});

describe('the name below a yes', () => {
  const says = (text: string, signer: string, question: Question = cancel) =>
    readPlainAnswer({ comments: text.split('||'), name: signer }, question)?.says ?? null;

  test.each([
    ['Yes please\nAna', 'Ana Costa'],
    ['Yes please\nana', 'Ana Costa'],
    ['Yes please\n\nAna C.', 'Ana Costa'],
    ['Yes please\nA. Costa', 'Ana Costa'],
    ['Yes, Ana', 'Ana Costa'],
    ['Yes please /Ana', 'Ana Costa'],
    ['Ja bitte – Jörg', 'Jörg Weiß'],
    ['Yes\nAnne-Marie', 'Anne-Marie Olsen'],
    ["Yes\nSinead O'Brien", "Sinead O'Brien"],
    ['Yes\nana costa', 'ana.costa'],
  ])('%j of %s is no word of it', (text, signer) => {
    expect(says(text, signer)).toBe('yes');
  });

  test.each<[string, string, string]>([
    ['Yes please\nAna', '', 'nobody has told us the name'],
    ['Yes please\nAna', 'Maria Lund', "somebody else's name is not known"],
    ['Yes\nWait', 'Ana Costa', 'a capital makes no name'],
    ['Yes||Ana', 'Ana Wait', 'a comment of its own is its own words, and asks again'],
    ['Yes\nRed', 'Red Adair', 'it names what could be meant too'],
    ['Yes\nNot', 'Ana Not', 'it is a word of the answer too'],
    ['Yes\nNo', 'No Kim', 'it is a no'],
  ])('%j of %s: %s', (text, signer) => {
    expect(says(text, signer, refund)).toBeNull();
  });
});

describe('beside a yes', () => {
  test.each([
    'Yes, and where is my invoice?',
    'Yes. Please also tell me how I get my password back',
    'Ja bitte, und schicken Sie mir auch die Rechnung',
    'Oui, et pouvez-vous aussi envoyer la facture ?',
    'Sí, y envíeme la factura por favor',
    'Ja tak, og hvor er min faktura?',
  ])('a question about something else leaves it a yes: %s', (text) => {
    expect(read([text], cancel)?.says).toBe('yes');
  });

  test.each([
    'Yes, and can I have it as a voucher?',
    'Yes, and can you exchange the other?',
    'Yes, and also the blanket',
    'Yes, and where is the blanket?',
    'Yes, and please cancel the other one too',
    'Yes, and how much money is that?',
    'Ok. And where is my invoice? If I keep it, I need it',
    'Ja, und bekomme ich einen Gutschein?',
    'Oui, et pouvez-vous me faire un avoir ?',
    'Sí, y ¿me lo pueden cambiar por otro?',
    'Ja, og kan jeg få et gavekort?',
    `Yes, and where is my invoice? ${'I waited for it so long. '.repeat(9)} Please stop everything`,
    `Yes${' '.repeat(400)}do not do it`,
    `Yes${' please'.repeat(60)} do not do it`,
  ])('what is about the proposal, or could be, makes it unclear: %s', (text) => {
    expect(read([text], cancel)?.says ?? null).toBeNull();
  });
});
