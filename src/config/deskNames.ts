/** The desks that Deskhand has an adapter and an embedded double of. */
export const deskNames = ['zendesk', 'freshdesk'] as const;
export type DeskName = (typeof deskNames)[number];
