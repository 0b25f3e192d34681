/** `deskhand up` as people run it: the real program with all its processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { openDeskPage } from '../../src/cli/up/embeddedDesk';
import { freePort } from '../../src/temporal/provision/ports';
import { readTestRun, repository } from '../support/testRun';
import { until } from '../support/until';

let folder: string;
let stateDir: string;
const started: Run[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskhand-up-'));
  stateDir = path.join(folder, 'state');
  // The program that this test run uses, found as on any machine that has it.
  mkdirSync(path.join(folder, 'bin'));
  const script = `#!/bin/sh\nexec ${readTestRun().cli} "$@"\n`;
  writeFileSync(path.join(folder, 'bin', 'temporal'), script, { mode: 0o755 });
});
afterAll(async () => {
  for (const run of started) {
    if (run.child.exitCode === null) run.child.kill('SIGTERM');
    await run.exitCode;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  output(): string;
}

function up(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const own = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|DESKHAND|ZENDESK)_/.test(name));
  const child = spawn(process.execPath, [path.join(repository, 'bin/deskhand.mjs'), 'up', ...args], {
    cwd: repository,
    env: {
      ...Object.fromEntries(own),
      PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      DESKHAND_STATE_DIR: stateDir,
      DESKHAND_PORT: '0',
      DESKHAND_DESK_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (text += data.toString()));
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  const run = { child, exitCode, output: () => text };
  started.push(run);
  return run;
}

/** Processes that belong to a state folder, by what they were started with. */
function processesOf(dir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const about = ['cmdline', 'environ'].map((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'utf8');
        } catch {
          return '';
        }
      });
      return about.some((text) => text.includes(dir))
        ? [`${pid} ${about[0]?.replaceAll('\0', ' ') ?? ''}`]
        : [];
    });
}

function saying(run: Run, pattern: RegExp): Promise<RegExpExecArray> {
  return until(
    `${String(pattern)} in:\n${run.output()}`,
    () => Promise.resolve(pattern.exec(run.output())),
    90_000,
  );
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
  expect(output).toMatch(/API docs +http:\S+\/docs/);
  expect(output.includes(String.fromCharCode(27))).toBe(false);
  const stops = [...output.matchAll(/^Stopping (\w+) \.\.\.$/gm)].map((match) => match[1]);
  expect(stops).toEqual(['API', 'worker', 'desk', 'Temporal']);
  expect(code).toBe(0);
  expect(processesOf(stateDir)).toEqual([]);
}, 150_000);

it('started again, it goes on with the same tickets; a second one is refused; Ctrl-C leaves nothing', async () => {
  const busy = await freePort();
  const holder = net.createServer().listen(busy, '127.0.0.1');
  const run = up([], { DESKHAND_PORT: String(busy) });
  const [, desk = ''] = await saying(run, /Desk +(http:\S+)/);
  expect(run.output()).toMatch(
    new RegExp(`Port ${busy} is taken by .*pid ${process.pid}.*; the API uses \\d+`),
  );
  holder.close();
  await saying(run, /#2 reply, Deskhand/);
  const page = openDeskPage(desk);
  expect((await page.tickets()).map(({ id }) => id).sort()).toEqual([1, 2]);
  expect(run.output()).not.toContain('#1 ');

  const second = up([]);
  expect(await second.exitCode).toBe(1);
  expect(second.output()).toMatch(new RegExp(`runs on ${stateDir} already: pid ${run.child.pid ?? 0}`));

  const worker = processesOf(stateDir).find((line) => line.endsWith('deskhand.mjs worker '));
  process.kill(Number(worker?.split(' ')[0]), 'SIGKILL');
  await saying(run, /worker ended \(SIGKILL\); it starts again in 1 s/);
  await saying(run, /worker runs again/);
  await page.ask('Where is my order?');
  await saying(run, /#3 reply, Deskhand/);

  run.child.kill('SIGINT');
  expect(await run.exitCode).toBe(0);
  expect(processesOf(stateDir)).toEqual([]);
}, 240_000);

it('killed with -9, the children end by themselves and the next start takes the rest over', async () => {
  const run = up([]);
  await saying(run, /#4 reply, Deskhand/);
  run.child.kill('SIGKILL');
  await run.exitCode;
  await until(
    'only Temporal to be left',
    () => Promise.resolve(processesOf(stateDir).every((line) => line.includes('start-dev')) ? true : null),
    60_000,
  );
  expect(processesOf(stateDir)).toHaveLength(1);
  const next = up(['--once']);
  expect(await next.exitCode).toBe(0);
  expect(next.output()).toContain('that an earlier run left behind');
  expect(processesOf(stateDir)).toEqual([]);
}, 240_000);

describe('that cannot start says why on one screen, exits with 1 and leaves nothing', () => {
  const elsewhere = (name: string): string => path.join(folder, name);
  const failing: [string, () => NodeJS.ProcessEnv, RegExp][] = [
    [
      'a policy that is not there',
      () => ({ DESKHAND_POLICY: '/nowhere/policy' }),
      /worker ended at once[^]*nowhere/,
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
  it.each(failing)(
    '%s',
    async (name, env, reason) => {
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
    },
    150_000,
  );
});
