/**
 * Scenarios on all cores: the main thread plays along while the others load the policy and work. A thread answers
 * from the memory of classifications; what is not in it is played on the main thread, which has the classifier.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Piscina } from 'piscina';
import type { ClassificationMemo } from '../classificationMemo';
import type { LoadedPolicy } from '../../policy/policy';
import type { Scenario } from '../load/loadScenarios';
import { playScenario, resultOf, type Played, type PlayParts, type ScenarioResult } from '../runScenarios';
import type { PlayedInThread, ScenarioThreadData, ScenarioThreadTask } from './threadTask';

export interface ScenarioThreadOptions {
  /** The folder that `policy` was loaded from. */
  readonly folder: string;
  readonly policy: LoadedPolicy;
  readonly memo: ClassificationMemo;
  readonly keeps: NonNullable<PlayParts['keeps']>;
  /** Beside the main thread; by default one for each core but its own. */
  readonly threads?: number;
}

export interface ScenarioThreads {
  /** Results in the order of the scenarios. @throws Error when the policy's files have changed; what the classifier throws. */
  run(scenarios: readonly Scenario[]): Promise<readonly ScenarioResult[]>;
  stop(): Promise<void>;
}

/** A thread has to load the engine and the policy first: fewer scenarios are through before it has. */
export const enoughForThreads = 1_500;

/** Some 15 ms of work: enough that handing them over costs nothing. */
const atOnce = 20;
/** Near the end each takes a small part of what is left, so that nobody is waited for. */
const partOfTheRest = 4;
/** One that is worked at and one that waits, so that no thread waits for the main one. */
const tasksPerThread = 2;
/** Nearly all that a scenario makes is garbage at its end: rare collections of much are cheaper than many. */
const youngGenerationMb = 64;

export function openScenarioThreads({
  folder,
  policy,
  memo,
  keeps,
  threads = availableParallelism() - 1,
}: ScenarioThreadOptions): ScenarioThreads {
  const filename = require.resolve('./scenarioThread');
  const pool =
    threads === 0
      ? null
      : new Piscina<ScenarioThreadTask, PlayedInThread>({
          filename,
          workerData: {
            folder,
            version: policy.version,
            memory: memo.memory(),
            keeps,
          } satisfies ScenarioThreadData,
          minThreads: threads,
          maxThreads: threads,
          concurrentTasksPerWorker: tasksPerThread,
          resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
          // The main thread's own flags are none of theirs; what is not compiled yet needs a compiler.
          execArgv: filename.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [],
          atomics: 'disabled',
          recordTiming: false,
        });
  // What ends a thread fails its task, which tells it.
  pool?.on('error', () => undefined);
  const parts = { policy, classify: memo.classify, keeps };

  async function run(scenarios: readonly Scenario[]): Promise<readonly ScenarioResult[]> {
    const played: (Played | null)[] = scenarios.map(() => null);
    let next = 0;
    const take = (): readonly (readonly [number, Scenario])[] => {
      const from = next;
      const share = Math.ceil((scenarios.length - from) / ((threads + 1) * partOfTheRest));
      next += Math.min(atOnce, Math.max(share, 1));
      return scenarios.slice(from, next).map((scenario, place) => [from + place, scenario]);
    };
    const playHere = async (): Promise<void> => {
      for (let task = take(); task.length > 0; task = take()) {
        for (const [place, scenario] of task) played[place] = await playScenario(scenario, parts);
        // Threads' answers are taken in between.
        await setImmediate();
      }
    };
    const playThere = async (threadPool: NonNullable<typeof pool>): Promise<void> => {
      for (let task = take(); task.length > 0; task = take()) {
        const answers = await threadPool.run(task.map(([, { given, steps }]) => ({ given, steps })));
        for (const [index, [place]] of task.entries()) played[place] = answers[index] ?? null;
      }
    };
    const there =
      pool === null ? [] : Array.from({ length: threads * tasksPerThread }, () => playThere(pool));
    await Promise.all([...there, playHere()]).finally(() => {
      // After a failure nobody takes more.
      next = scenarios.length;
    });
    const results: ScenarioResult[] = [];
    for (const [place, scenario] of scenarios.entries()) {
      results.push(resultOf(scenario, played[place] ?? (await playScenario(scenario, parts))));
    }
    return results;
  }

  return { run, stop: async () => pool?.destroy() };
}
