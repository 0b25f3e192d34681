/** Every state an order can be in, in every language the shop speaks: what the customer reads. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Order, OrderStatus, Shipment } from '../../../src/orders/port';
import { consult, demo, demoPolicy, line, order, parcel, questionOf, replyOf } from '../support';

const languages = ['en', 'de', 'fr', 'es', 'da'] as const;
const link = 'https://carrier.example/AA100200300';
const mugs = [line('Mug', 4)];
const refund = { amount: { minor: 4_900, currency: 'EUR' }, on: '2026-11-20' };
const noLink = { tracking: null, carrier: null };

const state = (status: OrderStatus, shipments: readonly Shipment[], more: Partial<Order> = {}) =>
  order({ status, shipments, ...more });

const states: Readonly<Record<string, Order>> = {
  'order-processing': state('processing', [parcel({ status: 'preparing', ...noLink })]),
  'order-processing-late': state('processing', [
    parcel({ status: 'preparing', expectedOn: '2026-11-20', ...noLink }),
  ]),
  'order-shipped': state('shipped', [parcel({ status: 'shipped' })]),
  'order-in-transit': state('in-transit', [parcel()]),
  'order-late': state('in-transit', [parcel({ expectedOn: '2026-11-20' })]),
  'order-partly-shipped': state('partly-shipped', [
    parcel(),
    parcel({ items: mugs, status: 'preparing', ...noLink }),
  ]),
  'order-partly-late': state('partly-shipped', [
    parcel({ expectedOn: '2026-11-20' }),
    parcel({ items: mugs, status: 'preparing', ...noLink }),
  ]),
  'order-delivered': state('delivered', [parcel({ status: 'delivered', deliveredOn: '2026-11-24' })]),
  'order-cancelled': state('cancelled', [], { refund }),
  'order-refunded': state('refunded', [parcel({ status: 'delivered', deliveredOn: '2026-11-10' })], {
    refund,
  }),
};
/** Those in which a parcel is under way, so that its link is worth having. */
const underWay = [
  'order-shipped',
  'order-in-transit',
  'order-late',
  'order-partly-shipped',
  'order-partly-late',
];

const withoutTracking = (known: Order): Order => ({
  ...known,
  shipments: known.shipments.map((shipment) => ({ ...shipment, ...noLink })),
});
const withoutDates = (known: Order): Order => ({
  ...known,
  shipments: known.shipments.map((shipment) => ({
    ...shipment,
    shippedOn: null,
    expectedOn: null,
    deliveredOn: null,
  })),
});
const withNumberOnly = (known: Order): Order => ({
  ...known,
  shipments: known.shipments.map((shipment) => ({
    ...shipment,
    tracking: { number: 'AA100200300', url: null },
  })),
});

/** What no customer should ever read. */
const holes = /\bnull\b|undefined|NaN|\{\{|\{%|\d{4}-\d\d-\d\d|in-transit| ,| \.(?!\w)|\(\)|\n{3}/m;

describe.each(languages)('in %s', (language) => {
  const told = async (known: Order) => {
    const plan = await consult({ language, numbers: ['48213'] }, known);
    return { plan, reply: replyOf(plan) };
  };

  test.each(Object.entries(states))('%s', async (rule, known) => {
    const { plan, reply } = await told(known);
    expect(plan.rule).toBe(rule);
    expect(reply).toMatchObject({ template: rule, language });
    expect(reply.text).not.toMatch(holes);
    expect(reply.text).toContain('48213');
    expect(reply.text.split(link)).toHaveLength(underWay.includes(rule) ? 2 : 1);
    expect(reply.html?.includes(`<a href="${link}">${link}</a>`)).toBe(underWay.includes(rule));
  });

  test.each(Object.entries(states))(
    '%s without tracking has no link and no empty one',
    async (_rule, known) => {
      const { reply } = await told(withoutTracking(known));
      expect(reply.text).not.toMatch(holes);
      expect(reply.html).not.toMatch(/href|https?:/);
    },
  );

  test.each(Object.entries(states))('%s with a number but no page tells the number', async (rule, known) => {
    const { reply } = await told(withNumberOnly(known));
    expect(reply.text.includes('AA100200300')).toBe(underWay.includes(rule));
    expect(reply.html).not.toContain('href');
  });

  test.each(Object.entries(states))('%s without a date promises none', async (_rule, known) => {
    const { reply } = await told({ ...withoutDates(known), refund: null });
    expect(reply.text).not.toMatch(holes);
    expect(reply.text.replaceAll('48213', '').replaceAll(link, '')).not.toMatch(
      /\d{1,2}\.? (?:de )?\p{L}+|2\d/u,
    );
  });

  test('every reply greets by the first name and signs with the shop', async () => {
    const policy = await demo();
    for (const [name, translations] of policy.templates)
      expect([name, [...translations.keys()]]).toEqual([name, [...policy.languages].toSorted()]);
    for (const known of Object.values(states)) {
      const { reply } = await told(known);
      expect(reply.text.split('\n')[0]).toMatch(/^(Hello|Hallo|Bonjour|Hola,|Hej) Ana[,:]?$/);
      expect(reply.text.endsWith('\nDemo Shop')).toBe(true);
    }
  });

  test('a customer without a name is greeted without one', async () => {
    const plan = await consult({ language, name: null }, order());
    expect(replyOf(plan).text.split('\n')[0]).toMatch(/^(Hello|Guten Tag|Bonjour|Hola|Hej)[,:]?$/);
  });
});

/** What a template prints and asks for; how often and in what order is the language's own matter. */
function factsIn(source: string): readonly string[] {
  const tags = [
    ...source.matchAll(
      /\{\{-?\s*([^}]*?)\s*-?\}\}|\{%-?\s*((?:els)?if|unless|when|case|for)\s+(.*?)\s*-?%\}/g,
    ),
  ];
  return [
    ...new Set(tags.map(([, printed, tag, asked]) => printed ?? `${tag === 'elsif' ? 'if' : tag} ${asked}`)),
  ].toSorted();
}

test('every language tells the same facts', async () => {
  const read = async (language: string): Promise<Readonly<Record<string, string>>> =>
    z
      .record(z.string(), z.string())
      .parse(parse(await readFile(path.join(demoPolicy, 'templates', `${language}.yaml`), 'utf8')));
  const english = await read('en');
  for (const language of languages) {
    const translated = await read(language);
    expect(Object.keys(translated)).toEqual(Object.keys(english));
    for (const [name, source] of Object.entries(english))
      expect([language, name, factsIn(translated[name] ?? '')]).toEqual([language, name, factsIn(source)]);
  }
});

test('what is late goes to a person as well; what is on time does not', async () => {
  for (const [rule, known] of Object.entries(states)) {
    const plan = await consult({ numbers: ['48213'] }, known);
    expect([rule, plan.actions.some(({ type }) => type === 'hand-off')]).toEqual([
      rule,
      rule.endsWith('-late'),
    ]);
  }
});

describe('several order numbers in one message', () => {
  const first = order();
  const second = order({ number: '51877', status: 'processing', shipments: [], items: mugs });
  const late = order({ number: '49555', shipments: [parcel({ expectedOn: '2026-11-20' })] });

  test('both are answered, each with what is known of it', async () => {
    const plan = await consult({ numbers: ['48213', '51877'] }, first, second);
    const lines = replyOf(plan)
      .text.split('\n')
      .filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      `- 48213 (Kettle): on the way, expected by 27 November. Follow it here: ${link}`,
      '- 51877 (4 × Mug): being prepared',
    ]);
    expect(questionOf(plan)).toBeNull();
  });

  test('one that is not theirs is asked for once more, the other answered', async () => {
    const { text } = replyOf(await consult({ numbers: ['48213', '99999'] }, first));
    expect(text).toContain('- 48213 (Kettle): on the way');
    expect(text).toContain('I cannot find 99999 for your e-mail address.');
  });

  test('a late one among them goes to a person', async () => {
    const plan = await consult({ numbers: ['48213', '49555'] }, first, late);
    expect(plan.rule).toBe('orders-named-late');
    expect(replyOf(plan).text).toContain(
      '- 49555 (Kettle): not delivered yet, later than planned. Follow it here',
    );
  });

  test('the same number twice is one', async () => {
    expect((await consult({ numbers: ['48213', '48213'] }, first)).rule).toBe('order-in-transit');
  });

  test.each(languages)('in %s, in every state', async (language) => {
    const numbered = Object.values(states)
      .slice(0, 5)
      .map((known, index) => ({ ...known, number: `5000${index}` }));
    for (const known of Object.values(states)) {
      const plan = await consult({ language, numbers: ['48213', '50000', '50001'] }, known, ...numbered);
      expect(replyOf(plan)).toMatchObject({ language });
      expect(replyOf(plan).text).not.toMatch(holes);
    }
  });
});
