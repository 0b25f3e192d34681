/** policy.yaml's `outages`: what a customer is told while the answer waits for a shop or a classifier that is out. */
import type { HeldCustomer } from '../../core/effects';
import { durationMs } from '../hours/durations';
import { firstName, spokenLanguage } from '../facts/customer';
import type { PolicyFile } from '../load/policyFiles';
import type { LoadedPolicy } from '../policy';
import { noSuchTemplate, type Mistake } from '../policyError';
import type { PolicyContent } from '../schema';
import { replies, speak, type Reply } from '../templates/speak';
import { isLiquidError, type CompiledTemplate, type TemplateView } from '../templates/templates';

/** Nothing was looked up, so that nothing of an order can be said. @returns null: the policy has no words for it. */
export function holdingReply(policy: LoadedPolicy, { name, locale, language }: HeldCustomer): Reply | null {
  const template = holdingTemplate(policy.content.policy);
  if (template === null) return null;
  const spoken = spokenLanguage(language ?? '', locale, policy.languages[0]);
  const view = holdingView(policy.content.policy.shop, firstName(name) || null, spoken);
  return replies(policy, view)([speak(policy, spoken, view, template)]);
}

function holdingView(
  { name, links }: PolicyContent['shop'],
  customerName: string | null,
  language: string,
): TemplateView {
  return { shop: { name }, links, customer: { name: customerName, language } };
}

/** Null: customers wait without a word. */
export function holdingTemplate({ outages }: Pick<PolicyContent, 'outages'>): string | null {
  return outages?.['holding-reply'].with ?? null;
}

/** @param templates - by name, then by language. */
export function outageMistakes(
  { content, file }: { readonly content: PolicyContent; readonly file: PolicyFile },
  templates: LoadedPolicy['templates'],
): readonly Mistake[] {
  const { outages, settings } = content;
  if (outages === undefined) return [];
  const { after, with: name } = outages['holding-reply'];
  const mistake = (key: 'after' | 'with', message: string): Mistake => ({
    ...file.placeOf(['outages', 'holding-reply', key]),
    message,
  });
  const budget = settings['step-budget'];
  const mistakes: Mistake[] = [];
  if (durationMs(after) >= durationMs(budget)) {
    const why = `settings.step-budget gives the ticket to people after ${budget}. Write less than that`;
    mistakes.push(mistake('after', `"${after}" is never due: ${why}`));
  }
  const translations = templates.get(name);
  if (translations === undefined) {
    mistakes.push(mistake('with', noSuchTemplate(name, [...templates.keys()])));
  }
  for (const [language, template] of translations ?? []) {
    if (canBeSaid(template, holdingView(content.shop, null, language))) continue;
    const why = 'customer.name, which can be absent. Ask first: {% if customer.name %}';
    mistakes.push(mistake('with', `names "${name}", which prints in "${language}" ${why}`));
  }
  return mistakes;
}

function canBeSaid(template: CompiledTemplate, view: TemplateView): boolean {
  try {
    template.render(view);
    return true;
  } catch (error) {
    if (isLiquidError(error)) return false;
    throw error;
  }
}
