import type { Settings } from '../../config/settings';
import { OrderFileError } from '../../orders/demoOrderFile';
import { openShop } from '../../orders/openShop';

const withinMs = 5_000;

/** What is wrong with the demo shop's file, with its place: until it is mended customers wait. Null: nothing. */
export async function brokenOrders(settings: Settings): Promise<string | null> {
  if (settings.shop.kind !== 'demo') return null;
  try {
    await openShop(settings).findByNumber('deskhand-up', AbortSignal.timeout(withinMs));
    return null;
  } catch (error) {
    if (error instanceof OrderFileError) return error.message;
    throw error;
  }
}
