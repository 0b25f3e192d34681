/** A line of the doctor says what is well, what is amiss, and what could not be looked at. */
import { NotCheckedError, runCheck, sumOf, type Check } from '../../../src/cli/doctor/check';

const asks: Check = {
  name: 'poll',
  run: () => Promise.resolve('looks'),
  notYet: () => Promise.resolve('not yet'),
};
const fails: Check = { name: 'desk', run: () => Promise.reject(new Error('nobody is there')) };
const mayNotLook: Check = {
  name: 'webhook',
  run: () => Promise.reject(new NotCheckedError('it may not look: give it the key of an admin')),
  beforeStart: 'does not run yet',
};

test('before the start, what is asked of somebody else is not asked', async () => {
  expect(await runCheck(asks, true)).toEqual({ outcome: 'later', line: 'later        poll: not yet' });
  expect((await runCheck(asks, false)).line).toMatch(/^ok {11}poll: looks \(\d+ ms\)$/);
});

test('before the start, what fails is no failure where it is started later', async () => {
  const later = { ...fails, beforeStart: 'does not run yet' };
  expect(await runCheck(later, true)).toEqual({
    outcome: 'later',
    line: 'later        desk: does not run yet',
  });
  expect(await runCheck(later, false)).toEqual({
    outcome: 'FAILED',
    line: 'FAILED       desk: nobody is there',
  });
  expect((await runCheck(fails, true)).outcome).toBe('FAILED');
});

test('what may not be looked at is neither well nor amiss, before the start and after it', async () => {
  const line = 'not checked  webhook: it may not look: give it the key of an admin';
  for (const isBeforeStart of [true, false])
    expect(await runCheck(mayNotLook, isBeforeStart)).toEqual({ outcome: 'not checked', line });
});

test('the sum tells them apart', async () => {
  const all = [asks, asks, fails, mayNotLook];
  expect(sumOf(await Promise.all(all.map((check) => runCheck(check, false))))).toBe(
    '2 ok, 1 not checked, 1 FAILED',
  );
  expect(sumOf([await runCheck(asks, true)])).toBe('1 later');
});
