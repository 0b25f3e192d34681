/**
 * A key names a ticket and a message, and two desks may both have those. Where they share a shop and its ledgers, the
 * keys of the one must not be taken for the other's: its refund would be answered as done, and never be made.
 */
import type { DeskAccount } from '../contracts/messages';
import type { Allowances, Gift, Shop } from './port';

/** As the accounts that share a shop call themselves to it; the first keeps its keys as they are. */
export interface OwnKeys {
  shop(shared: Shop): Shop;
  allowances(shared: Allowances): Allowances;
  /** What counts tries or mails for one order. */
  perOrder(shared: PerOrder): PerOrder;
}

interface PerOrder {
  take(order: string, key: string): Promise<boolean>;
}

/** @param ledgers - the first account with the same shop. */
export function ownKeysOf({ desk, account }: DeskAccount, ledgers: DeskAccount): OwnKeys {
  const isFirst = desk === ledgers.desk && account === ledgers.account;
  const own = (key: string) => (isFirst ? key : `${desk}/${account}/${key}`);
  const ownGift = (gift: Gift): Gift => ({ ...gift, key: own(gift.key) });
  return {
    shop: (shared) => ({
      findByNumber: (number, signal) => shared.findByNumber(number, signal),
      findByCustomer: (email, signal) => shared.findByCustomer(email, signal),
      act: (action, key, signal) => shared.act(action, own(key), signal),
    }),
    allowances: (shared) => ({
      take: (gift) => shared.take(ownGift(gift)),
      giveBack: (gift) => shared.giveBack(ownGift(gift)),
      left: (whom, limits) => shared.left(whom, limits),
    }),
    perOrder: (shared) => ({ take: (order, key) => shared.take(order, own(key)) }),
  };
}
