/** `deskhand ticket why`: a decision for people. */
import type { DecisionView } from '../../contracts/messages';
import { continuesQuestion } from '../../core/policy/decisionRecord';
import { versionName } from '../../core/policy/policyChoice';
import { unlimited } from '../../policy/lookUp/leftToGive';
import { textTable } from '../textTable';

export function whyLines({ policyVersion, policy, decision }: DecisionView): readonly string[] {
  const goesOn =
    policyVersion === null
      ? 'No conversation is open: the next one begins under the version in force then.'
      : `The conversation goes on under policy ${versionName(policyVersion, policy)}.`;
  if (decision === null) return ['Nothing has been decided yet.', goesOn];
  const { at, rule, intent, confidence, trace, facts } = decision;
  const understood =
    intent === null
      ? 'nothing the policy knows'
      : `${intent} (${continuesQuestion(decision) ? 'the customer goes on with our question' : `${Math.round(confidence * 100)} %`})`;
  return [
    `Decided    ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    `Policy     ${versionName(decision.policyVersion, decision.policy)}`,
    `Understood ${understood}`,
    `Rule       ${rule}`,
    '',
    'Rules, in the order they were looked at',
    ...trace.map(({ rule: name, matched, why }) => `  ${matched ? 'yes' : 'no '}  ${name}: ${why}`),
    ...facts.flatMap((matter, index) => [
      '',
      facts.length === 1 ? 'Facts' : `Facts of matter ${index + 1}`,
      ...textTable(
        ['  FACT', 'VALUE'],
        Object.entries(matter).map(([name, value]) => [
          `  ${name}`,
          typeof value === 'object' ? value.join(', ') : value === unlimited ? 'no limit' : String(value),
        ]),
      ).split('\n'),
    ]),
    '',
    goesOn,
  ];
}
