import { z } from 'zod';
import type { ApiServer, ServerContext } from '../context';
import { deskPolls } from '../deskPolls';
import { deskQueues } from '../deskQueues';
import { checkReadiness } from '../readiness';

const tags = ['health'];
const readiness = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })).readonly(),
});

export function healthRoutes(app: ApiServer, { client, accounts, metrics }: ServerContext): void {
  app.get(
    '/health/live',
    {
      schema: {
        tags,
        summary: 'The process answers',
        response: { 200: z.object({ live: z.literal(true) }) },
      },
    },
    () => ({ live: true as const }),
  );

  app.get(
    '/health/ready',
    {
      schema: {
        tags,
        summary: 'A message that comes now would be worked on',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const { ready, checks } = await checkReadiness(client, accounts);
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    },
  );

  app.get(
    '/metrics',
    { schema: { tags, summary: 'Counters for Prometheus', response: { 200: z.string() } } },
    async (_request, reply) => {
      const [queues, polls] = await Promise.all([deskQueues(client, accounts), deskPolls(client, accounts)]);
      metrics.deskQueuesSeen(queues);
      metrics.deskPollsSeen(polls);
      const text = await metrics.text();
      return reply
        .type(metrics.contentType)
        .serializer((body: unknown) => String(body))
        .send(text);
    },
  );
}
