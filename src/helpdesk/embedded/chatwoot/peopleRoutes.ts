/** Who is asked for, the agents, the teams and the inboxes. */
import type { FastifyInstance } from 'fastify';
import { notFound } from './apiErrors';
import type { ChatwootContext } from './context';
import { account, inboxes, type User } from './records';
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
}
