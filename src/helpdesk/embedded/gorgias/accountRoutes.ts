/** Users, teams and tags: developers.gorgias.com/reference/{list-users,list-teams,list-tags}. */
import type { FastifyInstance } from 'fastify';
import { notFound } from './apiErrors';
import type { GorgiasContext } from './context';
import { tagView, teamView, userView } from './views';
import { filters, pageOf, queryOf } from './wire';

type ById = { Params: { id: string } };
const created = ({ created_datetime: at }: { readonly created_datetime: string }) => at;
const named = ({ name }: { readonly name: string }) => name;

export function accountRoutes(app: FastifyInstance, { tables, me }: GorgiasContext): void {
  app.get('/api/users', (request) => {
    const query = queryOf(request, filters.users);
    const email = query.email?.toLowerCase();
    const records = [...tables.users.records.values()].filter(
      (user) => email === undefined || user.email.toLowerCase() === email,
    );
    return pageOf(request, query, records, {
      orders: { name: named, created_datetime: created, email: (user) => user.email },
      ...{ defaultOrder: 'name:asc', view: userView },
    });
  });

  /** 0 is whose key it is (public clients). */
  app.get<ById>('/api/users/:id', (request) => {
    const { id } = request.params;
    const user = id === '0' ? me() : tables.users.records.get(Number(id));
    if (user === undefined) throw notFound('User');
    return userView(user);
  });

  app.get('/api/teams', (request) =>
    pageOf(request, queryOf(request, filters.teams), [...tables.teams.records.values()], {
      orders: { created_datetime: created, name: named },
      ...{ defaultOrder: 'created_datetime:desc', view: (team) => teamView(tables, team) },
    }),
  );

  app.get('/api/tags', (request) => {
    const query = queryOf(request, filters.tags);
    const wanted = query.search?.toLowerCase() ?? '';
    const records = [...tables.tags.records.values()].filter(({ name }) =>
      name.toLowerCase().includes(wanted),
    );
    return pageOf(request, query, records, {
      orders: { created_datetime: created, name: named },
      ...{ defaultOrder: 'created_datetime:desc', view: tagView },
    });
  });
}
