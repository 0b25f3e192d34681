/** `deskhand ticket start --open`: the tickets that a desk had before Deskhand came, through the real API. */
import { PassThrough } from 'node:stream';
import { connectApi, type ApiClient } from '../../../src/cli/apiClient';
import { adoptOpenTickets, type AdoptOptions } from '../../../src/cli/ticket/adoptOpen';
import { readSettings } from '../../../src/config/settings';
import { TestDesk, roomyLimits } from '../../helpdesk/embedded/zendesk/harness';
import { apiToken, runServer, type TestServer } from '../../server/running';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';
import { until } from '../../support/until';
import { z } from 'zod';

let temporal: TestTemporal;
let server: TestServer;
let desk: TestDesk;
let api: ApiClient;
let env: Record<string, string>;
/** Newest last: two of them wait, one is of another kind of stage each. */
let waiting: string[];
let view: string;

const quick: AdoptOptions = { atMost: 100, perMinute: 60_000, yes: true };

beforeAll(async () => {
  temporal = await startTestTemporal();
  [server, desk] = await Promise.all([runServer(temporal), TestDesk.start({ limits: roomyLimits })]);
  const { apiUrl, email, token } = desk.desk.credentials;
  env = {
    DESKHAND_STATE_DIR: desk.stateDir,
    DESKHAND_PORT: new URL(server.server.url).port,
    DESKHAND_API_TOKEN: apiToken,
    ZENDESK_API_URL: apiUrl,
    ZENDESK_EMAIL: email,
    ZENDESK_API_TOKEN: token,
  };
  api = await connectApi(readSettings(env));
  const tickets = await Promise.all(['new', 'open', 'pending', 'solved', 'open'].map(ticketThatIs));
  waiting = [tickets[0] ?? '', tickets[1] ?? '', tickets[4] ?? ''];
  await desk.put(waiting[2] ?? '', { tags: ['vip'] });
  const all = [
    { field: 'status', operator: 'less_than', value: 'closed' },
    { field: 'current_tags', operator: 'includes', value: 'vip' },
  ];
  const { body } = await desk.call('POST', '/api/v2/views', { view: { title: 'VIP', all } });
  view = String(z.object({ view: z.object({ id: z.number() }) }).parse(body).view.id);
});
afterAll(async () => {
  await Promise.all([desk.stop(), server.server.stop()]);
  await temporal.stop();
});

async function ticketThatIs(status: string): Promise<string> {
  const id = await desk.newTicket();
  if (status !== 'new') await desk.put(id, { status });
  return id;
}

async function adopt(options: Partial<AdoptOptions>, isStopped = () => false): Promise<string> {
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const terminal = { input: new PassThrough(), output };
  await adoptOpenTickets({ ...quick, ...options }, { settings: readSettings(env), api, terminal, isStopped });
  return said;
}

const running = async (): Promise<string[]> => {
  const { tickets } = await api.list({ desk: 'zendesk', state: 'open', limit: '100' });
  return tickets.map(({ ticketId }) => ticketId).sort();
};
/** The list follows within a second. */
const runningAre = (ids: readonly string[]) =>
  until('the tickets to be listed', async () =>
    JSON.stringify(await running()) === JSON.stringify([...ids].sort()) ? true : null,
  );

it('shows first, and starts nothing unseen', async () => {
  expect(await adopt({ dryRun: true })).toMatch(
    /^3 tickets new or open on the desk: 0 run already, 3 do not\.[^]*Nothing was started/,
  );
  await expect(adopt({ yes: false })).rejects.toThrow(/Nobody is there to be asked: give --yes/);
  await expect(adopt({}, () => true)).rejects.toThrow(/Stopped\. 0 of 3 were started/);
  expect(await running()).toEqual([]);
});

it('takes up those of a view, then the others, and tells apart what runs already', async () => {
  expect(await adopt({ view })).toMatch(/^1 ticket new or open in view \d+: 0 run already/);
  await runningAre(waiting.slice(2));
  expect(await adopt({ atMost: 1 })).toMatch(
    /3 tickets .*: 1 run already, 2 do not\.\nThe first 1 are taken \(--at-most 1\)\.[^]*1 ticket started/,
  );
  await until('the second to be listed', async () => ((await running()).length === 2 ? true : null));
  expect(await adopt({})).toMatch(/2 run already, 1 do not/);
  await runningAre(waiting);
  expect(await adopt({})).toBe('3 tickets new or open on the desk: 3 run already, 0 do not.\n');
});

it('keeps to its rate', async () => {
  const more = await Promise.all(['new', 'new', 'new'].map(ticketThatIs));
  const begun = performance.now();
  await adopt({ perMinute: 600 });
  expect(performance.now() - begun).toBeGreaterThan(2 * 95);
  await runningAre([...waiting, ...more]);
});

it('says what is wrong: no such view, no API, a desk that has no views', async () => {
  await expect(adopt({ view: '999' })).rejects.toThrow(/Zendesk has no view 999 that we may see/);
  const gone = await connectApi(readSettings({ ...env, DESKHAND_PORT: '1' }));
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  const from = { settings: readSettings(env), api: gone, terminal, isStopped: () => false };
  await expect(adoptOpenTickets(quick, from)).rejects.toThrow(
    /The API does not answer at http:\/\/127\.0\.0\.1:1/,
  );
  const freshdesk = { DESKHAND_STATE_DIR: desk.stateDir, DESKHAND_DESK: 'freshdesk' };
  await expect(adoptOpenTickets(quick, { ...from, settings: readSettings(freshdesk) })).rejects.toThrow(
    /deskhand ticket start freshdesk <id>/,
  );
});
