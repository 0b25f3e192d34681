/**
 * Whoever has access to Temporal can send any bytes: by a slip on the command line, or from a program with another
 * converter. A ticket says that it did not understand, and goes on.
 */
import type { Payload } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import {
  hintSignal,
  pollEverySignal,
  pollWorkflowId,
  pollWorkflowType,
  ticketTaskQueue,
  ticketWorkflowId,
  ticketWorkflowType,
} from '../../src/contracts/messages';
import { setPolling } from '../../src/temporal/polling';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';

let deskhand: Deskhand;
beforeAll(async () => {
  deskhand = await Deskhand.start();
});
afterAll(() => deskhand.stop());

const { UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED: completed } =
  temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;

const payload = (data: string, encoding?: string): Payload => ({
  metadata: encoding === undefined ? {} : { encoding: encode(encoding) },
  data: encode(data),
});
const unreadable: [string, Payload][] = [
  ['an unknown encoding', payload('x', 'foo')],
  ['an encryption nobody here has the key of', payload('\u0001\u0002', 'binary/encrypted')],
  ['JSON that is none', payload('{"id": ', 'json/plain')],
  ['a protobuf message', payload('{"messageType": "a.B"}', 'json/protobuf')],
  ['no encoding at all', payload('{}')],
];

/** As `temporal workflow signal --input ... --input-meta encoding=...` does. */
async function signal(workflowId: string, signalName: string, ...payloads: Payload[]): Promise<void> {
  await deskhand.temporal.connection.workflowService.signalWorkflowExecution({
    namespace: deskhand.temporal.namespace,
    workflowExecution: { workflowId },
    signalName,
    input: { payloads },
  });
}

async function start(workflowId: string, workflowType: string, input: Payload): Promise<void> {
  await deskhand.temporal.connection.workflowService.startWorkflowExecution({
    namespace: deskhand.temporal.namespace,
    requestId: workflowId,
    workflowId,
    workflowType: { name: workflowType },
    taskQueue: { name: ticketTaskQueue },
    input: { payloads: [input] },
  });
}

async function failedTasks(workflowId: string): Promise<number> {
  const { events } = await deskhand.temporal.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
}

describe('a ticket', () => {
  let ticketId: number;
  let workflowId: string;
  beforeAll(async () => {
    ticketId = await deskhand.ask('Where is my order?');
    workflowId = ticketWorkflowId(deskhand.ref(ticketId));
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
  });

  it.each(unreadable)('refuses a hint in %s, and says so', async (_what, broken) => {
    const refusals = async (): Promise<number> =>
      (await deskhand.view(ticketId)).timeline.filter(({ text }) =>
        text.includes('hint was not understood: its payload cannot be decoded'),
      ).length;
    const before = await refusals();
    await signal(workflowId, hintSignal, broken);
    await until('the refusal', async () => ((await refusals()) === before + 1 ? true : null));
    expect(await failedTasks(workflowId)).toBe(0);
  });

  it('refuses an action in such a payload, as a signal and as an update', async () => {
    await signal(workflowId, 'takeOver', payload('{"by": "maria"}', 'foo'));
    await until('the refusal', async () => {
      const { timeline } = await deskhand.view(ticketId);
      return timeline.some(({ text }) => text.startsWith('takeOver was not understood')) ? true : null;
    });
    const answer = await deskhand.temporal.connection.workflowService.updateWorkflowExecution({
      namespace: deskhand.temporal.namespace,
      workflowExecution: { workflowId },
      request: {
        meta: { updateId: 'by-hand', identity: 'maria' },
        input: { name: 'takeOver', args: { payloads: [payload('{"by": "maria"}', 'foo')] } },
      },
      waitPolicy: { lifecycleStage: completed },
    });
    expect(answer.outcome?.failure?.message).toContain('its payload cannot be decoded');
    expect((await deskhand.view(ticketId)).stage).toBe('waiting-for-customer');
  });

  it('is not disturbed by more than it asked for', async () => {
    const { turns } = await deskhand.view(ticketId);
    await signal(workflowId, hintSignal, payload('{"id": "mine"}', 'json/plain'), payload('x', 'foo'));
    await until('the look', async () => ((await deskhand.view(ticketId)).turns > turns ? true : null));
    expect(await failedTasks(workflowId)).toBe(0);
  });

  it("still answers the customer's next message, once", async () => {
    await deskhand.people.customerWrites(ticketId, 'Do you deliver to Ireland?');
    await deskhand.hint(ticketId);
    await until('the second reply', async () =>
      (await deskhand.publicReplies(ticketId)).length === 2 ? true : null,
    );
    expect(await failedTasks(workflowId)).toBe(0);
  });

  it('that was started with such an input ends with what it must be, and can be started again', async () => {
    const opened = await deskhand.people.customerOpens('Where is my order?');
    const id = ticketWorkflowId(deskhand.ref(opened));
    await start(id, ticketWorkflowType, payload('{}', 'foo'));
    await expect(deskhand.handle(opened).result()).rejects.toMatchObject({
      cause: { type: 'invalid-input', message: expect.stringContaining('"ticketId"') as string },
    });
    await deskhand.hint(opened);
    await deskhand.untilStage(opened, 'waiting-for-customer');
    expect(await deskhand.publicReplies(opened)).toHaveLength(1);
  });
});

describe('the poll', () => {
  const desk = { desk: 'zendesk', account: 'demo' };
  const workflowId = pollWorkflowId(desk.desk, desk.account);
  beforeAll(() => setPolling(deskhand.temporal.client, desk, 1));
  afterAll(() => setPolling(deskhand.temporal.client, desk, 0));

  async function looks(): Promise<number> {
    const { events } = await deskhand.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes).length;
  }

  it('goes on at its interval after nonsense of every kind', async () => {
    const numbers = ['"often"', '0.5', '-1', 'null', '[]', '{}'].map((json) => payload(json, 'json/plain'));
    const before = await looks();
    for (const nonsense of [...unreadable.map(([, broken]) => broken), ...numbers]) {
      await signal(workflowId, pollEverySignal, nonsense);
    }
    await until('two more looks', async () => ((await looks()) >= before + 2 ? true : null));
    expect(await failedTasks(workflowId)).toBe(0);
  });

  it('sleeps for an hour at most, whatever it is told', async () => {
    await signal(workflowId, pollEverySignal, payload('1000000000', 'json/plain'));
    const seconds = await until('the long wait', async () => {
      const { events } = await deskhand.temporal.client.workflow.getHandle(workflowId).fetchHistory();
      const timers = (events ?? []).flatMap(
        (event) => event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? [],
      );
      return Math.max(...timers.map(Number)) > 1 ? Math.max(...timers.map(Number)) : null;
    });
    expect(seconds).toBe(3_600);
    await setPolling(deskhand.temporal.client, desk, 1);
  });

  it.each(['{}', 'null', '{"everySeconds": "often", "since": 0, "cursor": null}'])(
    'that was started with %s ends with what it must be',
    async (input) => {
      await start('poll:zendesk:other', pollWorkflowType, payload(input, 'json/plain'));
      const poll = deskhand.temporal.client.workflow.getHandle('poll:zendesk:other');
      await expect(poll.result()).rejects.toMatchObject({
        cause: { type: 'invalid-input', message: expect.stringContaining('"everySeconds"') as string },
      });
    },
  );

  it('that was started under an id that names no account ends with how it must be called', async () => {
    const input = '{"everySeconds": 1, "since": 0, "cursor": null}';
    await start('the-poll', pollWorkflowType, payload(input, 'json/plain'));
    await expect(deskhand.temporal.client.workflow.getHandle('the-poll').result()).rejects.toMatchObject({
      cause: { type: 'invalid-input', message: 'The workflow id must be poll:{desk}:{account}.' },
    });
  });
});
