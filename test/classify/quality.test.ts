import { measure, type Quality } from './measure';
import { assertion, development } from './heldOutMessages';
import { demoClassifier } from '../support/classifier';
import { loadPolicy } from '../../src/policy/load/loadPolicy';

beforeAll(demoClassifier, 120_000);

test('the held-out messages are held out', async () => {
  const { intents } = await loadPolicy('policies/demo-shop');
  const examples = new Set(intents.flatMap((intent) => intent.examples.map((text) => text.toLowerCase())));
  const messages = [...development, ...assertion];
  expect(messages.length).toBeGreaterThanOrEqual(300);
  expect(new Set(messages.map(({ text }) => text.toLowerCase())).size).toBe(messages.length);
  expect(messages.filter(({ text }) => examples.has(text.toLowerCase()))).toEqual([]);
  const names = new Set(intents.map(({ intent }) => intent));
  expect(messages.filter(({ intent }) => intent !== null && !names.has(intent))).toEqual([]);
});

type Bounds = Record<'accuracy' | 'acceptedAccuracy' | 'coverage' | 'outOfScopeRecall', number>;

function expectAtLeast({ mistakes, ...quality }: Quality, bounds: Bounds): void {
  const missed = (Object.keys(bounds) as (keyof Bounds)[]).filter((name) => quality[name] <= bounds[name]);
  // Shown with the failure: which messages, so that nobody has to go looking.
  expect({ missed, quality, mistakes: missed.length > 0 ? mistakes : [] }).toMatchObject({
    missed: [],
    mistakes: [],
  });
  expect(quality.calibrationError).toBeLessThan(0.2);
  expect(quality.doubled).toBeLessThanOrEqual(1);
}

describe('how good the classifier is, on messages it was neither trained nor tuned on', () => {
  test('on the first 78 of them', async () => {
    expectAtLeast(await measure(await demoClassifier(), assertion.slice(0, 78)), {
      accuracy: 0.78,
      acceptedAccuracy: 0.86,
      coverage: 0.65,
      outOfScopeRecall: 0.8,
    });
  });

  // The later ones are harder: rarer words, several things at once.
  test('on all 150', async () => {
    expectAtLeast(await measure(await demoClassifier(), assertion), {
      accuracy: 0.75,
      acceptedAccuracy: 0.8,
      coverage: 0.65,
      outOfScopeRecall: 0.8,
    });
  });
});
