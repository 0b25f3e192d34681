import fc from 'fast-check';
import { channels } from '../../../src/core/ticket/channel';
import { baseName, shortVariant, variantNames, variantOf } from '../../../src/policy/templates/variants';

test.each([
  ['order-late', 'order-late', ''],
  ['order-late.chat', 'order-late', '.chat'],
  ['order-late.short', 'order-late', '.short'],
  ['order-late.chat.short', 'order-late', '.chat.short'],
  ['.chat', '', '.chat'],
  ['', '', ''],
])('%j is %j for %j', (template, base, variant) => {
  expect([baseName(template), variantOf(template)]).toEqual([base, variant]);
});

test('a name is its base and its variant, and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), (template) => {
      expect(baseName(template) + variantOf(template)).toBe(template);
      expect(baseName(template)).not.toContain('.');
    }),
  );
});

test('there is one for each channel, and one for little room', () => {
  expect(variantNames).toEqual([...channels, 'short']);
  expect(variantOf(`hand-off${shortVariant}`)).toBe(shortVariant);
});
