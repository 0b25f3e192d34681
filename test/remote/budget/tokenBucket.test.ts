import fc from 'fast-check';
import { TokenBucket } from '../../../src/remote/budget/tokenBucket';

it('has ten seconds of its rate at once, and then one after the other', () => {
  const bucket = new TokenBucket(60, 0);
  for (let taken = 0; taken < 10; taken += 1) {
    expect(bucket.waitMs(0)).toBe(0);
    bucket.take(0);
  }
  expect(bucket.waitMs(0)).toBeCloseTo(1_000);
  expect(bucket.waitMs(400)).toBeCloseTo(600);
  expect(bucket.waitMs(1_000)).toBe(0);
});

it('a slow one still lets a whole reply through at once', () => {
  const bucket = new TokenBucket(10, 0);
  for (let taken = 0; taken < 5; taken += 1) bucket.take(0);
  expect(bucket.waitMs(0)).toBeCloseTo(6_000);
});

it('rest is not saved up for longer than that', () => {
  const bucket = new TokenBucket(60, 0);
  for (let taken = 0; taken < 10; taken += 1) bucket.take(3_600_000);
  expect(bucket.waitMs(3_600_000)).toBeGreaterThan(0);
});

it('a new rate holds from the moment it is known', () => {
  const bucket = new TokenBucket(60, 0);
  for (let taken = 0; taken < 10; taken += 1) bucket.take(0);
  bucket.setRate(600, 0);
  expect(bucket.waitMs(0)).toBeCloseTo(100);
});

it('a lower rate does not leave what the higher one had saved', () => {
  const bucket = new TokenBucket(6_000, 0);
  bucket.setRate(60, 0);
  for (let taken = 0; taken < 10; taken += 1) bucket.take(0);
  expect(bucket.waitMs(0)).toBeCloseTo(1_000);
});

it('one that was drained until a time gives the first a moment after it, not a heap at it', () => {
  const bucket = new TokenBucket(60, 0);
  bucket.drain(30_000);
  expect(bucket.waitMs(0)).toBeCloseTo(31_000);
  expect(bucket.waitMs(30_000)).toBeCloseTo(1_000);
  bucket.take(31_000);
  expect(bucket.waitMs(31_000)).toBeCloseTo(1_000);
});

it('never lets out more in any stretch than its rate and ten seconds of it', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), steps, (perMinute, pauses) => {
      const bucket = new TokenBucket(perMinute, 0);
      let now = 0;
      let taken = 0;
      for (const pause of pauses) {
        now += pause;
        while (bucket.waitMs(now) === 0) {
          bucket.take(now);
          taken += 1;
        }
      }
      expect(taken).toBeLessThanOrEqual((now / 60_000) * perMinute + Math.max(perMinute / 6, 5) + 0.01);
    }),
    { numRuns: 50 },
  );
});
