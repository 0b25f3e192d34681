/** The list of tickets as a query to Temporal's visibility store, and its rows as tickets. */
import { createHash } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Connection } from '@temporalio/client';
import { parseTicketWorkflowId, ticketWorkflowType } from '../contracts/messages';
import {
  deskKey,
  handOffReasonKey,
  intentKey,
  priorityKey,
  stageKey,
  type searchAttributeKeys,
} from '../contracts/searchAttributes';
import { invalid } from './problems';
import type { ListFilters, TicketRow } from './schemas';

type ExecutionPage = Awaited<ReturnType<Connection['workflowService']['listWorkflowExecutions']>>;
export type RawExecution = ExecutionPage['executions'][number];

/** https://docs.temporal.io/list-filter */
export function visibilityQuery(filters: ListFilters): string {
  const equals = [
    [deskKey.name, filters.desk],
    [stageKey.name, filters.stage],
    [intentKey.name, filters.intent],
    [priorityKey.name, filters.priority],
    [handOffReasonKey.name, filters.handOffReason],
  ] as const;
  return [
    `WorkflowType = ${quoted(ticketWorkflowType)}`,
    // A run that went on under a new one is not a ticket of its own.
    filters.state === 'open' ? "ExecutionStatus = 'Running'" : "ExecutionStatus != 'ContinuedAsNew'",
    ...(filters.state === 'closed' ? ["ExecutionStatus != 'Running'"] : []),
    ...equals.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${quoted(value)}`])),
  ].join(' AND ');
}

/** The schema lets no quote this far; a filter that is added later must not have to remember. */
function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const markBytes = 8;

/** Temporal's own token, marked with the list it belongs to: under other filters it would mean another place. */
export function cursorOf(pageToken: Uint8Array, query: string): string {
  return Buffer.concat([markOf(query), pageToken]).toString('base64url');
}

/** @throws Problem 422 */
export function pageTokenOf(cursor: string, query: string): Buffer {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length > markBytes && bytes.subarray(0, markBytes).equals(markOf(query))) {
    return bytes.subarray(markBytes);
  }
  throw invalid([
    {
      path: 'querystring.cursor',
      message: 'must be the nextCursor of this very list, with the same filters',
      found: 'another text',
    },
  ]);
}

function markOf(query: string): Buffer {
  return createHash('sha256').update(query).digest().subarray(0, markBytes);
}

/** Null for an execution that is not a ticket: somebody may have started the type under an id of their own. */
export function ticketRowOf(
  execution: RawExecution,
  webUrl: (workflowId: string) => string | null,
): TicketRow | null {
  const workflowId = execution.execution?.workflowId ?? '';
  const ref = parseTicketWorkflowId(workflowId);
  if (ref === null) return null;
  return {
    ...ref,
    workflowId,
    open: execution.closeTime == null,
    stage: attribute(execution, stageKey),
    intent: attribute(execution, intentKey),
    priority: attribute(execution, priorityKey),
    handOffReason: attribute(execution, handOffReasonKey),
    startedAt: isoTime(execution.startTime),
    closedAt: isoTime(execution.closeTime),
    webUrl: webUrl(workflowId),
  };
}

function attribute(execution: RawExecution, key: (typeof searchAttributeKeys)[number]): string | null {
  const payload = execution.searchAttributes?.indexedFields?.[key.name];
  if (payload == null) return null;
  const value = defaultPayloadConverter.fromPayload<unknown>(payload);
  return typeof value === 'string' ? value : null;
}

function isoTime(time: RawExecution['startTime']): string | null {
  if (time == null) return null;
  return new Date(Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000).toISOString();
}
