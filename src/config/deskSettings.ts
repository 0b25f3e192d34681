/** Which desk is connected, and how to sign in there; with none it is an embedded one. */
import type { DeskName } from './deskNames';
import type { VariableName, Variables } from './variables';

type ZendeskAuth =
  | { readonly type: 'api-token'; readonly email: string; readonly token: string }
  | { readonly type: 'oauth'; readonly token: string };

export type DeskSettings =
  | { readonly kind: 'embedded'; readonly desk: DeskName; readonly port: number }
  | { readonly kind: 'zendesk'; readonly apiUrl: string; readonly auth: ZendeskAuth }
  | { readonly kind: 'freshdesk'; readonly apiUrl: string; readonly apiKey: string };

type Given = { readonly [Name in VariableName]?: string };

/** What no single variable shows. */
export function deskMistakes(given: Given): string[] {
  if (given.ZENDESK_API_URL !== undefined && given.FRESHDESK_API_URL !== undefined) {
    return [
      'ZENDESK_API_URL and FRESHDESK_API_URL are both set: unset one, since one desk is served at a time.',
    ];
  }
  return [...zendeskMistakes(given), ...freshdeskMistakes(given)];
}

const signIn = ['ZENDESK_EMAIL', 'ZENDESK_API_TOKEN', 'ZENDESK_OAUTH_TOKEN'] as const;

function zendeskMistakes(given: Given): string[] {
  const { ZENDESK_EMAIL: email, ZENDESK_API_TOKEN: token, ZENDESK_OAUTH_TOKEN: oauth } = given;
  if (given.ZENDESK_API_URL === undefined) {
    const set = signIn.filter((name) => given[name] !== undefined);
    return set.length === 0
      ? []
      : [
          `ZENDESK_API_URL is not set, but ${set.join(' and ')}: set it to https://<your account>.zendesk.com/api/v2, ` +
            'or unset the others to use the embedded desk.',
        ];
  }
  if (oauth !== undefined || (email !== undefined && token !== undefined)) return [];
  const missing =
    email === undefined && token === undefined
      ? 'ZENDESK_EMAIL and ZENDESK_API_TOKEN'
      : email === undefined
        ? 'ZENDESK_EMAIL'
        : 'ZENDESK_API_TOKEN';
  return [
    `ZENDESK_API_URL is set, but not how to sign in: set ${missing} ` +
      '(Admin Center > Apps and integrations > APIs), or ZENDESK_OAUTH_TOKEN.',
  ];
}

function freshdeskMistakes({ FRESHDESK_API_URL: url, FRESHDESK_API_KEY: key }: Given): string[] {
  if ((url === undefined) === (key === undefined)) return [];
  return [
    url === undefined
      ? 'FRESHDESK_API_URL is not set, but FRESHDESK_API_KEY: set it to https://<your account>.freshdesk.com/api/v2, ' +
        'or unset the key to use the embedded desk.'
      : "FRESHDESK_API_URL is set, but not how to sign in: set FRESHDESK_API_KEY (the bot's agent > Profile settings).",
  ];
}

/** After `deskMistakes` found none. */
export function deskSettings(values: Variables): DeskSettings {
  const { ZENDESK_API_URL: zendeskUrl, ZENDESK_OAUTH_TOKEN: oauth, FRESHDESK_API_URL: freshdeskUrl } = values;
  if (freshdeskUrl !== undefined) {
    return { kind: 'freshdesk', apiUrl: freshdeskUrl, apiKey: values.FRESHDESK_API_KEY ?? '' };
  }
  if (zendeskUrl === undefined) {
    return { kind: 'embedded', desk: values.DESKHAND_DESK, port: values.DESKHAND_DESK_PORT };
  }
  if (oauth !== undefined) {
    return { kind: 'zendesk', apiUrl: zendeskUrl, auth: { type: 'oauth', token: oauth } };
  }
  const { ZENDESK_EMAIL: email = '', ZENDESK_API_TOKEN: token = '' } = values;
  return { kind: 'zendesk', apiUrl: zendeskUrl, auth: { type: 'api-token', email, token } };
}

export function deskNameOf(desk: DeskSettings): DeskName {
  return desk.kind === 'embedded' ? desk.desk : desk.kind;
}

/** Of the desk that is served. */
export function webhookSecretOf(values: Variables): string | null {
  const secrets: Readonly<Record<DeskName, string | undefined>> = {
    zendesk: values.ZENDESK_WEBHOOK_SECRET,
    freshdesk: values.FRESHDESK_WEBHOOK_SECRET,
  };
  return secrets[deskNameOf(deskSettings(values))] ?? null;
}

export function requestsPerMinuteOf(values: Variables): number {
  const limits: Readonly<Record<DeskName, number>> = {
    zendesk: values.ZENDESK_REQUESTS_PER_MINUTE,
    freshdesk: values.FRESHDESK_REQUESTS_PER_MINUTE,
  };
  return limits[deskNameOf(deskSettings(values))];
}
