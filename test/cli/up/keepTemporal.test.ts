/** Temporal dies while `deskhand up` runs: it is started again at its place, and let be only when it dies again and again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { keepTemporal, type KeptTemporal, type Place } from '../../../src/cli/up/keepTemporal';
import { until } from '../../support/until';

/** Servers as processes that do nothing but live. */
class Servers {
  readonly started: ChildProcess[] = [];
  readonly places: Place[] = [];
  readonly said: string[] = [];
  readonly givenUp: string[] = [];
  /** What the next starts do in place of starting. */
  readonly failing: Error[] = [];
  nextPort: number | null = null;

  async keep(more: { firstPauseMs?: number; stableMs?: number } = {}): Promise<KeptTemporal> {
    return keepTemporal(
      { port: 7233, uiPort: 8233 },
      {
        start: (place, onExit) => this.start(place, onExit),
        onProgress: (line) => this.said.push(line),
        onGivenUp: (why) => this.givenUp.push(why),
        firstPauseMs: 1,
        ...more,
      },
    );
  }

  private start(place: Place, onExit: (why: string) => void) {
    this.places.push(place);
    const failure = this.failing.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    this.started.push(child);
    let wanted = true;
    child.once('exit', (_code, signal) => {
      if (wanted) onExit(`Temporal ended by itself (signal ${signal ?? 'none'})`);
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const port = this.nextPort ?? 7300;
    return Promise.resolve({
      address: `127.0.0.1:${port}`,
      uiUrl: 'http://localhost:8300',
      metricsUrl: 'http://127.0.0.1:1/metrics',
      pid: child.pid ?? 0,
      stop: async () => {
        wanted = false;
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGTERM');
        await ended;
      },
    });
  }

  kill(): void {
    this.started.at(-1)?.kill('SIGKILL');
  }

  untilStarts(count: number): Promise<unknown> {
    return until(`${count} starts`, () => Promise.resolve(this.started.length === count ? true : null));
  }

  living(): number {
    return this.started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length;
  }
}

let servers: Servers;
beforeEach(() => {
  servers = new Servers();
});
afterEach(() => {
  servers.started.forEach((child) => child.kill('SIGKILL'));
});
const again = 'It starts again in 0.001 s; tickets wait, and go on where they were.';

it('it is started again where it was, which everybody has, and says so', async () => {
  const kept = await servers.keep();
  expect(kept).toMatchObject({ address: '127.0.0.1:7300', uiUrl: 'http://localhost:8300' });
  servers.kill();
  await servers.untilStarts(2);
  await until('the word', () => Promise.resolve(servers.said.length === 2 ? true : null));
  expect(servers.said).toEqual([
    `Temporal ended by itself (signal SIGKILL). ${again}`,
    'Temporal runs again.',
  ]);
  expect(servers.places).toEqual([
    { port: 7233, uiPort: 8233 },
    { port: 7300, uiPort: 8300 },
  ]);
  await kept.stop();
  expect(servers.living()).toBe(0);
  expect(servers.said).toHaveLength(2);
});

it('one that dies again and again is let be, with the last word why', async () => {
  const kept = await servers.keep();
  for (let starts = 1; starts <= 6; starts += 1) {
    await servers.untilStarts(starts);
    servers.kill();
  }
  await until('it to be given up', () => Promise.resolve(servers.givenUp.length > 0 ? true : null));
  expect(servers.givenUp).toEqual(['Temporal ended by itself (signal SIGKILL)']);
  const pauses = servers.said.flatMap((line) => /again in ([\d.]+) s/.exec(line)?.[1] ?? []);
  expect(pauses).toEqual(['0.001', '0.002', '0.004', '0.008', '0.016']);
  await kept.stop();
  expect(servers.started).toHaveLength(6);
});

it('one that has lived for a while begins with the first pause, however often it has died before', async () => {
  const kept = await servers.keep({ stableMs: -1 });
  for (let starts = 1; starts <= 8; starts += 1) {
    await servers.untilStarts(starts);
    servers.kill();
  }
  await servers.untilStarts(9);
  expect(servers.givenUp).toEqual([]);
  expect(servers.said.filter((line) => line.endsWith(again))).toHaveLength(8);
  await kept.stop();
});

it('a start that fails is tried again, and told', async () => {
  const kept = await servers.keep();
  servers.failing.push(new Error('Temporal does not answer'));
  servers.kill();
  await servers.untilStarts(2);
  expect(servers.said[1]).toMatch(/^Temporal does not answer\. It starts again in 0.002 s;/);
  await kept.stop();
});

it('at another port nobody would find it: it is stopped there, and tried again', async () => {
  const kept = await servers.keep();
  servers.nextPort = 7301;
  servers.kill();
  await until('the word', () => Promise.resolve(servers.said.length > 1 ? true : null));
  servers.nextPort = null;
  expect(servers.said[1]).toMatch(/^Temporal's port 7300 was taken by something else meanwhile\. It starts/);
  await until('it to run', () =>
    Promise.resolve(servers.said.includes('Temporal runs again.') ? true : null),
  );
  expect(servers.living()).toBe(1);
  await kept.stop();
});

it('stopped while it waits to start again, it is not started', async () => {
  const kept = await servers.keep({ firstPauseMs: 60_000 });
  servers.kill();
  await until('the word', () => Promise.resolve(servers.said.length > 0 ? true : null));
  await kept.stop();
  expect(servers.started).toHaveLength(1);
});

it('the first start fails as it always has', async () => {
  servers.failing.push(new Error('its database is broken'));
  await expect(servers.keep()).rejects.toThrow('its database is broken');
});
