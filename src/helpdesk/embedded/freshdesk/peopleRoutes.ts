/** Agents, contacts, groups, products, ticket fields: developers.freshdesk.com/api/#agents, #contacts, #groups, #products. */
import type { FastifyInstance } from 'fastify';
import { notFound } from './apiErrors';
import type { FreshdeskContext } from './context';
import type { Person } from './records';
import { ticketFieldViews } from './ticketFields';
import { agentView, contactView, groupView, productView } from './views';
import { pageOf, queryValue } from './wire';

type ById = { Params: { id: string } };

export function peopleRoutes(app: FastifyInstance, desk: FreshdeskContext, me: () => Person): void {
  const { people, groups, products } = desk.tables;
  const byEmail = (email: string | undefined) => (person: Person) =>
    email === undefined || person.email?.toLowerCase() === email.toLowerCase();

  app.get('/api/v2/agents/me', () => agentView(me()));
  app.get('/api/v2/agents', (request, reply) => {
    const agents = [...people.records.values()].filter(({ agent }) => agent !== null);
    return pageOf(request, reply, agents.filter(byEmail(queryValue(request, 'email')))).map(agentView);
  });
  app.get<ById>('/api/v2/agents/:id', (request) => {
    const person = people.records.get(Number(request.params.id));
    if (!person?.agent) throw notFound();
    return agentView(person);
  });

  app.get('/api/v2/contacts', (request, reply) => {
    const contacts = [...people.records.values()].filter(({ agent }) => agent === null);
    return pageOf(request, reply, contacts.filter(byEmail(queryValue(request, 'email')))).map(contactView);
  });
  app.get<ById>('/api/v2/contacts/:id', (request) => {
    const person = people.records.get(Number(request.params.id));
    if (person === undefined || person.agent !== null) throw notFound();
    return contactView(person);
  });

  app.get('/api/v2/groups', (request, reply) =>
    pageOf(request, reply, [...groups.records.values()]).map(groupView),
  );
  app.get('/api/v2/products', (request, reply) =>
    pageOf(request, reply, [...products.records.values()]).map(productView),
  );
  app.get('/api/v2/ticket_fields', () => ticketFieldViews(desk.tables));
}
