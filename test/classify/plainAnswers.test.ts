/** A yes moves money: what counts as one, what does not, and what takes a wish back. */
import fc from 'fast-check';
import { isNeverMind, readPlainAnswer, onlyTakesBack } from '../../src/classify/embedded/plainAnswers';
import { demoClassifier } from '../support/classifier';
import { classify } from './policyIntents';
import { processorMs } from '../support/processorMs';
import { anyCharacter } from '../support/anyCharacter';

const cancel = {
  kind: 'confirm',
  slot: 'confirmation',
  intent: 'cancel_order',
  choices: ['Blue mug', 'Red mug'],
} as const;
const name = 'Ana Costa';
const readText = (text: string, question: Parameters<typeof readPlainAnswer>[1] = cancel) =>
  readPlainAnswer({ comments: [text], name }, question);
const says = (text: string) => {
  const read = readText(text);
  return read?.rest === '' ? read.says : null;
};

test.each(
  [
    'yes|Yes!|yes please|yeah|yep|sure|Sure thing|of course|absolutely|go ahead|Go ahead please|please do|do it|ok|okay, thanks|perfect|sounds good|👍|👍🏽|y',
    "Yes, that's right.|I confirm|yes, cancel it|cancel the order please|Hi, yes please, thank you very much|ok thx 👍|that's fine|by all means|no problem, go ahead",
    'ja|Ja bitte|ja, bitte!|gerne|na klar|natürlich|einverstanden|machen Sie das|ja, stornieren Sie sie bitte|in Ordnung|passt',
    "oui|Oui, merci|bien sûr|d'accord|d’accord|allez-y|tout à fait|oui, annulez la commande s'il vous plaît",
    'sí|si claro|Sí, por favor|claro que sí|vale|de acuerdo|adelante|sí, cancélenlo',
    'sì|certo|va bene|sim|pode ser|ja graag|doe maar|akkoord|ja tak|gør det|selvfølgelig|ja tack|gärna|ja takk|kyllä',
    'Yes, that one|yes, exactly that order|Ja, genau diese|aber gerne doch|oui, celle-ci|c’est bon pour moi|sí, ese|claro, canceladlo|ja tak, gør det bare|selvfølgelig, det må du gerne|ja, annuller den bare',
    'Yes please\nAna|yes\nAna Costa|YES|yes, 48213',
  ].flatMap((line) => line.split('|')),
)('yes: %j', (text) => {
  expect(says(text)).toBe('yes');
});

test.each(
  "yes, please confirm|ok, thank you, confirmed|Thank you, sure|yes :)|cómo no|ja ja|- yes|Yes, that's right|yes, #48213".split(
    '|',
  ),
)('a yes all the same: %j', (text) => {
  expect(says(text)).toBe('yes');
});

test.each(
  [
    "no|No.|nope|no thanks|No, thank you!|please don't|don't|rather not|I'd rather not|not now|no need|leave it|I changed my mind|No, leave it as it is please",
    'leave my order alone|not yet|bloß nicht|machen Sie das nicht|lassen Sie es so|ne le faites pas|finalement je la garde|no lo hagan|ni hablar|lad være|nej, lad det være|jeg har fortrudt, behold ordren',
    'nein|Nein danke|lieber nicht|doch nicht|bitte nicht|auf keinen Fall|non|non merci|surtout pas|je préfère pas|no, gracias|mejor no|no grazie|não obrigado|nee bedankt|liever niet|nej tak|helst ikke|nei takk|nej tack',
  ].flatMap((line) => line.split('|')),
)('no: %j', (text) => {
  expect(says(text)).toBe('no');
});

test.each([
  'yes but to another address',
  'yes, but only the blue one',
  'yes if it is free',
  'no, the blue one',
  'I have no idea',
  'no idea',
  'yes and no',
  'no, yes, I mean yes',
  'yes no',
  'no, cancel it',
  "don't cancel it",
  'yes, the blue one',
  'yes\nBlue',
  'yes\nBut Blue',
  'Thanks!',
  'please?? where is it',
  'yesterday',
  'not sure',
  'I guess',
  'maybe',
  'what?',
  '',
  '...',
  'ok but send it to my office',
  'Yes. Actually, no.',
  'yes, refund it',
  'si no llega',
  'that one',
  'no, that one',
  'yes, after you told me the price',
  'yes, before Friday',
  // Who asks has not agreed.
  ...'Yes?|Yes??|ok?|yes...?|Ja?|Oui ?|¿Sí?|yes hello?|Yes please?|cancel it?|yes？'.split('|'),
  ...'ok bye|okay, goodbye|yeah right|yes, right.|yes\nsorry wrong ticket|Yes. Wrong order'.split('|'),
  ...'yes⁇|yes ︖|ok ⁈|yes. . .'.split('|'),
  ...'yes, yes, yes, yeah right|yeah, sure. Right.|oh yeah right|sí, cómo no|ja ja ja|sí, ja ja|oui si|sí, claro, cómo no'.split(
    '|',
  ),
  "c'est cela, oui",
  // Of two orders, one may be meant.
  'yes 48213 48214',
  // What more they want is of the proposal.
  ...'Yes, and can you send me one in green|yes, and please send me the green one|Yes, and can you tell me how much|Yes, and please also compensate me|Yes, and can you confirm the amount'.split(
    '|',
  ),
  // Said of us, or asked of us.
  ...'you sure|yes you sure|you agreed|you confirmed|ok, you accepted|please confirm|Please confirm!|Confirm please'.split(
    '|',
  ),
  // Crossed out, turned round, or with a face that takes it back.
  ...'~yes~|~yes, cancel it~|-yes-|!yes|¬yes|yes :(|ok :-(|yes >:(|ok :/|sure ;)'.split('|'),
  // Quoted, or a signature and nothing else.
  ...['> yes', '> yes please\n> Ana', '-- \nYes please', '--\nYes'],
  // A year or money, and no order that it could be compared with.
  ...'yes, 2024|yes 2000|cancel it 2000'.split('|'),
  // Nothing arrives of an order that is called off.
  'Yes, and when do I get my parcel?',
  'Yes, and please send me the parcel to the new address',
  'yes, and could the delivery be on Friday',
  'Ja, und wann kommt mein Paket?',
  'Oui, et quand arrive mon colis ?',
  'Sí, ¿y cuándo llega mi paquete?',
  'Ok. Actually, is it already shipped?',
  'Yes. Do I get all of the money back?',
  'Yes. Do I get all of the money back',
  'Yes! How long does a refund take',
  'Oui. Combien serai-je remboursé ?',
  'Ja. Bekomme ich alles zurück',
  'Sí. ¿Cuánto me devuelven?',
  'Ja. Hvor mange penge får jeg',
  'Right. And how long would the refund take?',
  'Yes, and will you charge a fee?',
])('neither: %j', (text) => {
  expect(says(text)).toBeNull();
});

test('courtesy agrees only with a proposal; to any other question, and to none, it is courtesy', () => {
  expect(readText('ok great', null)).toBeNull();
  expect(readText('perfect', { ...cancel, kind: 'ask' })).toBeNull();
  expect(readText('cancel it', { ...cancel, kind: 'ask' })).toBeNull();
  expect(readText('yes', null)).toEqual({ says: 'yes', rest: '' });
});

test.each([
  ['Yes. And where is my other order?', 'yes', 'And where is my other order?'],
  ['Yes, and when does my other parcel arrive?', 'yes', 'and when does my other parcel arrive?'],
  ['yes please, and by the way, where is my invoice?', 'yes', 'and by the way, where is my invoice?'],
  ['Yes, and send me the invoice please', 'yes', 'and send me the invoice please'],
  ['Ja, und schicken Sie mir die Rechnung', 'yes', 'und schicken Sie mir die Rechnung'],
  ['No, where is it?', 'no', 'where is it?'],
  ['no thanks, I want to return it', 'no', 'I want to return it'],
] as const)('%s: a %s, and something else', (text, answer, rest) => {
  expect(readText(text)).toEqual({ says: answer, rest });
});

test.each([
  'never mind',
  'Nevermind, thanks',
  'Oh, forget it!',
  'ok forget about it',
  'please ignore my last message',
  'Sorry, scratch that',
  "It's sorted now, thanks",
  'I found it, never mind',
  'found it',
  'hat sich erledigt',
  'Hallo, das hat sich inzwischen erledigt.',
  'Vergessen Sie es',
  'laissez tomber',
  "Bonjour, oubliez ma demande, c'est réglé",
  'olvídalo',
  'ya no hace falta',
  'lascia stare',
  'laat maar',
  'glem det',
  'esquece',
])('takes it back: %s', (text) => {
  expect(isNeverMind(text)).toBe(true);
});

test.each([
  "don't forget it",
  'I forgot my password',
  'Found it cheaper elsewhere, please cancel',
  'I would never mind waiting',
  'it is not sorted',
  'where is it',
  'no',
  'I will never forget this',
])('takes nothing back: %s', (text) => {
  expect(isNeverMind(text)).toBe(false);
});

describe('through the whole classifier', () => {
  beforeAll(demoClassifier, 120_000);
  const signals = async (text: string, question: typeof cancel | null = cancel) =>
    (await classify(text, { question })).signals;

  test('an answer is no courtesy, and goes on with what was asked', async () => {
    expect(await classify('ok, thanks', { question: cancel })).toMatchObject({
      intent: 'cancel_order',
      signals: ['thanks', 'affirms'],
    });
    expect(await signals('ok, thanks', null)).toEqual(['thanks', 'courtesy-only']);
    expect(await signals('no thanks')).toEqual(['thanks', 'declines']);
    expect(await signals('Thanks!')).toEqual(['thanks', 'courtesy-only']);
    expect(await signals('Tak for det hurtige svar', null)).toEqual(['thanks', 'courtesy-only']);
    // It may be what we asked for.
    expect(await signals('The blue one, thanks')).toEqual(['thanks']);
  });

  test.each([
    ['Yes. And where is my other order?', 'order_status', ['affirms']],
    ['no, where is it?', 'order_status', ['declines']],
    ["please don't cancel it", null, ['declines']],
    ['I do NOT want to cancel, I just want to know where my order is', 'order_status', ['declines']],
    ['Bitte nicht stornieren', null, ['declines']],
    ['no, the blue one', null, []],
  ])('%s', async (text, intent, expected) => {
    expect(await classify(text, { question: cancel })).toMatchObject({ intent, signals: expected });
  });

  test('a part of the answer is no other matter: the yes is none', async () => {
    for (const text of [
      'yes but change the address first',
      'Yes. But I want to change the address',
      'yes and send me the money first',
      'Yes?',
      'Ok. Actually, is it already shipped?',
      'Right. And how long would the refund take?',
      'Yes\nsorry wrong ticket',
      'Yes. Hmm, let me think about that',
    ]) {
      expect(await signals(text)).not.toContain('affirms');
    }
  });

  test('what we asked about is taken back, what the customer goes on to want is not', async () => {
    const which = {
      kind: 'ask',
      slot: 'order-number',
      intent: 'cancel_order',
      choices: ['48213', '51877'],
    } as const;
    const text = "I don't want to cancel, I just want to know where it is";
    expect(await classify(text, { question: which })).toMatchObject({
      intent: 'order_status',
      signals: ['never-mind'],
    });
    const other = await classify("I don't want a refund, please cancel it", { question: which });
    expect(other).toMatchObject({ intent: 'cancel_order', signals: [] });
  });

  test('the words of a burst are read comment by comment', async () => {
    const burst = async (parts: readonly string[], asked: typeof cancel | null = cancel) =>
      (await demoClassifier()).classify({
        words: { text: parts.join('\n\n'), parts, subject: '', attachmentNames: [] },
        locale: null,
        name,
        question: asked,
      });
    expect((await burst(['Yes', 'please'])).signals).toContain('affirms');
    for (const [yes, second] of [
      ['Yes', 'Wait'],
      ['Ja', 'Moment'],
      ['Oui', 'Attendez'],
      ['Sí', 'Para'],
      ['Ja', 'Vent'],
      ['Ok', 'Hmm'],
      ['Yes', 'Ana'],
      ['Yes', 'Later Please'],
    ] as const) {
      expect((await burst([yes, second])).signals).not.toContain('affirms');
    }

    const faulty = 'The blue mug of order 60004 arrived broken, I want a refund';
    for (const last of [
      'please do not refund, I found it',
      'never mind',
      'Sorry, forget it',
      'no thanks',
      'Please do not refund it after all',
    ]) {
      expect(await burst([faulty, last], null)).toMatchObject({
        intent: null,
        signals: expect.arrayContaining(['never-mind']) as unknown,
      });
    }
    for (const text of [
      'Sorry, forget it. Thanks!',
      'never mind',
      'hat sich erledigt, danke',
      'Ah, olvídelo',
    ]) {
      expect([text, onlyTakesBack(text)]).toEqual([text, true]);
    }
    for (const text of ['forget it and send a new one', 'never mind, where is 48213?', 'thanks', 'ok']) {
      expect([text, onlyTakesBack(text)]).toEqual([text, false]);
    }
    expect(await burst([faulty, "Please don't refund it, where is order 48213?"], null)).toMatchObject({
      intent: 'order_status',
    });
    // That it is not needed is why it goes back.
    expect(await burst(['Please cancel order 48213', 'it is no longer needed'], null)).toMatchObject({
      intent: 'cancel_order',
    });
    expect(await burst([faulty, 'I have photos of it'], null)).toMatchObject({ intent: 'return_refund' });
  });

  test('of the items that were offered, the one that is meant', async () => {
    const item = {
      kind: 'ask',
      slot: 'item',
      intent: 'return_refund',
      choices: ['Blue mug', 'Red mug', 'Lamp 1200'],
    } as const;
    for (const [text, chosen] of [
      ['the blue one', 'Blue mug'],
      ['the second one', 'Red mug'],
      ['Lamp 1200', 'Lamp 1200'],
    ] as const) {
      expect(await classify(text, { question: item })).toMatchObject({
        chosen: [chosen],
        entities: { orderNumbers: [] },
      });
    }
  });
});

test('any text is read at once, and plain only when it is short', () => {
  const words = fc.constantFrom(
    'yes ',
    'no ',
    'ok ',
    'please ',
    ', ',
    '. ',
    '\n',
    'and ',
    'forget it ',
    '👍',
    "don't ",
  );
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.array(words, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = readText(text);
      if (read?.rest === '') expect(text.match(/\p{L}+/gu)?.length ?? 0).toBeLessThanOrEqual(40);
      expect(typeof isNeverMind(text)).toBe('boolean');
    }),
  );
});

test.each(['yes ', 'no, ', 'ok forget ', 'ja bitte ', 'and '])(
  'a hostile text takes no time: %s',
  (piece) => {
    const used = processorMs();
    readText(piece.repeat(15_000));
    isNeverMind(piece.repeat(15_000));
    expect(used()).toBeLessThan(500);
  },
);
