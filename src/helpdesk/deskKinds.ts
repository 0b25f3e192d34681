/** The table of desks: a row and a line below for each folder that has one. */
import { chatwoot } from './chatwoot/kind';
import type { DeskKind } from './deskKind';
import { deskNames, isDeskName, type DeskName } from './deskNames';
import { freshdesk } from './freshdesk/kind';
import { gorgias } from './gorgias/kind';
import { anyTicketId, mistakeInTicketId } from './ticketIds';
import { zendesk } from './zendesk/kind';

export const deskKinds = { zendesk, freshdesk, chatwoot, gorgias } as const satisfies Readonly<
  Record<DeskName, DeskKind>
>;

/** Of all desks, as the environment has them. */
export const deskVariables = {
  ...zendesk.variables,
  ...freshdesk.variables,
  ...chatwoot.variables,
  ...gorgias.variables,
};

/** A desk's API, and who signs in there. */
export type ConnectedDesk = ReturnType<(typeof deskKinds)[DeskName]['connect']>;

/** Null for an id that can be a ticket of this desk, else `must be ...`. */
export function ticketIdMistake(desk: string, ticketId: string): string | null {
  return mistakeInTicketId(isDeskName(desk) ? deskKinds[desk].ticketId : anyTicketId, ticketId);
}

/**
 * `acme` of `https://acme.zendesk.com/api/v2` and `https://acme.freshdesk.com/api/v2`; of any other address its host,
 * with what ids may not contain (a workflow id is split at colons) made a dash: `localhost-8080`.
 */
export function accountOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  const names = deskNames.map((desk) => deskKinds[desk].accountAt(url));
  const name = names.find((found) => found !== null) ?? url.host;
  return name.replaceAll(/[^a-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
}
