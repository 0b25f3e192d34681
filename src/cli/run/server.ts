import { connectTemporal } from '../../temporal/connection';
import { registerSearchAttributes } from '../../temporal/registerSearchAttributes';
import { startApi } from '../engine/startApi';
import { sayReady } from '../sayReady';
import { temporalTarget } from '../temporalTarget';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

export async function runServer(): Promise<void> {
  const { settings, logger } = begin('server');
  const temporal = await connectTemporal(temporalTarget(settings));
  try {
    await registerSearchAttributes(temporal.connection, settings.temporal.namespace);
    const server = await startApi(settings, temporal.client, logger);
    console.log(`API ${server.url}  docs ${server.url}/docs`);
    sayReady();
    await untilStopped();
    await server.stop();
  } finally {
    await temporal.close();
  }
}
