import { measure } from './measure';
import { assertion, development } from './heldOutMessages';
import { demoClassifier } from './policyIntents';
import { loadPolicy } from '../../src/policy/loadPolicy';

beforeAll(demoClassifier, 120_000);

test('the held-out messages are held out', async () => {
  const { intents } = await loadPolicy('policies/demo-shop');
  const examples = new Set(intents.flatMap((intent) => intent.examples.map((text) => text.toLowerCase())));
  const messages = [...development, ...assertion];
  expect(messages.length).toBeGreaterThanOrEqual(150);
  expect(messages.filter(({ text }) => examples.has(text.toLowerCase()))).toEqual([]);
  const names = new Set(intents.map(({ intent }) => intent));
  expect(messages.filter(({ intent }) => intent !== null && !names.has(intent))).toEqual([]);
});

test('how good the classifier is, on messages it was neither trained nor tuned on', async () => {
  const { mistakes, ...quality } = await measure(await demoClassifier(), assertion);
  // Shown with the failure: which messages, so that nobody has to go looking.
  expect({ ...quality, mistakes: quality.accuracy < 0.78 ? mistakes : [] }).toMatchObject({ mistakes: [] });
  expect(quality.acceptedAccuracy).toBeGreaterThan(0.86);
  expect(quality.coverage).toBeGreaterThan(0.65);
  expect(quality.outOfScopeRecall).toBeGreaterThan(0.8);
  expect(quality.calibrationError).toBeLessThan(0.2);
}, 120_000);
