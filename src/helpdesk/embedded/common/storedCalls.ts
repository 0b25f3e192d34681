/**
 * Calls of a webhook that were not taken yet. They are stored in the same step as what they tell of, tried again after
 * waits, sent again after a restart, and given up in the end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordStore, Table, Transaction } from './recordStore';

export interface StoredCall {
  readonly id: number;
  readonly attempts: number;
}

export interface CallTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long the target may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The waits before each further try, in milliseconds. */
  readonly retryMs: readonly number[];
  /** Sends every call this many times. */
  readonly copies: number;
}

const mostCalls = 1_000;

export class StoredCalls<C extends StoredCall> {
  private readonly store: RecordStore;
  private readonly table: Table<C>;
  private readonly target: CallTarget | null;
  private readonly bodyOf: (call: C) => unknown;
  private readonly onLost: (reason: string) => void;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  /**
   * @param target - null: nobody is called.
   * @param onLost - told why a call was given up; never what it was about.
   */
  constructor(
    store: RecordStore,
    table: Table<C>,
    target: CallTarget | null,
    bodyOf: (call: C) => unknown,
    onLost: (reason: string) => void,
  ) {
    this.store = store;
    this.table = table;
    this.target = target;
    this.bodyOf = bodyOf;
    this.onLost = onLost;
  }

  /** Whether a further call would be kept. */
  get isOpen(): boolean {
    return this.target !== null && this.table.records.size < mostCalls;
  }

  /** To be sent once the step is stored. */
  keep(tx: Transaction, call: C): C {
    tx.put(this.table, call);
    return call;
  }

  send(call: C): void {
    const done = this.deliver(call)
      .catch(() => undefined)
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  /** What an earlier start left. */
  resume(): void {
    for (const call of this.table.records.values()) this.send(call);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underWay);
  }

  private async deliver(call: C): Promise<void> {
    const { target } = this;
    if (target === null) return;
    const { signal } = this.stopping;
    for (let { attempts } = call; ; attempts += 1) {
      const copies = Array.from({ length: target.copies }, () => this.post(target, call));
      const outcomes = await Promise.all(copies);
      if (signal.aborted) return;
      const failure = outcomes.find((outcome) => outcome !== null) ?? null;
      const wait = target.retryMs[attempts];
      if (failure === null || wait === undefined) {
        if (failure !== null) this.onLost(failure);
        await this.store.write((tx) => tx.remove(this.table, call.id));
        return;
      }
      await this.store.write((tx) => tx.put(this.table, { ...call, attempts: attempts + 1 }));
      await sleep(wait, undefined, { signal, ref: false });
    }
  }

  /** Null once it was taken, else why not. */
  private async post({ url, headers, timeoutMs }: CallTarget, call: C): Promise<string | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.stopping.signal]),
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(this.bodyOf(call)),
      });
      await response.body?.cancel();
      return response.ok ? null : `the target answered ${response.status}`;
    } catch {
      return 'the target did not answer';
    }
  }
}
