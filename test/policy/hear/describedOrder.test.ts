/** "The newest", "the one from last week": which of the offered orders is meant, and when none is. */
import { describedOrder } from '../../../src/policy/hear/describedOrder';

/** Wednesday. */
const today = '2026-11-25';
const lamp = { number: '48213', placedOn: '2026-11-23', items: ['Desk lamp'] };
const socks = { number: '51877', placedOn: '2026-11-18', items: ['Wool socks'] };
const mugs = { number: '60004', placedOn: '2026-10-30', items: ['Blue mug', 'Red mug'] };
const offered = [lamp, socks, mugs];
const numberOf = (text: string, orders = offered) => describedOrder(text, orders, today)?.number ?? null;

test.each([
  ['the newest', lamp],
  ['my most recent order please', lamp],
  ['die neueste', lamp],
  ['la plus récente', lamp],
  ['el más reciente', lamp],
  ['den nyeste', lamp],
  ['the oldest', mugs],
  ['die älteste', mugs],
  ['la plus ancienne', mugs],
  ['el más antiguo', mugs],
  ['den ældste', mugs],
  ['the one from this week', lamp],
  ['the one from last week', socks],
  ['die von letzter Woche', socks],
  ['celle de la semaine dernière', socks],
  ['el de la semana pasada', socks],
  ['den fra sidste uge', socks],
  ['the one I ordered last month', mugs],
  ['die vom letzten Monat', mugs],
  ['from Monday', lamp],
  ['die vom Montag', lamp],
  ['celle de lundi', lamp],
  ['la del lunes', lamp],
  ['den fra mandag', lamp],
  ['18 November', socks],
  ['the order of November 18th', socks],
  ['die vom 18. November', socks],
  ['celle du 18 novembre', socks],
  ['el del 18 de noviembre', socks],
  ['den fra 18. november', socks],
  ['18.11.', socks],
  ['2026-11-18', socks],
  ['18/11/2026', socks],
  ['the one from October', mugs],
  ['the one with the blue mug', mugs],
  ['the socks', socks],
  ['not the lamp, the socks', socks],
] as const)('%s', (text, { number }) => {
  expect(numberOf(text)).toBe(number);
});

test.each([
  'the last one',
  'the one from November',
  'yesterday',
  'from Friday',
  'the one with the toaster',
  'the expensive one',
  'the lamp and the socks',
  'the newest?',
  'Where is the lamp?',
  'I do not know',
  '',
  `the lamp ${'that I wrote about '.repeat(10)}`,
])('in doubt, none: %j', (text) => {
  expect(numberOf(text)).toBeNull();
});

test('of two that fit, a word more decides', () => {
  const green = { ...socks, number: '51900', placedOn: '2026-11-02' };
  expect(numberOf('the socks', [...offered, green])).toBeNull();
  expect(numberOf('the newest socks', [...offered, green])).toBe(socks.number);
  expect(numberOf('the socks from 2 November', [...offered, green])).toBe(green.number);
});

test('two of one day have no newest', () => {
  expect(numberOf('the newest', [lamp, { ...socks, placedOn: lamp.placedOn }])).toBeNull();
});

test('no order was offered', () => {
  expect(numberOf('the newest', [])).toBeNull();
});

test('whether that is all that was said', () => {
  expect(describedOrder('the newest one, please', offered, today)?.isAll).toBe(true);
  expect(describedOrder('the lamp is broken', offered, today)).toEqual({ number: '48213', isAll: false });
});
