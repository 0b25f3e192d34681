/**
 * What every desk's adapter keeps, told as behaviours and held against its embedded desk. A new desk brings a
 * `DeskUnderTest`, with a table of what it cannot do, and a test file of one line.
 */
import { aPersonWins } from './aPersonWins';
import { brands } from './brands';
import type { DeskUnderTest } from './deskUnderTest';
import { exactlyOnce } from './exactlyOnce';
import { intake } from './intake';
import { merged } from './merged';
import { leftOpen, reading } from './reading';
import { whatAnUpdateChanges } from './whatAnUpdateChanges';

export function deskContract(tested: DeskUnderTest): void {
  describe(tested.name, () => {
    describe('writes exactly once', () => exactlyOnce(tested));
    describe('a person wins', () => aPersonWins(tested));
    describe('what an update changes', () => whatAnUpdateChanges(tested));
    describe('reads', () => reading(tested));
    describe('knows brands', () => brands(tested));
    describe('hears of its tickets', () => intake(tested));
    describe('a merged ticket', () => merged(tested));
    describe('tickets left open', () => leftOpen(tested));
  });
}
