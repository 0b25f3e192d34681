import { deskKinds } from '../../helpdesk/deskKinds';
import { credentialsFile } from '../../helpdesk/embedded/common/credentials';
import { startEmbedded } from '../../helpdesk/embedded/embeddedDesks';
import { demoCustomers } from '../../orders/demoShop';
import { apiUrl } from '../apiClient';
import { CommandError } from '../failure';
import { sayReady } from '../sayReady';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

export async function runDesk(): Promise<void> {
  const { settings, logger } = begin('desk');
  const [{ desk: served, accountsFile, webhookSecret }] = settings.accounts;
  if (served.kind !== 'embedded') {
    const name = accountsFile === null ? deskKinds[served.kind].keys.address : 'DESKHAND_ACCOUNTS';
    throw new CommandError(`${name} is set: that desk is used. Unset it to run the embedded one.`);
  }
  const { desk: name, port } = served;
  const desk = await startEmbedded[name]({
    host: '127.0.0.1',
    port,
    stateDir: settings.stateDir,
    webhook: {
      url: `${apiUrl(settings)}/webhooks/${name}`,
      ...(webhookSecret === null ? {} : { secret: webhookSecret }),
    },
    customers: demoCustomers,
    log: logger,
  });
  console.log(`Desk ${desk.url}  API ${desk.apiUrl}`);
  console.log(`Who signs in, and the webhook's secret: ${credentialsFile(settings.stateDir, name)}`);
  sayReady();
  await untilStopped();
  await desk.close();
}
