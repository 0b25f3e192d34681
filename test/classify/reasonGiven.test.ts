/** "Yes, cancel it, the lamp is ugly": a yes with its reason is a yes; with anything else beside it, it is none. */
import { readPlainAnswer } from '../../src/classify/embedded/plainAnswers';
import { withProposed } from '../../src/classify/embedded/proposedThings';
import { reasonGiven } from '../../src/classify/embedded/reasonGiven';
import { processorMs } from '../support/processorMs';

const choices = ['Blue lamp', 'Red vase'];
const inGerman = ['Blaue Lampe', 'Rote Vase'];
const inFrench = ['Lampe bleue', 'Vase rouge'];
const inSpanish = ['Lámpara azul', 'Jarrón rojo'];

const cancelOf = (things: readonly string[]) =>
  ({ kind: 'confirm', intent: 'cancel_order', choices: things, proposed: things }) as const;
const refundOf = (things: readonly string[], proposed: readonly string[]) =>
  ({ kind: 'confirm', intent: 'return_refund', choices: things, proposed }) as const;

type Asked = Parameters<typeof readPlainAnswer>[1];
const heard = (text: string, question: Asked) => {
  const read = readPlainAnswer({ comments: [text], name: 'Ana Costa' }, question);
  return read?.rest === '' ? read.says : null;
};
const each = (lines: readonly string[]) => lines.flatMap((line) => line.split('|'));

describe('to the proposal to cancel an order of two things', () => {
  test.each(
    each([
      'Yes, cancel it, the lamp is ugly|Yes cancel it because the lamp is ugly|yes. cancel the order. the vase is broken|Yes, cancel it - the blue lamp is too big',
      "cancel it please, the lamp is really hideous and the vase is too small|Yes cancel it, I don't like the lamp|Yes, cancel it, it is ugly, thanks\nAna",
      "yes, I found it cheaper elsewhere|Yes, I don't need it any more|yes please because I don't need it anymore|Yes, I bought one in a shop|Yes. It takes too long.|yes, I ordered it twice|Yes, I already have one",
      'yes cancel the blue lamp and the red vase|Yes, cancel the vase and the lamp|yes, the lamp and the vase please',
    ]),
  )('a yes: %s', (text) => {
    expect(heard(text, cancelOf(choices))).toBe('yes');
  });

  test.each([
    ['Ja, stornieren Sie sie, die Lampe ist hässlich', inGerman],
    ['ja stornieren, weil die Lampe zu groß ist', inGerman],
    ['ja, ich brauche sie nicht mehr', inGerman],
    ['ja bitte weil ich sie woanders billiger gefunden habe', inGerman],
    ['Ja, die blaue Lampe und die rote Vase stornieren', inGerman],
    ['Ja, stornieren Sie die Bestellung, die Vase gefällt mir nicht', inGerman],
    ['Oui, annulez-la, la lampe est moche', inFrench],
    ["oui, je n'en ai plus besoin", inFrench],
    ["oui svp parce que je l'ai trouvée moins cher ailleurs", inFrench],
    ['oui annulez la lampe bleue et le vase rouge', inFrench],
    ['Sí, cancélenlo, la lámpara es fea', inSpanish],
    ['sí, ya no lo necesito', inSpanish],
    ['sí por favor porque la encontré más barata en otra tienda', inSpanish],
    ['sí, cancelen la lámpara azul y el jarrón rojo', inSpanish],
  ])('a yes: %s', (text, things) => {
    expect(heard(text, cancelOf(things))).toBe('yes');
  });

  test.each(
    each([
      'Yes, cancel the lamp|Yes, cancel the lamp, it is ugly|Yes, the lamp is ugly|yes, the lamp|Yes, cancel it, the lamp|Yes cancel it, the lamp I mean|Yes, cancel it, only the lamp is ugly',
      'Yes, cancel it, the lamp is all I want to cancel|Yes, cancel it, the vase is fine|Yes, cancel it, the vase is for my mother|Yes, cancel it, the lamp should go to my mum|Yes, cancel it, the vase is lovely',
      'Yes, cancel it, the table is ugly|Yes, cancel it, is the lamp ugly?|Yes, cancel it, but the lamp is ugly|Yes, cancel it, the lamp is ugly but the vase is not|Yes, cancel it, the lamp is ugly, send a green one',
      'Yes, I got it|Yes, I have got it|Yes, we got it already|Yes, I bought it|Yes, it is ugly|Yes, I found it|Yes, that is awful|Yes, it is too late|ok, they are too small',
      'Yes, cancel both lamps and the vase|yes, cancel the red lamp and the blue vase|Yes, cancel the lamp and the table|yes, cancel 2 lamps and the vase|Yes, cancel the lamp or the vase',
      'Yes, I need it|Yes, I do not need it yet|yes I do not need it before Friday|Yes, I found it cheaper at yours|Yes, cancel it tomorrow because it is broken',
      'Yes, cancel it, the lamp is no longer needed|yes, cancel the lamp and the lamp and the vase|yes, it is broken. 👎|yes, it is broken ⁇|yes, it is broken ½|yes, cancel it: it is ugly 😂|~~yes~~|~~Yes, cancel it~~',
      'yes cancel the cancellation|cancel the cancellation|yes, cancel my cancellation please|yes, it is no longer needed|Yes, it is not needed',
    ]),
  )('no yes: %s', (text) => {
    expect(heard(text, cancelOf(choices))).not.toBe('yes');
  });

  test.each([
    ['Ja, stornieren Sie die Lampe', inGerman],
    ['Ja, die Lampe ist hässlich', inGerman],
    ['ja stornieren, die Lampe soll aber zu meiner Mutter', inGerman],
    ['Ja, ich habe sie bekommen', inGerman],
    ['ja, die Lampen und die Vasen', inGerman],
    ['ja, stornieren Sie die Stornierung', inGerman],
    ['Ja, sie ist nicht mehr nötig', inGerman],
    ["oui, annulez l'annulation", inFrench],
    ['sí, cancelen la cancelación', inSpanish],
    ['Oui, annulez la lampe', inFrench],
    ['oui, la lampe est moche', inFrench],
    ["oui, je l'ai", inFrench],
    ['Sí, cancelen la lámpara', inSpanish],
    ['sí, la lámpara es fea', inSpanish],
    ['sí cancelad, pero la lámpara es para mi madre', inSpanish],
  ])('no yes: %s', (text, things) => {
    expect(heard(text, cancelOf(things))).not.toBe('yes');
  });
});

describe('to the proposal to refund one of two things', () => {
  const mugs = refundOf(['Blue mug', 'Red mug'], ['Blue mug']);

  test.each([
    ['yes, refund the blue mug', mugs],
    ['Yes, the blue mug', mugs],
    ['Yes, the blue mug is cracked', mugs],
    ['Yes refund it, it is broken', mugs],
    ['ja, bitte die blaue Tasse erstatten', refundOf(['Blaue Tasse', 'Rote Tasse'], ['Blaue Tasse'])],
    ['oui, remboursez la tasse bleue', refundOf(['Tasse bleue', 'Tasse rouge'], ['Tasse bleue'])],
    ['sí, reembolsen la taza azul', refundOf(['Taza azul', 'Taza roja'], ['Taza azul'])],
    ['sí, la taza azul está rota', refundOf(['Taza azul', 'Taza roja'], ['Taza azul'])],
  ])('%s', (text, question) => {
    expect(heard(text, question)).toBe('yes');
  });

  test.each(
    each([
      'yes, refund the red mug|yes, refund the mug|yes, refund the mugs|yes, refund both|yes, refund the blue mug and the red mug|Yes, the red mug is broken|yes refund it, the red mug is broken|yes, refund the blue mug too',
      "refund the blue mug twice|yes, refund the blue mug tomorrow|Yes, half of the blue mug|Yes, I don't need it any more|yes, the blue mug is fine|yes, replace the blue mug|Yes? the blue mug|yes, it leaks|no, the blue mug|the blue mug",
    ]),
  )('no yes: %s', (text) => {
    expect(heard(text, mugs)).not.toBe('yes');
  });

  test.each(
    each([
      'yes, they are broken|Yes, refund it, they were too small|yes, the blue mug and the blue mug|yes, the blue mug, the blue mug|yes, refund the refund|yes, the blue mug is not needed|yes, it is no longer needed',
    ]),
  )('of more, or of nothing that is wanted: %s', (text) => {
    expect(heard(text, mugs)).not.toBe('yes');
  });

  test('"they" are what was proposed where the order has nothing else', () => {
    const glasses = refundOf(['Wine glasses'], ['Wine glasses']);
    expect(heard('yes, they are broken', glasses)).toBe('yes');
    expect(heard('yes, the wine glasses are broken', glasses)).toBe('yes');
    expect(heard('ja, die blauen Tassen', refundOf(['Blaue Tasse', 'Vase'], ['Blaue Tasse']))).toBeNull();
    expect(heard('ja, es ist nicht mehr nötig', mugs)).toBeNull();
  });

  test('of several pieces, the name does not say how many', () => {
    const { kind, intent, choices: mugsOf } = mugs;
    const ofFour = { kind, intent, choices: mugsOf };
    expect(heard('yes, refund the blue mug', ofFour)).toBeNull();
  });

  test('of both, both are named', () => {
    const both = refundOf(['Blue mug', 'Red mug', 'Bowl'], ['Blue mug', 'Red mug']);
    expect(heard('yes, the blue mug and the red mug', both)).toBe('yes');
    expect(heard('yes, refund the blue mug', both)).toBeNull();
    expect(heard('yes, refund the blue mug, the red mug and the bowl', both)).toBeNull();
  });
});

test('nothing of this counts for another question, and for none', () => {
  const address = { ...cancelOf(choices), intent: 'change_address' } as const;
  expect(heard('Yes, the lamp is broken', address)).toBeNull();
  expect(heard('Yes, I found it cheaper elsewhere', { ...cancelOf(choices), kind: 'ask' })).toBeNull();
  expect(heard('Yes, I found it cheaper elsewhere', null)).toBeNull();
});

test.each(['No Problem', 'Yes Tea', 'Only One lamp', 'Stop sign', 'OK Cola', 'Never Mind CD'])(
  'a thing that is called %j answers nothing by its name',
  (thing) => {
    for (const answer of ['no', 'ok, no', 'no problem', 'stop', 'ok, stop', 'only one', 'never']) {
      const plain = heard(answer, refundOf(['Mug'], ['Mug']));
      const named = heard(answer, refundOf([thing], [thing]));
      expect([plain, null]).toContain(named);
    }
  },
);

test('a name stands for the proposal only where it is the whole of it', () => {
  const saysMore = () => false;
  const proposal = { choices: inGerman, proposed: inGerman.slice(0, 1), saysMore };
  expect(withProposed('Ja, der blauen Lampe!', proposal)).toBe('Ja, allproposed!');
  expect(withProposed('Ja, der roten Vase', proposal)).toBe('Ja, der roten Vase');
  expect(withProposed('Ja', proposal)).toBe('Ja');
  expect(withProposed('Ja, der blauen Lampe', { ...proposal, proposed: [] })).toBe('Ja, der blauen Lampe');
});

test('a reason tells what it is about', () => {
  const told = (text: string) => reasonGiven(text, choices);
  expect(told('the lamp is ugly')).toEqual({ kinds: ['opinion'], things: ['Blue lamp'], isOfSeveral: false });
  expect(told('because they are broken. thanks')).toEqual({
    kinds: ['fault'],
    things: [],
    isOfSeveral: true,
  });
  expect(told('I found it cheaper elsewhere')).toMatchObject({ kinds: ['not-wanted'], things: [] });
  for (const none of ['', 'thanks', 'whatever', 'the lamp', 'it is 5 cm too short', 'is it ugly?']) {
    expect(reasonGiven(none, choices)).toBeNull();
  }
});

test.each(['the lamp is ', 'ich habe sie ', 'really ', 'the blue lamp and ', "it's ", 'because '])(
  'a hostile reason takes no time: %s',
  (piece) => {
    const used = processorMs();
    for (const text of [piece.repeat(20_000), `Yes, cancel it, ${piece.repeat(12)}`]) {
      heard(text, cancelOf(choices));
      reasonGiven(text, choices);
      heard(
        text,
        refundOf(
          Array.from({ length: 200 }, (_, i) => `Thing ${i}`),
          ['Thing 1'],
        ),
      );
    }
    expect(used()).toBeLessThan(500);
  },
);
