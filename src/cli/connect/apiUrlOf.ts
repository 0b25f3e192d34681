/** The address of a desk's API, from what people write for an account. */
import type { DeskKind } from '../../helpdesk/deskKind';
import { deskKinds } from '../../helpdesk/deskKinds';
import type { DeskName } from '../../helpdesk/deskNames';
import { CommandError } from '../failure';

/** Host and path of a desk whose accounts have a subdomain each; null: an account's address is written out. */
function partsOf(name: DeskName): { readonly domain: string; readonly path: string } | null {
  const { addressExample }: DeskKind = deskKinds[name];
  const [, domain, path] = /^https:\/\/<[^>]+>\.([^/<]+)(\/[^<]*)$/.exec(addressExample) ?? [];
  return domain === undefined || path === undefined ? null : { domain, path };
}

/** As people may write it: `https://acme.zendesk.com`. */
export function accountAddress(name: DeskName): string {
  const parts = partsOf(name);
  return parts === null ? deskKinds[name].addressExample : `https://acme.${parts.domain}`;
}

/**
 * `acme`, `acme.zendesk.com` and `https://acme.zendesk.com/agent` mean `https://acme.zendesk.com/api/v2`.
 * @throws CommandError
 */
export function apiUrlOf(name: DeskName, given: string): string {
  const text = given.trim();
  const parts = partsOf(name);
  if (parts !== null && /^[a-z0-9][a-z0-9-]*$/i.test(text)) {
    return `https://${text.toLowerCase()}.${parts.domain}${parts.path}`;
  }
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address) || /\s/.test(text)) {
    throw new CommandError(
      `${JSON.stringify(text)} is no address of a ${deskKinds[name].title} account: write it as ${accountAddress(name)}.`,
    );
  }
  return parts === null ? address.replace(/\/+$/, '') : `${new URL(address).origin}${parts.path}`;
}
