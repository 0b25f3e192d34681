/** What is written on the ticket while a customer's answer waits for a part that is out. */
import type { Step } from '../effects';
import { plainUpdate, type TicketUpdate } from '../ticket/update';

/** Status, group and assignee stay: the customer waits on. */
export function holdingUpdate(
  { key, isPublic }: Pick<Extract<Step, { type: 'send-holding-reply' }>, 'key' | 'isPublic'>,
  { text, html }: { readonly text: string; readonly html: string | null },
): TicketUpdate {
  const note = `The answer to the customer waits: what it needs does not answer. In this mode an agent may tell them:\n\n${text}`;
  const comment = isPublic ? { public: true, text, html } : { public: false, text: note, html: null };
  return plainUpdate(key, { comment });
}
