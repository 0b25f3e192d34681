import fc from 'fast-check';
import { createEmbeddedClassifier } from '../../src/classify/embedded/embeddedClassifier';
import { readComment } from '../../src/classify/reading/readComment';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';
import { processorMs } from '../support/processorMs';
import { anyCharacter } from '../support/anyCharacter';

const which = {
  kind: 'ask',
  slot: 'order-number',
  intent: 'return_refund',
  choices: ['48213', '51877'],
} as const;

beforeAll(demoClassifier, 120_000);

describe('what the customer does not want', () => {
  test.each([
    ['order_status', 'I do NOT want to cancel, I just want to know when it comes'],
    [
      'change_address',
      "Please don't cancel the lamp from 51877, but do change the address of that order to Elm Street 4, Leeds",
    ],
    ['order_status', "I'm not asking for a refund, I'd like to know where my parcel is"],
    ['cancel_order', "I don't want to change the size, please cancel my order"],
    ['invoice', 'No need to refund me, just send me the invoice'],
    ['cancel_order', 'I do not want the order'],
    ['account_access', "I can't log in"],
  ])('%s: %s', async (intent, text) => {
    const { ranking } = await classify(text);
    expect(ranking[0]?.intent).toBe(intent);
  });

  test('a refusal and nothing else is not accepted as anything', async () => {
    expect((await classify("I don't want to cancel my order")).intent).toBeNull();
  });
});

describe('other languages', () => {
  test('German above a quotation', async () => {
    const body =
      'Danke, aber das Paket ist immer noch nicht da.\n\nVon: Support <hilfe@shop.example>\nGesendet: Montag, 2. November 2026 09:14\nAn: R. Kern\nBetreff: AW: Bestellung 48213\n\nIhre Bestellung wurde storniert.';
    const { text } = readComment({ body, machineMade: false, attachments: [] });
    expect(await classify(text)).toMatchObject({
      intent: 'order_status',
      language: 'de',
      entities: { orderNumbers: [] },
    });
  });

  test.each([
    ['da', 'change_address', 'Hej, kan I sende pakken til Elmevej 4, 8000 Aarhus i stedet?'],
    ['de', 'cancel_order', 'Ich möchte meine Bestellung stornieren'],
    ['de', 'refund_status', 'Wann bekomme ich endlich meine Rückerstattung?'],
    ['fr', 'order_status', 'Bonjour, où est ma commande ?'],
    ['fr', 'return_refund', 'Je voudrais renvoyer cet article'],
    ['es', 'cancel_order', 'Quiero cancelar mi pedido'],
    ['es', 'return_refund', 'La calidad es horrible, quiero que me devuelvan el dinero'],
    ['es', 'refund_status', '¿Cuándo me devuelven el dinero?'],
    ['da', 'return_refund', 'Kvaliteten er forfærdelig, jeg vil have mine penge tilbage'],
    ['da', 'refund_status', 'Hvornår får jeg mine penge tilbage?'],
    ['it', 'order_status', "Buongiorno, dov'è il mio ordine?"],
    ['nl', 'order_status', 'Waar is mijn bestelling? Ik heb nog niets ontvangen'],
  ])('%s %s: %s', async (language, intent, text) => {
    const found = await classify(text);
    expect(found).toMatchObject({ language, intent });
    expect(found.confidence).toBeLessThan(0.85);
  });

  test('a language nobody taught is not guessed at', async () => {
    const found = await classify('أين طلبي؟ لقد انتظرت أسبوعين');
    expect(found).toMatchObject({ language: 'ar', intent: null });
  });

  test.each(['ok', '👍', '51877', '...', 'my parcel'])('too short to tell: %s', async (text) => {
    expect((await classify(text)).language).toBe('und');
  });
});

describe('in the light of an open question', () => {
  test.each([
    ['51877', ['51877']],
    ['#51877 please', ['51877']],
    ['the second one', ['51877']],
    ['the first one please', ['48213']],
    ['the one ending in 877', ['51877']],
    ['both', ['48213', '51877']],
  ])('%s', async (text, orderNumbers) => {
    expect(await classify(text, { question: which })).toMatchObject({
      intent: 'return_refund',
      entities: { orderNumbers },
    });
  });

  test('a name picks where the choices say what is in them', async () => {
    const question = { ...which, choices: ['48213 (kettle)', '51877 (desk lamp)'] };
    expect((await classify('the lamp', { question })).entities.orderNumbers).toEqual(['51877']);
  });

  test('"neither" is no choice at all', async () => {
    const question = {
      ...which,
      slot: 'remedy',
      choices: ['exchange', 'money back'],
    };
    expect(await classify('neither', { question })).toMatchObject({
      intent: null,
      entities: { orderNumbers: [] },
    });
  });

  test('a new matter is read as one', async () => {
    const found = await classify('Actually, I forgot my password and cannot log in', { question: which });
    expect(found.intent).toBe('account_access');
  });
});

test('asking for a person in passing outweighs the rest', async () => {
  const found = await classify('This is the third robot answer. Is anyone human there? My parcel is lost.');
  expect(found).toMatchObject({
    intent: 'human_agent',
    signals: expect.arrayContaining(['asks-for-human']) as unknown,
  });
});

test.each([
  "I'm really unhappy with my mugs, money back",
  'The quality of the lamp is a joke to me, refund please',
])('an opinion is no complaint when money is asked for: %s', async (text) => {
  expect((await classify(text)).intent).toBe('return_refund');
});

test('thanks are thanks, not a matter', async () => {
  for (const text of ['ok thx 👍', 'perfect, thank you so much!!', 'Thanks, all good!']) {
    expect(await classify(text)).toMatchObject({ intent: null, signals: ['thanks', 'courtesy-only'] });
  }
});

test('the parts of an answer agree with each other', async () => {
  for (const text of [
    'Where is my order?',
    'tell me a joke',
    'refund or exchange, I do not mind',
    'Wo ist mein Paket?',
  ]) {
    const { intent, confidence, ranking, classifier } = await classify(text);
    expect(classifier).toBe('embedded@1');
    expect(ranking.length).toBeLessThanOrEqual(5);
    expect(ranking[0]?.confidence).toBe(confidence);
    if (intent !== null) expect(ranking[0]?.intent).toBe(intent);
    const confidences = ranking.map((scored) => scored.confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
  }
});

describe('any text gives an answer, soon', () => {
  test.each([
    '',
    ' ',
    '\n\n',
    '!?…',
    '😡😡',
    '51877',
    'x'.repeat(60_000),
    'Where is it? '.repeat(5_000),
    '1 '.repeat(30_000),
    '#'.repeat(60_000),
    'not '.repeat(15_000),
    "don't ".repeat(10_000),
    'my order '.repeat(7_000),
    '\uD800 half',
    '\u202Eorder\u202C',
    'constructor __proto__',
  ])('%.14j', async (text) => {
    const used = processorMs();
    const found = await classify(text);
    expect(used()).toBeLessThan(2_000);
    expect(found.confidence).toBeGreaterThanOrEqual(0);
    expect(found.confidence).toBeLessThanOrEqual(1);
  });
});

test('any text in any script gives a sound answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: anyCharacter, maxLength: 300 }),
      fc.constantFrom(null, 'en', 'de-DE', 'xx', ''),
      fc.constantFrom(null, which),
      async (text, locale, question) => {
        const { intent, confidence, ranking } = await classify(text, {
          ...(locale !== null && { locale }),
          ...(question !== null && { question }),
        });
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(intent === null || ranking[0]?.intent === intent).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('the same examples give the same classifier', async () => {
  const intents = [
    { intent: 'order_status', examples: ['where is my order', 'track my parcel', 'has it shipped'] },
    { intent: 'cancel_order', examples: ['cancel my order', 'stop the order', 'I changed my mind'] },
  ];
  const [one, two] = await Promise.all([
    createEmbeddedClassifier(intents),
    createEmbeddedClassifier(intents),
  ]);
  const input = {
    words: { text: 'where is the parcel', subject: '', attachmentNames: [] },
    locale: null,
    question: null,
  };
  expect(await one.classify(input)).toEqual(await two.classify(input));
});

test('a policy without examples is refused, with the mend', async () => {
  await expect(createEmbeddedClassifier([{ intent: 'order_status', examples: [' '] }])).rejects.toThrow(
    'needs at least two intents with example utterances, but found 0: add examples',
  );
});
