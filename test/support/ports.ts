import type net from 'node:net';
import { choosePort } from '../../src/temporal/provision/ports';

/** Below those that the system gives to connections: one of these would take the port while nobody listens there. */
const range = { from: 20_000, count: 10_000 };

/** A free port that stays this test's, also while what listens there is down. */
export function ownPort(): Promise<number> {
  const preferred = range.from + Math.floor(Math.random() * range.count);
  return choosePort(preferred, 'a test', () => undefined);
}

/** Any port that nobody else can have until the server is closed. */
export async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
