import type { IncomingHttpHeaders } from 'node:http';
import type { ApiServer, ServerContext } from '../context';
import { Problem } from '../problems';
import { problemDocument, webhookAnswer } from '../schemas';
import { readZendeskWebhook, type WebhookOutcome } from '../zendeskWebhook';

/** An event holds the ticket's description and a comment, 64 KB each at most, and fields beside them. */
const largestBody = 1024 * 1024;
/** Zendesk repeats a delivery that is answered 503 only when it may do so within a minute. */
const retrySoon = { headers: { 'retry-after': '5' } };

export function webhookRoutes(app: ApiServer, context: ServerContext): void {
  const { tickets, metrics, logger, desk } = context;
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
        response: { 202: webhookAnswer, 400: problemDocument, 401: problemDocument, 503: problemDocument },
      },
    },
    async (request, reply) => {
      const secret = await context.webhookSecret();
      if (secret === null) {
        metrics.webhookAnswered('not-set-up');
        logger.warn('a webhook came, but no secret is set: set ZENDESK_WEBHOOK_SECRET');
        throw new Problem(
          503,
          'webhooks-not-set-up',
          "Set ZENDESK_WEBHOOK_SECRET to the webhook's signing secret and start the server again.",
          retrySoon,
        );
      }
      const reading = readZendeskWebhook(
        {
          rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          signature: header(request.headers, 'x-zendesk-webhook-signature'),
          timestamp: header(request.headers, 'x-zendesk-webhook-signature-timestamp'),
          invocationId: header(request.headers, 'x-zendesk-webhook-invocation-id'),
        },
        secret,
        Date.now(),
        await context.botUserId(),
      );
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
    },
  );
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
