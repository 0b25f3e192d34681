import { Command } from '../cli/processes';
import type { Deskhand } from './deskhand';

/** `deskhand worker` as a user starts it, for a Deskhand without workers of its own; ready, and to be killed. */
export async function startWorkerProcess(
  { temporal, folder }: Deskhand,
  env: Readonly<Record<string, string>> = {},
): Promise<Command> {
  const worker = new Command(['worker'], {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    DESKHAND_STATE_DIR: folder,
    DESKHAND_POLL_SECONDS: '0',
    DESKHAND_LOG_LEVEL: 'error',
    ...env,
  });
  try {
    await worker.says(/worker ready/);
    return worker;
  } catch (error) {
    await worker.kill();
    throw error;
  }
}
