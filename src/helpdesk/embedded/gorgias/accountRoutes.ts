/** Users, teams, tags and custom fields: developers.gorgias.com/reference/{list-users,list-teams,list-tags,list-custom-fields}. */
import type { FastifyInstance } from 'fastify';
import { badRequest, notFound } from './apiErrors';
import type { GorgiasContext } from './context';
import { customFieldViews } from './customFields';
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

  app.get('/api/custom-fields', (request) => {
    const query = queryOf(request, filters['custom-fields']);
    if (query.object_type === undefined) {
      throw badRequest({ object_type: ['Missing data for required field.'] });
    }
    const isShown = query.object_type === 'Ticket' && query.archived !== true;
    const records = (isShown ? customFieldViews() : []).map((view) => ({ id: Number(view['id']), view }));
    return pageOf(request, query, records, {
      orders: { priority: ({ view }) => Number(view['priority']) },
      ...{ defaultOrder: 'priority:desc', view: ({ view }) => view },
    });
  });
}
