/** Names that lead nowhere: intents without rules, templates nobody says, groups that the desk does not have. */
import { isOfCodeMail } from '../load/codeMail';
import { greeting, signOff } from '../policy';
import type { ReadPolicy } from '../load/loadPolicy';
import { didYouMean, listNames } from '../policyError';
import type { Path, PolicyFile } from '../load/policyFiles';
import { variantOf } from '../templates/variants';
import { silencesOf } from '../sections/compileSilence';
import { holdingTemplate } from '../sections/holdingReply';
import { nodesOf, pathOf } from '../conditions/conditionTree';
import type { Finding } from './finding';
import { placedRules, templatesOf } from './policyRules';

export function findIntentsWithoutRule({ policy, files }: ReadPolicy): readonly Finding[] {
  const named = new Set(
    placedRules(policy).flatMap(({ rule, intent }) => [
      intent,
      ...intentsNamedBy(rule.condition?.tree ?? null),
    ]),
  );
  return policy.intents.flatMap(({ intent }) => {
    if (named.has(intent)) return [];
    const message = `"${intent}" has no rule, so every such message goes to people by "${policy.rules.otherwise.name}". Write one under per-intent, or remove the intent`;
    return [
      {
        ...files.intents.placeOfKey([], intent),
        severity: 'warning',
        kind: 'intent-without-rule',
        message,
      } as const,
    ];
  });
}

function intentsNamedBy(tree: Parameters<typeof nodesOf>[0] | null): readonly string[] {
  if (tree === null || !nodesOf(tree).some((node) => pathOf(node) === 'intent')) return [];
  return nodesOf(tree).flatMap(({ op, args }) => (op === 'value' && typeof args === 'string' ? [args] : []));
}

export function findTooFewIntents({ policy, files }: ReadPolicy): readonly Finding[] {
  const { length } = policy.intents;
  if (length >= 2) return [];
  const message = `has ${length === 1 ? 'one intent' : 'no intents'}: messages can only be told apart by two or more. Write another one with its examples`;
  return [{ ...files.intents.placeOf([]), severity: 'error', kind: 'too-few-intents', message }];
}

export function findTemplateGaps({ policy, files }: ReadPolicy): readonly Finding[] {
  const content = policy.content.policy;
  const said = new Set([
    ...placedRules(policy).flatMap((rule) => templatesOf(rule).map(({ name }) => name)),
    ...silencesOf(policy.content.policy).map(({ with: template }) => template),
  ]);
  const [main, ...others] = policy.languages;
  const findings: Finding[] = [];
  for (const [name, translations] of policy.templates) {
    const source = files.templates.get(main);
    if (source === undefined || variantOf(name) !== '') continue;
    const stands =
      name === greeting || name === signOff || isOfCodeMail(name) || name === holdingTemplate(content);
    if (!said.has(name) && !stands) {
      const message = `"${name}" is said by no rule. Remove it, or name it in a rule`;
      findings.push({
        ...source.placeOfKey([], name),
        severity: 'warning',
        kind: 'unused-template',
        message,
      });
      continue;
    }
    const missing = others.filter((language) => !translations.has(language));
    if (missing.length === 0) continue;
    const message = `"${name}" has no translation for ${listNames(missing)}: such customers read it in "${main}"`;
    findings.push({
      ...source.placeOfKey([], name),
      severity: 'warning',
      kind: 'missing-translation',
      message,
    });
  }
  return findings;
}

export function findUnusedConditions({ policy, files }: ReadPolicy): readonly Finding[] {
  const { conditions } = policy.content.rules;
  const rules = JSON.stringify(files.rules.content);
  return Object.keys(conditions).flatMap((name) => {
    if (new RegExp(`\\bis\\s*\\.\\s*${name}\\b`).test(rules)) return [];
    const message = `"${name}" is used by no rule. Remove it, or write is.${name} in a "when"`;
    return [
      {
        ...files.rules.placeOfKey(['conditions'], name),
        severity: 'warning',
        kind: 'unused-condition',
        message,
      } as const,
    ];
  });
}

/** @param groups - the desk's own names. */
export function findUnknownGroups(
  { policy, files }: ReadPolicy,
  groups: readonly string[],
): readonly Finding[] {
  const { settings, escalation, approvals = [], approvers = [], ratings } = policy.content.policy;
  const named: readonly (readonly [PolicyFile, Path, string | null])[] = [
    [files.policy, ['settings', 'hand-off-group'], settings['hand-off-group']],
    [files.policy, ['ratings', 'bad', 'group'], ratings?.bad.group ?? null],
    ...escalation.map(({ group }, index) => [files.policy, ['escalation', index, 'group'], group] as const),
    ...approvals.map(
      ({ group = null }, index) => [files.policy, ['approvals', index, 'group'], group] as const,
    ),
    ...approvers.flatMap(({ groups: theirs }, index) =>
      theirs.map((group, at) => [files.policy, ['approvers', index, 'groups', at], group] as const),
    ),
    ...placedRules(policy).flatMap(({ rule, at }) =>
      rule.actions.flatMap((action, index) =>
        action.type === 'hand-off' || action.type === 'assign'
          ? [[files.rules, [...at, 'then', index, action.type, 'group'], action.group] as const]
          : [],
      ),
    ),
  ];
  return named.flatMap(([file, at, group]) => {
    if (group === null || groups.some((known) => sameName(known, group))) return [];
    const message = `names the group "${group}", which the desk does not have. It has: ${listNames(groups)}.${didYouMean(group, groups)}`;
    return [{ ...file.placeOf(at), severity: 'error', kind: 'unknown-group', message } as const];
  });
}

/** As desks find them: in any case. */
function sameName(known: string, named: string): boolean {
  return known.trim().toLowerCase() === named.trim().toLowerCase();
}
