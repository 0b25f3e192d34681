import { deskNames } from '../../src/helpdesk/deskNames';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Hint } from '../../src/core/events';
import { stageKey } from '../../src/contracts/searchAttributes';
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { apiToken, metric, runServer, type TestServer } from './running';

let temporal: TestTemporal;
let server: TestServer;

beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await runServer(temporal);
});
afterAll(async () => {
  await server.server.stop();
  await temporal.stop();
});

const aTicket = { desk: 'zendesk', ticketId: '1' };

/** The ids of all hints that the ticket's one run was sent. */
async function hintIds(ticketId: string): Promise<string[]> {
  const history = await temporal.client.workflow.getHandle(`ticket:zendesk:demo:${ticketId}`).fetchHistory();
  return (history.events ?? []).flatMap((event) => {
    const payload = event.workflowExecutionSignaledEventAttributes?.input?.payloads?.[0];
    return payload === undefined ? [] : [defaultPayloadConverter.fromPayload<Hint>(payload).id];
  });
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

  test('with an Idempotency-Key is one hint, however often it is sent; without one each is its own', async () => {
    const ask = (key?: string) =>
      server.api.post(
        '/api/tickets',
        { desk: 'zendesk', ticketId: '700' },
        key === undefined ? {} : { headers: { 'idempotency-key': key } },
      );
    for (const key of ['order-700', 'order-700', undefined, undefined]) {
      expect((await ask(key)).status).toBe(202);
    }
    const ids = await hintIds('700');
    expect(ids).toHaveLength(4);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids.join()).not.toContain('order-700');
  });

  test('by twenty callers at once is one workflow', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.api.post('/api/tickets', { desk: 'zendesk', ticketId: '701' })),
    );
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    expect(await hintIds('701')).toHaveLength(20);
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
      'take-over, hand-back, approve, reject, escalate, reply-again, close, set-mode',
    );
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

describe('without a worker', () => {
  /** Nobody will answer what it waits for. */
  let hasty: TestServer;
  beforeAll(async () => {
    hasty = await runServer(temporal, { answerWithinMs: 3_000 });
  });
  afterAll(() => hasty.server.stop());

  test('a ticket is answered 503 with when to come back and what to do', async () => {
    await server.api.post('/api/tickets', aTicket);
    const { status, headers, data } = await hasty.api.get<{ detail: string }>('/api/tickets/zendesk/1');
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(data.detail).toContain('deskhand worker');
  });

  test('so is an action, and the answer says that it may still happen', async () => {
    const { status, data } = await hasty.api.post<{ detail: string }>('/api/tickets/zendesk/1/actions', {
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
    '/api/modes',
    '/api/tickets',
    '/api/tickets/{desk}/{ticketId}',
    '/api/tickets/{desk}/{ticketId}/actions',
    '/api/tickets/{desk}/{ticketId}/decision',
    '/health/live',
    '/health/ready',
    '/metrics',
    ...deskNames.flatMap((desk) => [`/webhooks/${desk}`, `/webhooks/${desk}/{account}`]).sort(),
  ]);
});

test('metrics tell how much waits for the desk, of every account that is served', async () => {
  const { data } = await server.anyone.get<string>('/metrics');
  expect(data).toMatch(/^deskhand_desk_steps_waiting\{desk="zendesk",account="[\w.-]+"\} 0$/m);
  // The desk has said nothing yet: no rate was told.
  expect(data).not.toMatch(/^deskhand_desk_steps_per_second\{/m);
});

test('metrics count by route and status, and hold no id, name or text', async () => {
  await server.api.get('/api/tickets/zendesk/404404');
  await server.api.post('/api/tickets/zendesk/404404/actions', {
    action: 'close',
    by: 'maria-who-steers',
    reason: 'a-reason-nobody-may-see',
  });
  await server.anyone.get('/nowhere/404404');
  const { data, headers } = await server.anyone.get<string>('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  expect(data).toContain('route="/api/tickets/:desk/:ticketId",status="404"');
  expect(data).toContain('route="unknown"');
  expect(data).not.toMatch(/404404|35436|maria-who-steers|a-reason-nobody|a-token-only/);
  for (const [, labels = ''] of data.matchAll(/^deskhand_\w+\{([^}]*)\}/gm)) {
    expect(labels).toMatch(/^((method|route|status|outcome|source|le|desk|account)="[^"]*",?)+$/);
  }
});
