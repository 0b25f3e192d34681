import { policiesOf, shownName } from '../../../src/cli/policy/policiesOf';
import { differenceLines } from '../../../src/cli/policy/differenceLines';

const at = (brands: Readonly<Record<string, string>>) =>
  policiesOf({ policyDir: '/policies/shop', policyStoreDir: '/state/policies', brands });

test('without brands there is one, for everybody', () => {
  expect(at({})).toMatchObject([{ name: undefined, folder: '/policies/shop', brands: [] }]);
  expect(at({}).map(shownName)).toEqual(['default']);
});

test('brands that share a folder share a policy; the one of all others comes first', () => {
  const policies = at({ Kids: '/policies/kids', Coffee: '/policies/coffee-club', Baby: '/policies/kids' });
  expect(policies.map(({ brands, ...policy }) => [shownName(policy), brands])).toEqual([
    ['default', []],
    ['kids', ['Kids', 'Baby']],
    ['coffee-club', ['Coffee']],
  ]);
});

test('a brand that has the folder of all others has none of its own', () => {
  expect(at({ Plain: '/policies/shop', Kids: '/policies/kids' }).map(shownName)).toEqual(['default', 'kids']);
});

test('what another version would have done is told in a line each', () => {
  const lines = differenceLines([
    { aspect: 'reply', before: 'order-late (en)', after: 'ask-order-number (en)' },
    { aspect: 'reply', before: 'order-late (en)', after: 'order-late (en)' },
  ]);
  expect(lines).toEqual([
    'reply: order-late (en) -> ask-order-number (en)',
    'reply: order-late (en), in other words',
  ]);
  expect(differenceLines([])).toEqual([]);
});
