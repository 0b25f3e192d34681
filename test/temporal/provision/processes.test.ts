/** When another process is gone: what it held is free then, not a moment later. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { identify, isRunning, terminate } from '../../../src/temporal/provision/processes';
import { choosePort } from '../../../src/temporal/provision/ports';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that listens, as Temporal does. */
async function listening(): Promise<{ pid: number; port: number }> {
  const program = `
    const server = require('node:net').createServer();
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { pid: child.pid ?? 0, port: Number(said.toString()) };
}

it('a killed process is gone only when its last thread is: its port is free then', async () => {
  // Half of them are caught while threads still end.
  for (let time = 0; time < 10; time++) {
    const { pid, port } = await listening();
    const identity = await identify(pid);
    if (identity === null) throw new Error(`no process ${pid}`);
    process.kill(pid, 'SIGKILL');
    while (await isRunning(identity)) continue;
    const said: string[] = [];
    expect(await choosePort(port, 'the next one', (line) => said.push(line))).toBe(port);
    expect(said).toEqual([]);
  }
});

it('a process that was asked to end is gone when that returns, and is not asked twice', async () => {
  const { pid, port } = await listening();
  const identity = await identify(pid);
  if (identity === null) throw new Error(`no process ${pid}`);
  await terminate(identity, 5_000);
  expect(await isRunning(identity)).toBe(false);
  expect(await identify(pid)).toBeNull();
  expect(await choosePort(port, 'the next one', () => undefined)).toBe(port);
  await terminate(identity, 5_000);
});

it('a process id that was given to another process is not the process we knew', async () => {
  const { pid } = await listening();
  const identity = await identify(pid);
  expect(identity).not.toBeNull();
  expect(await isRunning({ pid, started: `${identity?.started}1` })).toBe(false);
  await terminate({ pid, started: 'before' }, 1_000);
  expect(await identify(pid)).toEqual(identity);
});
