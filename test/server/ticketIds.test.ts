/** Which ticket ids there can be: what cannot be a Zendesk ticket starts no workflow, whoever names it. */
import { startTestTemporal, type TestTemporal } from '../support/temporalServer';
import { deliver, metric, runServer, type TestServer } from './running';

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

const impossible = [
  'abc',
  '001',
  '9'.repeat(64),
  '9'.repeat(21),
  '0',
  '-1',
  '1_2',
  '+1',
  '1e3',
  '0x10',
  '１２',
];
const possible = ['1', '35436', '9'.repeat(20), '9007199254740993'];
const allowed = /1 to 20 digits/;

interface Refusal {
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly found: string }[];
}

async function started(ticketId: string): Promise<boolean> {
  return temporal.client.workflow
    .getHandle(`ticket:zendesk:demo:${ticketId}`)
    .describe()
    .then(
      () => true,
      () => false,
    );
}

describe.each(impossible)('%s is no Zendesk ticket', (ticketId) => {
  test('to start', async () => {
    const { status, data } = await server.api.post<Refusal>('/api/tickets', { desk: 'zendesk', ticketId });
    expect(status).toBe(422);
    expect(data.errors).toMatchObject([
      { path: 'body.ticketId', found: expect.stringContaining('"') as string },
    ]);
    expect(data.errors?.[0]?.message).toMatch(allowed);
    expect(await started(ticketId)).toBe(false);
  });

  test('to show or to act on', async () => {
    const address = `/api/tickets/zendesk/${encodeURIComponent(ticketId)}`;
    const answers = [
      await server.api.get<Refusal>(address),
      await server.api.post<Refusal>(`${address}/actions`, { action: 'close', by: 'maria' }),
    ];
    for (const { status, data } of answers) {
      expect(status).toBe(422);
      expect(data.errors?.map(({ path }) => path)).toEqual(['params.ticketId']);
    }
  });

  test('in a signed webhook of either kind', async () => {
    const before = await metric(server, 'deskhand_webhooks_total{outcome="not-readable"}');
    const bodies = [
      { ticket_id: ticketId },
      { id: 'e-1', type: 'zen:event-type:ticket.created', subject: `zen:ticket:${ticketId}`, detail: {} },
      { id: 'e-2', type: 'zen:event-type:ticket.created', subject: 'zen:ticket:', detail: { id: ticketId } },
    ];
    for (const body of bodies) {
      const { status, data, headers } = await deliver(server, JSON.stringify(body));
      expect(status).toBe(400);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(data['detail']).toMatch(allowed);
    }
    expect(await metric(server, 'deskhand_webhooks_total{outcome="not-readable"}')).toBe(
      before + bodies.length,
    );
    expect(await started(ticketId)).toBe(false);
  });
});

test.each([[-1], [0], [1.5], [1e21], [Number.MAX_SAFE_INTEGER + 1]])(
  'a webhook with the number %d as ticket id is answered 400',
  async (ticketId) => {
    const { status } = await deliver(server, JSON.stringify({ ticket_id: ticketId }));
    expect(status).toBe(400);
  },
);

test.each(possible)('%s may be one: taken by the API and the webhook, for one workflow', async (ticketId) => {
  const asked = await server.api.post<{ workflowId: string }>('/api/tickets', { desk: 'zendesk', ticketId });
  expect(asked.status).toBe(202);
  const delivered = await deliver(server, JSON.stringify({ ticket_id: ticketId }));
  expect(delivered.data).toMatchObject({ accepted: true, workflowId: asked.data.workflowId });
});

test('001 never becomes a second workflow beside 1', async () => {
  const spellings = ['1', '01', '001', '1 ', ' 1', '1.0'];
  for (const ticketId of spellings) {
    await server.api.post('/api/tickets', { desk: 'zendesk', ticketId });
    await deliver(server, JSON.stringify({ ticket_id: ticketId }));
  }
  await deliver(server, '{"ticket_id": 1}');
  const known = await Promise.all(spellings.map(started));
  expect(spellings.filter((_spelling, index) => known[index])).toEqual(['1']);
});

test('a desk that this server does not have is said to be unknown, whatever its ids look like', async () => {
  const { status } = await server.api.post('/api/tickets', { desk: 'kayako', ticketId: 'abc' });
  expect(status).toBe(404);
});
