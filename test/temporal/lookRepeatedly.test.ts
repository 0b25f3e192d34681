import { lookRepeatedly } from '../../src/temporal/lookRepeatedly';
import { until } from '../support/until';

/** Looks that take as long as they are told to. */
function looks() {
  const under: (() => void)[] = [];
  let begun = 0;
  const look = (): Promise<void> => {
    begun += 1;
    return new Promise((resolve) => under.push(resolve));
  };
  return { look, begun: () => begun, end: () => under.splice(0).forEach((resolve) => resolve()) };
}

const begunAre = (count: number, begun: () => number) =>
  until(`look ${count}`, () => Promise.resolve(begun() >= count || null));

test('one after the other, for as long as it runs', async () => {
  let begun = 0;
  const looking = lookRepeatedly(() => {
    begun += 1;
    return Promise.resolve();
  }, 1);
  await begunAre(3, () => begun);
  await looking.stop();
  const atTheEnd = begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toBe(atTheEnd);
});

test('a look that takes long is not overtaken by the next', async () => {
  const { look, begun, end } = looks();
  const looking = lookRepeatedly(look, 1);
  await begunAre(1, begun);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun()).toBe(1);
  end();
  await begunAre(2, begun);
  end();
  await looking.stop();
});

test('the end waits for the look under way', async () => {
  const { look, begun, end } = looks();
  const looking = lookRepeatedly(look, 1);
  await begunAre(1, begun);
  let ended = false;
  const stopped = looking.stop().then(() => (ended = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ended).toBe(false);
  end();
  await stopped;
  expect(begun()).toBe(1);
});

test('before the first look there is nothing to wait for', async () => {
  const { look, begun } = looks();
  await lookRepeatedly(look, 60_000).stop();
  expect(begun()).toBe(0);
});
