/** What a rule says, in the customer's language: templates without greeting and sign-off, and those around all. */
import type { PlannedAction } from '../../core/plan';
import { greeting, signOff, type LoadedPolicy } from '../policy';
import { textToHtml, type TemplateView } from './templates';

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

/** One reply of all that is said, greeting and sign-off in the language of the first part. */
export function replyOf(
  policy: LoadedPolicy,
  view: TemplateView,
  parts: readonly [SpokenPart, ...SpokenPart[]],
): Extract<PlannedAction, { type: 'reply' }> {
  const [{ language }] = parts;
  const around = (name: string): readonly string[] => {
    const template = policy.templates.get(name)?.get(language);
    return template === undefined ? [] : [template.render(view)];
  };
  const texts = [...new Set(parts.map(({ text }) => text))];
  const text = [...around(greeting), ...texts, ...around(signOff)].join('\n\n');
  const template = [...new Set(parts.map((part) => part.template))].join(' + ');
  return { type: 'reply', text, html: textToHtml(text), template, language };
}
