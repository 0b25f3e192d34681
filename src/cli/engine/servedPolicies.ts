/** The policies an account's tickets go by: each followed in its store, with a classifier that knows its intents. */
import { createRelearningClassifier, type RelearningClassifier } from '../../classify/relearning';
import type { Classifier } from '../../classify/port';
import type { ClassifierThreads } from '../../classify/threads/threadedClassifier';
import { folderOfBrand, policyNameOf } from '../../config/brandSettings';
import type { Settings } from '../../config/settings';
import { versionName } from '../../core/policy/policyChoice';
import type { PolicySettings } from '../../core/policy/plan';
import type { Logger } from '../../log/logger';
import type { OrderBook } from '../../orders/port';
import type { PolicyProcessor } from '../../policy/port';
import type { LoadedPolicy } from '../../policy/policy';
import { createVersionedProcessor, type AskedBeside } from '../../policy/processor';
import { followStore, startFromFolder, type FollowedPolicies } from '../../policy/store/followStore';
import { withSettings } from '../../policy/withSettings';
import { inForceWords, policyInForce } from '../policy/inForce';
import { policiesOf, type NamedPolicy } from '../policy/policiesOf';
import { isToBeProven, proveByScenarios } from './provenPolicy';

export interface ServedPolicies {
  /** Undefined: the policy of all brands that have none of their own. */
  readonly names: readonly (string | undefined)[];
  /** As they were at the start. */
  readonly loaded: readonly LoadedPolicy[];
  /** What decides: for all brands, and for each that has a policy of its own. */
  readonly processor: (
    orders: OrderBook,
    beside: Omit<AskedBeside, 'name'>,
    change: Partial<PolicySettings>,
  ) => PolicyProcessor;
  /** Each message is described by the intents of the policy that its ticket goes by. */
  readonly classifier: Classifier;
  stop(): Promise<void>;
}

interface Served {
  readonly name: string | undefined;
  readonly policies: FollowedPolicies;
  readonly classifier: RelearningClassifier;
  readonly first: LoadedPolicy;
}

/** @throws PolicyError, UnprovenPolicyError of a policy that has a mistake, or fails its scenarios, and was never published. */
export async function servePolicies(
  settings: Pick<Settings, 'policyDir' | 'policyStoreDir' | 'brands' | 'stateDir'>,
  threads: ClassifierThreads,
  logger: Logger,
): Promise<ServedPolicies> {
  const [ofOthers, ...ofBrands] = policiesOf(settings);
  const served: Served[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(served.map(({ policies }) => policies.stop()));
  };
  const start = async (policy: NamedPolicy): Promise<Served> => {
    const started = await serve(policy, threads, logger, settings.stateDir);
    served.push(started);
    return started;
  };
  try {
    const everybodys = await start(ofOthers);
    // One after the other: they are learned in the same threads.
    for (const policy of ofBrands) await start(policy);
    const byName = new Map(served.map((one) => [one.name, one]));
    return {
      names: served.map(({ name }) => name),
      loaded: served.map(({ first }) => first),
      processor: (orders, beside, change) => {
        const open = ({ policies, name }: Served): PolicyProcessor =>
          withSettings(
            createVersionedProcessor(policies, orders, {
              ...beside,
              ...(name === undefined ? {} : { name }),
            }),
            change,
          );
        if (ofBrands.length === 0) return open(everybodys);
        const processors = new Map(served.map((one) => [one.name, open(one)]));
        return {
          ...open(everybodys),
          brands: {
            nameFor: (brand) => policyOfBrand(settings, brand),
            named: (name) => processors.get(name),
          },
        };
      },
      classifier: {
        name: everybodys.classifier.name,
        classify: (input, signal) =>
          (byName.get(input.policy) ?? everybodys).classifier.classify(input, signal),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serve(
  { name, folder, store }: NamedPolicy,
  threads: ClassifierThreads,
  logger: Logger,
  stateDir: string,
): Promise<Served> {
  const onTrouble = (message: string, error: unknown): void => {
    const failure = error instanceof Error ? error.name : typeof error;
    logger.error(name === undefined ? message : `${name}: ${message}`, { failure });
  };
  const prove = async (policy: LoadedPolicy): Promise<void> => {
    if (await isToBeProven(folder, policy, stateDir))
      logger.info(`the scenarios of ${folder} run before it comes into force`);
    await proveByScenarios(folder, policy, stateDir);
  };
  const first = await startFromFolder(store, folder, onTrouble, prove);
  const inForce = await policyInForce(store);
  const { version } = first;
  const from = inForceWords(inForce?.version === version ? inForce : { version, folder });
  logger.info(`policy in force: ${name === undefined ? from : `${name} ${from}`}`);
  const classifier = await createRelearningClassifier(first.intents, async (intents) => ({
    ...(await threads.learn(intents)),
    stop: () => Promise.resolve(),
  }));
  const policies = followStore(store, first, {
    prepare: ({ intents }) => classifier.learn(intents),
    onChange: (policy) => logger.info(`policy ${versionName(policy.version, name)} is in force now`),
    onTrouble,
  });
  return { name, policies, classifier, first };
}

/** Undefined: it goes by the policy of all others. */
function policyOfBrand(
  { brands, policyDir }: Pick<Settings, 'brands' | 'policyDir'>,
  brand: string | undefined,
): string | undefined {
  const folder = brand === undefined ? null : folderOfBrand(brands, brand);
  return folder === null || folder === policyDir ? undefined : policyNameOf(folder);
}
