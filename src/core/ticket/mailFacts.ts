/** What the header of a mail tells of its sender: a closed set of facts, and never a line of it. */
export interface MailFacts {
  /** `Auto-Submitted` (RFC 3834, 5), and what older mailers say in place of it; null: a person's, or not told. */
  readonly autoSubmitted: 'replied' | 'generated' | null;
  /** It went to a list or a crowd (RFC 2919, RFC 2369, `Precedence`); the company's own lists do not count. */
  readonly toMany: boolean;
  /** Nobody is to be answered: `Return-Path: <>` (RFC 5321, 4.5.5). */
  readonly emptyReturnPath: boolean;
  /** A mail server's report of a mail (RFC 3464). */
  readonly deliveryReport: boolean;
  /** Exchange's wish for no automatic answer (`X-Auto-Response-Suppress`, [MS-OXCMAIL] 2.1.3.2.20). */
  readonly suppressAutoReply: boolean;
}
