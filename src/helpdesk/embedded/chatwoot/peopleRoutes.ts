/** Who is asked for, the agents, the teams, the inboxes and the definitions of custom attributes. */
import type { FastifyInstance } from 'fastify';
import { notFound } from './apiErrors';
import type { ChatwootContext } from './context';
import { queryValues } from './params';
import { account, customAttributes, inboxes, type User } from './records';
import { agentView } from './views';

const base = '/api/v1/accounts/1';

export function peopleRoutes(app: FastifyInstance, { tables }: ChatwootContext, me: () => User): void {
  app.get('/api/v1/profile', () => ({
    ...agentView(me()),
    ...{ uid: me().email, pubsub_token: '', type: null },
    accounts: [{ ...account, status: 'active', role: me().role, permissions: [me().role] }],
  }));
  app.get(`${base}/agents`, () => [...tables.users.records.values()].map(agentView));

  const teamView = ({ id, name, member_ids }: { id: number; name: string; member_ids: number[] }) => ({
    ...{ id, name, description: null, allow_auto_assign: false, account_id: account.id },
    is_member: member_ids.includes(me().id),
  });
  app.get(`${base}/teams`, () => [...tables.teams.records.values()].map(teamView));
  app.get<{ Params: { id: string } }>(`${base}/teams/:id/team_members`, (request) => {
    const team = tables.teams.records.get(Number(request.params.id));
    if (team === undefined) throw notFound();
    return [...tables.users.records.values()].filter(({ id }) => team.member_ids.includes(id)).map(agentView);
  });

  app.get(`${base}/inboxes`, () => ({
    payload: inboxes.map(({ id, name, channel_type }) => ({
      id,
      name,
      channel_type,
      enable_auto_assignment: false,
    })),
  }));
  app.get(`${base}/custom_attribute_definitions`, (request) => {
    // Those of contacts: this account has none.
    if (queryValues(request, 'attribute_model').at(-1) === '1') return [];
    return customAttributes.map(({ key, name, type, values }, at) => ({
      ...{ id: at + 1, attribute_display_name: name, attribute_display_type: type, attribute_key: key },
      ...{ attribute_description: name, attribute_values: values, attribute_model: 'conversation_attribute' },
      ...{ regex_pattern: null, regex_cue: null, default_value: null },
    }));
  });
}
