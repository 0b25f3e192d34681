/** How short a template can get, whatever the facts are: a bound that no text falls below. */
import fc from 'fast-check';
import { leastLength } from '../../../src/policy/templates/leastLength';
import { createTemplateEngine, isCompiled } from '../../../src/policy/templates/templates';

test.each([
  ['', 0],
  ['Your order is late.', 19],
  ['  Your   order\n\n\n is late. ', 19],
  ['Für 2 € 👍', 9],
  ['Order {{ order.number }}', 6],
  ['{{ order.number }}{{ order.status }}', 2],
  ['On time{% if order.late %}, not at all{% endif %}.', 8],
  ['{% if order.late %}late{% else %}on time{% endif %}', 4],
  ['{% if order.late %}late{% elsif order.found %}here{% else %}no{% endif %}', 2],
  ['{% if order.late %}late{% elsif order.found %}here{% endif %}', 0],
  ['{%- unless order.late -%} on time {%- else -%} late {%- endunless -%}', 4],
  [
    '{% case order.status %} never said {% when "late" %}late{% when "delivered" %}is there{% else %}hm{% endcase %}',
    2,
  ],
  ['{% case order.status %}{% when "late" %}late{% endcase %}', 0],
  ['Items:{% for line in order.lines %} - {{ line.name }}{% else %} none{% endfor %}', 6],
  ['{% if order.late %}a{% if order.found %}bb{% else %}ccc{% endif %}{% else %}dddd{% endif %}', 3],
  ['{% comment %} for editors {% endcomment %}Hello', 5],
  ['{% # for editors %}Hello', 5],
  ['{% assign x = order.number %}Hello', 5],
  // What is no template is said as such elsewhere.
  ['late{% endif %}', 4],
])('%j has at least %i characters', (source, length) => {
  expect(leastLength(source)).toBe(length);
});

const orderView = { number: '1', status: 'late', late: true, found: true };
const view = { order: { ...orderView, items: [] }, customer: { name: 'A' }, shop: { name: 'B' }, links: {} };

test('no text that comes out of a template is shorter', () => {
  const engine = createTemplateEngine('en', []);
  const text = fc.stringMatching(/^[ab .\n]{0,8}$/);
  const { template } = fc.letrec<{ template: string; part: string }>((tie) => ({
    template: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.constant('{{ order.number }}'),
      fc
        .record({ word: fc.constantFrom('late', 'found'), then: tie('template'), or: tie('template') })
        .map(({ word, then, or }) => `{% if order.${word} %}${then}{% else %}${or}{% endif %}`),
      tie('template').map((inner) => `{%- unless order.late -%}${inner}{%- endunless -%}`),
      tie('template').map((inner) => `{% for item in order.items %}${inner}{% endfor %}`),
    ),
  }));
  fc.assert(
    fc.property(template, fc.boolean(), fc.boolean(), (source, late, found) => {
      const compiled = engine.compile(source);
      if (!isCompiled(compiled)) return;
      const said = compiled.render({ ...view, order: { ...view.order, late, found } });
      expect(said.length).toBeGreaterThanOrEqual(leastLength(source));
    }),
    { numRuns: 300 },
  );
});
