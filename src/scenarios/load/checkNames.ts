/** Rules, intents, templates and languages that a scenario expects must be the policy's: a typo is no failed test. */
import type { LoadedPolicy } from '../../policy/policy';
import { didYouMean, type Mistake } from '../../policy/policyError';
import type { Path } from '../../policy/load/policyFiles';
import { listOf, type StepContent } from '../schema';

type PlaceOf = (...at: Path) => Omit<Mistake, 'message'>;

export function checkNames(
  steps: readonly StepContent[],
  policy: LoadedPolicy,
  placeOf: PlaceOf,
): readonly Mistake[] {
  const known = {
    intent: [...policy.intents.map(({ intent }) => intent), 'none'],
    rule: ruleNames(policy),
    template: [...policy.templates.keys()],
    'follow-up': [...policy.templates.keys(), 'none'],
    language: policy.languages,
  } as const;
  return steps.flatMap((step, index) => {
    if (!('expect' in step)) return [];
    const kinds = ['intent', 'rule', 'template', 'follow-up', 'language'] as const;
    return kinds.flatMap((kind) => {
      const names = step.expect[kind];
      if (names === undefined) return [];
      return listOf(names)
        .filter((name) => !known[kind].includes(name))
        .map((name) => ({
          ...placeOf(index, 'expect', kind),
          message: `expects the ${kind === 'follow-up' ? 'template' : kind} "${name}", which this policy does not have.${didYouMean(name, known[kind])}`,
        }));
    });
  });
}

export function ruleNames({ rules }: LoadedPolicy): readonly string[] {
  const all = [...rules.first, ...[...rules.perIntent.values()].flat(), rules.otherwise];
  return all.map(({ name }) => name);
}
