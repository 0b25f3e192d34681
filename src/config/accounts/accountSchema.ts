/** The file of accounts, as it is written. */
import { z } from 'zod';
import { longestPollSeconds } from '../../contracts/messages';
import { deskKinds } from '../../helpdesk/deskKinds';
import { deskNames, type DeskName } from '../../helpdesk/deskNames';
import { environment, factsOf, type VariableName } from '../variables';
import { httpUrl } from '../variableTypes';
import { variableName } from './secrets';

/** Where a secret is found: it never stands in the file itself. */
export const secretReference = z
  .union([
    z.strictObject({
      env: z
        .string()
        .regex(variableName, 'must be the name of a variable, in capital letters')
        .meta({ description: 'The environment variable that holds it.' }),
    }),
    z.strictObject({ file: z.string().min(1).meta({ description: 'The file that holds it alone.' }) }),
  ])
  .meta({
    title: 'reference to a secret',
    examples: [{ env: 'ACME_EU_TOKEN' }, { file: '/run/secrets/acme' }],
  });

const folder = z.string().min(1);
const mailAddress = z.email('must be an e-mail address');
const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{0,62}$/,
    'must be 1 to 63 small letters, digits, dots or dashes, such as acme-eu',
  );

const shop = z
  .strictObject({
    shopify: environment.shape.SHOPIFY_STORE.unwrap()
      .optional()
      .meta({ description: 'The shop at Shopify, `acme.myshopify.com`; with `accessToken`.' }),
    accessToken: secretReference.optional(),
    apiVersion: environment.shape.SHOPIFY_API_VERSION.optional(),
    address: environment.shape.SHOP_API_URL.unwrap()
      .optional()
      .meta({ description: 'Your own shop behind the contract of docs/orders.md; with `token`.' }),
    token: secretReference.optional(),
  })
  .meta({ description: 'Absent: the shop of the environment, which all accounts without one share.' });

/** What every account says, whichever desk it is of. */
const common = {
  name: name.meta({
    description: 'For people and ids. Of an account that was served without this file: what its ids have.',
  }),
  address: httpUrl(),
  webhookSecret: secretReference.optional(),
  requestsPerMinute: z.int().min(1).max(100_000).optional(),
  companyAddresses: z.array(mailAddress).optional(),
  pollSeconds: z.int().min(0).max(longestPollSeconds).optional(),
  policy: folder.optional().meta({ description: 'Folder of its policy. Absent: DESKHAND_POLICY.' }),
  brands: z
    .record(z.string().min(1), folder)
    .optional()
    .meta({ description: "By a brand's name on the desk: the folder of the policy that its tickets go by." }),
  shop: shop.optional(),
};

/** Without the desk's own keys, which say who signs in. */
export const commonSchema = z.object(common);

export const headSchema = z.looseObject({
  accounts: z.array(z.looseObject({ desk: z.enum(deskNames), name })).min(1),
});

/** The keys of an account that hold secrets, of whichever desk. */
export function secretKeysOf(desk: DeskName): readonly string[] {
  const own = Object.entries<VariableName>(deskKinds[desk].signIn);
  return ['webhookSecret', ...own.filter(([, variable]) => factsOf(variable).secret).map(([key]) => key)];
}

export function accountSchemaOf(desk: DeskName) {
  const own = Object.entries<VariableName>(deskKinds[desk].signIn).map(([key, variable]) => {
    const { about, secret } = factsOf(variable);
    const value = secret ? secretReference.optional() : environment.shape[variable];
    return [key, value.meta({ description: about })] as const;
  });
  const address = environment.shape[deskKinds[desk].keys.address].unwrap();
  return z.strictObject({
    desk: z.literal(desk),
    ...common,
    address: address.meta({ description: `Such as ${deskKinds[desk].addressExample}` }),
    ...Object.fromEntries(own),
  });
}

/** For editors. */
export const accountsFileSchema = z.strictObject({
  accounts: z.array(z.union(deskNames.map(accountSchemaOf))).min(1),
});
