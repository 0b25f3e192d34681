/**
 * Beside the words: whose address only machines have, what a mail's header says of its sender, and which machine's
 * message a person should see all the same.
 */
import type { MailFacts } from '../../core/ticket/mailFacts';
import { findSignals } from '../embedded/signals';
import { separateQuotation } from './quotation';

/** RFC 2142 (postmaster), RFC 3834, and what senders choose for mail that nobody is to answer, in many languages. */
const robotAddress =
  /^(?:no[-_.]?repl(?:y|ies)|do[-_.]?not[-_.]?reply|mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|bounces?|auto[-_.]?(?:mailer|reply|responder)|nicht[-_.]?antworten|keine[-_.]?antwort|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nao[-_.]?responda|non[-_.]?rispondere|niet[-_.]?beantwoorden|svar[-_.]?ikke|svara[-_.]?inte|nie[-_.]?odpowiadaj|listserv|majordomo|owner-[^@]+|[^@]+-(?:bounces|request|owner))(?:[-+._][^@]*)?@/i;

export function isRobotAddress(address: string | null): boolean {
  return address !== null && address.length <= 320 && robotAddress.test(address);
}

/**
 * Null: as far as the header tells, a person wrote it. `answers`: a machine did, in answer to us or another. `sends`: one
 * that sends of itself, such as a form, behind which a customer may stand; their mail is not answered either (RFC 3834, 2).
 */
export function machineByHeader(mail: MailFacts | undefined): 'answers' | 'sends' | null {
  if (mail === undefined) return null;
  if (mail.autoSubmitted === 'replied' || mail.deliveryReport || mail.emptyReturnPath) return 'answers';
  return mail.autoSubmitted === 'generated' || mail.toMany || mail.suppressAutoReply ? 'sends' : null;
}

/** "Order 48213", and not the number that another help desk gave the ticket, nor a telephone's. */
const namesOrder =
  /(?<!\p{L})(?:order|bestell\p{L}*|auftrag\p{L}*|commande|pedido|ordine|ordini|encomenda|zamówieni\p{L}*|ordre|beställning\p{L}*|tilau\p{L}*|objednáv\p{L}*|sipariş\p{L}*|заказ\p{L}*)[^\p{L}\d\n]{0,3}(?:(?:number|no|nr|n°|nº|numéro|número|numero|nummer|numer|č|id)[^\p{L}\d\n]{0,3})?\d{4,12}(?!\d)|(?:注文|订单|訂單)(?:番号|号)?[^\p{L}\d\n]{0,3}\d{4,12}/iu;
const grave: readonly string[] = ['anger', 'legal', 'safety'];

/**
 * A parcel that comes back, a form that writes as "no-reply", a complaint below somebody's notice of absence. What the
 * machine quotes does not count.
 *
 * @param byRobot - the sender's address is a machine's: then a question is a customer's, who has used a form.
 */
export function isForPerson(text: string, byRobot: boolean): boolean {
  const own = separateQuotation(text.split('\n')).own.join('\n').slice(0, 5_000);
  return (
    namesOrder.test(own) ||
    findSignals(own).some((signal) => grave.includes(signal)) ||
    (byRobot && /[?？]/.test(own))
  );
}
