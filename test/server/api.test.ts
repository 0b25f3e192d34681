import type { HintArgs } from '../../src/contracts/messages';
import { hintSignal, ticketTaskQueue, ticketWorkflowType } from '../../src/contracts/messages';
import { deskKey, intentKey, stageKey } from '../../src/contracts/searchAttributes';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { apiToken, eventually, metric, runServer, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal, { answerWithinMs: 1_500 });
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

const aTicket = { desk: 'zendesk', ticketId: '1' };

/** A ticket as the engine would have left it, with any intent. */
async function given(ticketId: string, intent: string): Promise<void> {
  await temporal.client.workflow.signalWithStart<(input: unknown) => Promise<void>, HintArgs>(
    ticketWorkflowType,
    {
      workflowId: `ticket:zendesk:demo:${ticketId}`,
      taskQueue: ticketTaskQueue,
      args: [{ ref: { desk: 'zendesk', account: 'demo', ticketId } }],
      signal: hintSignal,
      signalArgs: [{ id: 'given', source: 'api', commentId: null }],
      typedSearchAttributes: [
        { key: deskKey, value: 'zendesk' },
        { key: stageKey, value: 'answering' },
        { key: intentKey, value: intent },
      ],
    },
  );
}

describe('starting a ticket', () => {
  test('is answered with the workflow and its page, again and again, for one workflow', async () => {
    const workflowId = 'ticket:zendesk:demo:35436';
    for (let time = 0; time < 3; time++) {
      const { status, data } = await server.api.post<unknown>('/api/tickets', {
        desk: 'zendesk',
        ticketId: '35436',
        messageId: '501',
      });
      expect(status).toBe(202);
      expect(data).toEqual({
        workflowId,
        webUrl: `http://ui.example/namespaces/${temporal.namespace}/workflows/${encodeURIComponent(workflowId)}`,
      });
    }
    const { raw } = await temporal.client.workflow.getHandle(workflowId).describe();
    expect(raw.workflowExecutionInfo?.searchAttributes?.indexedFields).toHaveProperty(stageKey.name);
    expect(await metric(server, 'deskhand_hints_accepted_total{source="api"}')).toBe(3);
  });

  test('on a desk that is not served is answered 404 with the one that is', async () => {
    const { status, data } = await server.api.post<{ detail: string }>('/api/tickets', {
      desk: 'gorgias',
      ticketId: '1',
    });
    expect(status).toBe(404);
    expect(data.detail).toContain('it has zendesk');
  });
});

describe('who may call', () => {
  test.each([
    ['no token', undefined],
    ['another token', 'Bearer something-else-entirely'],
    ['the right token without Bearer', apiToken],
  ])('%s is answered 401, and how to sign in is said', async (_what, authorization) => {
    const { status, headers, data } = await server.anyone.get<{ detail: string }>('/api/tickets', {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('Bearer');
    expect(data.detail).not.toContain(apiToken);
  });

  test('health, metrics and documents need no token', async () => {
    for (const path of ['/health/live', '/metrics', '/openapi.json', '/docs/']) {
      expect((await server.anyone.get(path)).status).toBe(200);
    }
  });
});

describe('bad requests are problem documents with every mistake', () => {
  test('two wrong fields and an unknown one are three entries', async () => {
    const { status, headers, data } = await server.api.post<{ errors: { path: string; found: string }[] }>(
      '/api/tickets',
      { desk: 'Zendesk!', ticketId: 'a:b', extra: 1 },
    );
    expect(status).toBe(422);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(data.errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['body.desk', 'body.ticketId']),
    );
    expect(data.errors.find(({ path }) => path === 'body.desk')?.found).toBe('"Zendesk!"');
    expect(data.errors).toHaveLength(3);
  });

  test('an unknown action names the allowed ones', async () => {
    const { status, data } = await server.api.post<unknown>('/api/tickets/zendesk/1/actions', {
      action: 'explode',
      by: 'maria',
    });
    expect(status).toBe(422);
    expect(JSON.stringify(data)).toContain(
      'take-over, hand-back, approve, reject, escalate, reply-again, close',
    );
  });

  const json = { 'content-type': 'application/json' };
  test.each([
    [
      'malformed JSON',
      400,
      { method: 'POST', url: '/api/tickets', data: Buffer.from('{"desk":'), headers: json },
    ],
    ['no body', 422, { method: 'POST', url: '/api/tickets', data: '', headers: json }],
    [
      'another media type',
      415,
      { method: 'POST', url: '/api/tickets', data: '<a/>', headers: { 'content-type': 'text/xml' } },
    ],
    [
      'a body that is too large',
      413,
      { method: 'POST', url: '/api/tickets', data: { desk: 'x'.repeat(70_000) } },
    ],
    ['an unknown address', 404, { method: 'GET', url: '/nowhere' }],
    ['an address that is no URL', 400, { method: 'GET', url: '/%zz' }],
    ['a limit of 0', 422, { method: 'GET', url: '/api/tickets?limit=0' }],
    ['a stage that is none', 422, { method: 'GET', url: '/api/tickets?stage=lost' }],
    ['an unknown filter', 422, { method: 'GET', url: '/api/tickets?sort=up' }],
    ['a cursor of ours that is none', 422, { method: 'GET', url: '/api/tickets?cursor=Zm9v' }],
  ])('%s: %d', async (_what, expected, request) => {
    const { status, headers, data } = await server.api.request<Record<string, unknown>>(request);
    expect(status).toBe(expected);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(data).toMatchObject({ type: 'about:blank', status: expected });
    expect(JSON.stringify(data)).not.toMatch(/at .*\.(ts|js):\d+/);
  });

  test('a wrong verb is answered 405 with those that are right', async () => {
    const { status, headers } = await server.api.delete('/api/tickets/zendesk/1');
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET, HEAD');
  });

  test('too many requests are answered 429 with when to go on', async () => {
    const strict = await runServer(temporal, { rateLimits: { api: 2, webhooks: 2 } });
    try {
      const answers = [];
      for (let time = 0; time < 3; time++) answers.push(await strict.anyone.get('/api/tickets'));
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 429]);
      expect(Number(answers[2]?.headers['retry-after'])).toBeLessThanOrEqual(10);
      expect(answers[2]?.data).toMatchObject({ code: 'too-many-requests' });
    } finally {
      await strict.server.stop();
    }
  });
});

interface Page {
  readonly tickets: readonly {
    readonly ticketId: string;
    readonly open: boolean;
    readonly intent: string | null;
  }[];
  readonly nextCursor: string | null;
}

describe('the list', () => {
  beforeAll(async () => {
    await Promise.all([given('o1', 'other'), ...[1, 2, 3, 4, 5].map((index) => given(`p${index}`, 'paged'))]);
    await eventually(async () => {
      const { data } = await server.api.get<Page>('/api/tickets', { params: { desk: 'zendesk' } });
      return data.tickets.filter(({ ticketId }) => /^[op]/.test(ticketId)).length === 6 ? data : null;
    });
  });

  test.each([`x' OR WorkflowId != '`, String.raw`\' OR '1'='1`, 'a" OR "1"="1', "other' --", 'other\u0000'])(
    'takes no piece of a query for an intent: %j',
    async (intent) => {
      const { status, data } = await server.api.get<unknown>('/api/tickets', { params: { intent } });
      expect(status).toBe(422);
      expect(data).toMatchObject({ errors: [{ path: 'querystring.intent' }] });
    },
  );

  test('holds only what the filter names', async () => {
    const { data } = await server.api.get<Page>('/api/tickets', {
      params: { intent: 'other', stage: 'answering' },
    });
    expect(data.tickets).toMatchObject([{ ticketId: 'o1', intent: 'other', open: true }]);
  });

  test('refuses a cursor under other filters', async () => {
    const { data } = await server.api.get<Page>('/api/tickets', { params: { intent: 'paged', limit: 2 } });
    const { status } = await server.api.get('/api/tickets', {
      params: { intent: 'other', cursor: data.nextCursor },
    });
    expect(status).toBe(422);
  });

  test('is had page by page, each ticket once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { data }: { data: Page } = await server.api.get<Page>('/api/tickets', {
        params: { intent: 'paged', limit: 2, ...(cursor === null ? {} : { cursor }) },
      });
      expect(data.tickets.length).toBeLessThanOrEqual(2);
      seen.push(...data.tickets.map(({ ticketId }) => ticketId));
      cursor = data.nextCursor;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  test('of closed tickets is empty while none is', async () => {
    const { data } = await server.api.get<Page>('/api/tickets', { params: { state: 'closed' } });
    expect(data).toEqual({ tickets: [], nextCursor: null });
  });
});

describe('without a worker', () => {
  test('a ticket is answered 503 with when to come back and what to do', async () => {
    await server.api.post('/api/tickets', aTicket);
    const { status, headers, data } = await server.api.get<{ detail: string }>('/api/tickets/zendesk/1');
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(data.detail).toContain('deskhand worker');
  });

  test('so is an action, and the answer says that it may still happen', async () => {
    const { status, data } = await server.api.post<{ detail: string }>('/api/tickets/zendesk/1/actions', {
      action: 'escalate',
      by: 'maria',
    });
    expect(status).toBe(503);
    expect(data.detail).toContain('may still be carried out');
  });

  test('an unknown ticket is still 404, for a look and for an action', async () => {
    expect((await server.api.get('/api/tickets/zendesk/404404')).status).toBe(404);
    const acted = await server.api.post('/api/tickets/zendesk/404404/actions', {
      action: 'close',
      by: 'maria',
    });
    expect(acted.status).toBe(404);
  });

  test('the server is alive, but not ready, and says which part is missing', async () => {
    const { status, data } = await server.anyone.get<{ checks: unknown[] }>('/health/ready');
    expect(status).toBe(503);
    expect(data.checks).toContainEqual({
      name: 'temporal',
      ok: true,
      detail: `namespace ${temporal.namespace} is there`,
    });
    expect(data.checks).toContainEqual(expect.objectContaining({ name: 'worker-tickets', ok: false }));
  });
});

test('the OpenAPI document is 3.1 and has every route with its errors', async () => {
  const { data } = await server.anyone.get<{ openapi: string; paths: Record<string, object> }>(
    '/openapi.json',
  );
  expect(data.openapi).toMatch(/^3\.1/);
  expect(Object.keys(data.paths).sort()).toEqual([
    '/api/tickets',
    '/api/tickets/{desk}/{ticketId}',
    '/api/tickets/{desk}/{ticketId}/actions',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/webhooks/zendesk',
  ]);
});

test('metrics count by route, and hold no id', async () => {
  const { data } = await server.anyone.get<string>('/metrics');
  expect(data).toContain('route="/api/tickets/:desk/:ticketId"');
  expect(data).not.toContain('404404');
});
