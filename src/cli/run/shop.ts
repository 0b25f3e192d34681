import { startShopServer } from '../../orders/http/shopServer';
import { openDemoShop } from '../../orders/demoShop';
import { demoOrdersFile } from '../../orders/openShop';
import { CommandError } from '../failure';
import { untilStopped } from '../untilStopped';
import { begin } from './begin';

/** To try the contract of docs/shop-api.openapi.yaml out: the same two variables are set where Deskhand runs. */
export async function runShop(): Promise<void> {
  const { settings } = begin('shop');
  const [{ shop }] = settings.accounts;
  const url = shop.kind === 'http' ? new URL(shop.apiUrl) : null;
  if (shop.kind !== 'http' || url === null || !isHere(url)) {
    throw new CommandError(
      'Set SHOP_API_URL to where it shall listen on this machine, such as http://127.0.0.1:4620, and SHOP_API_TOKEN to any word.',
    );
  }
  const server = await startShopServer({
    host: url.hostname,
    port: Number(url.port),
    token: shop.token,
    shop: openDemoShop({ file: demoOrdersFile(settings), clock: Date.now }),
  });
  console.log(`Shop ${server.url}  contract docs/shop-api.openapi.yaml`);
  await untilStopped();
  await server.close();
}

function isHere({ protocol, hostname, pathname, port }: URL): boolean {
  return (
    protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname) && pathname === '/' && port !== ''
  );
}
