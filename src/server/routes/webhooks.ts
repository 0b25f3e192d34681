import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { deskKinds } from '../../helpdesk/deskKinds';
import { deskNames, type DeskName } from '../../helpdesk/deskNames';
import type { WebhookOutcome, WebhookReading } from '../../helpdesk/webhooks/webhookReading';
import type { ServedAccount } from '../accounts';
import type { ApiServer, ServerContext } from '../context';
import { Problem } from '../problems';
import { accountPath, problemDocument, webhookAnswer } from '../schemas';

/** An event holds the ticket's description and a comment, 64 KB each at most, and fields beside them. */
const largestBody = 1024 * 1024;
/** Zendesk repeats a delivery that is answered 503 only when it may do so within a minute. */
const retrySoon = { headers: { 'retry-after': '5' } };
type WebhookAnswer = z.output<typeof webhookAnswer>;
const answers = {
  202: webhookAnswer,
  ...{ 400: problemDocument, 401: problemDocument, 404: problemDocument, 503: problemDocument },
};

export function webhookRoutes(app: ApiServer, context: ServerContext): void {
  // Signed are the bytes as they came: nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  for (const name of deskNames) {
    const { summary, description, read } = deskKinds[name].webhook;
    const schema = { tags: ['webhooks'], summary, description, response: answers };
    const take = async (request: FastifyRequest, named?: string): Promise<WebhookAnswer> => {
      const account = accountOfWebhook(context, name, named);
      const secret = await secretOf(context, account);
      const delivery = { rawBody: bytesOf(request), header: (header: string) => headerOf(request, header) };
      const { secretName, botUserId } = account;
      const check = { secret, secretName, now: Date.now(), botUserId: await botUserId() };
      return answer(context, account, read(delivery, check));
    };
    app.post(`/${name}`, { bodyLimit: largestBody, schema }, async (request, reply) =>
      reply.code(202).send(await take(request)),
    );
    app.post(
      `/${name}/:account`,
      {
        bodyLimit: largestBody,
        schema: { ...schema, summary: `${summary}, of one of several accounts`, params: accountPath },
      },
      async (request, reply) => reply.code(202).send(await take(request, request.params.account)),
    );
  }
}

/** @throws Problem 404 */
function accountOfWebhook(
  { accounts }: ServerContext,
  name: DeskName,
  named: string | undefined,
): ServedAccount {
  const ofDesk = accounts.filter(({ desk }) => desk === name);
  const [found, ...more] = ofDesk.filter(({ account }) => named === undefined || account === named);
  if (found !== undefined && more.length === 0) return found;
  // Whoever asks may be anybody: whose accounts these are is not told.
  throw ofDesk.length > 0
    ? new Problem(
        404,
        'account-unknown',
        named === undefined
          ? `Several accounts are served here: say which one, as in /webhooks/${name}/acme.`
          : `No account of that name is served here: take the name that the file of accounts has; where there is one account, /webhooks/${name} will do.`,
      )
    : new Problem(404, 'desk-unknown', `This server takes no webhooks of ${deskKinds[name].title}.`);
}

/** @throws Problem 503 while no secret is set. */
async function secretOf(
  { metrics, logger }: ServerContext,
  { desk, account, webhookSecret, secretName }: ServedAccount,
): Promise<string> {
  const secret = await webhookSecret();
  if (secret !== null) return secret;
  metrics.webhookAnswered('not-set-up');
  logger.warn(`a webhook came, but no secret is set: set ${secretName}`, { desk, account });
  throw new Problem(
    503,
    'webhooks-not-set-up',
    `Set ${secretName} to the webhook's secret and start the server again.`,
    retrySoon,
  );
}

async function answer(
  { tickets, metrics, logger }: ServerContext,
  { desk, account }: ServedAccount,
  reading: WebhookReading,
): Promise<WebhookAnswer> {
  switch (reading.type) {
    case 'refused': {
      metrics.webhookAnswered(reading.outcome);
      logger.warn('a webhook was refused', {
        ...{ desk, account },
        ...{ failure: reading.outcome, reason: reading.why },
      });
      throw reading.outcome === 'not-readable'
        ? new Problem(400, 'bad-request', reading.why)
        : new Problem(401, 'unauthorized', reading.why);
    }
    case 'nothing':
      metrics.webhookAnswered(reading.outcome);
      return { accepted: false, workflowId: null, reason: reading.why };
    case 'hint': {
      const { workflowId } = await tickets
        .hint(
          { desk, account, ticketId: reading.ticketId },
          { id: reading.hintId, source: 'webhook', kind: reading.kind, commentId: reading.commentId },
        )
        .catch((error: unknown) => {
          const outcome: WebhookOutcome = 'temporal-unavailable';
          metrics.webhookAnswered(outcome);
          logger.error('a webhook could not be handed to Temporal; the desk was asked to repeat it', {
            ...{ desk, account, ticketId: reading.ticketId },
            failure: error instanceof Error ? error.name : typeof error,
          });
          // Whatever the trouble is, a 500 would lose the event: Zendesk repeats nothing else than this.
          throw new Problem(
            503,
            'temporal-unavailable',
            'Temporal did not take the event just now.',
            retrySoon,
          );
        });
      metrics.webhookAnswered('accepted');
      metrics.hintAccepted('webhook');
      return { accepted: true, workflowId, reason: null };
    }
  }
}

function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function headerOf({ headers }: FastifyRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
