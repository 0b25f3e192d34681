import { startEmbeddedDesk } from '../../helpdesk/embedded/zendesk/desk';
import { startEmbeddedFreshdesk } from '../../helpdesk/embedded/freshdesk/startFreshdesk';
import { demoCustomers } from '../../orders/demoShop';
import { apiUrl } from '../apiClient';
import { CommandError } from '../failure';
import { sayReady } from '../sayReady';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

export async function runDesk(): Promise<void> {
  const { settings, logger } = begin('desk');
  if (settings.desk.kind !== 'embedded') {
    const name = `${settings.desk.kind.toUpperCase()}_API_URL`;
    throw new CommandError(`${name} is set: that desk is used. Unset it to run the embedded one.`);
  }
  const { desk: name, port } = settings.desk;
  const start = name === 'freshdesk' ? startEmbeddedFreshdesk : startEmbeddedDesk;
  const desk = await start({
    host: '127.0.0.1',
    port,
    stateDir: settings.stateDir,
    webhook: {
      url: `${apiUrl(settings)}/webhooks/${name}`,
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
