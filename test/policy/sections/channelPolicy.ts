/** A small policy with channels, and what it says on each of them. */
import type { Plan } from '../../../src/core/policy/plan';
import type { Order } from '../../../src/orders/port';
import { createPolicyProcessor } from '../../../src/policy/processor';
import type { LoadedPolicy } from '../../../src/policy/policy';
import type { Edits } from '../smallPolicy';
import { inputOf, order, parcel, shopOf, type Said } from '../support';

const framed = `
greeting: 'Hello{% if customer.name %} {{ customer.name }}{% endif %},'
sign-off: 'Kind regards, {{ shop.name }}'
`;
const framedGerman = `
greeting: 'Guten Tag{% if customer.name %} {{ customer.name }}{% endif %},'
sign-off: 'Freundliche Grüße, {{ shop.name }}'
`;

/** @param block - of policy.yaml; "" for none. */
export function edits(block: string, english = '', german = ''): Edits {
  return {
    ...(block === '' ? {} : { 'policy.yaml': (text) => `${text}channels:\n${block}\n` }),
    'templates/en.yaml': (text) => `${text}${framed}${english}\n`,
    'templates/de.yaml': (text) => `${text}${framedGerman}${german}\n`,
  };
}

export const late = order({ status: 'late', shipments: [parcel({ expectedOn: '2026-11-20' })] });

export async function planOn(
  policy: LoadedPolicy,
  channel: string,
  said: Said = {},
  orders: readonly Order[] = [late],
): Promise<Plan> {
  const input = { ...inputOf(said), channel };
  return createPolicyProcessor(policy, shopOf(...orders)).consult(input, new AbortController().signal);
}

export async function saidOn(
  policy: LoadedPolicy,
  channel: string,
  said: Said = {},
): Promise<string | undefined> {
  return replyOf(await planOn(policy, channel, said))?.text;
}

export function replyOf({ actions }: Plan) {
  return actions.find((action) => action.type === 'reply');
}

export function noteOf({ actions }: Plan): string {
  return actions.flatMap((action) => (action.type === 'note' ? [action.text] : [])).join('\n');
}
