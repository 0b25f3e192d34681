/** What the automation rules that were made by the API send when a ticket is made or written on. */
import type { MadeCall } from '../common/alsoCalling';
import type { Written } from './context';
import type { Rule, Tables, Ticket } from './records';

/** The two kinds of performers, and the event, that connecting a desk needs; rules that wait for others call nobody. */
const [agent, requester] = [1, 2];

export function callsOfRules({ rules }: Pick<Tables, 'rules'>, written: Written): readonly MadeCall[] {
  return [...rules.records.values()]
    .filter((rule) => rule.body.active === true && isFor(rule, written) && holds(rule, written.ticket))
    .flatMap(({ body }) =>
      body.actions.flatMap((action) => {
        if (!('url' in action) || typeof action.url !== 'string') return [];
        const { url, content, custom_headers: headers = {} } = action;
        return [{ url, headers, body: filled(content, written.ticket) }];
      }),
    );
}

function isFor({ type, body }: Rule, { ticket, conversation, by }: Written): boolean {
  const isCustomers = by?.agent === null;
  if (type === 1) return isCustomers && conversation === null && ticket.created_at === ticket.updated_at;
  const hears = body.events?.some(({ field_name: event }) => event === 'reply_sent') === true;
  if (!hears || by === null || conversation === null || conversation.private) return false;
  return body.performer?.type === (isCustomers ? requester : agent);
}

function holds({ body }: Rule, ticket: Ticket): boolean {
  const shown: Readonly<Record<string, unknown>> = { ...ticket };
  return (body.conditions ?? []).every(({ properties }) =>
    properties.every(
      ({ field_name: field, operator, value }) =>
        operator === 'in' && Array.isArray(value) && value.includes(shown[field]),
    ),
  );
}

function filled(content: Readonly<Record<string, string>>, { id }: Ticket): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).map(([name, text]) => [name, text.replaceAll('{{ticket.id}}', String(id))]),
  );
}
