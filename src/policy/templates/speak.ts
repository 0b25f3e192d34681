/** What a rule says, in the customer's language: templates without greeting and sign-off, and those around all. */
import type { PlannedAction } from '../../core/policy/plan';
import { greeting, signOff, type LoadedPolicy } from '../policy';
import type { TemplateView } from './templates';
import { textToHtml } from './textToHtml';

export interface SpokenPart {
  readonly template: string;
  readonly language: string;
  readonly text: string;
}

/**
 * The template in the customer's language if it has that, else in the policy's first one.
 * @throws Error when a fact that is absent would be printed.
 */
export function speak(policy: LoadedPolicy, language: string, view: TemplateView, name: string): SpokenPart {
  const translations = policy.templates.get(name);
  const [fallback] = policy.languages;
  const spoken = translations?.has(language) === true ? language : fallback;
  const template = translations?.get(spoken);
  if (template === undefined) throw new Error(`there is no template "${name}"`);
  return { template: name, language: spoken, text: template.render(view) };
}

export type Reply = Extract<PlannedAction, { type: 'reply' }>;
/** One reply of all that is said, greeting and sign-off in the language of the first part. */
export type ReplyOf = (parts: readonly [SpokenPart, ...SpokenPart[]]) => Reply;

/** For all that one plan writes, the follow-ups too: each begins and ends with the same words. */
export function replies(policy: LoadedPolicy, view: TemplateView): ReplyOf {
  const made = new Map<string, string>();
  const around = (name: string, language: string): string => {
    const key = `${name} ${language}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const text = policy.templates.get(name)?.get(language)?.render(view) ?? '';
    made.set(key, text);
    return text;
  };
  return (parts) => {
    const [{ language }] = parts;
    const texts = new Set(parts.map(({ text }) => text));
    const all = [around(greeting, language), ...texts, around(signOff, language)];
    const text = all.filter((one) => one !== '').join('\n\n');
    const template = [...new Set(parts.map((part) => part.template))].join(' + ');
    return { type: 'reply', text, html: textToHtml(text), template, language };
  };
}
