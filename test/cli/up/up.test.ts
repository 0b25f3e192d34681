/** `deskhand up` as people run it: the real program with all its processes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { openDeskPage } from '../../../src/cli/up/embeddedDesk';
import { Command } from '../processes';
import { fillStateFolder } from '../../support/stateFolder';
import { readTestRun } from '../../support/testRun';
import { until } from '../../support/until';
import { endAll, folderWithTemporal, processesOf, saying, start, type Run } from './running';
import { listening } from '../../support/ports';

let folder: string;
let stateDir: string;
let programs: string;
/** Goes on for the next test. */
let running: Run | undefined;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-up-'));
  stateDir = path.join(folder, 'state');
  programs = folderWithTemporal(folder);
  await fillStateFolder(stateDir);
});
afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

function up(args: readonly string[], env: Record<string, string> = {}): Run {
  const path = `${programs}:${process.env['PATH'] ?? ''}`;
  return start(['up', ...args], { PATH: path, DESKHAND_STATE_DIR: stateDir, ...env });
}

it('--once: a customer is answered, the terminal tells it, exit code 0, nothing left running', async () => {
  const run = up(['--once']);
  const code = await run.exitCode;
  const output = run.output();
  expect(output).toContain('#1 Ana Costa            Where is my order?');
  expect(output).toMatch(/#1 understood +order_status, \d+ % sure/);
  expect(output).toMatch(/#1 rule +order-in-transit/);
  expect(output).toMatch(/#1 reply, Deskhand +Hello Ana/);
  expect(output).toMatch(/#1 note, Deskhand /);
  expect(output).toMatch(/Web UI +http:\/\/localhost:\d+/);
  expect(output).toMatch(/in the Web UI +http:\S+\/workflows\/ticket%3Azendesk%3Ademo%3A1/);
  expect(output).toMatch(/on the desk +http:\S+#\/tickets\/1/);
  expect(output).toMatch(/Policy +p-[0-9a-f]{12} from \S+demo-shop$/m);
  expect(output).toMatch(/API docs +http:\S+\/docs/);
  expect(output.includes(String.fromCharCode(27))).toBe(false);
  const stops = [...output.matchAll(/^Stopping (\w+) \.\.\.$/gm)].map((match) => match[1]);
  expect(stops).toEqual(['API', 'worker', 'desk', 'Temporal']);
  expect(code).toBe(0);
  expect(processesOf(stateDir)).toEqual([]);
});

it('started again, it goes on with the same tickets; a second one is refused; what dies of it is started again', async () => {
  const holder = net.createServer();
  const busy = await listening(holder);
  const run = up([], { DESKHAND_PORT: String(busy) });
  running = run;
  const [, desk = ''] = await saying(run, /Desk +(http:\S+)/);
  expect(run.output()).toMatch(
    new RegExp(`Port ${busy} is taken by .*pid ${process.pid}.*; the API uses \\d+`),
  );
  holder.close();
  // Ana's ticket is there: its conversation is shown again, and no other is opened.
  await saying(run, /Ana Costa, a customer of the demo shop, opened ticket 1:/);
  await saying(run, /#1 Ana Costa +Where is my order\?\n +#1 understood[^]*#1 rule[^]*#1 reply, Deskhand/);
  // The last words stand below it.
  await saying(
    run,
    /#1 reply, Deskhand[^]*[^\n]\n\nThe desk page takes more messages.*Ctrl-C stops everything/,
  );
  const page = openDeskPage(desk);
  expect((await page.tickets()).map(({ id }) => id)).toEqual([1]);

  // In the next terminal, with no settings but the state folder: what took other ports than the usual is found.
  const elsewhere = { DESKHAND_STATE_DIR: stateDir };
  const shown = await new Command(['ticket', 'show', 'zendesk', '1'], elsewhere).ended;
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toMatch(/Rule +order-in-transit/);
  const doctor = await new Command(['doctor'], elsewhere).ended;
  for (const part of ['Temporal', 'desk', 'policy', 'mail', 'poll', 'API']) {
    expect(doctor.out).toMatch(new RegExp(`^ok +${part}: `, 'm'));
  }
  expect(doctor.out).toMatch(/^ok +policy: in force: p-[0-9a-f]{12} from \S+demo-shop \(/m);
  expect(doctor.code).toBe(0);

  const second = up([]);
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toMatch(new RegExp(`runs on ${stateDir} already: pid ${run.child.pid ?? 0}`));

  const worker = processesOf(stateDir).find((line) => line.endsWith('deskhand.mjs worker '));
  process.kill(Number(worker?.split(' ')[0]), 'SIGKILL');
  await saying(run, /worker ended \(SIGKILL\); it starts again in 1 s/);
  await saying(run, /worker runs again/);
  const server = processesOf(stateDir).find((line) => line.includes('start-dev'));
  process.kill(Number(server?.split(' ')[0]), 'SIGKILL');
  await saying(
    run,
    /Temporal ended by itself \(signal SIGKILL\).*It starts again in 1 s; tickets wait, and go on/,
  );
  await saying(run, /Temporal runs again\./);
  await page.ask('Where is my order?');
  await saying(run, /#2 reply, Deskhand/);
});

it('killed with -9, the children end by themselves and the next start takes the rest over; Ctrl-C leaves nothing', async () => {
  running?.child.kill('SIGKILL');
  await running?.exitCode;
  // Its file with the addresses is still there, and misleads nobody: the usual ones hold.
  expect(existsSync(path.join(stateDir, 'running.json'))).toBe(true);
  const lost = await new Command(['doctor'], { DESKHAND_STATE_DIR: stateDir }).ended;
  expect(lost.out).toMatch(/^DESKHAND_PORT +4600 +default$/m);
  await until('only Temporal to be left', () =>
    Promise.resolve(processesOf(stateDir).every((line) => line.includes('start-dev')) ? true : null),
  );
  expect(processesOf(stateDir)).toHaveLength(1);
  const next = up([]);
  await saying(next, /opened ticket 2:[^]*#2 reply, Deskhand/);
  expect(next.output()).toContain('that an earlier run left behind');
  next.child.kill('SIGINT');
  expect(await next.exitCode).toBe(0);
  expect(processesOf(stateDir)).toEqual([]);
  for (const name of ['worker', 'api', 'desk', 'temporal']) {
    expect(existsSync(path.join(stateDir, `${name}.log`))).toBe(true);
  }
  // What the worker of the start before had to say can still be read.
  expect(readFileSync(path.join(stateDir, 'worker.previous.log'), 'utf8')).toContain('worker ready');
  const nobody = { DESKHAND_STATE_DIR: stateDir, DESKHAND_PORT: '1' };
  const later = await new Command(['ticket', 'list'], nobody).ended;
  expect(later.err).toContain('The API does not answer at http://127.0.0.1:1 ');
});

describe('that cannot start says why on one screen, exits with 1 and leaves nothing', () => {
  const elsewhere = (name: string): string => path.join(folder, name);
  const failing: [string, () => Record<string, string>, RegExp][] = [
    [
      'a policy that is not there',
      () => ({ DESKHAND_POLICY: '/nowhere/policy' }),
      /^The policy in \/nowhere\/policy has one mistake:\n.*the folder does not exist.*\n.*set DESKHAND_POLICY/,
    ],
    ['a setting that is wrong', () => ({ DESKHAND_PORT: 'many' }), /DESKHAND_PORT/],
    [
      'a Temporal server that does not answer',
      () => ({ TEMPORAL_ADDRESS: '127.0.0.1:1' }),
      /does not answer at 127\.0\.0\.1:1/,
    ],
    [
      '--once with a real desk',
      () => ({
        ZENDESK_API_URL: 'https://acme.zendesk.com/api/v2',
        ZENDESK_OAUTH_TOKEN: 'token-token-token',
      }),
      /--once asks a question on the embedded desk/,
    ],
  ];
  it.each(failing)('%s', async (name, env, reason) => {
    const dir = elsewhere(name.replaceAll(' ', '-'));
    const run = up(['--once'], {
      TEMPORAL_ADDRESS: readTestRun().address,
      DESKHAND_STATE_DIR: dir,
      ...env(),
    });
    expect(await run.exitCode).toBe(1);
    expect(run.output()).toMatch(reason);
    expect(run.output()).not.toMatch(/^ +at .*:\d+:\d+/m);
    expect(run.output().split('\n').length).toBeLessThan(40);
    expect(processesOf(dir)).toEqual([]);
  });
});
