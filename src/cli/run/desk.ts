import { startEmbeddedDesk } from '../../helpdesk/embedded/desk';
import { demoCustomers } from '../../orders/demoShop';
import { apiUrl } from '../apiClient';
import { CommandError } from '../failure';
import { sayReady } from '../sayReady';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

export async function runDesk(): Promise<void> {
  const { settings, logger } = begin('desk');
  if (settings.desk.kind !== 'embedded') {
    throw new CommandError('ZENDESK_API_URL is set: that desk is used. Unset it to run the embedded one.');
  }
  const desk = await startEmbeddedDesk({
    host: '127.0.0.1',
    port: settings.desk.port,
    stateDir: settings.stateDir,
    webhook: {
      url: `${apiUrl(settings)}/webhooks/zendesk`,
      ...(settings.webhookSecret === null ? {} : { secret: settings.webhookSecret }),
    },
    customers: demoCustomers,
    log: logger,
  });
  console.log(`Desk ${desk.url}  API ${desk.apiUrl}`);
  sayReady();
  await untilStopped();
  await desk.close();
}
