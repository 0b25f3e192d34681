import { Runtime } from '@temporalio/worker';
import type { Logger } from '../../log/logger';
import { temporalLogger } from '../../log/temporalLogger';
import { connectNativeForWorker, connectTemporal } from '../../temporal/connection';
import { registerSearchAttributes } from '../../temporal/registerSearchAttributes';
import { CommandError } from '../failure';
import { startWorkers } from '../engine/startWorkers';
import { temporalTarget } from '../temporalTarget';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

export async function runWorker(): Promise<void> {
  const { settings, logger } = begin('worker');
  installRuntime(logger, settings.workerMetricsAddress);
  const target = temporalTarget(settings);
  const temporal = await connectTemporal(target);
  try {
    await registerSearchAttributes(temporal.connection, target.namespace);
    const nativeConnection = await connectNativeForWorker(target);
    try {
      const workers = await startWorkers(settings, { client: temporal.client, nativeConnection }, logger);
      console.log('worker ready');
      await Promise.race([untilStopped(), workers.finished]);
      await workers.stop();
    } finally {
      await nativeConnection.close();
    }
  } finally {
    await temporal.close();
  }
}

/** https://docs.temporal.io/references/sdk-metrics */
function installRuntime(ours: Logger, metricsAddress: string | null): void {
  const logger = temporalLogger(ours);
  if (metricsAddress === null) {
    Runtime.install({ logger });
    return;
  }
  try {
    const metrics = { prometheus: { bindAddress: metricsAddress } };
    Runtime.install({ logger, telemetryOptions: { metrics } });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `The worker's metrics cannot be served at ${metricsAddress} (${why}): set DESKHAND_WORKER_METRICS to an ` +
        'IP address and port of this machine that is free, or unset it.',
    );
  }
}
