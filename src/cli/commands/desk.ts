import type { Command } from 'commander';
import { readSettings } from '../../config/settings';
import { startEmbeddedDesk } from '../../helpdesk/embedded/desk';
import { createLogger } from '../../log/logger';
import { apiUrl } from '../apiClient';
import { CommandError } from '../failure';
import { untilStopped } from '../untilStopped';

export function addDeskCommand(program: Command): void {
  program
    .command('desk')
    .description('run the embedded desk by itself')
    .action(async () => {
      const settings = readSettings(process.env);
      if (settings.desk.kind !== 'embedded') {
        throw new CommandError(
          'ZENDESK_API_URL is set: that desk is used. Unset it to run the embedded one.',
        );
      }
      const desk = await startEmbeddedDesk({
        host: '127.0.0.1',
        port: settings.desk.port,
        stateDir: settings.stateDir,
        webhook: {
          url: `${apiUrl(settings)}/webhooks/zendesk`,
          ...(settings.webhookSecret === null ? {} : { secret: settings.webhookSecret }),
        },
        log: createLogger('desk', settings.logLevel),
      });
      console.log(`Desk ${desk.url}  API ${desk.apiUrl}`);
      await untilStopped();
      await desk.close();
    });
}
