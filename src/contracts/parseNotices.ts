/** Reads what reaches the notices of an account, which people can type by hand too. Total, as in parse.ts. */
import { noticeKinds, outageStates, parts, type Notice, type OutageReport } from '../core/notices/notice';
import { emptyBox, type NoticeBox } from '../core/notices/noticeBox';
import type { TicketRef } from '../core/ticket/ticket';
import type { NoticeMessage, OutageMessage } from './messages';
import { expected, isReadableObject, isText, refuse, type Parsed } from './parse';

const keyLength = 500;
const sentenceLength = 1_000;
const channelsAtMost = 50;
/** About as far from 1970 as a date can be told. */
const latest = 8e15;

export function parseNoticeMessage(value: unknown): Parsed<NoticeMessage> {
  if (!isReadableObject(value)) return expected(value, '{"channels": ["slack"], "notice": {...}}');
  const channels = readChannels(value['channels']);
  if (channels === null) return refuse(channelsWords);
  const notice = readNotice(value['notice']);
  return notice.ok ? { ok: true, value: { channels, notice: notice.value } } : notice;
}

export function parseOutageMessage(value: unknown): Parsed<OutageMessage> {
  if (!isReadableObject(value)) return expected(value, '{"channels": ["slack"], "report": {...}}');
  const channels = readChannels(value['channels']);
  if (channels === null) return refuse(channelsWords);
  const report = readReport(value['report']);
  return report.ok ? { ok: true, value: { channels, report: report.value } } : report;
}

/**
 * A box that an earlier run carried over; nothing given: a new one.
 * @returns refused when it is none, or of a newer schema than this code knows.
 */
export function parseNoticeBox(value: unknown): Parsed<NoticeBox> {
  if (value === undefined || value === null) return { ok: true, value: emptyBox };
  if (isNoticeBox(value)) return { ok: true, value };
  return refuse('the box must be what an earlier run of the notices carried over: leave it out');
}

function isNoticeBox(value: unknown): value is NoticeBox {
  return (
    isReadableObject(value) &&
    value['schema'] === 1 &&
    ['channels', 'told', 'outages'].every((name) => Array.isArray(value[name]))
  );
}

const channelsWords = `channels must be a list of at most ${channelsAtMost} names`;

function readChannels(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > channelsAtMost) return null;
  const names: readonly unknown[] = value;
  const known = names.filter((name) => isText(name, 100));
  return known.length === names.length ? known : null;
}

function readNotice(value: unknown): Parsed<Notice> {
  if (!isReadableObject(value)) return expected(value, '{"key": "...", "kind": "failure", "what": "..."}');
  const { key, ticket = null, brand, reason, what, next, since } = value;
  const kind = noticeKinds.find((known) => known === value['kind']);
  if (kind === undefined) return refuse(`kind must be one of ${noticeKinds.join(', ')}`);
  if (!isText(key, keyLength)) return refuse(`key must be a text of 1 to ${keyLength} characters`);
  if (!isText(reason, keyLength)) return refuse(`reason must be a text of 1 to ${keyLength} characters`);
  if (!isText(what, sentenceLength))
    return refuse(`what must be a text of 1 to ${sentenceLength} characters`);
  if (!isText(next, sentenceLength))
    return refuse(`next must be a text of 1 to ${sentenceLength} characters`);
  if (!isTime(since)) return refuse('since must be a time in milliseconds since 1970');
  if (ticket !== null && !isRef(ticket)) {
    return refuse('ticket must be {"desk": "zendesk", "account": "acme", "ticketId": "35436"}, or null');
  }
  if (brand !== undefined && !isText(brand, keyLength)) {
    return refuse(`brand must be a text of 1 to ${keyLength} characters, or left out`);
  }
  const ofBrand = brand === undefined ? {} : { brand };
  const perhapsOutage = value['perhapsOutage'] === true ? { perhapsOutage: true as const } : {};
  const named: unknown = value['perhapsOutageOf'];
  const behind = Array.isArray(named) ? parts.filter((part) => named.includes(part)) : [];
  const perhapsOutageOf = behind.length === 0 ? {} : { perhapsOutageOf: behind };
  return {
    ok: true,
    value: { key, kind, ticket, ...ofBrand, reason, what, next, since, ...perhapsOutage, ...perhapsOutageOf },
  };
}

function readReport(value: unknown): Parsed<OutageReport> {
  if (!isReadableObject(value)) return expected(value, '{"part": "desk", "state": "down", "why": "..."}');
  const { why, since } = value;
  const part = parts.find((known) => known === value['part']);
  if (part === undefined) return refuse(`part must be one of ${parts.join(', ')}`);
  const state = outageStates.find((known) => known === value['state']);
  if (state === undefined) return refuse(`state must be one of ${outageStates.join(', ')}`);
  if (typeof why !== 'string' || why.length > sentenceLength) {
    return refuse(`why must be a text of at most ${sentenceLength} characters`);
  }
  if (!isTime(since)) return refuse('since must be a time in milliseconds since 1970');
  const { waited } = value;
  if (waited === undefined) return { ok: true, value: { part, state, why, since } };
  return isCount(waited)
    ? { ok: true, value: { part, state, why, since, waited } }
    : refuse('waited must be a whole number of tickets, or left out');
}

function isRef(value: unknown): value is TicketRef {
  return (
    isReadableObject(value) && ['desk', 'account', 'ticketId'].every((name) => isText(value[name], keyLength))
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= latest;
}
