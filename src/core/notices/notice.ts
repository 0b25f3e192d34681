/** What people are told outside the desk. No customer text, no personal data: a chat channel has many readers. */
import type { TicketRef } from '../ticket/ticket';

export const noticeKinds = ['escalation', 'approval', 'deadline', 'hand-off', 'failure', 'outage'] as const;
/** `deadline`: one that people let pass, beside those of the ladder. */
export type NoticeKind = (typeof noticeKinds)[number];

/** Told of a ticket only where somebody wants to hear it: each costs a step. */
export type OptionalNoticeKind = Extract<NoticeKind, 'approval' | 'deadline' | 'hand-off'>;

const optionalKinds: readonly NoticeKind[] = ['approval', 'deadline', 'hand-off'];

export function isOptional(kind: NoticeKind): kind is OptionalNoticeKind {
  return optionalKinds.includes(kind);
}

/** What a step tells beside its sentence. */
export interface NoticeAbout {
  readonly kind: NoticeKind;
  /** The same happening has the same key, however often it is told. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** What to do, one sentence. */
  readonly next: string;
  /** While one of these is out, tickets are counted and not told one by one: it may be the cause. */
  readonly perhapsOutageOf?: readonly Part[];
  /** In notices of older tickets: of any part. */
  readonly perhapsOutage?: true;
}

export interface Notice extends NoticeAbout {
  /** Null: it is about the account, not a ticket. */
  readonly ticket: TicketRef | null;
  /** The ticket's, as the desk calls it; absent: it has none, or it is not known. */
  readonly brand?: string;
  /** For programs: a hand-off's reason, `approval`, or the part that is out. */
  readonly reason: string;
  /** What happened, one or two sentences. */
  readonly what: string;
}

/** What is sent together. */
export interface NoticeBatch {
  /** The same on every attempt. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly notices: readonly Notice[];
  /** How many more there were of each kind. */
  readonly more: NoticeCounts;
}
export type NoticeCounts = { readonly [Kind in NoticeKind]?: number };

export const parts = ['desk', 'shop', 'mail', 'classifier'] as const;
export type Part = (typeof parts)[number];

/** `refused`: the credentials are; `down`: it has not answered for a while. */
export const outageStates = ['refused', 'down', 'works'] as const;

/** One process's word on something that all tickets need. */
export interface OutageReport {
  readonly part: Part;
  readonly state: (typeof outageStates)[number];
  /** One sentence of the failure's; empty where it works. */
  readonly why: string;
  /** Epoch milliseconds: since when. */
  readonly since: number;
  /** How many tickets this process has seen waiting for it; absent: none, or an older worker speaks. */
  readonly waited?: number;
}
