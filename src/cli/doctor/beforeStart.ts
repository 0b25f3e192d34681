/**
 * Before the first start nothing of ours runs, but something may listen where Temporal and the API usually are: the
 * Deskhand of another clone, a server for other work. `npm start` leaves it alone and takes free ports.
 */
import { once } from 'node:events';
import net from 'node:net';
import { status } from '@grpc/grpc-js';
import { isGrpcServiceError } from '@temporalio/client';
import axios from 'axios';
import { z } from 'zod';
import { readApiToken } from '../../config/apiToken';
import type { EngineSettings } from '../../config/settings';
import { connectTemporal, type TemporalTarget } from '../../temporal/connection';
import { missingSearchAttributes } from '../../temporal/registerSearchAttributes';
import { apiUrl, briefly, isDeskhand } from '../apiClient';
import { byWhomHeld } from '../portHolderWords';
import { findRunningDeskhand } from '../up/runningDeskhand';

/** Tickets, or a problem document. */
const ourAnswer = z.union([z.object({ tickets: z.array(z.unknown()) }), z.object({ detail: z.string() })]);

/** Nothing runs on this state folder, and no address says that something does elsewhere. */
export async function nothingIsMeantToRun(
  settings: EngineSettings,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (settings.temporal.address !== null || (env['DESKHAND_PORT'] ?? '').trim() !== '') return false;
  if ((await findRunningDeskhand(settings.stateDir)) !== null) return false;
  return !(await takesOurToken(settings));
}

/** A server that was started by hand on this state folder made the token that lies there. */
async function takesOurToken(settings: EngineSettings): Promise<boolean> {
  try {
    if (!(await isDeskhand(apiUrl(settings)))) return false;
    const { status: answered, data } = await axios.get<unknown>(`${apiUrl(settings)}/api/tickets?limit=1`, {
      ...briefly(),
      headers: { authorization: `Bearer ${await readApiToken(settings)}` },
      validateStatus: () => true,
    });
    return answered !== 401 && ourAnswer.safeParse(data).success;
  } catch {
    return false;
  }
}

const temporalComes = 'does not run yet; `npm start` finds or obtains a server and starts it';

/** @param target - where Temporal usually is. */
export async function temporalNotYet(target: TemporalTarget): Promise<string> {
  const url = new URL(`tcp://${target.address}`);
  const port = Number(url.port);
  if (!(await isListening(url, port))) return temporalComes;
  return temporalElsewhere(target.address, await whoseTemporal(target), await byWhomHeld(port));
}

/**
 * @param other - what kind of Temporal server it is; null: it is none.
 * @param holder - ` by node server.js (pid 123)`
 */
export function temporalElsewhere(address: string, other: string | null, holder: string): string {
  if (other === null)
    return `${temporalComes}, on another port: ${address} is taken${holder}, which is no Temporal server`;
  return (
    `${temporalComes}. What answers at ${address} is ${other}, held${holder}, and is left alone: ` +
    `TEMPORAL_ADDRESS=${address} makes it the one that is used`
  );
}

/** Null: it is none. */
async function whoseTemporal(target: TemporalTarget): Promise<string | null> {
  const { namespace } = target;
  try {
    const temporal = await connectTemporal(target);
    const missing = await missingSearchAttributes(temporal.connection, namespace).finally(temporal.close);
    return missing.length === 0
      ? 'a Temporal server that a Deskhand has used, started from elsewhere or by hand'
      : `a Temporal server that no Deskhand has used: its namespace "${namespace}" lacks our search attributes`;
  } catch (error) {
    const { cause } = error instanceof Error ? error : { cause: null };
    if (!isGrpcServiceError(cause)) return null;
    if (cause.code === status.NOT_FOUND) return `a Temporal server without the namespace "${namespace}"`;
    if (cause.code === status.UNAUTHENTICATED || cause.code === status.PERMISSION_DENIED)
      return 'a Temporal server that wants other credentials';
    return null;
  }
}

/** Known at once, where a Temporal client would try for seconds. */
export async function isListening({ hostname }: URL, port: number): Promise<boolean> {
  const socket = net.connect({ host: hostname.replace(/^\[|\]$/g, ''), port });
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

export async function apiNotYet(settings: Pick<EngineSettings, 'api'>): Promise<string> {
  return startedLater('does not run yet', new URL(apiUrl(settings)), settings.api.port);
}

/** @param port - of the demo's desk. */
export async function deskNotYet(port: number): Promise<string> {
  return startedLater("the demo's does not run yet", new URL('http://127.0.0.1'), port);
}

async function startedLater(words: string, url: URL, port: number): Promise<string> {
  const notYet = `${words}; \`npm start\` starts it`;
  if (!(await isListening(url, port))) return notYet;
  return `${notYet}, on another port: ${port} is taken${await byWhomHeld(port)}`;
}
