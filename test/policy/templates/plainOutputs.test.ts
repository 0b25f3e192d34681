import { createTemplateEngine, isCompiled, type TemplateView } from '../../../src/policy/templates/templates';

/** An order as a template sees it; nothing is known of a delivery. */
const view: TemplateView = {
  order: { number: 'SH-1042', total: 4_900, deliveredOn: null },
  shop: { name: 'Lamp & Light' },
};

function render(source: string, seen: TemplateView = view): string {
  const compiled = createTemplateEngine('en', []).compile(source);
  if (!isCompiled(compiled)) throw new Error(JSON.stringify(compiled));
  return compiled.render(seen);
}

/** The same output where it is left to the library: within a condition. */
function renderWithin(source: string): string {
  return render(`{% if shop.name %}${source}{% endif %}`);
}

describe('a fact printed as it is reads the same in and outside of a condition', () => {
  test.each([
    ['Order {{ order.number }} of {{ shop.name }}.', 'Order SH-1042 of Lamp & Light.'],
    ['a {{order.number}} b', 'a SH-1042 b'],
    ['a {{- order.number -}} b', 'aSH-1042b'],
    ['{{ order.total }}', '4900'],
    ['{{ order.number }}{{ order.number | downcase }}', 'SH-1042sh-1042'],
    ["{% assign order = 'mine' %}{{ order }}", 'mine'],
    ['{% for order in (1..2) %}{{ order }}{% endfor %}: {{ order.number }}', '12: SH-1042'],
  ])('%s', (source, text) => {
    expect(render(source)).toBe(text);
    expect(renderWithin(source)).toBe(text);
  });

  test('a variable of the template hides the fact of its name, wherever it was made', () => {
    expect(() =>
      render('{% if order.number %}{% assign shop = order.number %}{% endif %}{{ shop.name }}'),
    ).toThrow(/undefined variable: shop.name/);
  });

  test.each(['{{ order.deliveredOn }}', '{{ customer.name }}', '{{ order.status }}'])(
    'what is absent is an error that names the line: %s',
    (source) => {
      expect(() => render(`Hello\n${source}`)).toThrow(/absent.*line:2, col:1/);
    },
  );

  test('what an object inherits is no fact', () => {
    const inherits: TemplateView = { order: Object.create({ number: 'SH-1042' }) as unknown };
    expect(() => render('{{ order.number }}', inherits)).toThrow(/absent/);
  });

  test('texts without bounds are stopped here, too', () => {
    const seen: TemplateView = { customer: { name: 'x'.repeat(1_000) } };
    expect(() => render('{{ customer.name }}'.repeat(40), seen)).toThrow(/more than 30000 characters/);
  });
});
