/** How notices and outages get to the workflow that tells people of them, whichever worker hears of them first. */
import {
  type Client,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@temporalio/client';
import {
  noticeSignal,
  notifierWorkflowId,
  notifierWorkflowType,
  outageSignal,
  ticketTaskQueue,
  type DeskAccount,
  type NoticeMessage,
  type NotifierWorkflowInput,
  type OutageMessage,
} from '../contracts/messages';
import type { Notice, OutageReport } from '../core/notices/notice';
import { shortened } from '../core/notices/words';
import type { Logger } from '../log/logger';
import { RemoteFailure } from '../remote/failures';

export interface NoticePost {
  /** @throws RemoteFailure `unavailable` when Temporal did not take it. */
  readonly notice: (notice: Notice) => Promise<void>;
  /** Nobody waits for it; one that is lost is reported again after a while. */
  readonly outage: (report: OutageReport) => void;
}

/** @param channels - the names of those there are. */
export function createNoticePost(
  client: Client,
  desk: DeskAccount,
  channels: readonly string[],
  logger: Logger,
): NoticePost {
  const workflowId = notifierWorkflowId(desk.desk, desk.account);
  const send = async (signal: string, message: NoticeMessage | OutageMessage): Promise<void> => {
    const input: NotifierWorkflowInput = {};
    await client.workflow.signalWithStart(notifierWorkflowType, {
      workflowId,
      taskQueue: ticketTaskQueue,
      args: [input],
      signal,
      signalArgs: [message],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: `Tells people of ${desk.desk}/${desk.account}`,
    });
  };
  /** What works is news only to whoever knows that it did not. */
  const report = async (message: OutageMessage): Promise<void> => {
    if (message.report.state !== 'works') return send(outageSignal, message);
    await client.workflow
      .getHandle(workflowId)
      .signal(outageSignal, message)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  };
  return {
    async notice(notice) {
      try {
        await send(noticeSignal, { channels, notice: { ...notice, what: shortened(notice.what) } });
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        throw new RemoteFailure('unavailable', `Temporal did not take a notice (${name})`, {
          retryable: true,
          cause: error,
        });
      }
    },
    outage(outage) {
      if (channels.length === 0) return;
      report({ channels, report: { ...outage, why: shortened(outage.why) } }).catch((error: unknown) => {
        const failure = error instanceof Error ? error.name : typeof error;
        logger.warn(`people could not be told about the ${outage.part}`, { failure, reason: outage.state });
      });
    },
  };
}
