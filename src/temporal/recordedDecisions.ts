/** The decisions of tickets as Temporal has kept them: each consultation of the policy left its plan in the history. */
import { status } from '@grpc/grpc-js';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { TicketActivities } from '../../activities/types';
import { parseTicketWorkflowId, ticketWorkflowType } from '../contracts/messages';
import type { TicketRef } from '../core/ticket/ticket';

export interface RecordedRun {
  readonly ref: TicketRef;
  readonly workflowId: string;
  /** A ticket that was let go and came back has several. */
  readonly runId: string;
}

export interface RecordedDecision {
  /** ISO 8601. */
  readonly at: string;
  /** As it was recorded: a `Plan`, perhaps of an older Deskhand. */
  readonly plan: unknown;
}

const ofTickets = `WorkflowType = "${ticketWorkflowType}"`;
const queries = {
  all: ofTickets,
  open: `${ofTickets} AND ExecutionStatus = "Running"`,
  finished: `${ofTickets} AND ExecutionStatus != "Running"`,
} as const;
export type WhichRuns = keyof typeof queries;

/** Open tickets first, then the finished ones, the newest of each at the top. One page of them is held at a time. */
export async function* recordedRuns(client: Client, which: WhichRuns): AsyncGenerator<RecordedRun> {
  for await (const { workflowId, runId } of client.workflow.list({ query: queries[which] })) {
    const ref = parseTicketWorkflowId(workflowId);
    if (ref !== null) yield { ref, workflowId, runId };
  }
}

type Page = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse;

/** Oldest first; nothing when Temporal has deleted the history meanwhile. One page of it is held at a time. */
export async function* recordedDecisions(
  client: Client,
  { workflowId, runId }: Pick<RecordedRun, 'workflowId' | 'runId'>,
): AsyncGenerator<RecordedDecision> {
  let nextPageToken: Uint8Array | null = null;
  do {
    const page: Page = await historyPage(client, { workflowId, runId }, nextPageToken);
    for (const { markerRecordedEventAttributes: marker, eventTime } of page.history?.events ?? []) {
      const [result] = marker?.details?.['result']?.payloads ?? [];
      const [about] = marker?.details?.['data']?.payloads ?? [];
      if (result === undefined || about === undefined || !isConsultation(about)) continue;
      const at = new Date(Number(eventTime?.seconds ?? 0) * 1_000).toISOString();
      yield { at, plan: await decode(client, result) };
    }
    const token = page.nextPageToken ?? null;
    nextPageToken = token === null || token.length === 0 ? null : token;
  } while (nextPageToken !== null);
}

async function historyPage(
  client: Client,
  execution: { readonly workflowId: string; readonly runId: string },
  nextPageToken: Uint8Array | null,
): Promise<Page> {
  const { namespace } = client.options;
  try {
    return await client.workflowService.getWorkflowExecutionHistory({ namespace, execution, nextPageToken });
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) return {};
    throw error;
  }
}

const consultation = 'consultPolicy' satisfies keyof TicketActivities;

/** What the SDK itself writes about a local activity is plain JSON, whatever the company's codec does to results. */
function isConsultation(about: Payload): boolean {
  const told = defaultPayloadConverter.fromPayload<unknown>(about);
  return (
    typeof told === 'object' &&
    told !== null &&
    'activity_type' in told &&
    told.activity_type === consultation
  );
}

async function decode(client: Client, payload: Payload): Promise<unknown> {
  const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
  let payloads = [payload];
  for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
  const [plain = payload] = payloads;
  return payloadConverter.fromPayload<unknown>(plain);
}
