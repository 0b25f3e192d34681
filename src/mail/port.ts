/** How a code gets to the address of an order. Only that: Deskhand answers its customers on the desk. */

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets. The same for every attempt at the same mail. */
  readonly messageId: string;
}

export interface Sender {
  readonly name: string;
  readonly address: string;
}

/**
 * `refused`: the mail server does not take this mail, now or ever, while it takes others. `why` is for people and
 * names no address.
 */
type Delivery = { readonly type: 'accepted' } | { readonly type: 'refused'; readonly why: string };

/** Every method throws a failure of src/remote/failures.ts's kinds, and nothing else; none retries. */
export interface Mailer {
  send(mail: Mail, signal: AbortSignal): Promise<Delivery>;
  /** Goes as far as it can without a mail: fails as `send` would where the server cannot be reached or signed in to. */
  check(signal: AbortSignal): Promise<void>;
}

/** What a code is good for: this mailbox, asked for by this key, for this order. */
export interface CodeClaim {
  readonly key: string;
  readonly ticketId: string;
  /** As the customer named it. */
  readonly order: string;
  /** The address of the order. */
  readonly email: string;
}

export interface MailedCodes {
  /** Six digits; the same for the same claim. */
  codeFor(claim: CodeClaim): string;
  isRight(typed: string, claim: CodeClaim): boolean;
  messageIdFor(claim: CodeClaim): string;
}

/** How many codes went to the address of one order, over all tickets and workers. */
export interface CodesPerOrder {
  /** Counts one, once for its key. @returns false when there were too many already. */
  readonly take: (order: string, key: string) => Promise<boolean>;
}
