/** What somebody makes on a desk by hand where Deskhand's user may not, as the desk's pages name it. */
import type { DeskName } from '../../helpdesk/deskNames';

interface Told {
  /** Where the desk posts to. */
  readonly endpoint: string;
  /** What the secret is called where it is set. */
  readonly secretName: string;
}

interface RulesByHand {
  /** Whether we choose the secret, or the desk shows the one it has made. */
  readonly secretFrom: 'us' | 'desk';
  readonly text: (told: Told) => string;
  /** Where the custom fields of a ticket are made. */
  readonly fieldsPage: string;
}

/** The pages are docs/connect.md, docs/freshdesk.md, docs/chatwoot.md and docs/gorgias.md. */
export const rulesByHand: Readonly<Record<DeskName, RulesByHand>> = {
  zendesk: {
    secretFrom: 'desk',
    fieldsPage: 'Admin Center > Objects and rules > Tickets > Fields',
    text: ({ endpoint, secretName }) => `
Webhooks of Zendesk are made by an admin, Admin Center > Apps and integrations > Webhooks > Create webhook > Zendesk events:

  Events            Ticket created, comment added, status changed, agent and group assignment changed, tags changed,
                    CSAT received
  Endpoint          ${endpoint}
  Request           POST, JSON, no authentication

What its page then shows as signing secret is ${secretName}.`,
  },
  freshdesk: {
    secretFrom: 'us',
    fieldsPage: 'Admin > Workflows > Ticket Fields',
    text: ({ endpoint, secretName }) => `
Automation rules of Freshdesk are made by an admin. Make two, Admin > Workflows > Automations:

  Ticket creation   when any ticket is created
  Ticket updates    event: Reply is sent, performed by: Requester

each with the action "Trigger webhook":

  Request type      POST
  URL               ${endpoint}
  Custom headers    X-Deskhand-Secret: <what ${secretName} is>
  Encoding          JSON
  Content           Advanced: {"ticket_id": "{{ticket.id}}"}`,
  },
  chatwoot: {
    secretFrom: 'desk',
    fieldsPage: 'Settings > Custom Attributes > Conversation',
    text: ({ endpoint, secretName }) => `
Webhooks of Chatwoot are made by an administrator, Settings > Integrations > Webhooks:

  URL               ${endpoint}
  Events            Message created, Message updated, Conversation status changed, Conversation updated

What Chatwoot then shows as its secret is ${secretName}. A bot of an inbox (Settings > Bots) may post to the same address; its
secret goes behind a comma. Deskhand's agent must be in each inbox that it shall answer.`,
  },
  gorgias: {
    secretFrom: 'us',
    fieldsPage: 'Settings > Ticket Fields',
    text: ({ endpoint, secretName }) => `
HTTP integrations of Gorgias are made by an admin, Settings > Apps > HTTP integration:

  URL               ${endpoint}
  HTTP method       POST, application/json
  Headers           X-Deskhand-Secret: <what ${secretName} is>
  Triggers          Ticket created, Ticket message created; not Ticket updated
  Request body      {"ticket_id": "{{ticket.id}}", "message_id": "{{message.id}}", "channel": "{{message.channel}}",
                    "via": "{{message.via}}", "sender_id": "{{message.sender.id}}"}`,
  },
};
