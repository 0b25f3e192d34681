import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Command } from 'commander';
import { readSettings } from '../../config/settings';
import { createLogger } from '../../log/logger';
import { connectNativeForWorker, connectTemporal } from '../../temporal/connection';
import { registerSearchAttributes } from '../../temporal/registerSearchAttributes';
import { startWorkers } from '../startWorkers';
import { temporalTarget } from '../temporalTarget';
import { untilStopped } from '../untilStopped';

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('run the workflows and their activities; any number of them may run')
    .action(async () => {
      const settings = readSettings(process.env);
      const logger = createLogger('worker', settings.logLevel);
      Runtime.install({ logger: new DefaultLogger('WARN') });
      const target = temporalTarget(settings);
      const temporal = await connectTemporal(target);
      await registerSearchAttributes(temporal.connection, target.namespace);
      const nativeConnection = await connectNativeForWorker(target);
      try {
        const workers = await startWorkers(settings, { client: temporal.client, nativeConnection }, logger);
        console.log('worker ready');
        await Promise.race([untilStopped(), workers.finished]);
        await workers.stop();
      } finally {
        await nativeConnection.close();
        await temporal.close();
      }
    });
}
