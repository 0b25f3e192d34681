/** The list of tickets as a query to Temporal's visibility store, and its rows as tickets. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Connection } from '@temporalio/client';
import {
  parseTicketWorkflowId,
  ticketWorkflowId,
  ticketWorkflowType,
  type DeskAccount,
} from '../contracts/messages';
import {
  handOffReasonKey,
  intentKey,
  priorityKey,
  stageKey,
  type searchAttributeKeys,
} from '../contracts/searchAttributes';
import type { ListFilters, TicketRow } from './schemas';

export type ExecutionPage = Awaited<ReturnType<Connection['workflowService']['listWorkflowExecutions']>>;
export type RawExecution = ExecutionPage['executions'][number];

/**
 * Of the accounts that are served alone: a namespace may hold tickets of another account (the demo's, say), with the same
 * numbers, and nothing here can show or steer those. https://docs.temporal.io/list-filter
 */
export function visibilityQuery(filters: ListFilters, served: readonly DeskAccount[]): string {
  const equals = [
    [stageKey.name, filters.stage],
    [intentKey.name, filters.intent],
    [priorityKey.name, filters.priority],
    [handOffReasonKey.name, filters.handOffReason],
  ] as const;
  const ofAccounts = served.map(
    (account) => `WorkflowId STARTS_WITH ${quoted(ticketWorkflowId({ ...account, ticketId: '' }))}`,
  );
  return [
    `WorkflowType = ${quoted(ticketWorkflowType)}`,
    ofAccounts.length === 1 ? ofAccounts.join('') : `(${ofAccounts.join(' OR ')})`,
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

/**
 * A ticket that was opened again has a run for each time: all runs of these workflows, so that the newest can be told.
 */
export function runsQuery(workflowIds: readonly string[]): string {
  const ids = workflowIds.map(quoted).join(', ');
  return `WorkflowId IN (${ids}) AND ExecutionStatus != 'ContinuedAsNew'`;
}

/** The run of each workflow that started last. */
export function newestRuns(executions: readonly RawExecution[]): ReadonlyMap<string, string> {
  const newest = new Map<string, { readonly runId: string; readonly startedAt: number }>();
  for (const { execution, startTime } of executions) {
    const workflowId = execution?.workflowId ?? '';
    const runId = execution?.runId ?? '';
    const startedAt = epochMs(startTime) ?? 0;
    if (startedAt >= (newest.get(workflowId)?.startedAt ?? 0)) newest.set(workflowId, { runId, startedAt });
  }
  return new Map([...newest].map(([workflowId, { runId }]) => [workflowId, runId]));
}

export function isOpen({ closeTime }: RawExecution): boolean {
  return closeTime === undefined || closeTime === null;
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
    open: isOpen(execution),
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
  if (payload === undefined) return null;
  const value = defaultPayloadConverter.fromPayload<unknown>(payload);
  return typeof value === 'string' ? value : null;
}

function isoTime(time: RawExecution['startTime']): string | null {
  const at = epochMs(time);
  return at === null ? null : new Date(at).toISOString();
}

function epochMs(time: RawExecution['startTime']): number | null {
  if (time === undefined || time === null) return null;
  return Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000;
}
