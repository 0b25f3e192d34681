/**
 * What the desk's page talks to: `/_desk/...`, in the same words at every desk. Here a customer writes and an agent works
 * as people would in a browser; tests and demos use the same endpoints.
 */
import type { FastifyInstance } from 'fastify';
import type { LiveUpdates } from './liveUpdates';
import { servePage, type DemoCustomer } from './pageFiles';

interface ShownTicket {
  readonly id: number;
  readonly subject: string;
  readonly status: string;
  readonly priority: string | null;
  readonly tags: readonly string[];
  /** ISO 8601 */
  readonly updatedAt: string;
  readonly requester: string;
  readonly assigneeId: number | null;
  readonly assignee: string | null;
  readonly groupId: number | null;
  readonly group: string | null;
  readonly rating: { readonly score: string; readonly comment: string | null } | null;
  /** Whether a customer can rate it now. */
  readonly ratable: boolean;
}

interface ShownComment {
  readonly id: number;
  readonly text: string;
  readonly public: boolean;
  readonly author: string;
  readonly staff: boolean;
  /** ISO 8601 */
  readonly at: string;
  /** Their names. */
  readonly attachments: readonly string[];
}

interface Named {
  readonly id: number;
  readonly name: string;
}

interface Team {
  readonly agents: readonly (Named & { readonly groupIds: readonly number[] })[];
  readonly groups: readonly Named[];
}

/**
 * A desk as its page sees it. The steps run within a transaction of the desk's store; each reads its own body, and throws
 * an ApiError where that is not what it should be.
 */
export interface DeskPage<Tx, T, W> {
  team(): Team;
  /** The one changed last comes last. */
  tickets(): readonly T[];
  /** @throws ApiError 404 */
  ticketById(id: string): T;
  shown(ticket: T): ShownTicket;
  thread(ticket: T): readonly ShownComment[];
  customerOpens(tx: Tx, body: unknown): W;
  customerWrites(tx: Tx, ticket: T, body: unknown): W;
  customerRates(tx: Tx, ticket: T, body: unknown): W;
  agentActs(tx: Tx, ticket: T, body: unknown): W;
  idsIn(written: W): { readonly ticketId: number; readonly commentId: number | null };
}

type ById = { Params: { id: string } };
const mostShown = 200;

export function pageRoutes<Tx, T, W>(
  app: FastifyInstance,
  page: DeskPage<Tx, T, W>,
  change: (step: (tx: Tx) => W) => Promise<W>,
  { live, customers }: { readonly live: LiveUpdates; readonly customers: readonly DemoCustomer[] },
): void {
  const stepOn = async (id: string, step: (tx: Tx, ticket: T) => W): Promise<WrittenIds> => {
    page.ticketById(id);
    return idsOf(await change((tx) => step(tx, page.ticketById(id))));
  };
  const idsOf = (written: W): WrittenIds => {
    const { ticketId, commentId } = page.idsIn(written);
    return { ticketId: String(ticketId), commentId: commentId === null ? null : String(commentId) };
  };

  servePage(app);
  app.get('/_desk/events', (_request, reply) => live.add(reply));
  app.get('/_desk/customers', () => ({ customers }));
  app.get('/_desk/team', () => page.team());
  app.get('/_desk/tickets', () => ({
    tickets: page
      .tickets()
      .slice(-mostShown)
      .reverse()
      .map((ticket) => page.shown(ticket)),
  }));
  app.get<ById>('/_desk/tickets/:id', ({ params }) => {
    const ticket = page.ticketById(params.id);
    return { ticket: page.shown(ticket), comments: page.thread(ticket) };
  });

  app.post('/_desk/customer/tickets', async ({ body }, reply) =>
    reply.status(201).send(idsOf(await change((tx) => page.customerOpens(tx, body)))),
  );
  app.post<ById>('/_desk/customer/tickets/:id/comments', async ({ params, body }, reply) =>
    reply.status(201).send(await stepOn(params.id, (tx, ticket) => page.customerWrites(tx, ticket, body))),
  );
  app.post<ById>('/_desk/customer/tickets/:id/rating', async ({ params, body }, reply) =>
    reply.status(201).send(await stepOn(params.id, (tx, ticket) => page.customerRates(tx, ticket, body))),
  );
  app.post<ById>('/_desk/agent/tickets/:id', ({ params, body }) =>
    stepOn(params.id, (tx, ticket) => page.agentActs(tx, ticket, body)),
  );
}

interface WrittenIds {
  readonly ticketId: string;
  readonly commentId: string | null;
}

/** A copy, the one changed last as the last; of the same time the one with the greater id. */
export function byChange<T extends { readonly id: number }>(
  tickets: Iterable<T>,
  changedAt: (ticket: T) => string | number,
): readonly T[] {
  return [...tickets].sort((a, b) => {
    const [x, y] = [changedAt(a), changedAt(b)];
    return x === y ? a.id - b.id : x < y ? -1 : 1;
  });
}

/** Null for nobody, and for what is not there any more. */
export function nameIn(
  records: ReadonlyMap<number, { readonly name: string | null }>,
  id: number | null,
): string | null {
  return id === null ? null : (records.get(id)?.name ?? null);
}

/** Where each group names its members. */
export function teamOf(
  agents: ReadonlyMap<number, Named>,
  groups: ReadonlyMap<number, Named & { readonly member_ids: readonly number[] }>,
): Team {
  const teams = [...groups.values()];
  return {
    agents: [...agents.values()].map(({ id, name }) => ({
      ...{ id, name },
      groupIds: teams.filter(({ member_ids: members }) => members.includes(id)).map((group) => group.id),
    })),
    groups: teams.map(({ id, name }) => ({ id, name })),
  };
}
