/** The codes of a scenario: the mails that carried them, and what the customer types who has read one. */
import { codePlaceholder, type CodeSent } from '../../core/orders/mailedCode';
import type { Step } from '../../core/effects';
import { createMailedCodes } from '../../mail/mailedCodes';
import type { CodeClaim } from '../../mail/port';
import type { Order } from '../../orders/port';

/** The same in every run, so that its messages are the same. */
export const scenarioCodes = createMailedCodes('the codes of scenarios are no secret');

export interface MailedInScenario {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

type CodeStep = Extract<Step, { type: 'send-code' }>;

export function mailFor({ ref, key, order, mail }: CodeStep, { customerEmail: to }: Order): MailedInScenario {
  const code = scenarioCodes.codeFor({ key, ticketId: ref.ticketId, order, email: to });
  return {
    to,
    subject: mail.subject.replaceAll(codePlaceholder, code),
    text: mail.text.replaceAll(codePlaceholder, code),
  };
}

/** `{code}` is the newest one, `{wrong code}` another. Of an order that nobody has, both are wrong. */
export function withCodes(
  said: string,
  ticketId: string,
  sent: CodeSent | undefined,
  emailOf: (order: string) => string,
): string {
  if (sent === undefined) return said;
  const claim: CodeClaim = { key: sent.key, ticketId, order: sent.order, email: emailOf(sent.order) };
  const code = scenarioCodes.codeFor(claim);
  const wrong = `${(Number(code.slice(0, 1)) + 1) % 10}${code.slice(1)}`;
  return said.replaceAll('{code}', code).replaceAll('{wrong code}', wrong);
}
