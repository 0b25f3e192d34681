/**
 * Calls of a webhook that were not taken yet. They are stored in the same step as what they tell of, tried again after
 * waits, sent again after a restart, and given up in the end.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { postJson, refusalOf } from './postJson';
import type { RecordStore, Table, Transaction } from './recordStore';
import type { OutgoingCalls } from './runEmbedded';
import { UnderWay } from './underWay';

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

interface CallsOf<C extends StoredCall, W> {
  readonly store: RecordStore;
  readonly table: Table<C>;
  /** Null: nobody is called. */
  readonly target: CallTarget | null;
  readonly bodyOf: (call: C) => unknown;
  /** What tells of what was written. */
  readonly callsOf: (tx: Transaction, written: W) => readonly C[];
  /** Told why a call was given up; never what it was about. */
  readonly onLost: (reason: string) => void;
}

export class StoredCalls<C extends StoredCall, W> implements OutgoingCalls<Transaction, W, C> {
  private readonly parts: CallsOf<C, W>;
  private readonly stopping = new AbortController();
  private readonly underWay = new UnderWay();

  constructor(parts: CallsOf<C, W>) {
    this.parts = parts;
    // Each call that is made or waits listens for the end.
    setMaxListeners(0, this.stopping.signal);
  }

  /** None where nobody is called, or too many wait. */
  keep(tx: Transaction, written: W): readonly C[] {
    const { table, target, callsOf } = this.parts;
    if (target === null || table.records.size >= mostCalls) return [];
    const calls = callsOf(tx, written);
    for (const call of calls) tx.put(table, call);
    return calls;
  }

  send(calls: Iterable<C>): void {
    for (const call of calls) this.underWay.follow(this.deliver(call));
  }

  /** What an earlier start left. */
  resume(): void {
    this.send(this.parts.table.records.values());
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.underWay.ended();
  }

  private async deliver(call: C): Promise<void> {
    const { store, table, target, onLost } = this.parts;
    if (target === null) return;
    const { signal } = this.stopping;
    for (let { attempts } = call; ; attempts += 1) {
      const copies = Array.from({ length: target.copies }, () => this.post(target, call));
      const outcomes = await Promise.all(copies);
      if (signal.aborted) return;
      const failure = outcomes.find((outcome) => outcome !== null) ?? null;
      const wait = target.retryMs[attempts];
      if (failure === null || wait === undefined) {
        if (failure !== null) onLost(failure);
        await store.write((tx) => tx.remove(table, call.id));
        return;
      }
      await store.write((tx) => tx.put(table, { ...call, attempts: attempts + 1 }));
      await sleep(wait, undefined, { signal, ref: false });
    }
  }

  /** Null once it was taken, else why not. */
  private async post({ url, headers, timeoutMs }: CallTarget, call: C): Promise<string | null> {
    const body = JSON.stringify(this.parts.bodyOf(call));
    return refusalOf(await postJson({ url, headers, body, timeoutMs, signal: this.stopping.signal }));
  }
}
