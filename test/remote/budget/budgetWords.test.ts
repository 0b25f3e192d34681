import { budgetWords } from '../../../src/remote/budget/budgetWords';

const state = { limit: 700, left: 652, isLearnt: true, waiting: 0, closedForMs: 0, requestsPerStep: 1 };

it('says what is left of what', () => {
  expect(budgetWords(state)).toBe('652 of 700 requests a minute are left');
  expect(budgetWords({ ...state, left: 140 })).toBe('140 of 700 requests a minute are left');
});

it('names a budget that is nearly used up, what it means and the mend', () => {
  expect(budgetWords({ ...state, left: 139 })).toMatch(
    /^139 of 700 .*NEARLY USED UP, and only replies go out; look what else asks this desk, or ask it for a larger plan/,
  );
  expect(budgetWords({ ...state, left: 0 })).toContain('NEARLY USED UP');
});

it('of a desk that tells nothing says nothing: a setting is no knowledge', () => {
  expect(budgetWords({ ...state, isLearnt: false })).toBeNull();
  expect(budgetWords({ ...state, left: null })).toBeNull();
  expect(budgetWords({ ...state, limit: null })).toBeNull();
});
