/** Hands the run's server from globalSetup to globalTeardown: they share a process, but no modules. */
import type { RunningServer } from '../../src/temporal/provision/startTemporalServer';

interface SharedServer {
  readonly server: RunningServer;
  readonly stateDir: string;
}

const holder = globalThis as typeof globalThis & { deskhandTestServer?: SharedServer };

export function rememberServer(shared: SharedServer): void {
  holder.deskhandTestServer = shared;
}

export function sharedServer(): SharedServer | undefined {
  return holder.deskhandTestServer;
}
