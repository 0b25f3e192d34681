/**
 * What is on its way to people, for one desk account: each happening once, a burst as one message, each channel at its
 * own pace. Pure and plain JSON, as the ticket's state is.
 */
import { dayMs, hourMs } from '../spans';
import { type Notice, type NoticeBatch, type NoticeCounts, type OutageReport, type Part } from './notice';
import { addCounts, countOf, outageWords, recoveredWords } from './words';

export interface NoticeBox {
  readonly schema: 1;
  /**
   * 2: an outage without news ends, and a message counts from when it was taken. 3: what waits for a channel is sent
   * although the newest notice comes from a worker without it. Absent in a run that began before: it goes on by the
   * rules it has told by.
   */
  readonly rules?: 2 | 3;
  readonly channels: readonly ChannelBox[];
  /** What was told, oldest first; the same key within `toldForMs` is the same happening. */
  readonly told: readonly { readonly key: string; readonly at: number }[];
  readonly outages: readonly Outage[];
}

export interface ChannelBox {
  readonly name: string;
  /** In full, oldest first; what comes on top is counted in `more`. */
  readonly waiting: readonly Notice[];
  readonly more: NoticeCounts;
  /** When the oldest of them came, epoch milliseconds; null: nothing waits. */
  readonly waitingSince: number | null;
  readonly sending: NoticeBatch | null;
  /** When the last message was taken, or given up. */
  readonly sentAt: number | null;
  /** Why the last message reached nobody; null: it did, or there was none. */
  readonly lost: { readonly at: number; readonly why: string } | null;
  /** The newest notice came from a worker without this channel: nothing more is put into it. */
  readonly gone?: true | undefined;
}

interface Outage {
  readonly part: Part;
  readonly state: 'refused' | 'down';
  readonly since: number;
  /** Tickets that were given to people because of it. */
  readonly tickets: number;
  /** The newest word of it; absent in older boxes: none since it began. */
  readonly heardAt?: number;
  /** How many tickets have waited for it, as far as one worker alone has seen them; absent: none, or nobody told. */
  readonly waited?: number;
}

/** How long the first notice waits for others that belong to the same burst. */
export const gatherMs = 5_000;
/** Between two messages to one channel. */
export const apartMs = 60_000;
/** In full, in one message; fits what Slack and Teams take. */
export const shownAtMost = 13;
export const toldForMs = dayMs;
/** Workers say again every 15 minutes that a part is out, as long as they ask it. */
export const believedForMs = 3 * hourMs;
const toldAtMost = 2_000;

export const emptyBox: NoticeBox = { schema: 1, channels: [], told: [], outages: [] };

/**
 * The channels there are from now on. What one has under way, or has waiting, is finished even if it is gone: while
 * workers are deployed anew, not all of them have the same channels.
 */
export function useChannels(box: NoticeBox, names: readonly string[]): NoticeBox {
  const isNamed = ({ name }: ChannelBox) => names.includes(name);
  const isOwed = ({ sending, waitingSince }: ChannelBox) =>
    sending !== null || (box.rules === 3 && waitingSince !== null);
  const kept = box.channels
    .filter((channel) => isNamed(channel) || isOwed(channel))
    .map((channel) => (isNamed(channel) ? back(channel) : leaving(box, channel)));
  const added = names
    .filter((name) => !kept.some((channel) => channel.name === name))
    .map((name) => ({ ...emptyChannel, name }));
  return { ...box, channels: [...kept, ...added] };
}

function back(channel: ChannelBox): ChannelBox {
  return channel.gone === undefined ? channel : { ...channel, gone: undefined };
}

function leaving({ rules }: NoticeBox, channel: ChannelBox): ChannelBox {
  return rules === 3 ? { ...channel, gone: true } : channel;
}

const emptyChannel: Omit<ChannelBox, 'name'> = {
  waiting: [],
  more: {},
  waitingSince: null,
  sending: null,
  sentAt: null,
  lost: null,
};

export function takeNotice(box: NoticeBox, notice: Notice, now: number): NoticeBox {
  const fresh = forget(box, now);
  if (fresh.told.some(({ key }) => key === notice.key)) return fresh;
  const told = [...fresh.told, { key: notice.key, at: now }].slice(-toldAtMost);
  const causes = fresh.outages.filter((outage) => mayBeBehind(fresh, outage, notice, now));
  if (causes.length > 0) {
    const outages = fresh.outages.map((outage) =>
      causes.includes(outage) ? { ...outage, tickets: outage.tickets + 1 } : outage,
    );
    return { ...fresh, told, outages };
  }
  return { ...fresh, told, channels: fresh.channels.map((channel) => put(channel, notice, now)) };
}

function mayBeBehind(
  box: NoticeBox,
  outage: Outage,
  { perhapsOutage, perhapsOutageOf = [] }: Notice,
  now: number,
): boolean {
  if (!isBelieved(box, outage, now)) return false;
  return perhapsOutage === true || perhapsOutageOf.includes(outage.part);
}

function isBelieved({ rules }: NoticeBox, { since, heardAt = since }: Outage, now: number): boolean {
  return rules === undefined || now < heardAt + believedForMs;
}

/**
 * An outage is told when it is first heard of and when it is over, whoever reports it however often. One that nobody
 * has spoken of for long is over, and who speaks of it again speaks of another.
 */
export function takeReport(before: NoticeBox, report: OutageReport, now: number): NoticeBox {
  const { part, state, since } = report;
  const box = forget(before, now);
  const open = box.outages.find((outage) => outage.part === part);
  const others: NoticeBox = { ...box, outages: box.outages.filter((outage) => outage !== open) };
  if (state === 'works') {
    if (open === undefined) return box;
    const words = recoveredWords(part, {
      ...open,
      waited: mostWaited(open, report),
      forMs: now - open.since,
    });
    return takeNotice(others, noticeOf(part, `outage/${part}/${open.since}/over`, now, words), now);
  }
  if (open !== undefined && isBelieved(box, open, now)) {
    const heard = { ...open, heardAt: now, waited: mostWaited(open, report) };
    return { ...others, outages: [...others.outages, heard] };
  }
  const told = takeNotice(others, noticeOf(part, `outage/${part}/${since}`, since, outageWords(report)), now);
  const begun = { part, state, since, tickets: 0, heardAt: now, waited: report.waited ?? 0 };
  return { ...told, outages: [...told.outages, begun] };
}

/** Workers see the same tickets, so that their numbers are not added up. */
function mostWaited(outage: Outage, report: OutageReport): number {
  return Math.max(outage.waited ?? 0, report.waited ?? 0);
}

function noticeOf(
  part: Part,
  key: string,
  since: number,
  words: { readonly what: string; readonly next: string },
): Notice {
  return { key, kind: 'outage', ticket: null, reason: part, since, ...words };
}

function put(channel: ChannelBox, notice: Notice, now: number): ChannelBox {
  if (channel.gone === true) return channel;
  const waitingSince = channel.waitingSince ?? now;
  return channel.waiting.length < shownAtMost
    ? { ...channel, waitingSince, waiting: [...channel.waiting, notice] }
    : { ...channel, waitingSince, more: addCounts(channel.more, [notice]) };
}

/** When this channel's next message is due, epoch milliseconds; null: nothing waits, or one is under way. */
export function dueAt({ waitingSince, sending, sentAt }: ChannelBox): number | null {
  if (waitingSince === null || sending !== null) return null;
  return Math.max(waitingSince + gatherMs, sentAt === null ? 0 : sentAt + apartMs);
}

/** Puts what waits into the messages that are due. */
export function beginMessages(box: NoticeBox, now: number): NoticeBox {
  return {
    ...box,
    channels: box.channels.map((channel) => (isDue(channel, now) ? begin(channel, now) : channel)),
  };
}

function isDue(channel: ChannelBox, now: number): boolean {
  const due = dueAt(channel);
  return due !== null && due <= now;
}

function begin(channel: ChannelBox, now: number): ChannelBox {
  const { name, waiting, more } = channel;
  const batch: NoticeBatch = { id: `${name}-${now}`, at: now, notices: waiting, more };
  return { ...channel, waiting: [], more: {}, waitingSince: null, sending: batch, sentAt: now };
}

/** @param why - the message reached nobody; null: it was sent. */
export function messageDone(box: NoticeBox, name: string, why: string | null, now: number): NoticeBox {
  return {
    ...box,
    channels: box.channels.map((channel) =>
      channel.name === name
        ? {
            ...channel,
            sending: null,
            sentAt: box.rules === undefined ? channel.sentAt : now,
            lost: why === null ? null : { at: now, why },
          }
        : channel,
    ),
  };
}

/**
 * When there is something to do again, epoch milliseconds: a message is due, or nothing counts any more.
 * Null: nothing counts, and the box can be thrown away.
 */
export function wakeAt(box: NoticeBox, now: number): number | null {
  const due = box.channels.map(dueAt).filter((at) => at !== null);
  if (due.length > 0) return Math.min(...due);
  const isOut = box.outages.some((outage) => isKept(box, outage, now));
  const isBusy = isOut || box.channels.some(({ sending }) => sending !== null);
  if (isBusy) return now + toldForMs;
  const newest = box.told.at(-1);
  return newest === undefined || newest.at + toldForMs <= now ? null : newest.at + toldForMs;
}

function forget(box: NoticeBox, now: number): NoticeBox {
  return {
    ...box,
    told: box.told.filter(({ at }) => at + toldForMs > now),
    outages: box.outages.filter((outage) => isKept(box, outage, now)),
  };
}

/** Longer than it is believed: that the part works again is worth a word. */
function isKept({ rules }: NoticeBox, { since, heardAt = since }: Outage, now: number): boolean {
  return rules === undefined || now < heardAt + toldForMs;
}

export function waitingCount({ waiting, more }: ChannelBox): number {
  return waiting.length + countOf(more);
}
