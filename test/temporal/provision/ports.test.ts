/** Free ports, and who holds the others. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { choosePort, freePort, portHolder } from '../../../src/temporal/provision/ports';
import { listening } from '../../support/ports';
import { repository } from '../../support/testRun';

let said: string[];
const say = (line: string): void => void said.push(line);
const children: ChildProcess[] = [];
beforeEach(() => {
  said = [];
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process of its own that listens on `port`. */
async function listener(port: number, host = '127.0.0.1'): Promise<number> {
  const code = `require('net').createServer().listen(${port}, '${host}', () => console.log('listening'))`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

it('a free port is taken without a word', async () => {
  const port = await freePort();
  expect(await choosePort(port, 'the API', say)).toBe(port);
  expect(said).toEqual([]);
});

it('a busy one is told with who holds it, and the next is taken', async () => {
  const port = await freePort();
  const pid = await listener(port);
  const chosen = await choosePort(port, 'the API', say);
  expect(chosen).toBeGreaterThan(port);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    new RegExp(`^Port ${port} is taken by .*node.* \\(pid ${pid}\\); the API uses ${chosen}\\.$`),
  );
});

it('one that is promised already counts as busy', async () => {
  const port = await freePort();
  expect(await choosePort(port, 'the desk', say, { taken: [port] })).toBeGreaterThan(port);
});

it('one that another process has chosen counts as busy before anything listens there, until that process ends', async () => {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    // By short paths: the line that names the holder is cut, and node or a checkout may lie deep.
    ['--import', 'tsx', path.relative(repository, path.join(__dirname, 'choosesPort.ts')), String(port)],
    { argv0: 'node', cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString().trim()).toBe(String(port));
  expect(await choosePort(port, 'the desk', say)).toBeGreaterThan(port);
  expect(said[0]).toMatch(
    new RegExp(`^Port ${port} is taken by .*choosesPort.* \\(pid ${child.pid}\\); the desk uses`),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await choosePort(port, 'the desk', say)).toBe(port);
  // Again by the same process: it is its own.
  expect(await choosePort(port, 'the desk', say)).toBe(port);
});

it('0 gives any free port', async () => {
  const port = await choosePort(0, 'the API', say);
  const server = net.createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  server.close();
  expect(port).toBeGreaterThan(1_024);
});

it('a free port stays free until it is listened on, whoever asks for any port meanwhile', async () => {
  const promised = await Promise.all(Array.from({ length: 100 }, () => freePort()));
  for (let others = 0; others < 1_500; others += 1) {
    const other = net.createServer();
    expect(promised).not.toContain(await listening(other));
    await new Promise((resolve) => other.close(resolve));
  }
  const server = net.createServer().listen(promised[0], '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  server.close();
});

it('finds the holder on IPv6 and on all addresses', async () => {
  const port = await freePort();
  const pid = await listener(port, '::');
  expect((await portHolder(port))?.pid).toBe(pid);
});

it('nobody holds a free port', async () => {
  expect(await portHolder(await freePort())).toBeNull();
});

it('an address that this machine does not have is an error, not a busy port', async () => {
  await expect(choosePort(4_600, 'the API', say, { host: '192.0.2.1' })).rejects.toThrow(/EADDRNOTAVAIL/);
});
