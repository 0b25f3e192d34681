import type { Command } from 'commander';
import { readSettings } from '../../config/settings';
import { createLogger } from '../../log/logger';
import { connectTemporal } from '../../temporal/connection';
import { registerSearchAttributes } from '../../temporal/registerSearchAttributes';
import { startApi } from '../startApi';
import { temporalTarget } from '../temporalTarget';
import { untilStopped } from '../untilStopped';

export function addServerCommand(program: Command): void {
  program
    .command('server')
    .description('run the HTTP API; any number of them may run')
    .action(async () => {
      const settings = readSettings(process.env);
      const logger = createLogger('server', settings.logLevel);
      const temporal = await connectTemporal(temporalTarget(settings));
      try {
        await registerSearchAttributes(temporal.connection, settings.temporal.namespace);
        const server = await startApi(settings, temporal.client, logger);
        console.log(`API ${server.url}  docs ${server.url}/docs`);
        await untilStopped();
        await server.stop();
      } finally {
        await temporal.close();
      }
    });
}
