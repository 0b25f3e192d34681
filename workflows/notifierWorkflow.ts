/**
 * What people of one desk account are told, beside its tickets: no ticket waits for a chat channel. Each channel has a
 * message under way at most and its own retries; what comes meanwhile goes with the next. It ends when nothing of it
 * counts any more. Handlers are synchronous and total.
 */
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  isCancellation,
  log,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TicketActivities } from '../activities/types';
import {
  noticeBoxQuery,
  noticeSignal,
  outageSignal,
  type NotifierWorkflowInput,
} from '../src/contracts/messages';
import type { Parsed } from '../src/contracts/parse';
import { parseNoticeBox, parseNoticeMessage, parseOutageMessage } from '../src/contracts/parseNotices';
import { isObject } from '../src/core/isObject';
import { boxDetails } from '../src/core/notices/boxDetails';
import type { NoticeBatch } from '../src/core/notices/notice';
import {
  beginMessages,
  messageDone,
  takeNotice,
  takeReport,
  useChannels,
  wakeAt,
  type NoticeBox,
} from '../src/core/notices/noticeBox';
import { listen } from './listen';
import { stepFailureOf } from './steps';

const { sendNotices } = proxyActivities<Pick<TicketActivities, 'sendNotices'>>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: '12 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  summary: 'Tell people',
});

export async function notifierWorkflow(input?: unknown): Promise<void> {
  const box = readBox(input);
  const notices = new Notices({ ...box, ...rulesOfRun() });
  notices.listen();
  // A cancel request would leave people untold.
  await CancellationScope.nonCancellable(() => notices.run());
}

/** A run that began by older rules ends by them. */
function rulesOfRun(): Pick<NoticeBox, 'rules'> {
  if (patched('notice-rules-3')) return { rules: 3 };
  return patched('notice-rules-2') ? { rules: 2 } : {};
}

class Notices {
  private box: NoticeBox;
  /** Of the messages under way, by channel. */
  private readonly scopes = new Map<string, CancellationScope>();

  constructor(box: NoticeBox) {
    this.box = box;
  }

  listen(): void {
    listen([
      {
        name: noticeSignal,
        description: 'Tell people: {"channels": ["slack"], "notice": {...}}',
        onSignal: (value) =>
          this.hear(noticeSignal, parseNoticeMessage(value), ({ channels, notice }) =>
            takeNotice(useChannels(this.box, channels), notice, Date.now()),
          ),
      },
      {
        name: outageSignal,
        description: 'Something is out, or works again: {"channels": ["slack"], "report": {...}}',
        onSignal: (value) =>
          this.hear(outageSignal, parseOutageMessage(value), ({ channels, report }) =>
            takeReport(useChannels(this.box, channels), report, Date.now()),
          ),
      },
    ]);
    setHandler(defineQuery<NoticeBox>(noticeBoxQuery), () => this.box, {
      description: 'What waits, for which channel, and what is out',
    });
  }

  async run(): Promise<void> {
    // Started together with its first signal, which is heard once this waits.
    if (wakeAt(this.box, Date.now()) === null) {
      await condition(() => wakeAt(this.box, Date.now()) !== null, '1 minute', {
        summary: 'the first notice',
      });
    }
    for (;;) {
      this.change(beginMessages(this.box, Date.now()));
      this.sendWhatIsBegun();
      if (workflowInfo().continueAsNewSuggested) await this.goOnInNewRun();
      const next = wakeAt(this.box, Date.now());
      if (next === null) return;
      // Each wait is a timer: a notice that joins a burst starts no other.
      const isSooner = () => (wakeAt(this.box, Date.now()) ?? 0) < next;
      const changed = () => isSooner() || workflowInfo().continueAsNewSuggested;
      await condition(changed, Math.max(1, next - Date.now()), { summary: 'until the next message is due' });
    }
  }

  private hear<T>(name: string, parsed: Parsed<T>, take: (value: T) => NoticeBox): void {
    if (parsed.ok) this.change(take(parsed.value));
    else log.warn(`${name} was not understood: ${parsed.why}`);
  }

  private change(box: NoticeBox): void {
    this.box = box;
    setCurrentDetails(boxDetails(box));
  }

  private sendWhatIsBegun(): void {
    for (const { name, sending } of this.box.channels) {
      if (sending !== null && !this.scopes.has(name)) this.send(name, sending);
    }
  }

  private send(channel: string, batch: NoticeBatch): void {
    const scope = new CancellationScope();
    this.scopes.set(channel, scope);
    const ended = (why: string | null): void => {
      this.scopes.delete(channel);
      this.change(messageDone(this.box, channel, why, Date.now()));
    };
    void scope
      .run(() => sendNotices({ channel, batch }))
      .then(
        () => ended(null),
        (error: unknown) => {
          // The next run sends it again, under the same id.
          if (wasInterrupted(error)) this.scopes.delete(channel);
          else ended(stepFailureOf(error).message);
        },
      );
  }

  /** A channel may be out for a day: its message is taken along, not waited for. */
  private async goOnInNewRun(): Promise<never> {
    for (const scope of this.scopes.values()) scope.cancel();
    await condition(() => this.scopes.size === 0);
    const input: NotifierWorkflowInput = { box: this.box };
    return continueAsNew<typeof notifierWorkflow>(input);
  }
}

/** Called off, or failed while it was: then the server has not tried again. */
function wasInterrupted(error: unknown): boolean {
  return (
    isCancellation(error) || (error instanceof ActivityFailure && error.retryState === 'CANCEL_REQUESTED')
  );
}

/**
 * @throws ApplicationFailure: notices that were started by hand with something else can only end.
 * @throws Error when a run's own box was handed on and cannot be read: the task is repeated until a worker can.
 */
function readBox(input: unknown): NoticeBox {
  const parsed = parseNoticeBox(isObject(input) ? input['box'] : undefined);
  if (parsed.ok) return parsed.value;
  if (workflowInfo().continuedFromExecutionRunId !== undefined) {
    throw new Error('The notices were handed on in a form that this worker cannot read.');
  }
  throw ApplicationFailure.nonRetryable(parsed.why, 'invalid-input');
}
