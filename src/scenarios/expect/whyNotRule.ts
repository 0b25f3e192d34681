/** Why an expected rule did not decide, from the trace of the one that did. */
import type { Plan } from '../../core/policy/plan';
import type { LoadedPolicy } from '../../policy/policy';

export function whyNotRule(expected: string, plan: Plan, policy: LoadedPolicy): string | null {
  const looked = plan.trace.find(({ rule }) => rule === expected);
  if (looked !== undefined) {
    return looked.matched
      ? `"${expected}" matched, but another matter of the message decided alone.`
      : `"${expected}" was looked at: ${looked.why}.`;
  }
  const winner = plan.trace.find(({ matched }) => matched);
  if (policy.rules.otherwise.name === expected) {
    return `"${expected}" decides only when no rule matches, and ${matchedBecause(winner)}.`;
  }
  const intents = plan.facts.map(({ intent }) => intent);
  const owner = [...policy.rules.perIntent].find(([, rules]) => rules.some(({ name }) => name === expected));
  if (owner !== undefined && !intents.includes(owner[0])) {
    const understood = intents.filter((intent) => intent !== '').join(', ') || 'nothing the policy knows';
    return `"${expected}" is a rule of the intent ${owner[0]}; understood was ${understood}.`;
  }
  return `"${expected}" was not looked at: ${matchedBecause(winner)} before it.`;
}

function matchedBecause(winner: Plan['trace'][number] | undefined): string {
  return winner === undefined ? 'a rule failed' : `"${winner.rule}" matched (${winner.why})`;
}
