/**
 * `npm run bench:scenarios`: conversations a second of the scenario runner with all messages remembered, and the time
 * that one decision takes in a policy of 200 rules. Both are pure computing, so absolute numbers are the goals. What is
 * measured is compiled (`scripts/compiled.mjs`), as an installed Deskhand is.
 */
import { mkdtemp, readFile, rm, writeFile, cp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEmbeddedClassifier } from '../src/classify/embedded/embeddedClassifier';
import { evaluate } from '../src/policy/decide/evaluate';
import { loadPolicy, type LoadedPolicy } from '../src/policy/load/loadPolicy';
import type { KnownMatters } from '../src/policy/lookUp/lookUp';
import type { Facts } from '../src/policy/facts/facts';
import { openClassificationMemo, type ClassificationMemo } from '../src/scenarios/classificationMemo';
import { happeningsOf } from '../src/scenarios/happenings';
import { loadScenarios, type Scenario } from '../src/scenarios/load/loadScenarios';
import { expectManyShapes } from '../src/scenarios/manyShapes';
import { runScenario, runScenarios, type ScenarioResult } from '../src/scenarios/runScenarios';
import { openScenarioThreads } from '../src/scenarios/threads/scenarioThreads';
import { newDialogue } from '../src/core/conversation/dialogue';
import { goalLine, isMet, median, type Goal } from './statistics';

const demo = path.resolve('policies/demo-shop');
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const conversations = 2_000;
/** Each thread compiles for itself what it plays, and is through with that after some 10,000 conversations. */
const warmUps = 10;
const rulesWanted = 200;

async function main(): Promise<void> {
  // As `policy test` does.
  expectManyShapes();
  const cpus = os.cpus();
  console.log(
    `${cpus[0]?.model ?? 'unknown processor'}, ${cpus.length} cores, Node ${process.version}; medians of ${rounds}\n`,
  );
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  try {
    const policy = await loadPolicy(demo);
    const scenarios = await loadScenarios(demo, policy);
    const memo = await openClassificationMemo({
      file: path.join(folder, 'memo.json'),
      intents: policy.intents,
      classifier: 'bench',
      open: () => createEmbeddedClassifier(policy.intents),
    });
    const rates = await conversationsASecond(policy, scenarios, memo);
    console.log(
      `first run on all cores, threads to be started, hardly anything compiled: ${rates.first.toFixed(0)} conversations a second\n` +
        `one thread: ${rates.oneThread.toFixed(0)} conversations a second, ${rates.oneThreadCpu.toFixed(0)} a second of processor time\n` +
        `all cores: ${rates.allCores.toFixed(0)} a second, ${rates.allCoresCpu.toFixed(0)} a second of processor time of one core\n`,
    );
    const known = await decisionOf(policy, scenarios, memo);
    const large = await largePolicy(folder);
    const last = timeOfDecision(large, asked(known, 'bench'));
    const goals: Goal[] = [
      {
        name: `conversations a second on all cores, compiled (${scenarios.length} scenarios, repeated)`,
        measured: rates.allCores,
        limit: 2_000,
        direction: 'at least',
        reason:
          'each message is read, decided, answered and noted as in production, some 0.5 ms of one core for a message',
      },
      {
        name: `ms for a decision, ${rulesWanted} rules of one intent all looked at`,
        measured: last,
        limit: 1,
        direction: 'at most',
        reason: 'each condition is evaluated, and the trace says why it did not hold',
      },
    ];
    for (const goal of goals) console.log(goalLine(goal));
    if (!goals.every(isMet)) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Rates extends WarmRates {
  /** Of one run as `deskhand policy test` makes it: in a new process, threads started for it. */
  readonly first: number;
}

/** When V8 has compiled what is played. */
interface WarmRates {
  readonly oneThread: number;
  /** The same by processor time, whatever else the machine does. */
  readonly oneThreadCpu: number;
  readonly allCores: number;
  /** A second of processor time of any one core. */
  readonly allCoresCpu: number;
}

/** Both in turn, so that what else the machine does falls on both. Medians. */
async function conversationsASecond(
  policy: LoadedPolicy,
  scenarios: readonly Scenario[],
  memo: ClassificationMemo,
): Promise<Rates> {
  const parts = { policy, classify: memo.classify, keeps: 'failed' as const };
  const many = Array.from(
    { length: conversations },
    (_, index) => scenarios[index % scenarios.length],
  ).filter((scenario) => scenario !== undefined);
  // So that every message is remembered.
  await runScenarios(scenarios, parts);
  const threads = openScenarioThreads({ folder: demo, policy, memo, keeps: 'failed' });
  try {
    const first = await rateOf(() => threads.run(many));
    for (let run = 0; run < warmUps; run += 1) await threads.run(many);
    const rates: WarmRates[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const cpuBefore = process.cpuUsage();
      const oneThread = await rateOf(() => runScenarios(many, parts));
      const { user, system } = process.cpuUsage(cpuBefore);
      const cpuBetween = process.cpuUsage();
      const allCores = await rateOf(() => threads.run(many));
      const all = process.cpuUsage(cpuBetween);
      rates.push({
        oneThread,
        oneThreadCpu: (many.length * 1_000_000) / (user + system),
        allCores,
        allCoresCpu: (many.length * 1_000_000) / (all.user + all.system),
      });
    }
    const of = (kind: keyof WarmRates) => median(rates.map((rate) => rate[kind]));
    return {
      first,
      oneThread: of('oneThread'),
      oneThreadCpu: of('oneThreadCpu'),
      allCores: of('allCores'),
      allCoresCpu: of('allCoresCpu'),
    };
  } finally {
    await threads.stop();
  }
}

async function rateOf(run: () => Promise<readonly ScenarioResult[]>): Promise<number> {
  const started = performance.now();
  const results = await run();
  const seconds = (performance.now() - started) / 1_000;
  const failed = results.find((result) => result.failed !== null);
  if (failed !== undefined) throw new Error(`"${failed.scenario.name}" failed`);
  return results.length / seconds;
}

/** The facts of a real decision. */
async function decisionOf(
  policy: LoadedPolicy,
  scenarios: readonly Scenario[],
  { classify }: ClassificationMemo,
): Promise<Facts> {
  for (const scenario of scenarios) {
    const { happenings } = await runScenario(scenario, { policy, classify });
    for (const { plan } of happeningsOf(happenings, 'decided')) {
      const facts = plan.facts.find(isFacts);
      if (facts?.order.found === true) return facts;
    }
  }
  throw new Error('no scenario speaks of an order');
}

function isFacts(
  facts: Readonly<Record<string, unknown>>,
): facts is Readonly<Record<string, unknown>> & Facts {
  return typeof facts['order'] === 'object' && typeof facts['question'] === 'object';
}

function asked(facts: Facts, intent: string): KnownMatters {
  return { matters: [{ ...facts, intent, confidence: 1 }], dialogue: newDialogue };
}

/** As many rules for one intent as the bench wants, none of which holds but the last. */
async function largePolicy(folder: string): Promise<LoadedPolicy> {
  const copy = path.join(folder, 'large');
  await cp(demo, copy, { recursive: true });
  const rules = Array.from({ length: rulesWanted }, (_, index) => {
    const isLast = index === rulesWanted - 1;
    const status = isLast
      ? 'order.found'
      : `order.total == -${index} && order.status == "cancelled" && "anger" in signals`;
    return [
      `    - rule: bench-${index}`,
      `      why: Number ${index} of many.`,
      `      when: ${status}`,
      '      then: [{ reply: order-in-transit }]',
    ].join('\n');
  });
  const intent = [
    '',
    'bench:',
    '  about: is measured',
    '  orders: open',
    '  examples: [zig zag, zag zug, zug zig]',
    '',
  ];
  await append(path.join(copy, 'intents.yaml'), intent.join('\n'));
  const file = path.join(copy, 'rules.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^per-intent:\n/m, `per-intent:\n  bench:\n${rules.join('\n')}\n`));
  return loadPolicy(copy);
}

async function append(file: string, text: string): Promise<void> {
  await writeFile(file, `${await readFile(file, 'utf8')}${text}`);
}

/** Milliseconds. */
function timeOfDecision(policy: LoadedPolicy, known: KnownMatters): number {
  const once = 200;
  const times: number[] = [];
  const plan = evaluate(policy, known);
  if (plan.rule !== `bench-${rulesWanted - 1}`)
    throw new Error(`rule ${plan.rule} decided, not the last one`);
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    for (let run = 0; run < once; run += 1) evaluate(policy, known);
    if (round > 0) times.push((performance.now() - started) / once);
  }
  return median(times);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message.slice(0, 1_000) : error);
  process.exitCode = 1;
});
