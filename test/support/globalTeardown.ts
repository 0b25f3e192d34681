import { rm } from 'node:fs/promises';
import { sharedServer } from './sharedServer';

export default async function globalTeardown(): Promise<void> {
  const shared = sharedServer();
  if (shared === undefined) return;
  await shared.server.stop();
  await rm(shared.stateDir, { recursive: true, force: true });
}
