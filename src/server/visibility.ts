/** The list of tickets as a query to Temporal's visibility store, and its rows as tickets. */
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

/** The server reads the text between single quotes as SQL does, backslash escapes included. */
export function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
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
