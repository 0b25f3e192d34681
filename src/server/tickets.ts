/** Tickets as the API knows them: started, listed, shown and steered through Temporal. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { AgentActionName, Hint } from '../core/events';
import type { TicketRef } from '../core/ticket/ticket';
import {
  agentMessageNames,
  decisionQuery,
  stateQuery,
  ticketWorkflowId,
  type AgentMessage,
  type DecisionView,
  type DeskAccount,
  type TicketView,
} from '../contracts/messages';
import { workflowWebUrl } from '../contracts/workflowWebUrl';
import { hintTicket } from '../temporal/hintTicket';
import type { Cursors } from './cursors';
import { Problem } from './problems';
import type { ListFilters, TicketPage } from './schemas';
import {
  isOpen,
  newestRuns,
  runsQuery,
  ticketRowOf,
  visibilityQuery,
  type ExecutionPage,
  type RawExecution,
} from './visibility';

export interface Tickets {
  /** Resolves once Temporal has the hint on disk. */
  hint(ref: TicketRef, hint: Hint): Promise<{ workflowId: string; webUrl: string | null }>;
  /** @param accounts - whose tickets. */
  list(filters: ListFilters, accounts: readonly DeskAccount[]): Promise<TicketPage>;
  show(ref: TicketRef): Promise<TicketView>;
  why(ref: TicketRef): Promise<DecisionView>;
  act(ref: TicketRef, action: AgentActionName, message: AgentMessage): Promise<TicketView>;
}

export interface TicketsOptions {
  readonly client: Client;
  readonly cursors: Cursors;
  /** The Web UI's address without a trailing slash; null when nobody knows it. */
  readonly uiUrl: string | null;
  /** How long Temporal and the worker may take for one answer. Zendesk hangs up on a webhook after 10 s. */
  readonly answerWithinMs: number;
}

/** For what Temporal answers without a worker. */
const temporalWithinMs = 3_000;

/** Every method throws `Problem` on what Temporal or the worker does. */
export function createTickets({ client, cursors, uiUrl, answerWithinMs }: TicketsOptions): Tickets {
  const { namespace } = client.options;
  const webUrl = (workflowId: string): string | null => workflowWebUrl({ uiUrl, namespace }, workflowId);

  async function ask<T>(
    ref: TicketRef | null,
    call: () => Promise<T>,
    withinMs = answerWithinMs,
  ): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + withinMs, call);
    } catch (error) {
      throw problemOf(error, ref);
    }
  }

  /**
   * An answer that a worker gives. When none comes, the server says so in whichever words its own end of the deadline
   * finds first, busy as it may be: only a question that Temporal answers by itself tells who is missing.
   */
  async function askWorker<T>(ref: TicketRef, call: () => Promise<T>): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, call);
    } catch (error) {
      const code = grpcErrorOf(error)?.code;
      if (code !== undefined && noAnswer.includes(code)) {
        const describe = () => client.workflow.getHandle(ticketWorkflowId(ref)).describe();
        // Both together end before whoever stops the server loses patience.
        await ask(ref, describe, Math.min(answerWithinMs, temporalWithinMs));
        throw noWorker('Nothing is lost: it goes on when a worker runs.');
      }
      throw problemOf(error, ref);
    }
  }

  /**
   * An open run is its ticket's newest: Temporal lets a workflow have no second one. A closed run is the ticket only
   * when none came after it, open or closed, whatever the filters are.
   */
  async function withoutOldRuns(executions: readonly RawExecution[]): Promise<readonly RawExecution[]> {
    const closed = executions.filter((execution) => !isOpen(execution));
    if (closed.length === 0) return executions;
    const query = runsQuery([...new Set(closed.map(({ execution }) => execution?.workflowId ?? ''))]);
    const runs: RawExecution[] = [];
    let nextPageToken: Uint8Array | null = null;
    do {
      const page: ExecutionPage = await client.workflowService.listWorkflowExecutions({
        namespace,
        query,
        pageSize: 1000,
        nextPageToken,
      });
      runs.push(...page.executions);
      nextPageToken = page.nextPageToken.length === 0 ? null : page.nextPageToken;
    } while (nextPageToken !== null);
    const newest = newestRuns(runs);
    return executions.filter(
      (one) => isOpen(one) || newest.get(one.execution?.workflowId ?? '') === one.execution?.runId,
    );
  }

  return {
    hint: (ref, hint) =>
      ask(ref, async () => {
        const { workflowId } = await hintTicket(client, ref, hint);
        return { workflowId, webUrl: webUrl(workflowId) };
      }),

    list: (filters, accounts) =>
      ask(null, async () => {
        if (accounts.length === 0) return { tickets: [], nextCursor: null };
        const query = visibilityQuery(filters, accounts);
        const page = await client.workflowService.listWorkflowExecutions({
          namespace,
          query,
          pageSize: filters.limit,
          nextPageToken: filters.cursor === undefined ? null : cursors.pageTokenOf(filters.cursor, query),
        });
        const current = await withoutOldRuns(page.executions);
        const rows = current.map((execution) => ticketRowOf(execution, webUrl));
        return {
          tickets: rows.filter((row) => row !== null),
          nextCursor: page.nextPageToken.length === 0 ? null : cursors.of(page.nextPageToken, query),
        };
      }),

    show: (ref) =>
      askWorker(ref, () =>
        client.workflow.getHandle(ticketWorkflowId(ref)).query<TicketView, [number]>(stateQuery, Date.now()),
      ),

    why: (ref) =>
      ask(ref, () => client.workflow.getHandle(ticketWorkflowId(ref)).query<DecisionView>(decisionQuery)),

    act: async (ref, action, message) => {
      const handle = client.workflow.getHandle(ticketWorkflowId(ref));
      const updateId = message.id ?? randomUUID();
      const deadline = Date.now() + answerWithinMs;
      try {
        return await sentAgainWhenDropped(deadline, () =>
          client.withDeadline(deadline, () =>
            handle.executeUpdate<TicketView, [AgentMessage]>(agentMessageNames[action], {
              args: [{ ...message, id: updateId }],
              updateId: `${action}:${updateId}`,
            }),
          ),
        );
      } catch (error) {
        // Temporal says "not found" of an ended workflow, too: only a look tells the two apart.
        if (!(error instanceof WorkflowNotFoundError)) throw problemOf(error, ref);
        await ask(ref, () => handle.describe());
        throw new Problem(
          409,
          'action-refused',
          'The ticket is closed: a new message of the customer opens it again.',
        );
      }
    },
  };
}

/**
 * A message that comes while the workflow continues as new makes Temporal drop the workflow's task, and with it the
 * updates that the task had taken: these are as never sent.
 */
async function sentAgainWhenDropped<T>(deadline: number, send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const isDropped = grpcErrorOf(error)?.code === status.FAILED_PRECONDITION;
      if (!isDropped || Date.now() + sentAgainAfterMs >= deadline) throw error;
      await delay(sentAgainAfterMs);
    }
  }
}
const sentAgainAfterMs = 200;

/** How a deadline that passed is told. */
const noAnswer: readonly status[] = [status.DEADLINE_EXCEEDED, status.CANCELLED, status.UNAVAILABLE];
const noWorkerSeconds = 10;
const temporalSeconds = 5;

/** @param ref - null: it is about no ticket. */
export function problemOf(error: unknown, ref: TicketRef | null): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof WorkflowNotFoundError && ref !== null) {
    return new Problem(
      404,
      'ticket-unknown',
      `Deskhand has no ticket ${ref.ticketId} of ${ref.desk}. POST /api/tickets makes it look at one, ` +
        `and so does \`deskhand ticket start ${ref.desk} ${ref.ticketId}\`.`,
    );
  }
  if (error instanceof WorkflowUpdateFailedError) {
    const reason = error.cause?.message ?? error.message;
    return new Problem(409, 'action-refused', reason);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return noWorker(
      ref === null
        ? 'It may still be carried out: look, or repeat it.'
        : 'The action may still be carried out: look at the ticket, or repeat it with the same Idempotency-Key.',
    );
  }
  if (error instanceof QueryNotRegisteredError) {
    return noWorker(
      'The worker that answers does not know this question: it may run another version of Deskhand.',
    );
  }
  const grpc = grpcErrorOf(error);
  switch (grpc?.code) {
    case undefined:
      return error;
    case status.FAILED_PRECONDITION:
      return ref === null ? temporalAway() : noWorker('Nothing is lost: it goes on when a worker runs.');
    case status.DEADLINE_EXCEEDED:
    case status.UNAVAILABLE:
    case status.CANCELLED:
    case status.RESOURCE_EXHAUSTED:
      return temporalAway();
    default:
      return error;
  }
}

function noWorker(more: string): Problem {
  return new Problem(503, 'no-worker', `No worker answered in time. Start one: deskhand worker. ${more}`, {
    headers: { 'retry-after': String(noWorkerSeconds) },
  });
}

function temporalAway(): Problem {
  return new Problem(
    503,
    'temporal-unavailable',
    'Temporal does not answer just now. Try again in a moment.',
    {
      headers: { 'retry-after': String(temporalSeconds) },
    },
  );
}

function grpcErrorOf(error: unknown): { readonly code: status } | null {
  if (isGrpcServiceError(error)) return error;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : null;
}
