/** Who holds a port that is taken, or how to find out. */
import { once } from 'node:events';
import net from 'node:net';
import { byWhomHeld, commandToAsk } from '../../src/cli/portHolderWords';

test('a process of ours is named, with its id', async () => {
  const holder = net.createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await byWhomHeld(port)).toMatch(new RegExp(`^ by .* \\(pid ${process.pid}\\)$`));
  holder.close();
});

test('of one that the system does not show, the command that does', async () => {
  // Nobody listens there: it is shown as little as what another user runs.
  expect(await byWhomHeld(1)).toMatch(/^ by a process that only an administrator sees \(.*\b1\b.*\)$/);
});

test.each([
  ['linux', 'sudo ss -ltnp "sport = :7233"'],
  ['darwin', 'sudo lsof -nP -iTCP:7233 -sTCP:LISTEN'],
  ['win32', 'netstat -ano | findstr :7233'],
] as const)('on %s it is asked by %s', (platform, command) => {
  expect(commandToAsk(7233, platform)).toBe(command);
});
