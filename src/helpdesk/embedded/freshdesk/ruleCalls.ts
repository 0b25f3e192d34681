/**
 * The automation rule that calls a webhook when a customer writes. Freshdesk signs nothing: a header with a secret is
 * all there is. What is not taken is tried again after 5, 30 and 60 minutes, then given up.
 */
import type { RecordStore } from '../common/recordStore';
import type { WebhookTarget } from '../common/runEmbedded';
import { StoredCalls, type CallTarget } from '../common/storedCalls';
import type { Written } from './context';
import type { RuleCall, Tables } from './records';

export type RuleOptions = Partial<Omit<CallTarget, 'url' | 'headers'>>;

const freshdeskRule = {
  timeoutMs: 10_000,
  retryMs: [5, 30, 60].map((minutes) => minutes * 60_000),
  copies: 1,
} satisfies RuleOptions;

/** One where a customer did it. */
export function ruleCalls(
  store: RecordStore,
  { ruleCalls: table }: Tables,
  called: Required<WebhookTarget> | null,
  options: RuleOptions | undefined,
  onLost: (reason: string) => void,
): StoredCalls<RuleCall, Written> {
  return new StoredCalls({
    ...{ store, table, onLost },
    target:
      called === null
        ? null
        : { ...freshdeskRule, ...options, url: called.url, headers: { 'x-deskhand-secret': called.secret } },
    bodyOf: ({ ticket_id: id }) => ({ freshdesk_webhook: { ticket_id: id } }),
    callsOf: (tx, { ticket, by }) =>
      by === null || by.agent !== null
        ? []
        : [{ id: tx.next('ruleCall', 1), ticket_id: ticket.id, attempts: 0 }],
  });
}
