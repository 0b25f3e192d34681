/**
 * Another delivery address. Shopify writes it and our mark in one update, so that an attempt that comes late does not
 * undo what a person changed since.
 * shopify.dev/docs/api/admin-graphql/2026-10/mutations/orderUpdate
 */
import { z } from 'zod';
import type { OrderAction, OrderActionOutcome } from '../../core/orders/orderAction';
import { claimInput, claimMetafield, claimPlace, keyTaken, type Deed } from './claims';
import { userErrorsText, userErrors } from './errorAnswers';
import type { AskShopify } from './graphql';
import type { ShopifyOrder } from './mapOrder';
import { readAddress as addressQuery, updateAddress } from './operations';
import { readAddress } from './postalAddress';

type ChangeAddress = Extract<OrderAction, { type: 'change-address' }>;

const text = z.string().nullable();
const addressAnswer = z.object({
  order: z
    .object({
      shippingAddress: z
        .object({
          firstName: text,
          lastName: text,
          name: text,
          company: text,
          phone: text,
          countryCodeV2: text,
          provinceCode: text,
        })
        .nullable(),
      metafield: claimMetafield,
    })
    .nullable(),
});
const updateAnswer = z.object({ orderUpdate: z.object({ userErrors }).nullable() });

/** @param whyNot - asked once it is sure that it was not changed for the same key before. */
export async function changeAddress(
  ask: AskShopify,
  { withWarehouse }: ShopifyOrder,
  action: ChangeAddress,
  deed: Deed,
  whyNot: () => string | null,
): Promise<OrderActionOutcome> {
  const variables = { id: deed.orderId, ...claimPlace(deed.id) };
  const { data } = await ask(addressQuery, variables, addressAnswer, deed.signal);
  const claim = data.order?.metafield ?? null;
  const taken = keyTaken(claim, deed);
  if (taken !== null) return taken;
  if (claim?.state === 'done') return { type: 'done', reference: null };
  const why = whyNot() ?? (withWarehouse ? 'The warehouse has the order already, with its address.' : null);
  if (why !== null) return { type: 'refused', why };
  const current = data.order?.shippingAddress ?? null;
  const reading = readAddress(action.address, {
    name: current?.name ?? null,
    country: current?.countryCodeV2 ?? null,
    province: current?.provinceCode ?? null,
  });
  if ('why' in reading) return { type: 'refused', why: reading.why };
  const { address1, address2, city, zip, province } = reading.address;
  const input = {
    id: deed.orderId,
    // The new address takes the place of the old one whole: who receives it is said again.
    shippingAddress: {
      firstName: current?.firstName ?? null,
      lastName: current?.lastName ?? null,
      company: current?.company ?? null,
      phone: current?.phone ?? null,
      countryCode: current?.countryCodeV2 ?? null,
      address1,
      address2,
      city,
      zip,
      provinceCode: province,
    },
    metafields: [claimInput(deed.id, { state: 'done', reference: null, of: deed.of })],
  };
  const updated = await ask(updateAddress, { input }, updateAnswer, deed.signal);
  const refusal = userErrorsText(updated.data.orderUpdate?.userErrors ?? []);
  return refusal === null ? { type: 'done', reference: null } : { type: 'refused', why: refusal };
}
