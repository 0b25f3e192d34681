/**
 * `npm run bench:budget`: how long a customer waits for a reply while hundreds of chores wait for the same desk, which
 * allows so many requests a minute and no more; with their priorities and without, and on an account beside it.
 */
import { priorityKeys } from '../../src/contracts/priorities';
import { machineLine } from '../machine';
import { goalLine, isMet, median, type Goal } from '../statistics';
import { startCrowdedDesk, type Account, type CrowdedDesk } from './crowdedDesk';

const chores = Number(process.env['BENCH_CHORES'] ?? 500);
const requestsPerMinute = Number(process.env['BENCH_REQUESTS_PER_MINUTE'] ?? 3_000);
const replies = 12;

async function main(): Promise<void> {
  const desk = await startCrowdedDesk(requestsPerMinute);
  try {
    console.log(machineLine());
    console.log(
      `${chores} chores queued at a desk that allows ${requestsPerMinute} requests a minute; medians of ${replies} replies\n`,
    );
    for (let warmUp = 0; warmUp < 3; warmUp += 1)
      await Promise.all([desk.answer('noisy'), desk.answer('quiet')]);
    const idle = median(await answers(desk, 'noisy'));
    const beside = await crowded(desk, 'quiet', priorityKeys.chore);
    const behind = await crowded(desk, 'noisy', priorityKeys.chore);
    const without = await crowded(desk, 'noisy', priorityKeys.reply);
    console.log(`reply, nothing queued:                   ${idle.toFixed(0)} ms`);
    console.log(`reply, chores queued:                    ${behind.reply.toFixed(0)} ms`);
    console.log(`reply, chores queued, all as urgent:     ${without.reply.toFixed(0)} ms`);
    console.log(`reply, chores queued on another account: ${beside.reply.toFixed(0)} ms`);
    console.log(`all chores done in:                      ${(behind.chores / 1_000).toFixed(0)} s\n`);
    const goals: Goal[] = [
      {
        ...{ name: 'reply with chores queued / with nothing queued', measured: behind.reply / idle },
        ...{ limit: 3, direction: 'at most' },
        reason:
          'the chores under way share the cores and the desk; docs/rate-budget.md says what a reply waits for',
      },
      {
        ...{ name: 'reply without priorities / with them', measured: without.reply / behind.reply },
        ...{ limit: 5, direction: 'at least', reason: 'the queue was too short: set BENCH_CHORES higher' },
      },
      {
        ...{ name: 'reply beside a noisy account / with nothing queued', measured: beside.reply / idle },
        ...{ limit: 2, direction: 'at most', reason: 'both accounts share the cores of this machine' },
      },
      {
        ...{ name: 'requests that the desk refused with 429', measured: desk.refused(), limit: 0 },
        ...{ direction: 'at most', reason: 'the budget let out more than the desk allows' },
      },
    ];
    for (const goal of goals) console.log(goalLine(goal));
    const missed = goals.filter((goal) => !isMet(goal)).length;
    console.log(missed === 0 ? '\nall goals met' : `\n${missed} of ${goals.length} goals missed`);
  } finally {
    await desk.stop();
  }
}

/** One after the other. */
async function answers(desk: CrowdedDesk, account: Account): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let each = 0; each < replies; each += 1) taken.push(await desk.answer(account));
  return taken;
}

/** Replies to customers who write while the chores stand, all at once: each waits for the same crowd. */
async function crowded(
  desk: CrowdedDesk,
  account: Account,
  priorityKey: number,
): Promise<{ readonly reply: number; readonly chores: number }> {
  const { done } = await desk.crowd('noisy', chores, priorityKey);
  const begun = performance.now();
  const taken =
    priorityKey === priorityKeys.reply ? [await desk.answer(account)] : await answers(desk, account);
  await done;
  return { reply: median(taken), chores: performance.now() - begun };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
