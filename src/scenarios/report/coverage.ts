/** What of a policy the scenarios never touch: a rule that no conversation reaches is a rule that nobody has tried. */
import { codeMailTemplates } from '../../policy/load/codeMail';
import type { LoadedPolicy } from '../../policy/policy';
import { ruleNames } from '../load/checkNames';
import { happeningsOf, type Happening } from '../happenings';

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

/** What one conversation reached. */
export interface Touched {
  readonly rules: readonly string[];
  readonly templates: readonly { readonly language: string; readonly names: readonly string[] }[];
}

/** @param framesIn - the templates around every reply in a language. */
export function touchedBy(
  happenings: readonly Happening[],
  framesIn: (language: string) => readonly string[],
): Touched {
  const wholeReply = ({ template, language }: { readonly template: string; readonly language: string }) => ({
    language,
    names: [...template.split(' + '), ...framesIn(language)],
  });
  const rules: string[] = [];
  const templates: Touched['templates'][number][] = happeningsOf(happenings, 'held').map(wholeReply);
  for (const { plan } of happeningsOf(happenings, 'decided')) {
    rules.push(...plan.rule.split(' + '));
    for (const action of plan.actions) {
      if (action.type === 'send-code')
        templates.push({ language: action.language, names: codeMailTemplates });
      if (action.type === 'reply' || action.type === 'follow-up') templates.push(wholeReply(action));
    }
  }
  return { rules, templates };
}

export function coverageOf(policy: LoadedPolicy, conversations: readonly Touched[]): Coverage {
  const rules = new Set(conversations.flatMap((touched) => touched.rules));
  const templates = new Map<string, Set<string>>();
  for (const { language, names } of conversations.flatMap((touched) => touched.templates)) {
    const said = templates.get(language) ?? new Set<string>();
    for (const name of names) said.add(name);
    templates.set(language, said);
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
