/** What is written on the ticket while a customer's answer waits for a part that is out. */
import type { HeldCustomer } from '../../core/effects';
import { plainUpdate, type TicketUpdate } from '../../core/ticket/update';
import type { PolicyProcessor } from '../port';

interface HoldingWords {
  readonly key: string;
  /** False: the mode leaves it to an agent. */
  readonly isPublic: boolean;
  readonly policyVersion: string | null;
  readonly customer: HeldCustomer;
}

/** @returns none where the policy has no words for it. Status, group and assignee stay: the customer waits on. */
export async function holdingUpdates(
  { holdingReplyOf }: Pick<PolicyProcessor, 'holdingReplyOf'>,
  { key, isPublic, policyVersion, customer }: HoldingWords,
): Promise<readonly TicketUpdate[]> {
  const reply = await holdingReplyOf(policyVersion, customer);
  if (reply === null) return [];
  const { text, html } = reply;
  const note = `The answer to the customer waits: what it needs does not answer. In this mode an agent may tell them:\n\n${text}`;
  const comment = isPublic ? { public: true, text, html } : { public: false, text: note, html: null };
  return [plainUpdate(key, { comment })];
}
