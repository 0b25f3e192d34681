import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { agentActions } from '../../core/events';
import type { TicketRef } from '../../core/ticket/ticket';
import { hiddenName } from '../../contracts/hiddenName';
import type { AgentMessage } from '../../contracts/messages';
import { requireBearer } from '../bearer';
import { accountFor, accountsNamed, type ServedAccounts } from '../accounts';
import type { ApiServer, ServerContext } from '../context';
import { decisionView } from '../decisionSchema';
import {
  actionBody,
  idempotencyHeaders,
  listQuery,
  ofAccount,
  problemDocument,
  startBody,
  startedTicket,
  ticketPage,
  ticketPath,
  ticketView,
  type ActionBody,
} from '../schemas';

const tags = ['tickets'];
const security = [{ bearer: [] }];
const usualProblems = { 401: problemDocument, 422: problemDocument, 503: problemDocument };

export function ticketRoutes(app: ApiServer, context: ServerContext): void {
  const { accounts, tickets, metrics } = context;
  app.addHook('onRequest', (request, _reply, done) => {
    requireBearer(request, context.apiToken);
    done();
  });

  app.post(
    '/tickets',
    {
      schema: {
        tags,
        security,
        summary: 'Look at a ticket now',
        description:
          'Starts the ticket, or tells the running one that something may have changed. Harmless to repeat: a ticket ' +
          'with nothing new is read and left alone.',
        headers: idempotencyHeaders,
        body: startBody,
        response: { 202: startedTicket, 404: problemDocument, ...usualProblems },
      },
    },
    async (request, reply) => {
      const ref = refOf(accounts, request.body, request.body.account, 'body');
      const { messageId } = request.body;
      const started = await tickets.hint(ref, {
        id: hintId(request.headers['idempotency-key'], messageId),
        source: 'api',
        kind: 'changed',
        commentId: messageId ?? null,
      });
      metrics.hintAccepted('api');
      return reply.code(202).send(started);
    },
  );

  app.get(
    '/tickets',
    {
      schema: {
        tags,
        security,
        summary: 'List tickets',
        description:
          'Open tickets first, the newest at the top, then closed ones. A new ticket or a changed stage shows within a ' +
          'second or two. A page may hold fewer than `limit`, even none, while `nextCursor` names another.',
        querystring: listQuery,
        response: { 200: ticketPage, ...usualProblems },
      },
    },
    (request) => tickets.list(request.query, accountsNamed(accounts, request.query)),
  );

  app.get(
    '/tickets/:desk/:ticketId',
    {
      schema: {
        tags,
        security,
        summary: 'Show a ticket: what the engine understood, decided and waits for',
        params: ticketPath,
        querystring: ofAccount,
        response: { 200: ticketView, 404: problemDocument, ...usualProblems },
      },
    },
    (request) => tickets.show(refOf(accounts, request.params, request.query.account)),
  );

  app.get(
    '/tickets/:desk/:ticketId/decision',
    {
      schema: {
        tags,
        security,
        summary: 'Why the engine decided as it did last: rules, facts, policy version',
        params: ticketPath,
        querystring: ofAccount,
        response: { 200: decisionView, 404: problemDocument, ...usualProblems },
      },
    },
    (request) => tickets.why(refOf(accounts, request.params, request.query.account)),
  );

  app.post(
    '/tickets/:desk/:ticketId/actions',
    {
      schema: {
        tags,
        security,
        summary: 'Steer a ticket',
        description: `One of ${agentActions.join(', ')}. Refused with 409 and the reason when the ticket is not in a stage for it.`,
        headers: idempotencyHeaders,
        params: ticketPath,
        querystring: ofAccount,
        body: actionBody,
        response: { 200: ticketView, 404: problemDocument, 409: problemDocument, ...usualProblems },
      },
    },
    (request) =>
      tickets.act(
        refOf(accounts, request.params, request.query.account),
        request.body.action,
        agentMessage(request.body, request.headers['idempotency-key']),
      ),
  );
}

/** @throws Problem 404, 422 */
function refOf(
  accounts: ServedAccounts,
  { desk, ticketId }: z.output<typeof ticketPath>,
  named: string | undefined,
  place = 'querystring',
): TicketRef {
  const { account } = accountFor(accounts, { desk, account: named }, place);
  return { desk, account, ticketId };
}

/** Without anything that says "the same again", each request is a new look: it costs one reading of the ticket. */
function hintId(idempotencyKey: string | undefined, messageId: string | undefined): string {
  if (idempotencyKey !== undefined) return `api-${hiddenName(idempotencyKey)}`;
  return messageId === undefined ? `api-${randomUUID()}` : `api-message-${messageId}`;
}

function agentMessage(body: ActionBody, idempotencyKey: string | undefined): AgentMessage {
  return {
    by: body.by,
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    ...(body.draftId === undefined ? {} : { draftId: body.draftId }),
    ...(body.mode === undefined ? {} : { mode: body.mode }),
    id: idempotencyKey === undefined ? randomUUID() : hiddenName(idempotencyKey),
  };
}
