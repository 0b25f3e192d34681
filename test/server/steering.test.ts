import { Deskhand } from '../support/deskhand';
import { runServer, type TestServer } from './running';
import type { TicketView } from '../../src/contracts/messages';

let deskhand: Deskhand;
let server: TestServer;

beforeAll(async () => {
  deskhand = await Deskhand.start();
  server = await runServer(deskhand.temporal);
});
afterAll(async () => {
  await server.server.stop();
  await deskhand.stop();
});

function act(ticketId: number, body: object, key?: string) {
  return server.api.post<TicketView & { detail: string; code: string }>(
    `/api/tickets/zendesk/${ticketId}/actions`,
    body,
    key === undefined ? {} : { headers: { 'idempotency-key': key } },
  );
}

test('a ticket with a running worker: shown, taken over, refused, closed, and still shown', async () => {
  const ticketId = await deskhand.people.customerOpens('Where is my order?', {
    name: 'Ana Silva',
    email: 'ana@example.com',
  });
  const started = await server.api.post('/api/tickets', { desk: 'zendesk', ticketId: String(ticketId) });
  expect(started.status).toBe(202);
  await deskhand.untilStage(ticketId, 'waiting-for-customer');

  const shown = await server.api.get<TicketView>(`/api/tickets/zendesk/${ticketId}`);
  expect(shown.status).toBe(200);
  expect(shown.data).toEqual(JSON.parse(JSON.stringify(await deskhand.view(ticketId))));

  const taken = await act(ticketId, { action: 'take-over', by: 'maria' }, 'key-1');
  expect(taken.status).toBe(200);
  expect(taken.data.stage).toBe('with-person');

  const again = await act(ticketId, { action: 'take-over', by: 'maria' }, 'key-1');
  expect(again.status).toBe(200);

  const refused = await act(ticketId, { action: 'approve', by: 'maria' });
  expect(refused.status).toBe(409);
  expect(refused.data).toMatchObject({ code: 'action-refused', detail: 'No draft waits for approval.' });

  expect((await act(ticketId, { action: 'close', by: 'maria' })).status).toBe(200);
  await deskhand.handle(ticketId).result();

  const closed = await server.api.get<TicketView>(`/api/tickets/zendesk/${ticketId}`);
  expect(closed.data.stage).toBe('closed');
  const late = await act(ticketId, { action: 'escalate', by: 'maria' });
  expect(late.status).toBe(409);
  expect(late.data.detail).toContain('closed');
});

test('with workers at their queues, the server is ready', async () => {
  const { status, data } = await server.anyone.get<unknown>('/health/ready');
  expect(data).toMatchObject({ ready: true });
  expect(status).toBe(200);
});
