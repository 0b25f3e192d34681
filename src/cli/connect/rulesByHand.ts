/** What somebody sets on a desk whose API lets nobody make webhooks or rules from outside, as its pages name it. */
import type { DeskName } from '../../helpdesk/deskNames';

/** Desks that are connected by hand. */
export type DeskByHand = Exclude<DeskName, 'zendesk'>;

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
}

/** The pages are docs/freshdesk.md, docs/chatwoot.md and docs/gorgias.md. */
export const rulesByHand: Readonly<Record<DeskByHand, RulesByHand>> = {
  freshdesk: {
    secretFrom: 'us',
    text: ({ endpoint, secretName }) => `
Freshdesk lets nobody make automation rules from outside. Make two by hand, Admin > Workflows > Automations:

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
    text: ({ endpoint, secretName }) => `
Webhooks of Chatwoot are made by an administrator, which Deskhand's agent need not be. Make one by hand, Settings > Integrations >
Webhooks:

  URL               ${endpoint}
  Events            Message created, Message updated, Conversation status changed, Conversation updated

What Chatwoot then shows as its secret is ${secretName}. A bot of an inbox (Settings > Bots) may post to the same address; its
secret goes behind a comma. Deskhand's agent must be in each inbox that it shall answer.`,
  },
  gorgias: {
    secretFrom: 'us',
    text: ({ endpoint, secretName }) => `
Make the HTTP integration by hand, so that no key with the right to change integrations is needed, Settings > Apps > HTTP integration:

  URL               ${endpoint}
  HTTP method       POST, application/json
  Headers           X-Deskhand-Secret: <what ${secretName} is>
  Triggers          Ticket created, Ticket message created; not Ticket updated
  Request body      {"ticket_id": "{{ticket.id}}", "message_id": "{{message.id}}", "channel": "{{message.channel}}",
                    "via": "{{message.via}}", "sender_id": "{{message.sender.id}}"}`,
  },
};
