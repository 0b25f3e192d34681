/** policy.yaml's `third-parties`: what becomes of words of somebody other than the requester. */
import { PolicyError } from '../../../src/policy/load/loadPolicy';
import { smallPolicy, type Edits } from '../smallPolicy';

const saying = (what: string): Edits => ({ 'policy.yaml': (text) => `${text}third-parties: ${what}\n` });

test.each([
  ['note-only', { thirdParties: 'note-only' }],
  ['answer', { thirdParties: 'answer' }],
])('%s', async (what, expected) => {
  expect((await smallPolicy(saying(what))).settings).toMatchObject(expected);
});

test('hand-off is what a policy means that does not speak of it', async () => {
  expect((await smallPolicy(saying('hand-off'))).settings).not.toHaveProperty('thirdParties');
  expect((await smallPolicy()).settings).not.toHaveProperty('thirdParties');
});

test.each([
  ['a word that is none of these', 'ignore', /third-parties: is "ignore", but allowed is/],
  ['a yes', 'true', /third-parties/],
  ['nothing', 'null', /third-parties/],
])('%s: told where it stands, and what there is', async (_what, said, mistake) => {
  const failed = smallPolicy(saying(said));
  await expect(failed).rejects.toThrow(PolicyError);
  await expect(failed).rejects.toThrow(mistake);
  await expect(failed).rejects.toThrow(/policy\.yaml:\d+/);
});
