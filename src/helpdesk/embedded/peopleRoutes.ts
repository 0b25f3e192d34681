/** Users, groups and who is in which (developer.zendesk.com/api-reference/ticketing/users, groups). */
import type { FastifyInstance } from 'fastify';
import { requireStaff, type Authenticate } from './auth';
import { origin, type DeskContext } from './context';
import { invalidAttribute, recordNotFound } from './errors';
import { pageOf, queryValue } from './pagination';
import { groupView, membershipView, userView } from './views';

const showManyAtMost = 100;

export function peopleRoutes(app: FastifyInstance, desk: DeskContext, authenticate: Authenticate): void {
  const { store } = desk;

  // Open to everybody who can sign in: Zendesk's way of asking who a token is.
  app.get('/api/v2/users/me', (request) => ({ user: userView(authenticate(request), origin(request)) }));

  app.get('/api/v2/users/show_many', (request) => {
    requireStaff(authenticate(request));
    const ids = (queryValue(request, 'ids') ?? '').split(',').filter((id) => id !== '');
    if (ids.length === 0 || ids.length > showManyAtMost || ids.some((id) => !/^\d+$/.test(id))) {
      throw invalidAttribute('ids', `must be 1 to ${showManyAtMost} integers, separated by commas`);
    }
    const found = ids.flatMap((id) => store.users.get(Number(id)) ?? []);
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

  app.get('/api/v2/group_memberships', (request) => {
    requireStaff(authenticate(request));
    const [user, group] = [queryValue(request, 'user_id'), queryValue(request, 'group_id')];
    const memberships = [...store.memberships.values()].filter(
      (membership) =>
        (user === undefined || String(membership.user_id) === user) &&
        (group === undefined || String(membership.group_id) === group),
    );
    return pageOf(request, 'group_memberships', memberships, (membership) =>
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
