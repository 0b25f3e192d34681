/**
 * `npm run bench`: what Deskhand adds to Temporal, as ratios measured in one run on one server. Absolute times say
 * more about the machine than about the code; the ratios travel.
 */
import { machineLine } from './machine';
import { goalLine, isMet, median, quantile, type Goal } from './statistics';
import { Bench } from './bench';

/** fetch, classify, consult, reply: what a turn does, whether Temporal or the worker schedules it. */
const stepsOfATurn = 4;
const pairs = Number(process.env['BENCH_PAIRS'] ?? 30);
const burst = Number(process.env['BENCH_TICKETS'] ?? 120);
const inFlight = 20;

async function main(): Promise<void> {
  const bench = await Bench.start();
  try {
    console.log(machineLine());
    console.log(
      `${pairs} tickets one by one, ${burst} with ${inFlight} in flight; medians; settle window 0\n`,
    );
    for (let warmUp = 0; warmUp < 3; warmUp += 1) {
      await bench.answerTicket();
      await bench.runBare(stepsOfATurn);
    }
    const replies: number[] = [];
    const bare: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      bare.push(await bench.runBare(stepsOfATurn));
      replies.push(await bench.answerTicket());
    }
    const rates = { bare: [] as number[], deskhand: [] as number[] };
    for (let round = 0; round < 3; round += 1) {
      rates.bare.push(await rate(() => bench.runBare(stepsOfATurn)));
      rates.deskhand.push(await rate(() => bench.answerTicket()));
    }
    const cost = await bench.costOfOneTicket();
    const latency = { bare: median(bare), deskhand: median(replies) };
    const throughput = { bare: median(rates.bare), deskhand: median(rates.deskhand) };

    console.log(
      `bare workflow, ${stepsOfATurn} empty activities:   ${latency.bare.toFixed(0)} ms (p95 ${quantile(bare, 0.95).toFixed(0)}), ${throughput.bare.toFixed(1)} a second`,
    );
    console.log(
      `a ticket, hint to public reply:     ${latency.deskhand.toFixed(0)} ms (p95 ${quantile(replies, 0.95).toFixed(0)}), ${throughput.deskhand.toFixed(1)} a second\n`,
    );
    const goals: Goal[] = [
      {
        name: 'reply latency / bare workflow',
        measured: latency.deskhand / latency.bare,
        limit: 1.3,
        direction: 'at most',
        reason: 'HTTP to the desk (six requests) and the sentence embedding (about 25 ms) are real work',
      },
      {
        name: "tickets a second / bare workflow's",
        measured: throughput.deskhand / throughput.bare,
        limit: 0.8,
        direction: 'at least',
        reason:
          'classifier, desk, worker, client and server share the same cores here; the bare workflow has them to itself',
      },
      {
        name: "Temporal Actions of a plain answered ticket (server's metric)",
        measured: cost.actions,
        limit: 8,
        direction: 'at most',
        reason: JSON.stringify(cost.byType),
      },
      {
        name: 'history events of the turn',
        measured: cost.events,
        limit: 25,
        direction: 'at most',
        reason: 'see the history in the Web UI',
      },
    ];
    for (const goal of goals) console.log(goalLine(goal));
    const missed = goals.filter((goal) => !isMet(goal)).length;
    console.log(missed === 0 ? '\nall goals met' : `\n${missed} of ${goals.length} goals missed`);
  } finally {
    await bench.stop();
  }
}

/** How many a second finish while `inFlight` are under way. */
async function rate(run: () => Promise<number>): Promise<number> {
  const started = performance.now();
  let begun = 0;
  const lane = async () => {
    while (begun < burst) {
      begun += 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (burst / (performance.now() - started)) * 1_000;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
