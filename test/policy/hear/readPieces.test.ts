/** How many pieces a customer means, and how many may go back. */
import type { OrderLine } from '../../../src/orders/port';
import type { OrderFacts } from '../../../src/policy/facts/facts';
import { lineMeant, piecesMeant } from '../../../src/policy/hear/itemMeant';
import { readPieces } from '../../../src/policy/hear/readPieces';
import { orderFacts } from '../../../src/policy/facts/orderFacts';
import { line, order } from '../support';
import { processorMs } from '../../support/processorMs';

describe('asked how many', () => {
  test.each<[string, string | null]>([
    ['1', '1'],
    ['2 please', '2'],
    ['2x', '2'],
    ['x 3', '3'],
    ['3 × the mug', '3'],
    ['One', '1'],
    ['just one', '1'],
    ['one of the two', '1'],
    ['One of my 4 mugs, sorry', '1'],
    ['only the blue one', '1'],
    ['both', '2'],
    ['both of them, sadly', '2'],
    ['three', '3'],
    ['all', 'all'],
    ['All of them are broken', 'all'],
    ['all four', '4'],
    ['all 4', '4'],
    ['not all, only two', '2'],
    ['not two, just one', '1'],
    ['nicht zwei, sondern eine', '1'],
    ['pas deux mais une', '1'],
    ['no dos sino una', '1'],
    ['ikke to, kun en', '1'],
    ['nej, ikke to men kun en', '1'],
    ['ikke tre. bare to', '2'],
    ['ikke to', null],
    ['not two', null],
    ["just one, that's all", '1'],
    ['nur einer', '1'],
    ['eine von den vier', '1'],
    ['einer der beiden', '1'],
    ['beide', '2'],
    ['alle', 'all'],
    ['alle vier', '4'],
    ['nicht alle, drei', '3'],
    ['un seul', '1'],
    ['une des deux', '1'],
    ['les deux', '2'],
    ['toutes', 'all'],
    ['toutes les trois', '3'],
    ['uno de los dos', '1'],
    ['solo una', '1'],
    ['las dos', '2'],
    ['todas', 'all'],
    ['én', '1'],
    ['kun en', '1'],
    ['to af dem', '2'],
    ['begge', '2'],
    ['fire', '4'],
    ['alle sammen', 'all'],
    // Of these nobody knows how many are meant.
    ['', null],
    ['I do not know', null],
    ['none', null],
    ['no one told me that', null],
    ['one or two', null],
    ['all but one', null],
    ['not all', null],
    ['some of them', null],
    ['the handle is off', null],
    ['I want to send them back', null],
    ['it caught fire', null],
    ['la bleue et la rouge', null],
    ['12.90', null],
    ['123456', null],
  ])('%j: %s', (said, pieces) => {
    expect(readPieces(said, true)).toBe(pieces);
  });

  test('a message of any length takes no time', () => {
    const used = processorMs();
    for (const said of [
      'one of '.repeat(9_000),
      'all the '.repeat(8_000),
      'x '.repeat(30_000),
      '1'.repeat(60_000),
    ]) {
      readPieces(said, true);
    }
    expect(used()).toBeLessThan(1_000);
  });
});

test.each<[string, string | null]>([
  ['no, only one', '1'],
  ['no, 2 of them', '2'],
  ['sorry, both', '2'],
  ['the blue one', null],
  ['der eine mit dem Riss', null],
])('a correction needs to be clear: %j is %s', (said, pieces) => {
  expect(readPieces(said, false)).toBe(pieces);
});

describe('of the pieces that can go back', () => {
  const orderOf = (...items: readonly OrderLine[]) =>
    orderFacts(order({ items, total: { minor: 9_000, currency: 'EUR' } }), '2026-11-25');
  const mugs = (refunded = 0): OrderLine => ({ ...line('Mug', 4, 1_200, '2'), refunded });
  const meant = (facts: OrderFacts, told: string) => piecesMeant(lineMeant(facts, 'Mug'), told);

  test.each([
    ['1', 1],
    ['4', 4],
    ['all', 4],
    ['5', 0],
    ['0', 0],
    ['', 0],
    ['1.5', 0],
  ])('of four, "%s" is %i', (told, pieces) => {
    expect(meant(orderOf(mugs()), told)).toBe(pieces);
  });

  test('what went back already is not counted, and of a single piece nobody asks', () => {
    expect(meant(orderOf(mugs(2)), 'all')).toBe(2);
    expect(meant(orderOf(mugs(2)), '3')).toBe(0);
    expect(meant(orderOf(mugs(3)), '')).toBe(1);
    expect(meant(orderOf(mugs(4)), 'all')).toBe(0);
  });

  test('of two lines of one name the one is meant of which something is left, or neither', () => {
    const other = line('Mug', 1, 900, '3');
    expect(lineMeant(orderOf(mugs(), other), 'Mug')).toBeNull();
    expect(lineMeant(orderOf(mugs(4), other), 'Mug')?.line).toBe('3');
    expect(lineMeant(orderOf(mugs()), 'Kettle')).toBeNull();
  });
});
