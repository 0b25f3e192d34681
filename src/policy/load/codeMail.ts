/** The mail that carries a code to the address of an order: two templates, which know the shop and the code only. */
import { codePlaceholder, type CodeMail } from '../../core/orders/mailedCode';
import type { PlannedAction } from '../../core/policy/plan';
import { orderSpokenOf, type Facts } from '../facts/facts';
import type { LoadedPolicy } from '../policy';
import type { Mistake } from '../policyError';
import type { PolicyFile } from './policyFiles';
import type { PolicyContent, TemplatesContent } from '../schema';
import { speak } from '../templates/speak';

const codeMailSubject = 'code-mail-subject';
const codeMailText = 'code-mail';
export const codeMailTemplates: readonly string[] = [codeMailSubject, codeMailText];

export function isOfCodeMail(template: string): boolean {
  return codeMailTemplates.includes(template);
}

/**
 * The same for an order of somebody else and for one that nobody has. The code itself is not known here: a mark
 * stands where it goes.
 * @throws Error when a fact that is absent would be printed.
 */
export function sendCodeOf(
  policy: LoadedPolicy,
  facts: Facts,
): Extract<PlannedAction, { type: 'send-code' }> | null {
  const order = orderSpokenOf(facts);
  return order === null ? null : { type: 'send-code', order, ...codeMail(policy, facts.customer.language) };
}

function codeMail(
  policy: LoadedPolicy,
  wanted: string,
): { readonly language: string; readonly mail: CodeMail } {
  const minutes = Math.ceil(policy.codeValidMs / 60_000);
  const view = { ...policy.shop, code: codePlaceholder, minutes };
  const listener = { language: wanted, channel: 'email' } as const;
  const subject = speak(policy, listener, view, codeMailSubject).text.replace(/\s+/g, ' ');
  const { language, text } = speak(policy, listener, view, codeMailText);
  return { language, mail: { subject, text } };
}

/** @param file - the templates of the first language. */
export function codeMailMistakes(
  { identity }: Pick<PolicyContent, 'identity'>,
  file: PolicyFile,
  texts: TemplatesContent,
): readonly Mistake[] {
  if (!identity.proofs.includes('mailed-code')) return [];
  const missing = codeMailTemplates.filter((name) => !Object.hasOwn(texts, name));
  const text = texts[codeMailText];
  const lacksCode = text !== undefined && !/\{\{-?\s*code\b/.test(text);
  return [
    ...missing.map((name) => ({
      ...file.placeOf([]),
      message: `lacks "${name}", which mails the code that policy.yaml takes as proof. Add it, or take "mailed-code" out of identity.proofs`,
    })),
    ...(lacksCode
      ? [
          {
            ...file.placeOf([codeMailText]),
            message: 'mails a code and does not print it. Write {{ code }} where it stands',
          },
        ]
      : []),
  ];
}
