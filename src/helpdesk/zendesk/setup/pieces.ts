/** What `deskhand connect zendesk` makes on an account: a webhook, a trigger where one is wished, the team's views, custom fields. */
import { lookEvents, tagsChangedEvent } from '../ticketEvents';
import type { SetupWishes } from '../../setup/deskSetup';
import { marked, type WantedPiece } from '../../setup/pieces';
import { teamViews, type TeamView } from '../../setup/teamViews';
import { zendeskField } from './fields';

/** Two marks, since a webhook of one kind cannot become one of the other. */
export function webhookMark(byTrigger: boolean): string {
  return byTrigger ? 'calls' : 'events';
}

/** The server ignores tags that steer nothing. */
const watchedEvents: readonly string[] = [...lookEvents, tagsChangedEvent];
const calledByTriggers: readonly string[] = ['conditional_ticket_events'];

/** In the order in which they are made. */
export function wantedPieces(wishes: SetupWishes): readonly WantedPiece[] {
  const { endpoint, views, trigger, botUserId, fields } = wishes;
  return [
    wantedWebhook(endpoint, trigger),
    ...(trigger ? [wantedTrigger(botUserId, '')] : []),
    ...(views ? teamViews.map((view) => wantedView(view)) : []),
    ...fields.map(zendeskField),
  ];
}

function wantedWebhook(endpoint: string, byTrigger: boolean): WantedPiece {
  const name = 'Deskhand';
  const mark = webhookMark(byTrigger);
  const description = marked('Tells Deskhand that a ticket has changed.', mark);
  const shows = {
    endpoint,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: byTrigger ? calledByTriggers : watchedEvents,
  };
  return {
    ...{ kind: 'webhook', mark, name, shows },
    ...{ body: { name, description, ...shows }, repair: shows },
  };
}

/**
 * At every change but our own (developer.zendesk.com/api-reference/ticketing/business-rules/triggers,
 * developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference: `role` is who makes the change). Ids
 * alone are sent, since texts in a template break its JSON.
 */
function wantedTrigger(botUserId: string, webhookId: string): WantedPiece {
  const mark = 'trigger';
  const title = 'Tell Deskhand';
  const is = (value: string) => ({ field: 'update_type', operator: 'is', value });
  const shows = {
    active: true,
    conditions: {
      all: [{ field: 'role', operator: 'is_not', value: botUserId }],
      any: [is('Create'), is('Change')],
    },
    actions: [{ field: 'notification_webhook', value: [webhookId, '{"ticket_id": "{{ticket.id}}"}'] }],
  };
  const description = marked('Calls the webhook when somebody else than Deskhand changes a ticket.', mark);
  return {
    ...{ kind: 'trigger', mark, name: title, shows },
    ...{ body: { title, description, ...shows }, repair: shows },
    calling: (id) => wantedTrigger(botUserId, id),
  };
}

/** developer.zendesk.com/api-reference/ticketing/business-rules/views: written as `all`, shown below `conditions`. */
function wantedView({ mark, title, about, tag }: TeamView): WantedPiece {
  const all = [
    { field: 'status', operator: 'less_than', value: 'solved' },
    { field: 'current_tags', operator: 'includes', value: tag },
  ];
  const repair = { active: true, all, any: [] };
  const output = { columns: ['status', 'subject', 'requester', 'updated', 'assignee'] };
  return {
    ...{ kind: 'view', mark, name: title, repair },
    body: { title, description: marked(about, mark), ...repair, output },
    shows: { active: true, conditions: { all, any: [] } },
  };
}
