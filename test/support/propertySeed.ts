/**
 * Before each test file: every property test goes the same way in every run, so that a change is told by its own failures.
 * `DESKHAND_SEED=7` goes another way, `DESKHAND_SEED=random` each time a new one; a failure names its seed.
 */
import fc from 'fast-check';

const wanted = process.env['DESKHAND_SEED'] ?? '1';
const isRandom = wanted === 'random';
if (!isRandom && !/^-?\d{1,9}$/.test(wanted)) {
  throw new Error(`DESKHAND_SEED is "${wanted}": it takes a whole number or "random"`);
}
fc.configureGlobal(isRandom ? {} : { seed: Number(wanted) });
