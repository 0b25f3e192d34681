import { createTemplateEngine, isCompiled, type TemplateView } from '../../../src/policy/templates/templates';

/** An order as a template sees it; nothing is known of a delivery. */
const view: TemplateView = {
  order: {
    number: 'SH-1042',
    total: 4_900,
    currency: 'EUR',
    items: ['Kettle', 'Blue mug'],
    can: [],
    expectedOn: '2026-11-27',
    deliveredOn: null,
    refund: null,
    refundCurrency: null,
  },
  lookup: { notFound: ['51877', ''] },
  shop: { name: 'Lamp & Light' },
};

function render(source: string, seen: TemplateView = view): string {
  const compiled = createTemplateEngine('en', []).compile(source);
  if (!isCompiled(compiled)) throw new Error(JSON.stringify(compiled));
  return compiled.render(seen);
}

/** The same output where it is left to the library. */
function renderByLibrary(source: string): string {
  return render(`{% case shop.name %}{% when shop.name %}${source}{% endcase %}`);
}

describe('a fact printed as it is reads the same wherever it stands', () => {
  test.each([
    ['Order {{ order.number }} of {{ shop.name }}.', 'Order SH-1042 of Lamp & Light.'],
    ['a {{order.number}} b', 'a SH-1042 b'],
    ['a {{- order.number -}} b', 'aSH-1042b'],
    ['{{ order.total }}', '4900'],
    ['{{ order.number }}{{ order.number | downcase }}', 'SH-1042sh-1042'],
    ["{% assign mine = 'mine' %}{{ mine }}", 'mine'],
    ['{% for order in (1..2) %}{{ order }}{% endfor %}: {{ order.number }}', '12: SH-1042'],
    ['By {{ order.expectedOn | day }}.', 'By 27 November.'],
    ['a {{-order.expectedOn|day-}} b', 'a27 Novemberb'],
    ['{{ order.total | money: order.currency }}', '€49.00'],
    ["{{ order.total | money: 'EUR' }}", '€49.00'],
    ['{{ order.items | join: ", " }}', 'Kettle, Blue mug'],
    ["{{ order.items | join: ', ' }}", 'Kettle, Blue mug'],
    ['{{ order.items | join: " + " }}', 'Kettle + Blue mug'],
    ['{{ order.items | join: ", " | upcase }}', 'KETTLE, BLUE MUG'],
    ['{{ lookup.notFound | join: ", " }}or none', '51877, or none'],
    ['{{ order.number | join: ", " }}', 'SH-1042'],
    ['{{ order.total | join: ", " }}', '4900'],
    [
      '{% assign day = order.expectedOn %}{{ day | day }} {{ order.expectedOn | day }}',
      '27 November 27 November',
    ],
  ])('%s', (source, text) => {
    expect(render(source)).toBe(text);
    expect(renderByLibrary(source)).toBe(text);
    expect(render(`{% if shop.name %}${source}{% endif %}`)).toBe(text);
    expect(render(`{% if order.deliveredOn %}no{% else %}${source}{% endif %}`)).toBe(text);
    expect(render(`{% unless order.deliveredOn %}${source}{% endunless %}`)).toBe(text);
    expect(render(`{% for each in (1..1) %}${source}{% endfor %}`)).toBe(text);
    expect(render(`{% for each in (2..1) %}no{% else %}${source}{% endfor %}`)).toBe(text);
  });

  test('a variable of the template hides the fact of its name, wherever it was made', () => {
    expect(() =>
      render('{% if order.number %}{% for shop in order.items %}{{ shop.name }}{% endfor %}{% endif %}'),
    ).toThrow(/undefined variable: shop.name/);
  });

  test.each([
    '{{ order.deliveredOn }}',
    '{{ customer.name }}',
    '{{ order.status }}',
    '{{ order.deliveredOn | day }}',
    '{{ order.refund | money: order.currency }}',
    '{{ order.total | money: order.refundCurrency }}',
    '{{ order.can | join: ", " }}',
    '{{ order.deliveredOn | join: ", " }}',
  ])('what is absent is an error that names the line: %s', (source) => {
    expect(() => render(`Hello\n${source}`)).toThrow(/absent.*line:2, col:1/);
  });

  test('what an object inherits is no fact', () => {
    const inherits: TemplateView = { order: Object.create({ number: 'SH-1042' }) as unknown };
    expect(() => render('{{ order.number }}', inherits)).toThrow(/absent/);
  });

  test('texts without bounds are stopped here, too', () => {
    const seen: TemplateView = { customer: { name: 'x'.repeat(1_000) } };
    expect(() => render('{{ customer.name }}'.repeat(40), seen)).toThrow(/more than 30000 characters/);
  });
});

describe('whether there is a fact is asked as the library asks', () => {
  const asked: TemplateView = {
    order: {
      number: 'SH-1042',
      total: 0,
      refund: 49,
      late: false,
      refundedLately: true,
      deliveredOn: null,
      lines: [],
    },
    shop: { name: 'Lamp & Light' },
  };

  test.each([
    ['{% if order.number %}yes{% endif %}', 'yes'],
    ['{% if order.deliveredOn %}yes{% endif %}', ''],
    ['{% if order.deliveredOn %}yes{% else %}no{% endif %}', 'no'],
    ['{% if order.late %}late{% elsif order.refundedLately %}anew{% else %}no{% endif %}', 'anew'],
    ['{% if order.late %}late{% elsif order.deliveredOn %}there{% else %}no{% endif %}', 'no'],
    // Only "no" and what is absent are no.
    ['{% if order.total %}yes{% endif %}', 'yes'],
    ['{% if order.lines %}yes{% endif %}', 'yes'],
    ['{% if order.total > 0 %}yes{% else %}no{% endif %}', 'no'],
    ['{% if order.total > -1 %}yes{% endif %}', 'yes'],
    ['{% if order.late %}late{% elsif order.refund > 48.5 %}much{% else %}little{% endif %}', 'much'],
    // What is no number is not more than one.
    ['{% if order.deliveredOn > 0 %}yes{% else %}no{% endif %}', 'no'],
    ['{% if order.number > 0 %}yes{% else %}no{% endif %}', 'no'],
    ['{% if order.refundedLately > 0 %}yes{% endif %}', 'yes'],
    ['{% if order.refund > order.total %}yes{% endif %}', 'yes'],
    ['{% if 1 > order.total %}yes{% endif %}', 'yes'],
    ['{% if order.total >= 0 %}yes{% endif %}', 'yes'],
    ['{% if order.refund > 0 and order.late %}yes{% else %}no{% endif %}', 'no'],
    // More than one fact: the library's.
    ['{% if order.late or order.refundedLately %}yes{% endif %}', 'yes'],
    ["{% if order.number == 'SH-1042' %}yes{% endif %}", 'yes'],
    ['{% if order.lines.size == 0 %}none{% endif %}', 'none'],
    ['{% if order.late %}late{% elsif order.total == 0 %}free{% endif %}', 'free'],
    ['{% if order.number %}{% if order.late %}a{% else %}b{% endif %}c{% endif %}', 'bc'],
    ['{% for each in (1..3) %}{% if forloop.last %}{{ order.number }}{% endif %}{% endfor %}', 'SH-1042'],
    ['{% for each in (1..3) %}{% if order.refundedLately %}{% break %}{% endif %}no{% endfor %}yes', 'yes'],
  ])('%s', (source, text) => {
    expect(render(source, asked)).toBe(text);
    expect(render(`{% case shop.name %}{% when shop.name %}${source}{% endcase %}`, asked)).toBe(text);
  });

  test('a variable of the template hides the fact of its name', () => {
    const source =
      '{% for clock in order.parcels %}{% if clock.late %}{{ clock.late }}{% endif %}{% endfor %}';
    expect(
      render(source, { clock: { late: 'never' }, order: { parcels: [{ late: 'one' }, { late: null }] } }),
    ).toBe('one');
  });

  test.each(['order.status', 'order.refundable > 0'])(
    'a fact that there is not is an error that names the place: %s',
    (question) => {
      const source = `Hello\n{% if ${question} %}yes{% endif %}`;
      expect(() => render(source, { order: {} })).toThrow(/order.(?:status|refundable).*line:2/);
    },
  );
});

describe('a list is gone through as the library goes through it', () => {
  const listed: TemplateView = {
    customer: { name: 'Ana' },
    order: {
      number: 'SH-1042',
      parcels: [
        { carrier: 'DHL', late: true, expectedOn: '2026-11-27' },
        { carrier: '', late: false, expectedOn: null },
      ],
      lines: [{ name: 'Kettle' }, { name: 'Mug' }],
      items: ['Kettle', 'Mug'],
      can: [],
    },
    shop: { name: 'Lamp & Light' },
  };

  test.each([
    [
      '{% for line in order.lines %}{{ line.name }} of {{ order.number }};{% endfor %}',
      'Kettle of SH-1042;Mug of SH-1042;',
    ],
    [
      '{% for parcel in order.parcels %}{% if parcel.late %}late{% else %}in time{% endif %}.{% endfor %}',
      'late.in time.',
    ],
    [
      '{% for parcel in order.parcels %}{% if parcel.carrier %}{{ parcel.carrier }}{% else %}-{% endif %}{% endfor %}',
      'DHL-',
    ],
    ['{% for parcel in order.parcels %}no{%- endfor -%} {{ order.number }}', 'nonoSH-1042'],
    ['{% for each in order.can %}no{% endfor %}none', 'none'],
    ['{% for each in order.can %}no{% else %}none{% endfor %}', 'none'],
    [
      '{% for line in order.lines %}{% for parcel in order.parcels %}{{ line.name }} {% endfor %}{% endfor %}',
      'Kettle Kettle Mug Mug',
    ],
    // Its entries hide what has their name, while they are gone through.
    [
      '{% for customer in order.lines %}{{ customer.name }} {% endfor %}{{ customer.name }}',
      'Kettle Mug Ana',
    ],
    // More than a list from its first to its last: the library's.
    ['{% for line in order.lines reversed %}{{ line.name }} {% endfor %}', 'Mug Kettle'],
    ['{% for line in order.lines limit: 1 %}{{ line.name }} {% endfor %}', 'Kettle'],
    ['{% for line in order.lines %}{{ forloop.index }}{{ line.name }} {% endfor %}', '1Kettle 2Mug'],
    ['{% for line in order.lines %}{{ line.name }}{% break %}{% endfor %}', 'Kettle'],
    ['{% for each in order.items %}{{ each }} {% endfor %}', 'Kettle Mug'],
    ['{% for each in order.number %}{{ each }} {% endfor %}', 'SH-1042'],
  ])('%s', (source, text) => {
    expect(render(source, listed)).toBe(text);
    expect(render(`{% case shop.name %}{% when shop.name %}${source}{% endcase %}`, listed)).toBe(text);
  });

  test.each(['{{ parcel.carrier }}', '{{ parcel.expectedOn | day }}'])(
    'what one of them lacks is an error that names the line: %s',
    (output) => {
      const source = `{% for parcel in order.parcels %}\n${output}{% endfor %}`;
      expect(() => render(source, listed)).toThrow(/absent.*line:2, col:1/);
    },
  );
});
