/**
 * The mode is switched while tickets run, by HTTP and from the command line, on real processes: what is on its way to
 * the customer is not sent any more, also when the worker is killed right after the switch.
 */
import path from 'node:path';
import { intentRefusal } from '../../src/cli/mode/policyModes';
import type { SwitchedModes } from '../../src/core/modes/modeSwitch';
import type { Mode } from '../../src/core/modes/mode';
import { modesWorkflowId, ticketTaskQueue } from '../../src/contracts/messages';
import { keepModes } from '../../src/temporal/keepModes';
import { createModeSwitch, readSwitch, turnSwitch } from '../../src/temporal/modeSwitch';
import { Command, type Ended } from '../cli/processes';
import { apiToken, runServer, type TestServer } from '../server/running';
import { Deskhand } from '../support/deskhand';
import { until } from '../support/until';
import { startWorkerProcess } from '../support/workerProcess';

const question = 'Where is my order?';
const desk = { desk: 'zendesk', account: 'demo' };

let deskhand: Deskhand;
let server: TestServer;
let worker: Command;

beforeAll(async () => {
  deskhand = await Deskhand.start({ workers: false });
  const policyStoreDir = path.join(deskhand.folder, 'policies');
  server = await runServer(deskhand.temporal, {
    intentRefusal: (intent) => intentRefusal({ policyDir: '', policyStoreDir, brands: {} }, intent),
  });
  worker = await startWorkerProcess(deskhand);
});
afterAll(async () => {
  await worker.kill();
  await server.server.stop();
  await deskhand.stop();
});

async function switchTo(mode: Mode, more: Record<string, string> = {}): Promise<SwitchedModes> {
  const { status, data } = await server.api.put<SwitchedModes>('/api/modes', { mode, by: 'maria', ...more });
  expect(status).toBe(200);
  return data;
}

function cli(...args: readonly string[]): Promise<Ended> {
  return new Command(args, {
    DESKHAND_STATE_DIR: deskhand.folder,
    DESKHAND_PORT: new URL(server.server.url).port,
    DESKHAND_API_TOKEN: apiToken,
  }).ended;
}

const bots = async (ticketId: number) =>
  (await deskhand.people.thread(ticketId)).filter(({ isBot }) => isBot);

/** The reply is decided. It would be written once the desk has told how the ticket stands, which it does at `goOn`. */
async function aboutToReply(): Promise<{ readonly ticketId: number; readonly goOn: () => void }> {
  const ticketId = await deskhand.people.customerOpens(question);
  const route = `GET /api/v2/tickets/${ticketId}/audits`;
  const goOn = await deskhand.holdAt(route, () => deskhand.hint(ticketId));
  expect((await deskhand.view(ticketId)).turnPhase).toBe('acting');
  return { ticketId, goOn };
}

describe('shadow', () => {
  it('touches nothing, tells what it would have done, and learns how far that was what the agent sent', async () => {
    const { company } = await switchTo('shadow', { reason: 'a first week' });
    expect(company).toMatchObject({ mode: 'shadow', by: 'maria', reason: 'a first week' });
    const ticketId = await deskhand.people.customerOpens(question);
    const before = await deskhand.people.ticket(ticketId);
    await deskhand.hint(ticketId);
    const view = await deskhand.untilStage(ticketId, 'watching');
    expect(view).toMatchObject({ mode: 'shadow', proposal: { mode: 'shadow', rule: 'order-in-transit' } });
    expect(await deskhand.people.ticket(ticketId)).toEqual(before);
    expect(await bots(ticketId)).toEqual([]);

    const proposed = view.proposal?.text ?? '';
    await deskhand.people.agentWrites(ticketId, `${proposed}\nP.S. We are sorry for the wait.`);
    await deskhand.hint(ticketId);
    await deskhand.untilStage(ticketId, 'with-person');
    const { data } = await server.api.get<{ comparisons: unknown[] }>(`/api/tickets/zendesk/${ticketId}`);
    expect(data.comparisons).toMatchObject([{ mode: 'shadow', result: 'edited' }]);
    expect(JSON.stringify(data)).not.toContain('sorry for the wait');
    const shown = await cli('ticket', 'show', 'zendesk', String(ticketId));
    expect(shown.out).toMatch(/Mode {6}shadow/);
    expect(shown.out).toMatch(
      /Sent {6}edited, \d+ % of the words, where shadow had proposed by order-in-transit/,
    );
  });
});

describe('draft', () => {
  it('proposes in a note; the tag sends it, and is taken away', async () => {
    await switchTo('draft');
    const ticketId = await deskhand.ask(question);
    await deskhand.untilStage(ticketId, 'waiting-for-approval');
    const [draft] = await until('the draft to be noted', async () => {
      const notes = await deskhand.notes(ticketId);
      return notes.length > 0 ? notes : null;
    });
    expect(draft?.text).toContain('deskhand_send');
    expect(await deskhand.publicReplies(ticketId)).toEqual([]);

    const { tags } = await deskhand.people.ticket(ticketId);
    await deskhand.people.agentDoes(ticketId, { tags: [...tags, 'deskhand_send'] });
    await deskhand.hint(ticketId);
    const view = await deskhand.untilStage(ticketId, 'waiting-for-customer');
    const [reply] = await deskhand.publicReplies(ticketId);
    expect(draft?.text).toContain(reply?.text ?? 'no reply');
    expect((await deskhand.people.ticket(ticketId)).tags).not.toContain('deskhand_send');
    expect(view.comparisons).toMatchObject([{ mode: 'draft', result: 'approved', similarity: 1 }]);
  });
});

describe('off', () => {
  it('holds from the answer on: what was about to be written is not, and the ticket is left to people', async () => {
    await switchTo('auto');
    const { ticketId, goOn } = await aboutToReply();
    await switchTo('off', { reason: 'wrong prices' });
    goOn();
    await deskhand.untilStage(ticketId, 'watching');
    expect(await bots(ticketId)).toEqual([]);
  });

  it('outlives kill -9 right after it; switched on again, the next message is answered with what waits', async () => {
    await switchTo('auto');
    const { ticketId, goOn } = await aboutToReply();
    await switchTo('off');
    await worker.kill();
    goOn();
    worker = await startWorkerProcess(deskhand);
    await deskhand.untilStage(ticketId, 'watching');
    const asked = await deskhand.ask(question);
    await deskhand.untilStage(asked, 'watching');
    expect([...(await bots(ticketId)), ...(await bots(asked))]).toEqual([]);

    await switchTo('auto');
    const commentId = await deskhand.people.customerWrites(ticketId, 'Hello? Where is my order?');
    await deskhand.hint(ticketId, { commentId });
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
    expect(await deskhand.publicReplies(ticketId)).toHaveLength(1);
    const handle = deskhand.handle(asked);
    await handle.executeUpdate('setMode', { args: [{ by: 'maria', mode: 'auto' }] });
    await deskhand.untilStage(asked, 'waiting-for-customer');
    expect(await deskhand.publicReplies(asked)).toHaveLength(1);
  });
});

describe('a switch that is lost', () => {
  /** Accounts of their own, which the worker above does not look after. */
  const account = (name: string) => ({ desk: 'zendesk', account: name });
  const unknown = { kind: 'unavailable', retryable: true };
  const off = { company: 'off', intents: {} };

  async function turnedOff(name: string) {
    const { client } = deskhand.temporal;
    await turnSwitch(client, account(name), { mode: 'off', by: 'maria' });
    return client.workflow.getHandle(modesWorkflowId('zendesk', name));
  }

  async function erase(name: string): Promise<void> {
    const { client } = deskhand.temporal;
    const workflowId = modesWorkflowId('zendesk', name);
    const { namespace } = client.options;
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
    await until('the switch to be gone', () =>
      client.workflow
        .getHandle(workflowId)
        .describe()
        .then(
          () => null,
          () => true,
        ),
    );
  }

  it('is auto where nobody has ever turned it, and nothing is started for that', async () => {
    const fresh = createModeSwitch(deskhand.temporal.client, account('fresh'));
    expect(await fresh.read()).toEqual({ company: 'auto', intents: {} });
    expect(await fresh.restart()).toBeNull();
    const handle = deskhand.temporal.client.workflow.getHandle(modesWorkflowId('zendesk', 'fresh'));
    await expect(handle.describe()).rejects.toThrow();
  });

  it('terminated, is started again by a worker as it stood, and said', async () => {
    const handle = await turnedOff('terminated');
    await handle.terminate('by mistake');
    const [restarted, troubles]: [string[], unknown[]] = [[], []];
    const kept = createModeSwitch(deskhand.temporal.client, account('terminated'));
    const on = {
      restarted: (how: string) => restarted.push(how),
      trouble: (error: unknown) => troubles.push(error),
    };
    const keeper = await keepModes(kept, on, 200);
    try {
      expect(restarted).toEqual(['terminated']);
      expect(await kept.read()).toEqual(off);
      await handle.terminate('again');
      await until('a second start', () => Promise.resolve(restarted.length > 1 ? true : null));
      expect((await handle.describe()).status.name).toBe('RUNNING');
      expect(await handle.query('modes')).toMatchObject({ company: { mode: 'off', by: 'maria' } });
      expect(troubles).toEqual([]);
    } finally {
      await keeper.stop();
    }
  });

  it('deleted, is not auto for a worker that has read it: nothing is written until it is back', async () => {
    await turnedOff('deleted');
    const kept = createModeSwitch(deskhand.temporal.client, account('deleted'));
    expect(await kept.read()).toEqual(off);
    await erase('deleted');
    await expect(kept.read()).rejects.toMatchObject(unknown);
    expect(await kept.restart()).toBe('gone');
    expect(await kept.read()).toEqual(off);
  });

  it("ended without having kept anything, says so to everybody; the company's mode must be set", async () => {
    const { client } = deskhand.temporal;
    const workflowId = modesWorkflowId('zendesk', 'blank');
    const nonsense = { workflowId, taskQueue: ticketTaskQueue, args: ['nonsense'] };
    await expect(client.workflow.execute('modesWorkflow', nonsense)).rejects.toThrow();
    const kept = createModeSwitch(client, account('blank'));
    await expect(kept.read()).rejects.toMatchObject(unknown);
    await expect(readSwitch(client, account('blank'))).rejects.toThrow(
      /modes:zendesk:blank is failed and tells no modes\. Set the company's mode: `deskhand mode set off`/,
    );
    const troubles: unknown[] = [];
    const keeper = await keepModes(kept, {
      restarted: () => undefined,
      trouble: (error) => troubles.push(error),
    });
    await keeper.stop();
    expect(troubles).toMatchObject([unknown]);
    const refund = { mode: 'draft', by: 'maria', intent: 'refund' } as const;
    await expect(turnSwitch(client, account('blank'), refund)).rejects.toMatchObject(unknown);
    await turnSwitch(client, account('blank'), { mode: 'off', by: 'maria' });
    expect(await kept.read()).toEqual(off);
  });
});

describe('the switch', () => {
  it('is for an intent of the policy alone, and is shown beside what the policy says', async () => {
    const wrong = await cli('mode', 'set', 'draft', '--intent', 'return_refnud');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toMatch(/has no intent "return_refnud"\. Did you mean "return_refund"\?/);
    const set = await cli('mode', 'set', 'draft', '--intent', 'return_refund', '--by', 'maria', '--json');
    expect(JSON.parse(set.out)).toMatchObject({ intents: { return_refund: { mode: 'draft', by: 'maria' } } });
    const shown = await cli('mode', 'show');
    expect(shown.out).toMatch(/company +auto +auto +auto, by maria/);
    expect(shown.out).toMatch(/return_refund +draft +- +draft, by maria/);
    const holds = { company: 'auto', intents: { return_refund: 'draft' } };
    expect(await createModeSwitch(deskhand.temporal.client, desk).read()).toEqual(holds);
    const ticketId = await deskhand.ask(question);
    await deskhand.untilStage(ticketId, 'waiting-for-customer');
  });

  it('still holds when its workflow was terminated, and the next turn goes on from there', async () => {
    const { client } = deskhand.temporal;
    await switchTo('shadow', { intent: 'complaint' });
    await client.workflow.getHandle('modes:zendesk:demo').terminate('by mistake');
    expect((await readSwitch(client, desk)).intents).toHaveProperty('complaint');
    const { intents } = await switchTo('off', { intent: 'invoice' });
    expect(Object.keys(intents).sort()).toEqual(['complaint', 'invoice', 'return_refund']);
  });

  it.each([
    [{ mode: 'loud', by: 'maria' }, 'body.mode'],
    [{ mode: 'off' }, 'body.by'],
    [{ mode: 'off', by: ' ' }, 'body.by'],
    [{ mode: 'off', by: 'maria', intent: 'no such!' }, 'body.intent'],
    [{ mode: 'off', by: 'maria', ticket: 7 }, 'body'],
  ])('%j is refused, and turns nothing', async (body, where) => {
    const before = await readSwitch(deskhand.temporal.client, desk);
    const { status, data } = await server.api.put<{ errors: { path: string }[] }>('/api/modes', body);
    expect(status).toBe(422);
    expect(data.errors.map(({ path }) => path)).toContain(where);
    expect((await server.api.get('/api/modes')).data).toEqual(before);
  });

  it('is for no intent that the policy lacks over HTTP either, and the nearest is named', async () => {
    const put = (mode: Mode, intent: string) =>
      server.api.put<{ errors?: { path: string; message: string }[] }>('/api/modes', {
        mode,
        intent,
        by: 'maria',
      });
    const before = await readSwitch(deskhand.temporal.client, desk);
    const { status, data } = await put('off', 'return_refnud');
    expect(status).toBe(422);
    expect(data.errors).toMatchObject([{ path: 'body.intent' }]);
    expect(data.errors?.[0]?.message).toContain('Did you mean "return_refund"?');
    expect(await readSwitch(deskhand.temporal.client, desk)).toEqual(before);
    expect((await put('auto', 'of_an_older_version')).status).toBe(200);
  });

  it('is nothing for a caller without the token', async () => {
    expect((await server.anyone.get('/api/modes')).status).toBe(401);
    expect((await server.anyone.put('/api/modes', { mode: 'off', by: 'maria' })).status).toBe(401);
  });

  it('set-mode on a ticket says which, and nothing else does', async () => {
    const act = (body: object) =>
      server.api.post<{ detail: string; errors?: { message: string }[] }>(
        '/api/tickets/zendesk/1/actions',
        body,
      );
    const without = await act({ action: 'set-mode', by: 'maria' });
    expect(without.status).toBe(422);
    expect(without.data.errors?.[0]?.message).toBe('must say which: auto, draft, shadow, off');
    const astray = await act({ action: 'close', by: 'maria', mode: 'off' });
    expect(astray.data.errors?.[0]?.message).toBe('belongs to set-mode, not to close');
  });

  it('tells when there is no worker to turn it; what it was still holds', async () => {
    const { client } = deskhand.temporal;
    const before = await readSwitch(client, desk);
    await worker.kill();
    const hasty = await runServer(deskhand.temporal, { answerWithinMs: 1_500 });
    const { status, data } = await hasty.api.put<{ code: string }>('/api/modes', {
      mode: 'off',
      by: 'maria',
    });
    await hasty.server.stop();
    expect(status).toBe(503);
    expect(['no-worker', 'temporal-unavailable']).toContain(data.code);
    expect(await readSwitch(client, desk)).toEqual(before);
  });
});
