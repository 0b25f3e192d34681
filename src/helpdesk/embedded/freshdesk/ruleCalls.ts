/**
 * The automation rule that calls a webhook when a customer writes. Freshdesk signs nothing: a header with a secret is
 * all there is. What is not taken is tried again after 5, 30 and 60 minutes, then given up. Calls that are not taken are
 * stored in the same step as what they tell of, and sent again after a restart.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordStore, Transaction } from '../common/recordStore';
import type { Tables, RuleCall } from './records';
import type { Written } from './context';

export interface RuleOptions {
  readonly url: string;
  readonly secret: string;
  /** How long the target may take to answer. */
  readonly timeoutMs: number;
  /** The waits before each further try. */
  readonly retryMs: readonly number[];
  /** Sends every call this many times. */
  readonly copies: number;
}

export const freshdeskRetryMs: readonly number[] = [5, 30, 60].map((minutes) => minutes * 60_000);
const secretHeader = 'x-deskhand-secret';
const mostCalls = 1_000;

export class RuleCalls {
  private readonly store: RecordStore;
  private readonly tables: Tables;
  private readonly rule: RuleOptions | null;
  private readonly onLost: (reason: string) => void;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  /** @param onLost - told why a call was given up; never what it was about. */
  constructor(
    store: RecordStore,
    tables: Tables,
    rule: RuleOptions | null,
    onLost: (reason: string) => void,
  ) {
    this.store = store;
    this.tables = tables;
    this.rule = rule;
    this.onLost = onLost;
  }

  /** Stores the call, where a customer did it; to be sent once the step is stored. */
  keep(tx: Transaction, { ticket, by }: Written): readonly RuleCall[] {
    if (this.rule === null || by === null || by.agent !== null) return [];
    if (this.tables.ruleCalls.records.size >= mostCalls) return [];
    const call: RuleCall = { id: tx.next('ruleCall', 1), ticket_id: ticket.id, attempts: 0 };
    tx.put(this.tables.ruleCalls, call);
    return [call];
  }

  send(call: RuleCall): void {
    const done = this.deliver(call)
      .catch(() => undefined)
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** What an earlier start left. */
  resume(): void {
    for (const call of this.tables.ruleCalls.records.values()) this.send(call);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underWay);
  }

  private async deliver(call: RuleCall): Promise<void> {
    const { rule } = this;
    if (rule === null) return;
    const { signal } = this.stopping;
    for (let { attempts } = call; ; attempts += 1) {
      const copies = Array.from({ length: rule.copies }, () => this.post(rule, call.ticket_id));
      const outcomes = await Promise.all(copies);
      if (signal.aborted) return;
      const failure = outcomes.find((outcome) => outcome !== null) ?? null;
      const wait = rule.retryMs[attempts];
      if (failure === null || wait === undefined) {
        if (failure !== null) this.onLost(failure);
        await this.store.write((tx) => tx.remove(this.tables.ruleCalls, call.id));
        return;
      }
      await this.store.write((tx) => tx.put(this.tables.ruleCalls, { ...call, attempts: attempts + 1 }));
      await sleep(wait, undefined, { signal, ref: false });
    }
  }

  /** Null once it was taken, else why not. */
  private async post({ url, secret, timeoutMs }: RuleOptions, ticketId: number): Promise<string | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.stopping.signal]),
        headers: { 'content-type': 'application/json', [secretHeader]: secret },
        body: JSON.stringify({ freshdesk_webhook: { ticket_id: ticketId } }),
      });
      await response.body?.cancel();
      return response.ok ? null : `the target answered ${response.status}`;
    } catch {
      return 'the target did not answer';
    }
  }
}
