/**
 * Where a running `deskhand up` can be reached: a file in its state folder. Ports may be others than the usual ones,
 * and the commands in the next terminal must find them.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { deskNames } from '../../helpdesk/deskNames';
import type { Settings } from '../../config/settings';
import { identify, isRunning } from '../../temporal/provision/processes';
import { CommandError } from '../failure';

const port = z.int().min(1).max(65_535);
const schema = z.object({
  pid: z.int().positive(),
  /** Opaque; tells this process from a later one with the same id. */
  started: z.string(),
  api: z.object({ host: z.string().min(1), port }),
  /** Null when the desk is elsewhere. */
  embeddedDesk: z.object({ desk: z.enum(deskNames), port }).nullable(),
  temporal: z.object({
    address: z.string().min(1),
    namespace: z.string().min(1),
    uiUrl: z.string().nullable(),
  }),
});

export type RunningDeskhand = Omit<z.infer<typeof schema>, 'pid' | 'started'>;

/** @param settings - with the addresses that are really used. */
export async function publishAddresses(settings: Settings, temporalAddress: string): Promise<void> {
  const self = await identify(process.pid);
  if (self === null) throw new CommandError('This system does not tell when a process was started.');
  const { api, desk, temporal } = settings;
  const content: z.infer<typeof schema> = {
    ...self,
    api: { host: api.host, port: api.port },
    embeddedDesk: desk.kind === 'embedded' ? { desk: desk.desk, port: desk.port } : null,
    temporal: { address: temporalAddress, namespace: temporal.namespace, uiUrl: temporal.uiUrl },
  };
  await mkdir(settings.stateDir, { recursive: true });
  await writeFileAtomic(fileOf(settings.stateDir), `${JSON.stringify(content, null, 2)}\n`);
}

export async function withdrawAddresses(stateDir: string): Promise<void> {
  await rm(fileOf(stateDir), { force: true });
}

/** Null when nothing runs on this state folder: a file whose process is gone, or that is damaged, tells nothing. */
export async function findRunningDeskhand(stateDir: string): Promise<RunningDeskhand | null> {
  let parsed: z.infer<typeof schema>;
  try {
    parsed = schema.parse(JSON.parse(await readFile(fileOf(stateDir), 'utf8')));
  } catch {
    return null;
  }
  const { pid, started, ...running } = parsed;
  return (await isRunning({ pid, started })) ? running : null;
}

function fileOf(stateDir: string): string {
  return path.join(stateDir, 'running.json');
}
