/** What of a connection no API makes, told once the rest is there: with the values to paste. */
import type { DeskName } from '../../helpdesk/deskNames';
import { teamViews } from '../../helpdesk/setup/teamViews';

export const leftByHand: Readonly<Record<DeskName, readonly string[]>> = {
  zendesk: [],
  freshdesk: [
    'Views of the ticket list are made by hand, since Freshdesk has no API for them: Tickets > Filters, "Save as", "All agents":',
    ...teamViews.map(
      ({ title, tag }) => `  ${title.padEnd(28)}Tags: ${tag.padEnd(24)}Status: All unresolved`,
    ),
  ],
  chatwoot: [
    "Deskhand's agent must be in each inbox that it shall answer: Settings > Inboxes > (the inbox) > Collaborators.",
  ],
  gorgias: [],
};

/** The same, once custom fields were made. */
export const leftOfFields: Readonly<Record<DeskName, readonly string[]>> = {
  zendesk: [
    'Where the account has several ticket forms, agents see a new field once it is on theirs: Admin Center > Objects and rules > ' +
      'Tickets > Forms.',
  ],
  freshdesk: [],
  chatwoot: [],
  gorgias: [],
};
