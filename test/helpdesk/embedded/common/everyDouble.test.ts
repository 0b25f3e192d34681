/** What is the same at every embedded desk: how it starts and stops, its page, its faults on demand. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import axios, { type AxiosInstance } from 'axios';
import path from 'node:path';
import {
  credentialsFile,
  readEmbeddedDeskCredentials,
  type EmbeddedDeskCredentials,
} from '../../../../src/helpdesk/embedded/common/credentials';
import type { RunningEmbedded } from '../../../../src/helpdesk/embedded/common/runEmbedded';
import { startEmbedded } from '../../../../src/helpdesk/embedded/embeddedDesks';
import type { DeskName } from '../../../../src/helpdesk/deskNames';
import { PeopleAtTheDesk } from '../../contract/deskUnderTest';
import { basicAuth } from './testDouble';

type Key = (credentials: EmbeddedDeskCredentials) => Readonly<Record<string, string>>;

describe.each<[DeskName, Key]>([
  ['zendesk', ({ email, token }) => basicAuth(`${email}/token:${token}`)],
  ['freshdesk', ({ token }) => basicAuth(`${token}:X`)],
  ['chatwoot', ({ token }) => ({ api_access_token: token })],
  ['gorgias', ({ email, token }) => basicAuth(`${email}:${token}`)],
])('the embedded %s', (kind, keyOf) => {
  let stateDir: string;
  let desk: RunningEmbedded;
  let page: AxiosInstance;
  let people: PeopleAtTheDesk;
  const start = (more: { port?: number; publicUrl?: string } = {}) =>
    startEmbedded[kind]({ host: '127.0.0.1', port: 0, stateDir, ...more });
  beforeAll(async () => {
    stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-double-'));
    desk = await start();
    page = axios.create({ baseURL: `${desk.url}/_desk`, validateStatus: () => true });
    people = new PeopleAtTheDesk(desk.url);
    await people.come();
  });
  afterAll(async () => {
    await desk.close();
    await rm(stateDir, { recursive: true, force: true });
  });

  test('has a bot, three agents and three groups', async () => {
    const { data } = await page.get<{ agents: { name: string }[]; groups: { name: string }[] }>('/team');
    expect(data.agents.map(({ name }) => name)).toEqual([
      'Deskhand',
      'Nora Lind',
      'Tomas Reyes',
      'Ada Moreno',
    ]);
    const groups = data.groups.map(({ name }) => name.toLowerCase()).sort();
    expect(groups).toEqual(['billing', 'support', 'tier 2']);
  });

  test('shows on its page what customers and agents do there', async () => {
    await people.customerOpens('And mine?', { name: 'Ben Ode', email: 'ben@mail.example' });
    const { ticketId } = await people.customerOpens('Where is my order?');
    await people.agentActs(ticketId, 'Nora Lind', {
      comment: { body: 'On its way', public: true },
      ...{ status: 'solved', groupId: people.groupId('Billing'), tags: ['parcel'] },
    });
    await people.rate(ticketId, 'good', 'Thanks');
    const { data: list } = await page.get<{ tickets: object[] }>('/tickets');
    expect(list.tickets).toHaveLength(2);
    expect(list.tickets[0]).toMatchObject({
      ...{ id: Number(ticketId), requester: 'Ana Diaz', status: 'solved', tags: ['parcel'] },
      ...{ groupId: people.groupId('Billing'), rating: { score: 'good', comment: 'Thanks' }, ratable: true },
    });
    const { data } = await page.get<{ comments: object[] }>(`/tickets/${ticketId}`);
    expect(data.comments.slice(0, 2)).toMatchObject([
      { author: 'Ana Diaz', staff: false, public: true, text: 'Where is my order?', attachments: [] },
      { author: 'Nora Lind', staff: true, public: true, text: 'On its way' },
    ]);
  });

  test('does not know a ticket that there is not, whatever is to be done to it', async () => {
    const answers = await Promise.all([
      page.get('/tickets/999999'),
      page.get('/tickets/x'),
      page.post('/customer/tickets/999999/comments', {}),
      page.post('/customer/tickets/999999/rating', { score: 'none' }),
      page.post('/agent/tickets/999999', {}),
    ]);
    // Zendesk's own answer to what is no number at all.
    expect(answers.filter(({ status }) => status !== 404).map(({ status }) => status)).toEqual(
      kind === 'zendesk' ? [400] : [],
    );
  });

  test('says on its page what is wrong with what was sent', async () => {
    const { ticketId } = await people.customerOpens('Where is my order?');
    const answers = await Promise.all([
      page.post('/customer/tickets', { name: 'Ana', email: 'nowhere', body: 'x' }),
      page.post(`/customer/tickets/${ticketId}/comments`, { words: 'x' }),
      page.post(`/customer/tickets/${ticketId}/rating`, { score: 'none' }),
      page.post(`/agent/tickets/${ticketId}`, { agentId: 'Nora' }),
    ]);
    expect(answers.map(({ status, data }) => [status, data as unknown])).toEqual(
      ['email', 'words', 'score', 'agentId'].map((field) => [
        422,
        { description: expect.stringContaining(field) as string },
      ]),
    );
    expect((await page.post(`/agent/tickets/${ticketId}`, { agentId: 1 })).status).toBe(422);
  });

  test('takes faults from another process that has the key, and forgets the one that is named', async () => {
    const rule = { route: 'GET /api/**', fault: { type: 'status', status: 503 } };
    expect((await page.post('/faults', rule)).status).toBe(401);
    const headers = keyOf(desk.credentials);
    const { status, data } = await page.post<{ id: string }>('/faults', rule, { headers });
    expect(status).toBe(201);
    await page.post('/faults', rule, { headers });
    expect((await page.get('/faults', { headers })).data).toMatchObject({ faults: [{ rule }, { rule }] });
    expect((await page.delete(`/faults/${data.id}`, { headers })).status).toBe(204);
    expect((await page.get('/faults', { headers })).data).toMatchObject({ faults: [{ rule }] });
    expect((await page.delete('/faults', { headers })).status).toBe(204);
    expect(desk.faults.list()).toEqual([]);
  });

  test('cannot be started twice, and is started again where the port was taken or its credentials were damaged', async () => {
    await expect(start()).rejects.toThrow(/in use by another process/);
    const { token } = desk.credentials;
    await desk.close();
    const other = http.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await expect(start({ port: (other.address() as AddressInfo).port })).rejects.toThrow(/EADDRINUSE/);
    await new Promise((resolve) => other.close(resolve));
    const file = credentialsFile(stateDir, kind);
    const written = JSON.stringify(await readEmbeddedDeskCredentials(stateDir, kind));
    await writeFile(file, '{}');
    await expect(start()).rejects.toThrow(/delete it and start the desk again/);
    await writeFile(file, written);
    const publicUrl = 'https://desk.shop.example/';
    desk = await start({ publicUrl });
    expect(desk.credentials.token).toBe(token);
    expect(desk.url).toBe('https://desk.shop.example');
    expect(desk.apiUrl.startsWith('https://desk.shop.example/api')).toBe(true);
    expect((await readEmbeddedDeskCredentials(stateDir, kind)).apiUrl).toBe(desk.apiUrl);
  });
});
