import { sleep } from '@temporalio/workflow';

/** Answers how many milliseconds have passed. */
export async function waitTwoDays(): Promise<number> {
  const begin = Date.now();
  await sleep('2 days');
  return Date.now() - begin;
}
