/** Users, groups and who is in which (developer.zendesk.com/api-reference/ticketing/users, groups). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireStaff, type Authenticate } from './auth';
import { origin, type DeskContext } from './context';
import { invalidAttribute, recordNotFound } from './errors';
import { idsOf, pageOf, queryValue } from './pagination';
import { groupView, membershipView, userView } from './views';

export function peopleRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  // Open to everybody who can sign in: Zendesk's way of asking who a token is.
  app.get('/api/v2/users/me', (request) => ({ user: userView(authenticate(request), origin(request)) }));

  app.get('/api/v2/users/show_many', (request) => {
    requireStaff(authenticate(request));
    const found = idsOf(request).flatMap((id) => store.users.get(id) ?? []);
    return pageOf(request, 'users', found, (user) => userView(user, origin(request))).body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/users/:id', (request) => {
    requireStaff(authenticate(request));
    return { user: userView(byId(store.users, request.params.id), origin(request)) };
  });

  app.get('/api/v2/users', (request) => {
    requireStaff(authenticate(request));
    const role = queryValue(request, 'role');
    const users = [...store.users.values()].filter((user) => role === undefined || user.role === role);
    return pageOf(request, 'users', users, (user) => userView(user, origin(request))).body;
  });

  app.get('/api/v2/groups', (request) => {
    requireStaff(authenticate(request));
    return pageOf(request, 'groups', [...store.groups.values()], (group) => groupView(group, origin(request)))
      .body;
  });

  app.get<{ Params: { id: string } }>('/api/v2/groups/:id', (request) => {
    requireStaff(authenticate(request));
    return { group: groupView(byId(store.groups, request.params.id), origin(request)) };
  });

  const memberships = (request: FastifyRequest, user: string | undefined, group: string | undefined) => {
    const found = [...store.memberships.values()].filter(
      (membership) =>
        (user === undefined || String(membership.user_id) === user) &&
        (group === undefined || String(membership.group_id) === group),
    );
    return pageOf(request, 'group_memberships', found, (membership) =>
      membershipView(membership, origin(request)),
    ).body;
  };
  app.get('/api/v2/group_memberships', (request) => {
    requireStaff(authenticate(request));
    return memberships(request, queryValue(request, 'user_id'), queryValue(request, 'group_id'));
  });
  app.get<{ Params: { id: string } }>('/api/v2/users/:id/group_memberships', (request) => {
    requireStaff(authenticate(request));
    byId(store.users, request.params.id);
    return memberships(request, request.params.id, undefined);
  });
  app.get<{ Params: { id: string } }>('/api/v2/groups/:id/memberships', (request) => {
    requireStaff(authenticate(request));
    byId(store.groups, request.params.id);
    return memberships(request, undefined, request.params.id);
  });
}

/** @throws ApiError 400 for what is no number, 404 for what is not there. */
function byId<T>(records: ReadonlyMap<number, T>, id: string): T {
  if (!/^\d+$/.test(id)) throw invalidAttribute('id', 'must be an integer');
  const record = records.get(Number(id));
  if (record === undefined) throw recordNotFound();
  return record;
}
