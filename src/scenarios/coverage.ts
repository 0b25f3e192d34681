/** What of a policy the scenarios never touch: a rule that no conversation reaches is a rule that nobody has tried. */
import { codeMailTemplates } from '../policy/codeMail';
import type { LoadedPolicy } from '../policy/policy';
import { greeting, signOff } from '../policy/policy';
import { ruleNames } from './checkNames';
import { happeningsOf, type Happening } from './happenings';

export interface Coverage {
  readonly rules: Used;
  readonly templates: Used;
  /** How many templates were said in each of the policy's languages, out of those that have one. */
  readonly languages: readonly { readonly language: string; readonly used: number; readonly of: number }[];
}

interface Used {
  readonly used: number;
  readonly of: number;
  readonly never: readonly string[];
}

export function coverageOf(policy: LoadedPolicy, conversations: readonly (readonly Happening[])[]): Coverage {
  const rules = new Set<string>();
  const templates = new Map<string, Set<string>>();
  for (const { plan } of conversations.flatMap((happenings) => happeningsOf(happenings, 'decided'))) {
    for (const rule of plan.rule.split(' + ')) rules.add(rule);
    for (const action of plan.actions) {
      if (action.type !== 'reply' && action.type !== 'follow-up' && action.type !== 'send-code') continue;
      const names =
        action.type === 'send-code'
          ? codeMailTemplates
          : [...action.template.split(' + '), greeting, signOff];
      const said = templates.get(action.language) ?? new Set<string>();
      for (const name of names) said.add(name);
      templates.set(action.language, said);
    }
  }
  const all = [...templates.values()].flatMap((names) => [...names]);
  const isSaid = (name: string, language: string) => templates.get(language)?.has(name) === true;
  return {
    rules: usedOf(ruleNames(policy), rules),
    templates: usedOf([...policy.templates.keys()], new Set(all)),
    languages: policy.languages.map((language) => {
      const names = [...policy.templates].filter(([, translations]) => translations.has(language));
      return {
        language,
        used: names.filter(([name]) => isSaid(name, language)).length,
        of: names.length,
      };
    }),
  };
}

function usedOf(names: readonly string[], used: ReadonlySet<string>): Used {
  const never = names.filter((name) => !used.has(name));
  return { used: names.length - never.length, of: names.length, never };
}
