/**
 * What every desk's adapter keeps, told as behaviours and held against its embedded desk. A new desk brings a
 * `DeskKind`, with a table of what it cannot do, and a test file of one line.
 */
import { aPersonWins } from './aPersonWins';
import type { DeskKind } from './deskUnderTest';
import { exactlyOnce } from './exactlyOnce';
import { intake } from './intake';
import { merged } from './merged';
import { leftOpen, reading } from './reading';
import { whatAnUpdateChanges } from './whatAnUpdateChanges';

export function deskContract(kind: DeskKind): void {
  describe(kind.name, () => {
    describe('writes exactly once', () => exactlyOnce(kind));
    describe('a person wins', () => aPersonWins(kind));
    describe('what an update changes', () => whatAnUpdateChanges(kind));
    describe('reads', () => reading(kind));
    describe('hears of its tickets', () => intake(kind));
    describe('a merged ticket', () => merged(kind));
    describe('tickets left open', () => leftOpen(kind));
  });
}
