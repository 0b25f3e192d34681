/**
 * What Zendesk's error bodies say, in both of its envelopes (`{error, description, details}` of the older endpoints,
 * `{errors: [{code, title}]}` of the newer ones), with `error` as an object, as HTML, or as a line of plain text.
 */
import { isObject } from '../../core/isObject';
import type { AnswerReading } from '../../remote/failures';

const nothing: AnswerReading = { special: null, reason: null };
const codeShape = /^[A-Za-z][\w.:-]{0,59}$/;
const fieldShape = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Descriptions repeat what was sent: a customer's address, a piece of a message. Only those that Zendesk writes
 * without such values, or with the company's own field names in them, are quoted.
 */
const knownDescriptions = [
  /^Status: closed prevents ticket update$/,
  /^[^@\n]{1,80}:{1,2} is required when solving a ticket$/,
  /^Record validation errors$/,
  /^Database collision$/,
  /^Safe Update prevented/,
  /^Number of allowed (API )?requests per (minute|hour) exceeded$/,
  /^Couldn't authenticate you$/,
  /^You do not have access to this page\./,
];
const longestReason = 160;

interface Said {
  readonly codes: readonly string[];
  readonly descriptions: readonly string[];
  readonly fields: readonly string[];
}

export function readErrorBody(status: number, body: string): AnswerReading {
  const parsed = parseObject(body);
  const said = parsed === null ? { codes: [], descriptions: [body.trim()], fields: [] } : sayings(parsed);
  const closed =
    status === 422 &&
    (said.codes.includes('ClosedTicket') ||
      said.descriptions.some((description) => /closed prevents ticket update/i.test(description)));
  if (closed) return { special: 'ticket-closed', reason: null };
  if (status === 404 && said.codes.includes('InvalidEndpoint')) {
    return { special: 'no-such-address', reason: null };
  }
  return { ...nothing, reason: reasonOf(said) };
}

/** The error inside a 2xx body; null when there is none. */
export function errorInside(body: unknown): string | null {
  if (!isObject(body)) return null;
  const { error, errors } = body;
  const carries = (Array.isArray(errors) && errors.length > 0) || (error !== undefined && error !== null);
  return carries ? (reasonOf(sayings(body)) ?? 'no reason given') : null;
}

function sayings(body: Record<string, unknown>): Said {
  const { error, errors, description, details } = body;
  const entries = [
    { code: error, description },
    ...(isObject(error) ? [{ code: error['title'], description: error['message'] }] : []),
    ...list(errors).map((entry) => ({ code: entry['code'], description: entry['title'] })),
  ];
  const detailEntries = isObject(details)
    ? Object.values(details).flatMap((value) =>
        list(value).map((entry) => ({ code: entry['error'], description: entry['description'] })),
      )
    : [];
  const all = [...entries, ...detailEntries];
  return {
    codes: all.map(({ code }) => code).filter((code) => isText(code)),
    descriptions: [...all.map((entry) => entry.description), ...all.map(({ code }) => code)].filter((text) =>
      isText(text),
    ),
    fields: isObject(details) ? Object.keys(details) : [],
  };
}

function reasonOf(said: Said): string | null {
  const codes = said.codes.filter((code) => codeShape.test(code));
  const fields = said.fields.filter((field) => fieldShape.test(field) && field !== 'base');
  const descriptions = said.descriptions.filter((text) =>
    knownDescriptions.some((known) => known.test(text)),
  );
  const parts = [
    ...codes.slice(0, 2),
    ...(fields.length === 0 ? [] : [`fields: ${fields.slice(0, 5).join(', ')}`]),
    ...descriptions.slice(-2),
  ];
  const reason = [...new Set(parts)].join('; ');
  return reason === '' ? null : reason.slice(0, longestReason);
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((entry) => isObject(entry)) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
