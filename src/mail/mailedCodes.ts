/**
 * Codes that are kept nowhere: each is worked out from what it is for and a secret, so that a retry sends the same
 * one and any worker that has the secret can check it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CodeClaim, MailedCodes } from './port';

const codes = 1_000_000;
const digits = 6;
/** The largest multiple of `codes` that four bytes hold: what is above would make some codes likelier. */
const unbiasedBelow = 2 ** 32 - (2 ** 32 % codes);

export function createMailedCodes(secret: string): MailedCodes {
  const digest = (purpose: string, { key, ticketId, order, email }: CodeClaim): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, ticketId, order, key, email.trim().toLowerCase()]))
      .digest();

  function codeFor(claim: CodeClaim): string {
    for (let round = 0; ; round += 1) {
      const bytes = digest(`code ${round}`, claim);
      for (let at = 0; at < bytes.length; at += 4) {
        const number = bytes.readUInt32BE(at);
        if (number < unbiasedBelow) return String(number % codes).padStart(digits, '0');
      }
    }
  }

  return {
    codeFor,
    isRight: (typed, claim) =>
      /^\d{6}$/.test(typed) && timingSafeEqual(Buffer.from(typed), Buffer.from(codeFor(claim))),
    messageIdFor: (claim) => digest('message', claim).toString('hex').slice(0, 40),
  };
}
