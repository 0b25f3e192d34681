/**
 * What one must know of a desk before one speaks to it: how an account of it is described, by variables or in the file of
 * accounts, what its ticket ids look like and how its webhooks are read. One `kind.ts` in each desk's folder; it loads
 * neither the adapter nor the double.
 */
import type { z } from 'zod';
import type { TicketIdRule } from './ticketIds';
import type { Delivery, WebhookCheck, WebhookReading } from './webhooks/webhookReading';

/** Values by the key that an account in the file of accounts gives them. */
export type SignIn = Readonly<Record<string, string>>;

export interface DeskKind {
  /** As people call it: `Zendesk`. */
  readonly title: string;
  /** Those of the environment that mean the one account; all begin with the same word. */
  readonly variables: Readonly<Record<string, z.ZodType>>;
  /** Which of them say what every account has. */
  readonly keys: {
    /** Of the API, without a trailing slash. */
    readonly address: string;
    readonly webhookSecret: string;
    readonly requestsPerMinute: string;
  };
  /** Who signs in: by the key of the file of accounts, the variable that says the same. */
  readonly signIn: Readonly<Record<string, string>>;
  /** Each enough by itself, in keys of `signIn`; the usual one first. */
  readonly waysToSignIn: readonly (readonly string[])[];
  /** Where on the desk one finds what the usual way needs. */
  readonly signInHelp: string;
  /** `https://<your account>.zendesk.com/api/v2` */
  readonly addressExample: string;
  /** Of an account at the desk's own addresses, its name; null: the host names it. */
  readonly accountAt: (apiUrl: URL) => string | null;
  /** From what is known to whoever opens the desk; one of `waysToSignIn` is there whole. */
  readonly connect: (apiUrl: string, signIn: SignIn) => { readonly kind: string; readonly apiUrl: string };
  /** How one signs in to its embedded double. */
  readonly signInToDouble: (credentials: { readonly email: string; readonly token: string }) => SignIn;
  readonly ticketId: TicketIdRule;
  readonly webhook: {
    /** For the API's description. */
    readonly summary: string;
    readonly description: string;
    /** What has to be set so that deliveries are taken; completes "they are off until". */
    readonly offUntil: string;
    readonly read: (delivery: Delivery, check: WebhookCheck) => WebhookReading;
  };
  /** Added where somebody is told how often the poll looks: what the desk's own lists are behind; mostly nothing. */
  readonly pollDelay: string;
}

/** Variables as most desks call them: `GORGIAS_API_URL`. */
export function keysOf<Prefix extends string>(prefix: Prefix) {
  return {
    address: `${prefix}_API_URL`,
    webhookSecret: `${prefix}_WEBHOOK_SECRET`,
    requestsPerMinute: `${prefix}_REQUESTS_PER_MINUTE`,
  } as const;
}

/** Of `acme.zendesk.com`, where `domain` is `zendesk.com`: `acme`. */
export function subdomainOf(domain: string): (apiUrl: URL) => string | null {
  return ({ host }) => {
    const [name = '', ...rest] = host.split('.');
    return rest.join('.') === domain ? name : null;
  };
}
