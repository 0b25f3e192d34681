/** policy.yaml's `ratings`: what a bad rating brings about, and what makes no sense in it. */
import { checkPolicy } from '../../../src/policy/check/checkPolicy';
import { PolicyError } from '../../../src/policy/load/loadPolicy';
import { smallPolicy, withSmallPolicy, type Edits } from '../smallPolicy';

const rated = (bad: string): Edits => ({ 'policy.yaml': (text) => `${text}ratings: { bad: ${bad} }\n` });

test.each([
  ['{}', { do: 'hand-off', group: null, priority: null, tag: 'deskhand_bad_rating' }],
  [
    '{ group: Tier 2, priority: high, tag: unhappy }',
    { do: 'hand-off', group: 'Tier 2', priority: 'high', tag: 'unhappy' },
  ],
  ['{ do: note }', { do: 'note', group: null, priority: null, tag: 'deskhand_bad_rating' }],
  ['{ do: nothing }', { do: 'nothing', group: null, priority: null, tag: 'deskhand_bad_rating' }],
])('%s', async (bad, expected) => {
  expect((await smallPolicy(rated(bad))).settings.badRating).toEqual(expected);
});

test('a policy that does not speak of ratings leaves it to the engine', async () => {
  expect((await smallPolicy()).settings).not.toHaveProperty('badRating');
});

test.each([
  ['another thing to do', '{ do: apologise }', /do: is "apologise", but allowed is/],
  ['a group where nobody gets it', '{ do: note, group: Support }', /belong to do: hand-off alone/],
  ['a priority where nothing is set', '{ do: nothing, priority: high }', /belong to do: hand-off alone/],
  ['words to the customer', '{ reply: sorry-late }', /unknown key "reply"/],
  ['a tag of two words', '{ tag: very bad }', /without spaces/],
  ['nothing', 'null', /bad/],
])('%s: told where it stands', async (_, bad, mistake) => {
  const failed = smallPolicy(rated(bad));
  await expect(failed).rejects.toThrow(PolicyError);
  await expect(failed).rejects.toThrow(mistake);
  await expect(failed).rejects.toThrow(/policy\.yaml:\d+/);
});

test('with a connection, a group that the desk lacks is found', async () => {
  const findings = await withSmallPolicy(rated('{ group: Qality }'), async (folder) => {
    const checked = await checkPolicy(folder, {
      classifierOf: null,
      groups: ['Support', 'Tier 2', 'Quality'],
    });
    return checked.findings.map(({ kind, message }) => `${kind} ${message}`);
  });
  expect(findings).toContainEqual(
    expect.stringMatching(/^unknown-group names the group "Qality".*Did you mean "Quality"\?/),
  );
});
