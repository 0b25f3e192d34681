/** What runs in a thread of `openScenarioThreads`: loads the policy when it starts, then plays what it is given. */
import { workerData } from 'node:worker_threads';
import { loadPolicy, type LoadedPolicy } from '../../policy/load/loadPolicy';
import { NotRemembered, recall } from '../classificationMemo';
import { ClassifierFailed } from '../conversation';
import type { ScenarioContent } from '../load/loadScenarios';
import { playScenario, type Played } from '../runScenarios';
import type { PlayedInThread, ScenarioThreadData, ScenarioThreadTask } from './threadTask';

const { folder, version, memory, keeps } = workerData as ScenarioThreadData;
const classify = recall(memory);
const loading = loadSame();
// Whoever asks is told; unhandled, it would end the thread without a word.
loading.catch(() => undefined);

async function loadSame(): Promise<LoadedPolicy> {
  const policy = await loadPolicy(folder);
  if (policy.version === version) return policy;
  throw new Error(`The policy in ${folder} was changed while its scenarios ran. Run them again`);
}

export default async function play(task: ScenarioThreadTask): Promise<PlayedInThread> {
  const policy = await loading;
  const all: (Played | null)[] = [];
  for (const content of task) all.push(await playFromMemory(content, policy));
  return all;
}

async function playFromMemory(content: ScenarioContent, policy: LoadedPolicy): Promise<Played | null> {
  try {
    return await playScenario(content, { policy, classify, keeps });
  } catch (error) {
    if (error instanceof ClassifierFailed && error.cause instanceof NotRemembered) return null;
    throw error;
  }
}
