/** Which templates greet or sign off by themselves: told without knowing their language. */
import { ownFrame } from '../../../src/policy/templates/ownFrame';
import { demo } from '../support';

test.each([
  ['Dear {{ customer.name }},\n\nyour order is late.'],
  ['Hello,\n\nyour order is late.'],
  ['Hi {{ customer.name }}!\n\nYour order is late.'],
  ['Hola {{customer.name}}:\n\nSu pedido llega tarde.'],
  ['Hej {{ customer.name }}\n\nDin ordre er forsinket.'],
  ['Hello{% if customer.name %} {{ customer.name }}{% endif %},\n\nyour order is late.'],
  ['Guten Tag{%- if customer.name %} {{- customer.name -}} {%- endif -%}\n \nIhre Bestellung ist zu spät.'],
])('%j greets', (source) => {
  expect(ownFrame(source)).toEqual({ greets: true, signsOff: false });
});

test.each([
  ['Your order is late.'],
  ['Thank you {{ customer.name }}, I have found your order.\n\nWhat would you like to know?'],
  ['Here is how it stands:\n\n- 48213: on the way'],
  ['Good news!\n\nYour order is on its way.'],
  // There is nothing after it: it is all that is said.
  ['Hello {{ customer.name }},'],
  ['Hello {{ customer.name }},\nyour order is late.'],
  ['Your order,\nplaced by {{ customer.name }},\n\nis late.'],
])('%j does not', (source) => {
  expect(ownFrame(source).greets).toBe(false);
});

test.each([
  ['Your order is late.\n\nKind regards,\n{{ shop.name }}'],
  ['Your order is late.\n\n{{ shop.name }}\n'],
  ['Your order is late.\n\nAll the best\nyour team at\n{{- shop.name -}}'],
])('%j signs off', (source) => {
  expect(ownFrame(source)).toEqual({ greets: false, signsOff: true });
});

test.each([
  ['Your order is late.'],
  ['Your order is late.\n\nDo come back to {{ shop.name }}.'],
  ['Kind regards,\n{{ shop.name }}'],
  ['Your order is late.\n\nWrite\nor call\nor come to\n{{ shop.name }}'],
])('%j does not', (source) => {
  expect(ownFrame(source).signsOff).toBe(false);
});

test('no reply of the demo shop has its own', async () => {
  const { content } = await demo();
  const own = Object.values(content.templates).flatMap((texts) =>
    Object.entries(texts).flatMap(([name, text]) => {
      const { greets, signsOff } = ownFrame(text);
      return (greets || signsOff) && !name.startsWith('code-mail') ? [name] : [];
    }),
  );
  expect(own).toEqual([]);
});
