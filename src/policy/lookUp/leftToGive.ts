/**
 * What the limits over all tickets leave, known before anything is offered: no customer says yes to a refund that a
 * person must decide. It is only known; the accounts decide when it is given.
 */
import { isPortFailure } from '../../core/failure';
import { moneyOf } from '../../core/orders/moneyLimits';
import { moneyText, type OrderAction } from '../../core/orders/orderAction';
import type { Allowances, Order } from '../../orders/port';
import type { Facts } from '../facts/facts';
import type { LoadedPolicy, Rule } from '../policy';

/** Minor units of `currency`; null: nothing limits it. */
export type LeftToGive = (whom: {
  /** Whose order it is: the e-mail address, lower case. */
  readonly customer: string;
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly at: number;
}) => Promise<number | null>;

/** @param settings - of the policy in force, whichever version decides. */
export function leftWithin(
  { settings: { limits } }: Pick<LoadedPolicy, 'settings'>,
  allowances: Pick<Allowances, 'left'>,
): LeftToGive {
  return limits === undefined ? () => Promise.resolve(null) : (whom) => allowances.left(whom, limits);
}

/** As a fact: more than any amount. */
export const unlimited = Number.MAX_SAFE_INTEGER;

export async function leftOnOrder(
  { rules }: Pick<LoadedPolicy, 'rules'>,
  intent: string | null,
  orders: readonly Order[],
  at: number,
  leftToGive: LeftToGive,
): Promise<number> {
  const [order, ...others] = orders;
  const own = rules.perIntent.get(intent ?? '');
  const mayGive = giveMoney(rules.first) || (own !== undefined && giveMoney(own));
  if (order === undefined || others.length > 0 || !mayGive) return unlimited;
  const whom = { customer: order.customerEmail, currency: order.total.currency, at };
  // An account that does not answer keeps no message waiting: it is asked again in the moment of giving.
  const left = await leftToGive(whom).catch((error: unknown) => {
    if (isPortFailure(error)) return null;
    throw error;
  });
  return left ?? unlimited;
}

/** The same for every message: gone through once a policy. */
const rulesThatGive = new WeakMap<readonly Rule[], boolean>();

function giveMoney(rules: readonly Rule[]): boolean {
  const known = rulesThatGive.get(rules);
  if (known !== undefined) return known;
  const found = rules.some(givesMoney);
  rulesThatGive.set(rules, found);
  return found;
}

function givesMoney({ actions, needsApproval }: Rule): boolean {
  return (
    !needsApproval &&
    actions.some(
      (action) =>
        action.type === 'order' && (action.deed.type === 'refund' || action.deed.type === 'store-credit'),
    )
  );
}

/** @returns why a rule may not do this without a person, for agents; null when it may. */
export function overLimits(
  { needsApproval }: Pick<Rule, 'needsApproval'>,
  deeds: readonly OrderAction[],
  { limits, order }: Pick<Facts, 'limits' | 'order'>,
): string | null {
  const minor = deeds.reduce((sum, deed) => sum + (moneyOf(deed)?.minor ?? 0), 0);
  if (needsApproval || minor <= limits.left) return null;
  const { currency } = order;
  const left = moneyText({ minor: limits.left, currency });
  return `the limits over all tickets leave ${left}, and this is ${moneyText({ minor, currency })}`;
}
