/**
 * Sends a code to the address of an order. Whoever asked for it may be anybody, so that everything they could tell
 * apart is the same whether there is such an order or not: outcome, failures and time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { codePlaceholder } from '../src/core/orders/mailedCode';
import type { CodesPerOrder, MailedCodes, Mailer } from '../src/mail/port';
import type { OrderBook } from '../src/orders/port';
import type { SendCodeInput } from './types';

export interface CodeMailing {
  readonly mailer: Mailer;
  readonly codes: MailedCodes;
  readonly perOrder: CodesPerOrder;
  /** An attempt that sends takes at least so long, and so does one that does not: more than a mail server needs. */
  readonly takesMs: number;
}

interface Parts extends CodeMailing {
  readonly orders: OrderBook;
}

/** @returns why the mail reached nobody, for people; null: it went out, or nobody was to get it. */
export async function sendCode(
  parts: Parts,
  { ref, key, order: number, mail }: Pick<SendCodeInput, 'ref' | 'key' | 'order' | 'mail'>,
  signal: AbortSignal,
): Promise<string | null> {
  const { mailer, codes, orders, perOrder, takesMs } = parts;
  const whole = delay(takesMs, undefined, { signal });
  // Awaited in the end: an attempt that failed before must not leave it behind unheard.
  whole.catch(() => undefined);
  const order = await orders.findByNumber(number, signal);
  const isAllowed = order !== null && (await perOrder.take(order.number, key));
  if (order === null || !isAllowed) {
    await mailer.check(signal);
    await whole;
    return order === null ? null : 'too many were sent for this order within a day.';
  }
  const claim = { key, ticketId: ref.ticketId, order: number, email: order.customerEmail };
  const code = codes.codeFor(claim);
  const delivery = await mailer.send(
    {
      to: order.customerEmail,
      subject: mail.subject.replaceAll(codePlaceholder, code),
      text: mail.text.replaceAll(codePlaceholder, code),
      messageId: codes.messageIdFor(claim),
    },
    signal,
  );
  await whole;
  return delivery.type === 'refused' ? `${delivery.why}.` : null;
}
