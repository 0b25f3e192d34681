/** Users, groups and who is in which (developer.zendesk.com/api-reference/ticketing/users, groups). */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireAdmin, requireStaff, type Authenticate } from '../answers/auth';
import { origin, type DeskContext } from '../context';
import { invalidAttribute, recordNotFound } from '../answers/errors';
import { idsOf, pageOf, queryValue } from '../lists/pagination';
import { zendeskTime } from '../store/records';
import { groupView, membershipView, userView } from '../lists/views';

const groupBody = z.object({ group: z.object({ name: z.string().trim().min(1) }) });

export function peopleRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  // Open to everybody who can sign in: Zendesk's way of asking who a token is.
  app.get('/api/v2/users/me', (request) => ({ user: userView(authenticate(request), origin(request)) }));

  app.get('/api/v2/users/show_many', (request) => {
    requireStaff(authenticate(request));
    const found = idsOf(request).flatMap((id) => store.users.get(id) ?? []);
    return pageOf(request, 'users', found, (user) => userView(user, origin(request))).body;
  });

  /** Of Zendesk's search, what an address takes: `email:ana@example.com`, or a part of a name or an address. */
  app.get('/api/v2/users/search', (request) => {
    requireStaff(authenticate(request));
    const asked = (queryValue(request, 'query') ?? '').trim().toLowerCase();
    const email = /^email:(.+)$/.exec(asked)?.[1];
    const found = [...store.users.values()].filter((user) =>
      email === undefined
        ? asked !== '' && `${user.name} ${user.email ?? ''}`.toLowerCase().includes(asked)
        : user.email?.toLowerCase() === email,
    );
    return pageOf(request, 'users', found, (user) => userView(user, origin(request))).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/users/:id', (request) => {
    requireStaff(authenticate(request));
    return { user: userView(byId(store.users, request.params.id), origin(request)) };
  });

  app.get('/api/v2/groups', (request) => {
    requireStaff(authenticate(request));
    return pageOf(request, 'groups', [...store.groups.values()], (group) => groupView(group, origin(request)))
      .body;
  });

  app.put<{ Params: { id: string } }>('/api/v2/groups/:id', async (request) => {
    requireAdmin(authenticate(request));
    const present = byId(store.groups, request.params.id);
    const given = groupBody.safeParse(request.body);
    if (!given.success) throw invalidAttribute('group.name', 'must be text');
    const group = { ...present, ...given.data.group, updated_at: zendeskTime(desk.clock()) };
    await store.write((tx) => tx.put('groups', group));
    return { group: groupView(group, origin(request)) };
  });

  app.get<{ Params: { id: string } }>('/api/v2/users/:id/group_memberships', (request) => {
    requireStaff(authenticate(request));
    const user = byId(store.users, request.params.id);
    const found = [...store.memberships.values()].filter(({ user_id }) => user_id === user.id);
    return pageOf(request, 'group_memberships', found, (membership) =>
      membershipView(membership, origin(request)),
    ).body;
  });
}

/** @throws ApiError 400 for what is no number, 404 for what is not there. */
function byId<T>(records: ReadonlyMap<number, T>, id: string): T {
  if (!/^\d+$/.test(id)) throw invalidAttribute('id', 'must be an integer');
  const record = records.get(Number(id));
  if (record === undefined) throw recordNotFound();
  return record;
}
