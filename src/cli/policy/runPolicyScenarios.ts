/** A policy's scenarios with the classifier that production has: for `policy test`, and before a version is published. */
import path from 'node:path';
import { classifierIdentity } from '../../classify/embedded/classifierIdentity';
import type { LoadedPolicy } from '../../policy/load/loadPolicy';
import { openClassificationMemo } from '../../scenarios/classificationMemo';
import { loadScenarios, type Scenario } from '../../scenarios/load/loadScenarios';
import { runScenarios, type ScenarioResult } from '../../scenarios/runScenarios';
import {
  enoughForThreads,
  openScenarioThreads,
  type ScenarioThreadOptions,
} from '../../scenarios/threads/scenarioThreads';
import { CommandError } from '../failure';

export interface PolicyScenariosOptions {
  /** Where what is costly to compute is kept between runs. */
  readonly stateDir: string;
  /** Only scenarios with this text in their name or file; "" or left out: all. */
  readonly filter?: string;
  /** True: nothing is remembered of earlier runs. */
  readonly fresh?: boolean;
  /** True: what happened in those that passed is told, too. */
  readonly show?: boolean;
}

export interface TestedPolicy {
  readonly results: readonly ScenarioResult[];
  /** How many scenarios there are, those that the filter leaves out included. */
  readonly all: number;
  /** How many messages were classified, and not remembered. */
  readonly classified: number;
}

/** @throws PolicyError for mistakes in the scenarios; CommandError when the filter leaves none. */
export async function runPolicyScenarios(
  folder: string,
  policy: LoadedPolicy,
  { stateDir, filter = '', fresh = false, show = false }: PolicyScenariosOptions,
): Promise<TestedPolicy> {
  const all = await loadScenarios(folder, policy);
  const chosen = all.filter((scenario) => isMeant(scenario, filter));
  if (chosen.length === 0) {
    throw new CommandError(
      `None of the ${all.length} scenarios in ${folder} has ${JSON.stringify(filter)} in its name or file.`,
    );
  }
  const toSave: (() => Promise<void>)[] = [];
  const memo = await openClassificationMemo({
    file: path.join(stateDir, 'scenario-messages.json'),
    intents: policy.intents,
    classifier: await classifierIdentity(),
    open: async () => {
      const { createEmbeddedClassifier } = await import('../../classify/embedded/embeddedClassifier.js');
      const { rememberingEmbedder } = await import('../../classify/embedded/embeddingCache.js');
      return createEmbeddedClassifier(policy.intents, {
        cacheFile: path.join(stateDir, 'embeddings.json'),
        // Another example makes all messages be classified anew, and most of that is reading the same words again.
        through: async (encoder) => {
          const remembering = await rememberingEmbedder(
            encoder,
            path.join(stateDir, 'scenario-embeddings.json'),
          );
          toSave.push(remembering.save);
          return remembering;
        },
      });
    },
    fresh,
  });
  const results = await play(chosen, { folder, policy, memo, keeps: show ? 'all' : 'failed' });
  await Promise.all([memo.save(), ...toSave.map((save) => save())]);
  return { results, all: all.length, classified: memo.classified() };
}

async function play(
  scenarios: readonly Scenario[],
  options: ScenarioThreadOptions,
): Promise<readonly ScenarioResult[]> {
  if (scenarios.length < enoughForThreads) {
    const { policy, memo, keeps } = options;
    return runScenarios(scenarios, { policy, classify: memo.classify, keeps });
  }
  const threads = openScenarioThreads(options);
  try {
    return await threads.run(scenarios);
  } finally {
    await threads.stop();
  }
}

function isMeant({ name, file }: Scenario, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return name.toLowerCase().includes(wanted) || file.toLowerCase().includes(wanted);
}
