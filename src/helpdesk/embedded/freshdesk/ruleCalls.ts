/**
 * The automation rule that calls a webhook when a customer writes. Freshdesk signs nothing: a header with a secret is
 * all there is. What is not taken is tried again after 5, 30 and 60 minutes, then given up.
 */
import type { RecordStore, Transaction } from '../common/recordStore';
import { StoredCalls, type CallTarget } from '../common/storedCalls';
import type { Tables, RuleCall } from './records';
import type { Written } from './context';

export interface RuleOptions extends Omit<CallTarget, 'headers'> {
  readonly secret: string;
}

export const freshdeskRetryMs: readonly number[] = [5, 30, 60].map((minutes) => minutes * 60_000);

export class RuleCalls extends StoredCalls<RuleCall> {
  /** @param onLost - told why a call was given up; never what it was about. */
  constructor(
    store: RecordStore,
    tables: Tables,
    rule: RuleOptions | null,
    onLost: (reason: string) => void,
  ) {
    const target = rule === null ? null : { ...rule, headers: { 'x-deskhand-secret': rule.secret } };
    const bodyOf = ({ ticket_id: id }: RuleCall) => ({ freshdesk_webhook: { ticket_id: id } });
    super(store, tables.ruleCalls, target, bodyOf, onLost);
  }

  /** Where a customer did it. */
  keepOf(tx: Transaction, { ticket, by }: Written): readonly RuleCall[] {
    if (by === null || by.agent !== null || !this.isOpen) return [];
    return [this.keep(tx, { id: tx.next('ruleCall', 1), ticket_id: ticket.id, attempts: 0 })];
  }
}
