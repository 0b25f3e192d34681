/**
 * The desks that Deskhand has an adapter and an embedded double of. A new one begins with its name here: the compiler then
 * asks for the rest (docs/add-your-desk.md).
 */
export const deskNames = ['zendesk', 'freshdesk', 'chatwoot', 'gorgias'] as const;
export type DeskName = (typeof deskNames)[number];

export function isDeskName(name: string): name is DeskName {
  return deskNames.some((known) => known === name);
}
