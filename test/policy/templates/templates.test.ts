import {
  createTemplateEngine,
  isCompiled,
  templateView,
  type TemplateView,
} from '../../../src/policy/templates/templates';
import { textToHtml } from '../../../src/policy/templates/textToHtml';
import { lookUpFacts } from '../../../src/policy/lookUp/lookUp';
import { consult, demo, inputOf, order, replyOf, shopOf } from '../support';

function render(source: string, view: TemplateView): string {
  const compiled = createTemplateEngine('en', []).compile(source);
  if (!isCompiled(compiled)) throw new Error(JSON.stringify(compiled));
  return compiled.render(view);
}

describe('templates', () => {
  test('printing what is absent is an error, not a gap', () => {
    expect(() => render('On {{ order.expectedOn | day }}', { order: { expectedOn: null } })).toThrow(
      /absent/,
    );
    expect(() => render('Hi {{ customer.name }}', { customer: { name: null } })).toThrow(/absent/);
  });

  test('a loop without end is stopped', () => {
    const source = '{% for i in (1..1000000000) %}x{% endfor %}';
    expect(() => render(source, {})).toThrow(/limit/);
  });

  test('Liquid in a fact is text', () => {
    expect(render('{{ customer.name }}', { customer: { name: '{{ order.number }}' } })).toBe(
      '{{ order.number }}',
    );
  });

  test('amounts are in minor units of their currency', () => {
    const view = { order: { refund: 4_900 } };
    expect(render("{{ order.refund | money: 'EUR' }} {{ order.refund | money: 'JPY' }}", view)).toBe(
      '€49.00 JP¥4,900',
    );
  });

  test.each([
    ['{{ order.total | money: "EURO" }}', 1, /in "EURO", which is no currency.*Did you mean "EUR"\?/],
    ["Hi\n{{ order.total | money: 'eur' }}", 2, /in "eur", which is no currency/],
    ['{{ order.total | money }}', 1, /money without its currency/],
    ['{{ order.total | money: order.status }}', 1, /in order.status, which is no currency/],
    ['{{ order.total | money: 5 }}', 1, /in 5, which is no currency/],
    ['{{ order.status | money: order.currency }}', 1, /writes order.status as money, which it is not/],
    ['{{ order.status | day }}', 1, /writes order.status as a day, which it is not/],
    ['{% assign day = order.number | day %}{{ day }}', 1, /writes order.number as a day/],
    ['{% for p in order.parcels %}{{ p.carrier | day }}{% endfor %}', 1, /writes p.carrier as a day/],
  ])('%s could never be written, and is a mistake', (source, line, words) => {
    const compiled = createTemplateEngine('en', []).compile(source);
    expect(compiled).toEqual([
      expect.objectContaining({ line, message: expect.stringMatching(words) as string }),
    ]);
  });

  test.each([
    '{{ order.total | money: order.currency }} {{ deed.amount | money: deed.currency }}',
    '{% for l in order.lines %}{{ l.price | money: order.currency }}{% endfor %}',
    '{% assign left = order.total | minus: order.refund %}{{ left | money: "CHF" }}',
    '{{ order.refund | money: order.refundCurrency }} on {{ order.refundOn | day }}, {{ clock.today | day }}',
    '{% assign c = order.currency %}{{ order.total | money: c }}',
    'A day | money, and a | day',
  ])('%s is a template', (source) => {
    expect(isCompiled(createTemplateEngine('en', []).compile(source))).toBe(true);
  });

  test('HTML is made of the text alone: markup is escaped, links end before the full stop', () => {
    expect(textToHtml('<b>Hi</b> & "you"\n\nSee https://a.example/x?a=1&b=2.\nBye')).toBe(
      '<p>&lt;b&gt;Hi&lt;/b&gt; &amp; &quot;you&quot;</p>' +
        '<p>See <a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>.<br>Bye</p>',
    );
  });
});

describe('names', () => {
  test('HTML in a name is escaped', async () => {
    const { html, text } = replyOf(await consult({ name: '<script>alert(1)</script>' }, order()));
    expect(html).not.toContain('<script');
    expect(text).not.toContain('alert'); // a name with a slash in it is no name
    expect(replyOf(await consult({ name: '<b>Ana' }, order())).html).toContain('&lt;b&gt;Ana');
  });

  test.each(['https://evil.example', 'www.evil.example', 'ana@mail.example', '12345', null])(
    '%s is no name',
    async (name) => {
      expect(replyOf(await consult({ name }, order())).text).toMatch(/^Hello,\n\nYour order/);
    },
  );
});

test('a reply that lacks a fact calls a person instead of saying half a sentence', async () => {
  const plan = await consult(
    {},
    order({
      status: 'cancelled',
      shipments: [],
      refund: { amount: { minor: 1, currency: 'nonsense' }, on: '2026-11-20' },
    }),
  );
  expect(plan.actions.filter(({ type }) => type === 'hand-off')).toEqual([]);
  const named = await consult(
    { numbers: ['48213'] },
    order({ status: 'cancelled', refund: { amount: { minor: 1, currency: 'nonsense' }, on: '2026-11-20' } }),
  );
  expect(named.actions.find(({ type }) => type === 'hand-off')).toEqual({
    type: 'hand-off',
    reason: 'failure',
    group: 'Support',
  });
});

test('the same facts are told by each shop in its own name, and for each deed anew', async () => {
  const input = inputOf({ numbers: ['48213'] });
  const known = await lookUpFacts(await demo(), shopOf(order()), input, new AbortController().signal);
  const [facts] = known.matters;
  const [lamps, teas] = [{ shop: { name: 'Lamps' } }, { shop: { name: 'Teas' } }];
  const words = '{{ shop.name }}: {{ order.number }}{% if deed.amount %}, {{ deed.amount }}{% endif %}';
  const amount = { minor: 900, currency: 'EUR' };
  const refund = { type: 'refund', order: '48213', amount, lines: [] } as const;
  const told = [
    templateView(facts, lamps, null),
    templateView(facts, teas, null),
    templateView(facts, teas, refund),
    templateView(facts, teas, null),
    templateView(facts, lamps, null),
  ].map((view) => render(words, view));
  expect(told).toEqual(['Lamps: 48213', 'Teas: 48213', 'Teas: 48213, 900', 'Teas: 48213', 'Lamps: 48213']);
});
