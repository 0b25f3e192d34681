/** Before the first start whatever listens at the usual addresses is not ours, and is not told as if it were. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {
  apiNotYet,
  deskNotYet,
  nothingIsMeantToRun,
  temporalElsewhere,
  temporalNotYet,
} from '../../../src/cli/doctor/beforeStart';
import { readEngineSettings } from '../../../src/config/settings';
import { freePort } from '../../../src/temporal/provision/ports';
import { apiToken, runServer, type TestServer } from '../../server/running';
import { startTestTemporal, type TestTemporal } from '../../support/temporalServer';

let stateDir: string;
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
beforeEach(async () => {
  stateDir = await mkdtemp(path.join(os.tmpdir(), 'deskhand-before-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

/** As with nothing set, but for a usual port that other tests do not share. */
function settingsWithUsualPort(port: number) {
  const settings = readEngineSettings({ DESKHAND_STATE_DIR: stateDir });
  return { ...settings, api: { ...settings.api, port } };
}

const ourPort = () => Number(new URL(server.server.url).port);

describe('what answers where Temporal usually is', () => {
  it('nobody: npm start will start one', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    expect(await temporalNotYet({ address, namespace: 'default' })).toBe(
      'does not run yet; `npm start` finds or obtains a server and starts it',
    );
  });

  it("another Deskhand's, which npm start leaves alone", async () => {
    const { address, namespace } = temporal;
    const words = await temporalNotYet({ address, namespace });
    expect(words).toContain('does not run yet; `npm start`');
    expect(words).toContain(`What answers at ${address} is a Temporal server that a Deskhand has used`);
    expect(words).toMatch(/ by hand, held by \S.* \(pid \d+\), and is left alone/);
    expect(words).toMatch(/left alone: TEMPORAL_ADDRESS=127\.0\.0\.1:\d+ makes it the one that is used$/);
  });

  it('a server for other work', async () => {
    const words = await temporalNotYet({ address: temporal.address, namespace: 'temporal-system' });
    expect(words).toContain('no Deskhand has used: its namespace "temporal-system" lacks our search');
  });

  it('a server without the namespace', async () => {
    const words = await temporalNotYet({ address: temporal.address, namespace: 'nobody-made-it' });
    expect(words).toContain('a Temporal server without the namespace "nobody-made-it"');
  });
});

it('a program that is no Temporal server is named, and takes nothing but the port', () => {
  expect(temporalElsewhere('127.0.0.1:7233', null, ' by node web.js (pid 4711)')).toMatch(
    /starts it, on another port: 127\.0\.0\.1:7233 is taken by node web\.js \(pid 4711\), which is no Temporal server$/,
  );
});

describe('whether Deskhand is meant to run already', () => {
  it('not with nothing set and nothing at the usual port', async () => {
    expect(await nothingIsMeantToRun(settingsWithUsualPort(await freePort()), {})).toBe(true);
  });

  it('not by an API that was started from another state folder', async () => {
    expect(await nothingIsMeantToRun(settingsWithUsualPort(ourPort()), {})).toBe(true);
    await writeFile(path.join(stateDir, 'api-token'), 'a-token-that-another-server-made\n');
    expect(await nothingIsMeantToRun(settingsWithUsualPort(ourPort()), {})).toBe(true);
  });

  it('not by another program at that port, which is not sent the token', async () => {
    await writeFile(path.join(stateDir, 'api-token'), `${apiToken}\n`);
    const given: unknown[] = [];
    const web = await listening((authorization) => given.push(authorization));
    expect(await nothingIsMeantToRun(settingsWithUsualPort(portOf(web)), {})).toBe(true);
    expect(given).toEqual([undefined]);
    web.close();
  });

  it('by an API that takes the token of this state folder', async () => {
    await writeFile(path.join(stateDir, 'api-token'), `${apiToken}\n`);
    expect(await nothingIsMeantToRun(settingsWithUsualPort(ourPort()), {})).toBe(false);
  });

  it('by an address that is set', async () => {
    const port = await freePort();
    expect(await nothingIsMeantToRun(settingsWithUsualPort(port), { DESKHAND_PORT: '4600' })).toBe(false);
    const named = { ...settingsWithUsualPort(port).temporal, address: 'temporal.acme.example:7233' };
    expect(await nothingIsMeantToRun({ ...settingsWithUsualPort(port), temporal: named }, {})).toBe(false);
  });
});

it('API and desk come on another port where their own is taken', async () => {
  expect(await apiNotYet(settingsWithUsualPort(ourPort()))).toMatch(
    /^does not run yet; `npm start` starts it, on another port: \d+ is taken by .* \(pid \d+\)$/,
  );
  expect(await deskNotYet(ourPort())).toMatch(
    /^the demo's does not run yet; `npm start` starts it, on another port: \d+ is taken by .* \(pid \d+\)$/,
  );
  expect(await deskNotYet(await freePort())).toBe("the demo's does not run yet; `npm start` starts it");
  expect(await apiNotYet(settingsWithUsualPort(await freePort()))).toBe(
    'does not run yet; `npm start` starts it',
  );
});

async function listening(
  see: (authorization: string | undefined) => void = () => undefined,
): Promise<Server> {
  const web = createServer((request, response) => {
    see(request.headers.authorization);
    response.end('<html>something else</html>');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  return web;
}

function portOf(web: Server): number {
  const address = web.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
