/** From the settings to the shop they mean. */
import path from 'node:path';
import type { Settings } from '../config/settings';
import { openDemoShop } from './demoShop';
import { createHttpShop } from './http/createHttpShop';
import type { Shop } from './port';
import { createShopifyShop } from './shopify/createShopifyShop';

/** The demo shop's orders, for people to edit. */
export function demoOrdersFile({ stateDir }: Pick<Settings, 'stateDir'>): string {
  return path.join(stateDir, 'orders.json');
}

/** What people must know who answer real customers from the demo shop's file; null: nobody does. */
export function demoOrdersOfRealDesk(settings: Pick<Settings, 'desk' | 'shop' | 'stateDir'>): string | null {
  if (settings.desk.kind === 'embedded' || settings.shop.kind !== 'demo') return null;
  return (
    `orders are looked up in the demo shop's file ${demoOrdersFile(settings)}: set SHOPIFY_STORE or SHOP_API_URL, put ` +
    'your orders there, or let the policy hand off'
  );
}

export function openShop(settings: Pick<Settings, 'shop' | 'stateDir'>): Shop {
  const { shop } = settings;
  switch (shop.kind) {
    case 'demo':
      return openDemoShop({ file: demoOrdersFile(settings), clock: Date.now });
    case 'http':
      return createHttpShop(shop);
    case 'shopify':
      return createShopifyShop(shop);
  }
}
