/** policy.yaml's `outages`: what a customer is told while the answer waits for a shop or a classifier that is out. */
import type { HeldCustomer } from '../../core/effects';
import { durationMs } from '../hours/durations';
import { firstName, spokenLanguage } from '../facts/customer';
import type { PolicyFile } from '../load/policyFiles';
import type { LoadedPolicy } from '../policy';
import { noSuchTemplate, type Mistake } from '../policyError';
import { channelOf } from '../../core/ticket/channel';
import { baseName, variantOf } from '../templates/variants';
import { inFewWords } from './channels';
import type { PolicyContent } from '../schema';
import { firstThatFits, replies, speak, type Reply } from '../templates/speak';
import { isLiquidError, type CompiledTemplate, type TemplateView } from '../templates/templates';

/** Nothing was looked up, so that nothing of an order can be said. @returns null: the policy has no words for it that fit. */
export function holdingReply(policy: LoadedPolicy, customer: HeldCustomer): Reply | null {
  const template = holdingTemplate(policy.content.policy);
  if (template === null) return null;
  const channel = channelOf(customer.channel ?? 'other');
  const language = spokenLanguage(customer.language ?? '', customer.locale, policy.languages[0]);
  const view = holdingView(policy.content.policy.shop, firstName(customer.name) || null, language);
  const say = (words: LoadedPolicy) =>
    replies(words, view, channel)([speak(words, { language, channel }, view, template)]);
  return firstThatFits([() => say(policy), () => say(inFewWords(policy, channel))]);
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
  if (!templates.has(name)) {
    mistakes.push(mistake('with', noSuchTemplate(name, [...templates.keys()].filter(isNoVariant))));
  }
  for (const [key, translations] of templates) {
    if (baseName(key) !== name) continue;
    for (const [language, template] of translations) {
      if (canBeSaid(template, holdingView(content.shop, null, language))) continue;
      const why = 'customer.name, which can be absent. Ask first: {% if customer.name %}';
      mistakes.push(mistake('with', `names "${name}", of which "${key}" prints in "${language}" ${why}`));
    }
  }
  return mistakes;
}

function isNoVariant(template: string): boolean {
  return variantOf(template) === '';
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
