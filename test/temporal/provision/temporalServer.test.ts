/** The real server: started, kept, stopped, and found again after its parent was killed. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { connectTemporal } from '../../../src/temporal/connection';
import { identify, isRunning, type ProcessIdentity } from '../../../src/temporal/provision/processes';
import {
  ServerStartError,
  startTemporalServer,
  type RunningServer,
  type ServerOptions,
} from '../../../src/temporal/provision/startTemporalServer';
import { readTestRun, repository } from '../../support/testRun';
import { listening, ownPort } from '../../support/ports';

let stateDir: string;
let said: string[];
let servers: RunningServer[];
beforeEach(() => {
  stateDir = mkdtempSync(path.join(os.tmpdir(), 'deskhand-server-'));
  said = [];
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startTemporalServer({
    cli: readTestRun().cli,
    stateDir,
    port: 0,
    uiPort: null,
    onProgress: (line) => said.push(line),
    ...options,
  });
  servers.push(server);
  return server;
}

async function identityOf(pid: number): Promise<ProcessIdentity> {
  const identity = await identify(pid);
  if (identity === null) throw new Error(`no process ${pid}`);
  return identity;
}

it('serves workflows, the Web UI, metrics, and knows our search attributes', async () => {
  const server = await start({ uiPort: await ownPort() });
  const { connection, close } = await connectTemporal({ address: server.address, namespace: 'default' });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({
    namespace: 'default',
  });
  await close();
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['DeskhandDesk', 'DeskhandStage']));
  expect((await axios.get(server.uiUrl ?? '', { proxy: false })).status).toBe(200);
  expect(String((await axios.get(server.metricsUrl, { proxy: false })).data)).toContain('service_requests');
});

it('keeps workflows over a restart, and stops without a trace', async () => {
  const first = await start();
  const before = await connectTemporal({ address: first.address, namespace: 'default' });
  await before.client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'ticket-1' });
  await before.close();
  const process = await identityOf(first.pid);
  await first.stop();
  expect(await isRunning(process)).toBe(false);

  const second = await start();
  const after = await connectTemporal({ address: second.address, namespace: 'default' });
  expect((await after.client.workflow.getHandle('ticket-1').describe()).status.name).toBe('RUNNING');
  await after.close();
});

it('orders tasks by their priority; accounts take turns only over a state that has begun so', async () => {
  const said = (server: RunningServer): string =>
    execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(server.pid)], { encoding: 'utf8' });
  const first = await start();
  expect(said(first)).toContain('matching.useNewMatcher=true');
  expect(said(first)).toContain('matching.enableFairness=true');
  await first.stop();
  const again = await start();
  expect(said(again)).toContain('matching.enableFairness=true');
  await again.stop();
  // As a state of 0.1 is: what waits in its queues would not be found again.
  rmSync(path.join(stateDir, 'temporal.db.in-turns'));
  const older = await start();
  expect(said(older)).toContain('matching.useNewMatcher=true');
  expect(said(older)).not.toMatch(/enableFairness|Partitions/);
});

it('with a namespace of its own', async () => {
  const server = await start({ namespace: 'shop', inMemory: true });
  const { close } = await connectTemporal({ address: server.address, namespace: 'shop' });
  await close();
});

it('a second one on the same folder is refused, naming who runs the first', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(
    new RegExp(`pid ${first.pid}, ${first.address}\\) of process ${process.pid} uses .* already`),
  );
});

it('a busy port is told, and the next is used', async () => {
  const holder = net.createServer();
  const port = await listening(holder);
  const server = await start({ port });
  holder.close();
  expect(server.address).not.toBe(`127.0.0.1:${port}`);
  expect(said.join('\n')).toContain(`Port ${port} is taken by`);
  expect(said.join('\n')).toContain(`(pid ${process.pid}); Temporal uses`);
});

it('an end that nobody asked for is told', async () => {
  const ended = new Promise<string>((resolve) => {
    void start({ onExit: resolve, inMemory: true }).then((server) => process.kill(server.pid, 'SIGKILL'));
  });
  expect(await ended).toMatch(/ended by itself \(signal SIGKILL\); its log is .*temporal\.log/);
});

it('a program that ends at once is told with the end of its log', async () => {
  const cli = path.join(stateDir, 'temporal');
  writeFileSync(cli, '#!/bin/sh\necho "database is locked" >&2\nexec sleep 0.2\n', { mode: 0o755 });
  await expect(start({ cli })).rejects.toThrow(/did not start \(exit code 0\)[^]*database is locked/);
});

it('a database that is broken is told, with what may be done', async () => {
  writeFileSync(path.join(stateDir, 'temporal.db'), 'no database at all '.repeat(500));
  await expect(start()).rejects.toThrow(
    /temporal\.db is broken\. Put a copy in its place, or move it away .*the desk tells which tickets are open/,
  );
});

it('a program that cannot be run is told', async () => {
  await expect(start({ cli: path.join(stateDir, 'nothing-here') })).rejects.toThrow(ServerStartError);
});

it('TEMPORAL_* settings for another server do not reach ours', async () => {
  process.env['TEMPORAL_TLS_SERVER_NAME'] = 'cloud.example';
  try {
    const server = await start({ inMemory: true });
    expect(readFileSync(`/proc/${server.pid}/environ`, 'utf8')).not.toContain('TEMPORAL_TLS_SERVER_NAME');
  } finally {
    delete process.env['TEMPORAL_TLS_SERVER_NAME'];
  }
});

it('after kill -9 of its parent the next start stops the left-over and goes on with its state', async () => {
  const script = `
    const { startTemporalServer } = require('./src/temporal/provision/startTemporalServer.ts');
    const { connectTemporal } = require('./src/temporal/connection.ts');
    void (async () => {
      const server = await startTemporalServer({
        cli: ${JSON.stringify(readTestRun().cli)}, stateDir: ${JSON.stringify(stateDir)},
        port: 0, uiPort: null, onProgress: () => undefined,
      });
      const { client } = await connectTemporal({ address: server.address, namespace: 'default' });
      await client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'ticket-1' });
      console.log(server.pid);
    })();`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '-e', script], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
  );
  const leftOver = await identityOf(pid);
  const ended = new Promise((resolve) => parent.once('exit', resolve));
  parent.kill('SIGKILL');
  await ended;
  expect(await isRunning(leftOver)).toBe(true);

  const server = await start();
  expect(said.join('\n')).toContain(`stopping the server (pid ${pid}) that an earlier run left behind`);
  expect(await isRunning(leftOver)).toBe(false);
  const { client, close } = await connectTemporal({ address: server.address, namespace: 'default' });
  expect((await client.workflow.getHandle('ticket-1').describe()).status.name).toBe('RUNNING');
  await close();
});

it('a record of a process id that was given to somebody else harms nobody', async () => {
  const bystander = spawn('sleep', ['30']);
  const record = {
    server: { pid: bystander.pid, started: '1' },
    owner: { pid: 999_999, started: '1' },
    address: '127.0.0.1:7233',
  };
  writeFileSync(path.join(stateDir, 'temporal-server.json'), JSON.stringify(record));
  await start({ inMemory: true });
  expect(bystander.exitCode).toBeNull();
  expect(bystander.killed).toBe(false);
  bystander.kill('SIGKILL');
});
