/** Decisions as they come back from a history or a file, written by this Deskhand or an earlier one. */
import { isObject } from '../../core/isObject';
import { wholePlan } from '../../core/olderShapes';
import type { Plan } from '../../core/policy/plan';
import { channelOf } from '../../core/ticket/channel';
import { unlimited } from '../lookUp/leftToGive';
import { noOrder, type Facts, type LineFacts } from '../facts/facts';

/** Null: no plan of any Deskhand. */
export function readPlan(value: unknown): Plan | null {
  return isPlan(value) ? wholePlan(value) : null;
}

/** A fact that did not exist when it was recorded is absent, as "" or 0 is. Null: no facts of any Deskhand. */
export function readFacts(recorded: Readonly<Record<string, unknown>>): Facts | null {
  const whole = filledUp(noFacts, recorded);
  if (!areFacts(whole)) return null;
  const lines = whole.order.lines.map((line) => ({ ...nothingBack(line), ...line }));
  const ticket = { ...whole.ticket, channel: channelOf(whole.ticket.channel) };
  return { ...whole, ticket, order: { ...whole.order, lines } };
}

/** Facts of earlier versions tell of no line what is left of it. */
function nothingBack({ quantity, price }: LineFacts): Pick<LineFacts, 'refunded' | 'left' | 'refundable'> {
  return { refunded: 0, left: quantity, refundable: price * quantity };
}

const noFacts: Facts = {
  intent: '',
  confidence: 0,
  signals: [],
  message: { text: '', words: 0, attachments: 0, excerpt: '' },
  customer: { name: '', known: false, trusted: false, language: '' },
  order: noOrder,
  orders: { count: 0, list: [] },
  lookup: { outcome: 'not-needed', number: '', notFound: [] },
  ticket: { tags: [], channel: 'other', turn: 0, rating: '', reopened: false },
  done: { thisOrder: [], anyOrder: [] },
  question: { open: false, slot: '', tries: 0, continued: false, answer: '', asked: null },
  said: { email: '', postalCode: '', item: '', pieces: 0, address: '', reason: '' },
  identity: { proof: '', mismatches: 0 },
  limits: { left: unlimited },
  // Before policies had hours, the team was at work at any time.
  clock: { today: '', weekday: '', hour: 0, open: true, opensOn: '', opensAt: '' },
};

function filledUp(empty: unknown, recorded: unknown): unknown {
  if (!isObject(empty) || !isObject(recorded)) return recorded === undefined ? empty : recorded;
  return { ...empty, ...mapped(recorded, (name, value) => filledUp(empty[name], value)) };
}

function areFacts(value: unknown): value is Facts {
  return isLike(noFacts, value) && linesOf(value).every(isObject);
}

function linesOf(facts: unknown): readonly unknown[] {
  const lines = isObject(facts) && isObject(facts['order']) ? facts['order']['lines'] : [];
  return Array.isArray(lines) ? lines : [];
}

/** Everything that the pattern has is there, and of the same kind; what is null in it may be anything. */
function isLike(pattern: unknown, value: unknown): boolean {
  if (pattern === null) return true;
  if (Array.isArray(pattern)) return Array.isArray(value);
  if (!isObject(pattern)) return typeof value === typeof pattern;
  return isObject(value) && Object.entries(pattern).every(([name, part]) => isLike(part, value[name]));
}

const anyPlan = { policyVersion: '', rule: '', confidence: 0, actions: [], trace: [], settings: {} };

/** Newer than the first plans: may be absent, and is nothing else in their place. */
const sinceAdded = {
  facts: [],
  questionsBefore: [],
  ifRefused: [],
  dialogue: { questions: [], slots: {}, mismatches: 0 },
};
const anyAction = { type: '' };
const anyReply = { ...anyAction, text: '' };

function isPlan(value: unknown): value is Plan {
  if (!isLike(anyPlan, value) || !isObject(value)) return false;
  const isWhole = Object.entries(sinceAdded).every(
    ([name, pattern]) => value[name] === undefined || isLike(pattern, value[name]),
  );
  return isWhole && areActions(value['actions']) && areActions(value['ifRefused'] ?? []);
}

function areActions(actions: unknown): boolean {
  if (!Array.isArray(actions)) return false;
  return actions.every((action: unknown) =>
    isLike(isObject(action) && action['type'] === 'reply' ? anyReply : anyAction, action),
  );
}

function mapped(
  from: Readonly<Record<string, unknown>>,
  change: (name: string, value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(name, value)]));
}
