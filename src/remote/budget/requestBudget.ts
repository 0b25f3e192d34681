/**
 * What an account may ask its desk for, shared by everything in this process that asks: the more urgent first, evenly,
 * never while the desk wants to be left alone, and with a share kept back for customers who wait. The limit is learnt
 * from the desk's own headers. Other processes and programs that use the account show in what the desk says is left.
 */
import { endedCall, RemoteFailure, retryAfterMs } from '../failures';
import type { RemoteRequest, RemoteResponse } from '../http';
import { DeskFigures } from './deskFigures';
import { readRate } from './rateHeaders';
import { TokenBucket } from './tokenBucket';
import { isVital, moreUrgentFirst, type Urgency } from './urgency';

export interface RequestBudget {
  /**
   * Resolves when the request may go out.
   * @throws RemoteFailure `throttled` when its turn is farther off than an attempt should wait, `cancelled` when it is
   *   not wanted any more.
   */
  admit(remote: string, request: Asked, signal: AbortSignal): Promise<void>;
  /** What came of one that was let out; null: no answer. */
  ended(request: Asked, response: RemoteResponse | null): void;
  state(): BudgetState;
}

export type Asked = Pick<RemoteRequest, 'method' | 'path'>;

export interface BudgetState {
  /** Requests a minute; null: not known. */
  readonly limit: number | null;
  /** Whether the desk said so; else it is a setting. */
  readonly isLearnt: boolean;
  /** Of that limit, by the desk's last word; null: it said nothing lately. */
  readonly left: number | null;
  /** Requests that wait here. */
  readonly waiting: number;
  /** Milliseconds until the desk may be asked at all; 0: now. */
  readonly closedForMs: number;
  /** Requests that an activity took of late, at least 1. */
  readonly requestsPerStep: number;
}

/** Where time comes from. */
export interface Timers {
  /** Milliseconds; only ever forward. */
  now(): number;
  /** @returns what calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface Asking {
  readonly urgency: Urgency;
  /** One object for each attempt of an activity: so one knows how many requests it takes. Null: no activity. */
  readonly step: object | null;
}

export interface BudgetOptions {
  /** Requests a minute until the desk has said; null: any number. */
  readonly perMinute: number | null;
  /** What asks just now. */
  readonly asking: () => Asking;
  readonly timers?: Timers;
}

interface Waiter extends Asking {
  readonly request: Asked;
  readonly since: number;
  readonly go: () => void;
  readonly turnAway: () => void;
}

/** Kept for replies and for reading the tickets of customers who wait. */
export const reserveShare = 0.2;
/** Longer, and each second would cost a heartbeat, an Action; a retry of the attempt is one. */
const patienceMs = 8_000;
/** After a 429 that does not say when. */
const unsaidWaitMs = 5_000;
/** Limits of an account are counted by the minute: what lasts longer is about the one thing that was asked for. */
const accountWaitsAtMostMs = 60_000;
/** Those who were turned away come back within this time: a step has patience for some minutes only. */
const spreadOverMs = 5 * 60_000;

const wallTimers: Timers = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function createRequestBudget(options: BudgetOptions): RequestBudget {
  const { asking, timers = wallTimers } = options;
  const started = timers.now();
  let limit = options.perMinute;
  let pace = limit === null ? null : paceOf(limit, started);
  const figures = new DeskFigures();
  /** Until when: of everything (`*`), of a kind of request, of one address. */
  const closed = new Map<string, number>();
  const waiting: Waiter[] = [];
  const nextTurn = { vital: 0, other: 0 };
  let lately = { steps: 0, requests: 0 };
  const counted = new WeakSet<object>();
  let callOff: (() => void) | null = null;

  function opensInMs(request: Asked, { urgency, step }: Asking, now: number): number {
    const { exact, kind } = placesOf(request);
    // Between what it has read and what it writes nobody should have to wait: a person could come in between.
    const hasBegun = step !== null && counted.has(step);
    const closedFor = Math.max(...['*', kind, exact].map((place) => (closed.get(place) ?? now) - now), 0);
    if (closedFor > 0) return closedFor;
    const kept = isVital(urgency) || hasBegun || limit === null ? 0 : limit * reserveShare;
    const emptyFor = figures.emptyForMs(kept, now);
    if (emptyFor > 0 || hasBegun || pace === null) return emptyFor;
    return Math.max(pace.all.waitMs(now), isVital(urgency) ? 0 : pace.other.waitMs(now));
  }

  function take({ urgency, step }: Asking, now: number): void {
    figures.taken(now);
    pace?.all.take(now);
    if (!isVital(urgency)) pace?.other.take(now);
    // A poll reads page after page: it says nothing of what a ticket needs.
    if (step === null || urgency === 'poll') return;
    if (!counted.has(step)) {
      counted.add(step);
      lately = { steps: lately.steps * forgets + 1, requests: lately.requests * forgets };
    }
    lately.requests += 1;
  }

  /** When one comes back that cannot wait here: one after the other, at the pace there will be. */
  function laterMs(urgency: Urgency, opensIn: number, now: number): number {
    const line = isVital(urgency) ? 'vital' : 'other';
    const between = (60_000 / (limit ?? 60)) * requestsPerStep();
    const turn = Math.max(nextTurn[line], now + opensIn) + between;
    const latest = now + opensIn + spreadOverMs;
    nextTurn[line] = turn > latest ? now + opensIn + between : turn;
    return Math.ceil(Math.min(turn, latest) - now);
  }

  function requestsPerStep(): number {
    return lately.steps < 1 ? 1 : Math.max(1, lately.requests / lately.steps);
  }

  /** Lets out who may go, the most urgent first, and looks again when the next one may. */
  function serve(): void {
    callOff?.();
    callOff = null;
    const now = timers.now();
    let lookIn = Number.POSITIVE_INFINITY;
    for (const waiter of waiting.toSorted(moreUrgentFirst)) {
      const opensIn = opensInMs(waiter.request, waiter, now);
      const patience = waiter.since + patienceMs - now;
      if (opensIn === 0) {
        leave(waiter);
        take(waiter, now);
        waiter.go();
      } else if (patience <= 0) {
        leave(waiter);
        waiter.turnAway();
      } else {
        lookIn = Math.min(lookIn, opensIn, patience);
      }
    }
    if (waiting.length > 0) callOff = timers.after(Math.max(1, lookIn), serve);
  }

  function leave(waiter: Waiter): void {
    const at = waiting.indexOf(waiter);
    if (at !== -1) waiting.splice(at, 1);
  }

  function close(request: Asked, response: RemoteResponse, remaining: number | null, now: number): void {
    const { exact, kind } = placesOf(request);
    const endpoint = response.endpointResetMs;
    const until = (place: string, ms: number): void => {
      closed.set(place, Math.max(closed.get(place) ?? 0, now + ms));
    };
    if (response.status !== 429) {
      if (endpoint !== null) until(kind, endpoint);
      return;
    }
    const wait = retryAfterMs(response.retryAfter, response.date) ?? endpoint ?? unsaidWaitMs;
    const isAccounts = (remaining ?? 0) === 0 && endpoint === null;
    until(isAccounts ? '*' : wait > accountWaitsAtMostMs ? exact : kind, wait);
    if (!isAccounts) return;
    pace?.all.drain(now + wait);
    pace?.other.drain(now + wait);
  }

  return {
    admit(remote, request, signal) {
      if (signal.aborted) return Promise.reject(endedCall(remote, signal));
      const own = asking();
      const { urgency } = own;
      const now = timers.now();
      const opensIn = opensInMs(request, own, now);
      const isFirst = !waiting.some((waiter) => moreUrgentFirst(waiter, own) <= 0);
      if (isFirst && opensIn === 0) {
        take(own, now);
        return Promise.resolve();
      }
      if (opensIn > patienceMs) return Promise.reject(notYet(remote, laterMs(urgency, opensIn, now)));
      return new Promise((resolve, reject) => {
        const end = (): void => {
          leave(waiter);
          reject(endedCall(remote, signal));
        };
        const settle = (how: () => void) => (): void => {
          signal.removeEventListener('abort', end);
          how();
        };
        const waiter: Waiter = {
          ...{ ...own, request, since: now },
          go: settle(resolve),
          turnAway: settle(() => {
            const at = timers.now();
            reject(notYet(remote, laterMs(urgency, opensInMs(request, own, at), at)));
          }),
        };
        signal.addEventListener('abort', end, { once: true });
        waiting.push(waiter);
        serve();
      });
    },
    ended(request, response) {
      const now = timers.now();
      figures.landed();
      if (response !== null) {
        const reading = readRate(response.header);
        if (reading.limit !== null && reading.limit !== limit) {
          limit = reading.limit;
          if (pace === null) pace = paceOf(limit, now);
          else setPace(pace, limit, now);
        }
        figures.told(reading, now);
        close(request, response, reading.remaining, now);
      }
      for (const [place, until] of closed) if (until <= now) closed.delete(place);
      if (waiting.length > 0) serve();
    },
    state() {
      const now = timers.now();
      return {
        limit,
        isLearnt: figures.limitTold,
        left: figures.left(now),
        waiting: waiting.length,
        closedForMs: Math.max(0, (closed.get('*') ?? now) - now),
        requestsPerStep: requestsPerStep(),
      };
    },
  };
}

/** Of the last hundred activities or so. */
const forgets = 0.99;

interface Pace {
  readonly all: TokenBucket;
  readonly other: TokenBucket;
}

function paceOf(limit: number, now: number): Pace {
  return { all: new TokenBucket(limit, now), other: new TokenBucket(limit * (1 - reserveShare), now) };
}

function setPace({ all, other }: Pace, limit: number, now: number): void {
  all.setRate(limit, now);
  other.setRate(limit * (1 - reserveShare), now);
}

/** `PUT /tickets/35436`, and `PUT /tickets/#`: every such request. */
function placesOf({ method, path }: Asked): { readonly exact: string; readonly kind: string } {
  return { exact: `${method} ${path}`, kind: `${method} ${path.replaceAll(/\d+/g, '#')}` };
}

function notYet(remote: string, ms: number): RemoteFailure {
  return new RemoteFailure(
    'throttled',
    `${remote} is asked again in ${Math.ceil(ms / 1_000)} s: what the account may ask is used up`,
    { retryable: true, retryAfterMs: ms },
  );
}
