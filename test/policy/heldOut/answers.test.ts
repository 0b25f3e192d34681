/**
 * Whether a yes is heard as a yes, measured on answers that nothing was built from. The demo policy proposes, the
 * customer answers, and what then happens to the order is what counts: money moves on a yes, so a false one is never
 * allowed. A missed yes or no costs one more question, and there may be a few.
 */
import { Conversation, shop } from '../dialogue/dialogueShop';
import { demo, line, order, parcel, questionOf } from '../support';
import { ANSWERS, type Asked, type Meaning, type Row, type Tongue } from './answers';

const orders = [
  order({ number: '48213', status: 'processing', shipments: [], items: [line('Lamp', 1, 4_900)] }),
  order({
    number: '60004',
    status: 'delivered',
    items: [line('Mug', 1, 4_000), line('Teapot', 1, 4_500, '2')],
    total: { minor: 8_500, currency: 'EUR' },
    shipments: [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })],
  }),
];

const english = {
  cancel: 'Please cancel order 48213.',
  refund: 'The mug of order 60004 arrived broken. I want a refund because the handle is off.',
};
/** Who writes in a language that the policy has no words for is asked in English. */
const wishes: Readonly<Record<Tongue, Readonly<Record<Asked, string>>>> = {
  en: english,
  de: {
    cancel: 'Bitte stornieren Sie meine Bestellung 48213.',
    refund:
      'Der Artikel Mug aus Bestellung 60004 ist kaputt angekommen. Ich will mein Geld zurück, weil der Henkel ab ist.',
  },
  fr: {
    cancel: 'Je voudrais annuler ma commande 48213.',
    refund:
      "L'article Mug de la commande 60004 est arrivé cassé. Je veux un remboursement parce que l'anse est cassée.",
  },
  es: {
    cancel: 'Quiero cancelar mi pedido 48213.',
    refund: 'El artículo Mug del pedido 60004 llegó roto. Quiero el reembolso porque el asa está rota.',
  },
  it: english,
  pt: english,
  nl: english,
};

const proposals = new Map<string, Promise<Conversation>>();

function proposed(asked: Asked, tongue: Tongue): Promise<Conversation> {
  const wish = wishes[tongue][asked];
  const conversation = proposals.get(wish) ?? begun(wish);
  proposals.set(wish, conversation);
  return conversation;
}

async function begun(wish: string): Promise<Conversation> {
  const ana = new Conversation(orders, await demo());
  await ana.customer(wish);
  if (questionOf(ana.plans[0])?.kind !== 'confirm') throw new Error(`nothing was proposed to "${wish}"`);
  return ana;
}

/** By what came of it: the order changed; what was proposed is off the table; or it still stands or people have it. */
async function heard([tongue, asked, , words]: Row): Promise<Meaning> {
  const before = await proposed(asked, tongue);
  const ana = new Conversation(orders, await demo());
  ana.dialogue = before.dialogue;
  ana.tags = before.tags;
  await ana.customer(words);
  if (ana.done.length > 0) return 'yes';
  const isDropped = ana.plans[0]?.actions.some(
    (action) => action.type === 'reply' && action.template.includes('nothing-done'),
  );
  return isDropped === true ? 'no' : 'neither';
}

interface Answer {
  readonly row: Row;
  readonly heardAs: Meaning;
  /** Never looked at while the recognition was mended. */
  readonly unseen: boolean;
}

const answers: Answer[] = [];

beforeAll(async () => {
  await shop();
  for (const [place, row] of ANSWERS.entries()) {
    answers.push({ row, heardAs: await heard(row), unseen: place % 2 === 1 });
  }
});

const those = (meant: Meaning, heardAs: Meaning, unseen: boolean) =>
  answers.filter(
    (answer) => answer.row[2] === meant && answer.heardAs === heardAs && answer.unseen === unseen,
  );

const takenFor = (meaning: Meaning) =>
  answers.filter(({ row, heardAs }) => heardAs === meaning && row[2] !== meaning).map(({ row }) => row[3]);

test('there are two hundred, a third of each', () => {
  const count = (meaning: Meaning) => ANSWERS.filter((row) => row[2] === meaning).length;
  expect([count('yes'), count('no'), count('neither')]).toEqual([68, 66, 66]);
  expect(new Set(ANSWERS.map((row) => row.slice(1).join('|'))).size).toBeGreaterThan(190);
});

test('nothing but a yes is taken for one', () => {
  expect(takenFor('yes')).toEqual([]);
});

test('nothing but a no takes a proposal back', () => {
  expect(takenFor('no')).toEqual([]);
});

describe.each([
  { half: 'the half that was looked at', unseen: false, yes: 34, no: 32 },
  { half: 'the half that was never looked at', unseen: true, yes: 30, no: 28 },
])('$half', ({ unseen, yes, no }) => {
  test(`at least ${yes} yeses are heard`, () => {
    expect(those('yes', 'yes', unseen).length).toBeGreaterThanOrEqual(yes);
  });

  test(`at least ${no} noes are heard`, () => {
    expect(those('no', 'no', unseen).length).toBeGreaterThanOrEqual(no);
  });
});
