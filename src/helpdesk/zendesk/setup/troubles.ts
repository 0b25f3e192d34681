/** What is wrong with the connection to an account, and how it is mended: from facts alone. */
import { suspendedRight } from '../suspendedMessages';
import { driftIn } from '../../setup/drift';
import { fieldKind } from '../../setup/fieldPieces';
import type { FoundPiece, KeptPiece } from '../../setup/pieces';
import type { Step } from '../../setup/plan';
import type { WebhookInvocation } from './account';

export interface ConnectionFacts {
  /** What connecting again would do; null: nothing was connected from here. */
  readonly steps: readonly Step[] | null;
  /** What connecting has made, as it was kept. */
  readonly made: readonly KeptPiece[];
  /** The webhook that posts to this Deskhand, ours or one made by hand; null: there is none. */
  readonly webhook: Pick<FoundPiece, 'id' | 'name' | 'record'> | null;
  readonly signingSecret: string | null;
  /** What the server checks deliveries with. */
  readonly servedSecret: string | null;
  readonly isSecretSet: boolean;
  /** What it is called where it is set: `ZENDESK_WEBHOOK_SECRET`. */
  readonly secretName: string;
  /** Newest first. */
  readonly deliveries: readonly WebhookInvocation[];
  /** How far the desk's clock is ahead of ours, in milliseconds; null: not known. */
  readonly clockAheadMs: number | null;
  /** Whether the poll may ask what changed; null: it is off. */
  readonly mayPoll: boolean | null;
  /** Whether the poll is shown suspended mails; null: it is off, or may not ask at all. */
  readonly maySeeSuspended: boolean | null;
  /** Whether what was done on a ticket may be read; null: there is no ticket yet. */
  readonly mayReadAudits: boolean | null;
}

/** The server takes deliveries up to five minutes old; this is noticed before it comes to that. */
export const clockOffMs = 60_000;
const looksAt = 20;
const mend = { title: 'Zendesk', again: 'deskhand connect zendesk' };
const again = `run "${mend.again}"`;

/** One sentence each, with its mend; none: all is well. */
export function troublesOf(facts: ConnectionFacts): readonly string[] {
  return [
    ...clockTroubles(facts),
    ...webhookTroubles(facts),
    ...deliveryTroubles(facts),
    ...(facts.mayReadAudits === false
      ? [
          "the audits of tickets may not be read, and without them nothing is answered: give Deskhand's user a role with access to all tickets",
        ]
      : []),
    ...(facts.mayPoll === false
      ? [
          "the poll may not ask what changed: make Deskhand's user an admin, or set DESKHAND_POLL_SECONDS=0 and rely on webhooks",
        ]
      : []),
    ...(facts.maySeeSuspended === false ? [`${suspendedRight}: give Deskhand's user that role`] : []),
  ];
}

function clockTroubles({ clockAheadMs }: ConnectionFacts): readonly string[] {
  if (clockAheadMs === null || Math.abs(clockAheadMs) < clockOffMs) return [];
  const off = `${Math.round(Math.abs(clockAheadMs) / 1000)} s ${clockAheadMs > 0 ? 'behind' : 'ahead of'}`;
  return [
    `this machine's clock is ${off} Zendesk's, and webhooks are refused from 300 s on: set it right (NTP)`,
  ];
}

function webhookTroubles(facts: ConnectionFacts): readonly string[] {
  const { steps, made, webhook, signingSecret, servedSecret, isSecretSet, secretName } = facts;
  if (webhook === null) {
    if (steps === null && servedSecret === null) return [];
    return [
      steps === null
        ? `no webhook of the account has the secret of ${secretName}: it was deleted, or its secret was made anew; unset it and ${again}`
        : `the webhook is gone from Zendesk: ${again}, it makes a new one`,
      // A trigger has lost what it called, which goes without saying.
      ...driftIn((steps ?? []).filter(isForPeople), { ...mend, made }),
    ];
  }
  const isOff = webhook.record['status'] !== 'active';
  const drift = driftIn(steps ?? [], { ...mend, made, passOver: isOff ? ['status'] : [] });
  return [
    ...(isOff
      ? [
          `the webhook "${webhook.name}" (${webhook.id}) is switched off: ${steps === null ? 'activate it' : again}`,
        ]
      : []),
    ...drift,
    ...(signingSecret !== null && servedSecret !== null && signingSecret !== servedSecret
      ? [
          isSecretSet
            ? `${secretName} is not the signing secret of the webhook "${webhook.name}" (${webhook.id}), so its deliveries are refused: unset it and ${again}`
            : `the signing secret was made anew on Zendesk, so deliveries are refused: ${again}, it takes up the new one`,
        ]
      : []),
  ];
}

function isForPeople(step: Step): boolean {
  return ['view', fieldKind].includes('found' in step ? step.found.kind : step.wanted.kind);
}

/** Only what went wrong last counts: one success, and the rest is the past. */
function deliveryTroubles({ webhook, deliveries }: ConnectionFacts): readonly string[] {
  const latest = deliveries.slice(0, looksAt);
  const [newest] = latest;
  if (webhook === null || newest === undefined) return [];
  const until = latest.findIndex(({ status }) => isFine(status));
  const failed = until === -1 ? latest.length : until;
  if (failed === 0) return [];
  if (newest.status === 'circuit broken') {
    return [
      'Zendesk has paused the webhook because too many deliveries failed, and what happens meanwhile is not delivered: ' +
        'mend what its latest failures name (Admin Center > Webhooks > Activity); it goes on by itself after that',
    ];
  }
  return [
    `the latest ${failed === 1 ? 'delivery' : `${failed} deliveries`} failed (${newest.status}): look whether the ` +
      'server runs, and whether the proxy passes /webhooks/zendesk on to it',
  ];
}

function isFine(status: string): boolean {
  return status === 'success' || status === 'accepted';
}
