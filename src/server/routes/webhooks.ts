import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServer, ServerContext } from '../context';
import { freshdeskSecretHeader, readFreshdeskWebhook } from '../freshdeskWebhook';
import { Problem } from '../problems';
import { problemDocument, webhookAnswer } from '../schemas';
import type { WebhookOutcome, WebhookReading } from '../webhookReading';
import { readZendeskWebhook } from '../zendeskWebhook';

/** An event holds the ticket's description and a comment, 64 KB each at most, and fields beside them. */
const largestBody = 1024 * 1024;
/** Zendesk repeats a delivery that is answered 503 only when it may do so within a minute. */
const retrySoon = { headers: { 'retry-after': '5' } };
const answers = {
  202: webhookAnswer,
  ...{ 400: problemDocument, 401: problemDocument, 404: problemDocument, 503: problemDocument },
};

export function webhookRoutes(app: ApiServer, context: ServerContext): void {
  // Signed are the bytes as they came: nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post(
    '/zendesk',
    {
      bodyLimit: largestBody,
      schema: {
        tags: ['webhooks'],
        summary: "Zendesk's webhook",
        description:
          'Takes event subscriptions (`zen:event-type:ticket.*`) and a trigger whose body is ' +
          '`{"ticket_id": "{{ticket.id}}"}`. Signed by X-Zendesk-Webhook-Signature.',
        response: answers,
      },
    },
    async (request, reply) => {
      const secret = await secretOf(context, 'zendesk');
      const reading = readZendeskWebhook(
        {
          rawBody: bytesOf(request),
          signature: header(request.headers, 'x-zendesk-webhook-signature'),
          timestamp: header(request.headers, 'x-zendesk-webhook-signature-timestamp'),
          invocationId: header(request.headers, 'x-zendesk-webhook-invocation-id'),
        },
        secret,
        Date.now(),
        await context.botUserId(),
      );
      return answer(context, reading, reply);
    },
  );

  app.post(
    '/freshdesk',
    {
      bodyLimit: largestBody,
      schema: {
        tags: ['webhooks'],
        summary: "The webhook of Freshdesk's automation rules",
        description:
          'Takes the simple content (`{"freshdesk_webhook": {"ticket_id": 1}}`) and `{"ticket_id": "{{ticket.id}}"}`. ' +
          'The header X-Deskhand-Secret has the secret of FRESHDESK_WEBHOOK_SECRET.',
        response: answers,
      },
    },
    async (request, reply) => {
      const secret = await secretOf(context, 'freshdesk');
      const given = header(request.headers, freshdeskSecretHeader);
      return answer(context, readFreshdeskWebhook(bytesOf(request), given, secret), reply);
    },
  );
}

/** @throws Problem 404 where another desk is served, 503 while no secret is set. */
async function secretOf(
  { desk, webhookSecret, metrics, logger }: ServerContext,
  name: string,
): Promise<string> {
  if (desk.desk !== name) {
    throw new Problem(
      404,
      'desk-unknown',
      `This server serves ${desk.desk} (${desk.account}): its webhooks come to /webhooks/${desk.desk}.`,
    );
  }
  const secret = await webhookSecret();
  if (secret !== null) return secret;
  const variable = `${name.toUpperCase()}_WEBHOOK_SECRET`;
  metrics.webhookAnswered('not-set-up');
  logger.warn(`a webhook came, but no secret is set: set ${variable}`);
  throw new Problem(
    503,
    'webhooks-not-set-up',
    `Set ${variable} to the webhook's ${name === 'zendesk' ? 'signing secret' : 'secret'} and start the server again.`,
    retrySoon,
  );
}

async function answer(
  { tickets, metrics, logger, desk }: ServerContext,
  reading: WebhookReading,
  reply: FastifyReply,
): Promise<FastifyReply> {
  switch (reading.type) {
    case 'refused': {
      metrics.webhookAnswered(reading.outcome);
      logger.warn('a webhook was refused', { failure: reading.outcome, reason: reading.why });
      throw reading.outcome === 'not-readable'
        ? new Problem(400, 'bad-request', reading.why)
        : new Problem(401, 'unauthorized', reading.why);
    }
    case 'nothing':
      metrics.webhookAnswered(reading.outcome);
      return reply.code(202).send({ accepted: false, workflowId: null, reason: reading.why });
    case 'hint': {
      const { workflowId } = await tickets
        .hint(
          { ...desk, ticketId: reading.ticketId },
          { id: reading.hintId, source: 'webhook', kind: reading.kind, commentId: reading.commentId },
        )
        .catch((error: unknown) => {
          const outcome: WebhookOutcome = 'temporal-unavailable';
          metrics.webhookAnswered(outcome);
          logger.error('a webhook could not be handed to Temporal; the desk was asked to repeat it', {
            ticketId: reading.ticketId,
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
      return reply.code(202).send({ accepted: true, workflowId, reason: null });
    }
  }
}

function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
