/** The list of tickets over many of them: pages, filters, and tickets that were opened more than once. */
import fc from 'fast-check';
import { demoLeftOpen } from '../../src/cli/up/leftOpen';
import { hintSignal, ticketTaskQueue, ticketWorkflowType } from '../../src/contracts/messages';
import {
  deskKey,
  handOffReasonKey,
  intentKey,
  priorityKey,
  stageKey,
} from '../../src/contracts/searchAttributes';
import { visibilityQuery } from '../../src/server/visibility';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { eventually, runServer, type TestServer } from './running';
import { anyCharacter } from '../support/anyCharacter';

let temporal: TestTemporal;
let server: TestServer;

interface Row {
  readonly ticketId: string;
  readonly account: string;
  readonly open: boolean;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly startedAt: string;
  readonly closedAt: string | null;
}
interface Page {
  readonly tickets: readonly Row[];
  readonly nextCursor: string | null;
}

interface Attributes {
  readonly stage?: string;
  readonly intent?: string;
  readonly priority?: string;
  readonly handOffReason?: string;
}

const idOf = (ticketId: string, account = 'demo'): string => `ticket:zendesk:${account}:${ticketId}`;

/** A ticket as the engine would have left it. */
async function given(ticketId: string, attributes: Attributes = {}, account = 'demo'): Promise<void> {
  const { stage = 'answering', intent = 'order-status', priority, handOffReason } = attributes;
  await temporal.client.workflow.signalWithStart(ticketWorkflowType, {
    workflowId: idOf(ticketId, account),
    taskQueue: ticketTaskQueue,
    args: [{ ref: { desk: 'zendesk', account, ticketId } }],
    signal: hintSignal,
    signalArgs: [{ id: 'given', source: 'api', commentId: null }],
    typedSearchAttributes: [
      { key: deskKey, value: 'zendesk' },
      { key: stageKey, value: stage },
      { key: intentKey, value: intent },
      ...(priority === undefined ? [] : [{ key: priorityKey, value: priority }]),
      ...(handOffReason === undefined ? [] : [{ key: handOffReasonKey, value: handOffReason }]),
    ],
  });
}

async function end(ticketId: string): Promise<void> {
  await temporal.client.workflow.getHandle(idOf(ticketId)).terminate('the test ends it');
}

/** All pages, one after the other, as a caller reads them. */
async function all(params: Record<string, string | number>): Promise<{ rows: Row[]; pages: number }> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { data, status }: { data: Page; status: number } = await server.api.get<Page>('/api/tickets', {
      params: { ...params, ...(cursor === null ? {} : { cursor }) },
    });
    expect(status).toBe(200);
    rows.push(...data.tickets);
    cursor = data.nextCursor;
    pages += 1;
  } while (cursor !== null);
  return { rows, pages };
}

const ids = (rows: readonly Row[]): string[] => rows.map(({ ticketId }) => ticketId).sort();
const many = Array.from({ length: 105 }, (_, index) => `m${index}`);

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal);
  await Promise.all(many.map((ticketId) => given(ticketId, { intent: 'many' })));
  await Promise.all([
    given('urgent', { stage: 'escalated', priority: 'urgent', handOffReason: 'legal' }),
    given('low', { stage: 'handed-off', priority: 'low', handOffReason: 'asked-for-person' }),
    given('done', { stage: 'closed' }),
    // Of a desk that was connected to the same Temporal before, and of one whose name begins alike.
    ...['acme', 'demo2'].map((account) => given('low', { stage: 'handed-off' }, account)),
    given('reopened', { stage: 'closed' }),
    given('twice', { stage: 'closed', intent: 'first-time' }),
  ]);
  await Promise.all(['done', 'reopened', 'twice'].map(end));
  await given('twice', { stage: 'closed', intent: 'second-time' });
  await end('twice');
  await given('reopened', { intent: 'again' });
  await eventually(async () => {
    const { rows } = await all({ limit: 100 });
    const reopened = rows.find(({ ticketId }) => ticketId === 'reopened');
    const twice = rows.find(({ ticketId }) => ticketId === 'twice');
    const whole = rows.length === many.length + 5 && reopened?.open === true && twice?.open === false;
    return whole && twice.intent === 'second-time' ? rows : null;
  });
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

test('the list holds the tickets of the desk that is served, though others have the same numbers', async () => {
  const { rows } = await all({ stage: 'handed-off', limit: 100 });
  expect(rows).toMatchObject([{ ticketId: 'low', account: 'demo' }]);
});

test("where a real desk is connected, the demo's open tickets are counted, with what to do about them", async () => {
  const { rows } = await all({ state: 'open', limit: 100 });
  const said = await demoLeftOpen(temporal.client, '/srv/deskhand');
  expect(said).toMatch(
    new RegExp(`^Of the demo, ${rows.length} tickets are still open here: .* /srv/deskhand,`),
  );
});

describe('pages', () => {
  test.each([7, 50, 100])('of %d hold every ticket once', async (limit) => {
    const { rows, pages } = await all({ intent: 'many', limit });
    expect(ids(rows)).toEqual([...many].sort());
    expect(pages).toBeGreaterThanOrEqual(Math.ceil(many.length / limit));
  });

  test('hold 50 unless told otherwise', async () => {
    const { data } = await server.api.get<Page>('/api/tickets');
    expect(data.tickets).toHaveLength(50);
    expect(data.nextCursor).toMatch(/^[\w-]+$/);
  });

  test('begin with the open ticket that started last', async () => {
    const { rows } = await all({ limit: 100 });
    const open = rows.filter((row) => row.open).map(({ startedAt }) => startedAt);
    expect(open).toEqual([...open].sort().reverse());
    expect(rows.findIndex((row) => !row.open)).toBe(open.length);
  });

  test.each([
    ['another filter', { intent: 'order-status' }],
    ['one filter more', { intent: 'many', stage: 'answering' }],
    ['no filter', {}],
  ])('a cursor of one list is refused under %s', async (_what, params) => {
    const first = await server.api.get<Page>('/api/tickets', { params: { intent: 'many', limit: 5 } });
    const { status, data } = await server.api.get<{ errors: { path: string }[] }>('/api/tickets', {
      params: { ...params, cursor: first.data.nextCursor },
    });
    expect(status).toBe(422);
    expect(data.errors[0]?.path).toBe('querystring.cursor');
  });

  test('may change their size on the way', async () => {
    const first = await server.api.get<Page>('/api/tickets', { params: { intent: 'many', limit: 5 } });
    const second = await server.api.get<Page>('/api/tickets', {
      params: { intent: 'many', limit: 100, cursor: first.data.nextCursor },
    });
    expect(ids([...first.data.tickets, ...second.data.tickets])).toEqual([...many].sort());
  });
});

describe('filters', () => {
  test.each<[Record<string, string>, string[]]>([
    [{ stage: 'escalated' }, ['urgent']],
    [{ priority: 'low' }, ['low']],
    [{ handOffReason: 'legal' }, ['urgent']],
    [{ handOffReason: 'legal', priority: 'low' }, []],
    [{ intent: 'order-status', state: 'open' }, ['low', 'urgent']],
    [{ state: 'closed' }, ['done', 'twice']],
    [{ stage: 'closed' }, ['done', 'twice']],
    [{ desk: 'gorgias' }, []],
  ])('%j', async (params, expected) => {
    expect(ids((await all(params)).rows)).toEqual(expected);
  });
});

describe('a ticket that was opened again', () => {
  test('is one row, as it is now', async () => {
    const { rows } = await all({ limit: 3 });
    expect(rows.filter(({ ticketId }) => ticketId === 'reopened')).toMatchObject([
      { open: true, intent: 'again', closedAt: null },
    ]);
  });

  test('and ended again is one row, as it was at last', async () => {
    const { rows } = await all({ limit: 3 });
    expect(rows.filter(({ ticketId }) => ticketId === 'twice')).toMatchObject([
      { open: false, intent: 'second-time', closedAt: expect.stringMatching(/Z$/) as string },
    ]);
  });

  test('is not found by what it was before', async () => {
    expect((await all({ intent: 'first-time' })).rows).toEqual([]);
    expect(ids((await all({ state: 'closed', limit: 1 })).rows)).toEqual(['done', 'twice']);
  });
});

describe('no value becomes a piece of the query', () => {
  test('whatever it is, it is refused or finds nothing', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 40 }),
      fc.stringMatching(/^[a-z'"\\% ]{1,20}( OR | AND )[a-zA-Z]+ ?!?= ?'[^']*'$/),
    );
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom('intent', 'desk', 'stage', 'cursor'), async (value, name) => {
        const { status, data } = await server.api.get<Page>('/api/tickets', { params: { [name]: value } });
        if (status === 200) expect(data.tickets).toEqual([]);
        else expect(status).toBe(422);
      }),
      { numRuns: 60 },
    );
  });

  test('and a quote that got this far would still be quoted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("'", '\\', 'a', ' ', 'O', 'R', '=') }),
        async (value) => {
          const query = visibilityQuery({ intent: value, limit: 50 }, [{ desk: 'zendesk', account: 'demo' }]);
          const page = await temporal.client.workflowService.listWorkflowExecutions({
            namespace: temporal.namespace,
            query,
          });
          expect(page.executions).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
