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
