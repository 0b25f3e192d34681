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
import { describeHolder, portHolder } from '../../temporal/provision/ports';
import { missingSearchAttributes } from '../../temporal/registerSearchAttributes';
import { apiUrl } from '../apiClient';
import { findRunningDeskhand } from '../up/runningDeskhand';

const withinMs = 5_000;
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
    const { status: answered, data } = await axios.get<unknown>(`${apiUrl(settings)}/api/tickets?limit=1`, {
      headers: { authorization: `Bearer ${await readApiToken(settings)}` },
      timeout: withinMs,
      proxy: false,
      validateStatus: () => true,
    });
    return answered !== 401 && ourAnswer.safeParse(data).success;
  } catch {
    return false;
  }
}

/** @param target - where Temporal usually is. */
export async function temporalNotYet(target: TemporalTarget): Promise<string> {
  const notYet = 'does not run yet; `npm start` finds or obtains a server and starts it';
  const other = await whoseTemporal(target);
  if (other === null) return notYet;
  return (
    `${notYet}. What answers at ${target.address} is ${other}, and is left alone: ` +
    `TEMPORAL_ADDRESS=${target.address} makes it the one that is used`
  );
}

/** Null: none answers there. */
async function whoseTemporal(target: TemporalTarget): Promise<string | null> {
  const { address, namespace } = target;
  if (!(await isListening(address))) return null;
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
async function isListening(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = net.connect({ host: hostname, port: Number(port) });
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

export async function apiNotYet(settings: Pick<EngineSettings, 'api'>): Promise<string> {
  const { port } = settings.api;
  const holder = await portHolder(port);
  const elsewhere = holder === null ? '' : `, on another port: ${port} is taken${describeHolder(holder)}`;
  return `does not run yet; \`npm start\` starts it${elsewhere}`;
}
